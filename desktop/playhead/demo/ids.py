"""UUIDs that hold a serial number: any number of ids without a table, and back again."""

import hashlib
import uuid

_NODE = (1 << 48) - 1


class Ids:
    """Maps serial numbers of one kind of thing to version 4 UUIDs, and such a UUID to its serial."""

    def __init__(self, seed: int, kind: str) -> None:
        self._key = f"{seed}/{kind}".encode()

    def of(self, serial: int) -> str:
        """The id of the thing with this serial (below 2**48)."""
        head = self._hash(serial.to_bytes(6, "big"), 10)
        number = int.from_bytes(head, "big") << 48
        number = number & ~(0xF << 76) | 0x4 << 76
        number = number & ~(0x3 << 62) | 0x2 << 62
        return str(uuid.UUID(int=number | serial ^ self._mask(number)))

    def serial(self, text: str) -> int | None:
        """The serial that an id holds, or None if it is no id of this kind."""
        try:
            number = uuid.UUID(text).int
        except ValueError:
            return None
        head = number & ~_NODE
        serial = number & _NODE ^ self._mask(head)
        return serial if self.of(serial) == text.lower() else None

    def _mask(self, head: int) -> int:
        return int.from_bytes(self._hash(head.to_bytes(16, "big"), 6), "big")

    def _hash(self, data: bytes, size: int) -> bytes:
        return hashlib.blake2b(data, digest_size=size, key=self._key[:64]).digest()
