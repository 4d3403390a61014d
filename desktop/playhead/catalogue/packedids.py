"""Packing of ids in the order of a column: four bytes each in about a third of that.

All lowest bytes of some ids stand together, then all second ones: those that rise, or lie near each other,
have the same higher bytes, of which zlib makes next to nothing.
"""

import re
import sys
import zlib
from array import array
from typing import Final

IN_PACK: Final = 32_768
"""Ids that are packed together."""
FIRST: Final = b"1"
"""The flag of the first recording with a value..."""
FURTHER: Final = b"0"
"""...and of each other with the same."""
_KEPT: Final = 4
_HELD: Final = 8
"""Bytes of an id, in the file and in memory."""
_LEVEL: Final = 1
_TIES: Final = re.compile(b"0+1")
"""Flags of recordings with the same value, read backwards."""


def pack(ids: "array[int]", size: int = IN_PACK) -> list[bytes]:
    """Pack ids of four bytes each, `size` of them together."""
    return [_packed(ids[at : at + size]) for at in range(0, len(ids), size)]


def unpack(packed: bytes) -> "array[int]":
    """The ids that are packed together."""
    planes = zlib.decompress(packed)
    number = len(planes) // _KEPT
    held = bytearray(number * _HELD)
    for place in range(_KEPT):
        held[place::_HELD] = planes[place * number : (place + 1) * number]
    ids = array("q", bytes(held))
    if sys.byteorder == "big":
        ids.byteswap()
    return ids


def pack_flags(flags: bytes) -> bytes:
    """Pack flags that tell where another value begins, a bit each."""
    return zlib.compress(int(flags or FURTHER, 2).to_bytes(-(-len(flags) // 8)), _LEVEL)


def unpack_flags(packed: bytes, number: int) -> bytes:
    """The flags that `pack_flags` was given, so many."""
    if not number:
        return b""  # of an order that is yet to be found, too, which has nothing packed
    return format(int.from_bytes(zlib.decompress(packed)), f"0{number}b").encode()


def turned(ids: "array[int]", flags: bytes) -> "array[int]":
    """Ids by falling values, of those by rising ones; recordings with the same value keep their order."""
    back, number = ids[::-1], len(ids)
    for ties in _TIES.finditer(flags[::-1]):
        start, end = ties.span()
        back[start:end] = ids[number - end : number - start]
    return back


def _packed(ids: "array[int]") -> bytes:
    if sys.byteorder == "big":
        ids.byteswap()
    kept = ids.tobytes()
    return zlib.compress(b"".join(kept[place::_KEPT] for place in range(_KEPT)), _LEVEL)
