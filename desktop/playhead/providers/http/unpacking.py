"""Compressed bodies, unpacked in pieces of a known size, so that whoever reads them can stop in time."""

import zlib
from collections.abc import Iterator
from typing import Final

from playhead.core.errors import Garbled, Unreachable
from playhead.providers.http.limits import GZIP_MEMBERS, PIECE_BYTES, UNPRODUCTIVE_BYTES

ACCEPTED: Final = "gzip, deflate"
"""Encodings that are asked for where a body may come compressed."""

_PACKINGS = frozenset(
    {"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd", "dcb", "dcz", "exi", "pack200-gzip"}
)
"""Content codings of IANA's registry (and those that RFC 9110 has for old times), less `identity`."""

_GZIP, _ZLIB, _BARE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS


def packings(content_encoding: str) -> tuple[str, ...]:
    """The compressions that a Content-Encoding names.

    Words that are none change nothing: stores hand out whatever was said of an object when it was put there.
    """
    words = (word.strip().lower() for word in content_encoding.split(","))
    return tuple(word for word in words if word in _PACKINGS)


class Unpacking:
    """Undoes one compression of a body. Raises `Garbled("encoding")` for what cannot be undone."""

    def __init__(self, content_encoding: str) -> None:
        found = packings(content_encoding)
        if len(found) > 1:
            raise Garbled("encoding", "compressed more than once")
        self._packing = found[0] if found else ""
        if self._packing not in {"", "gzip", "x-gzip", "deflate"}:
            raise Garbled("encoding", "compressed in a way that was not asked for")
        self._inflating: zlib._Decompress | None = None
        self._members = 0
        self._unproductive = 0

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Bytes that another `chunk` of the body adds, in pieces of at most `PIECE_BYTES`."""
        if not self._packing:
            yield chunk
            return
        while chunk and (inflating := self._member(chunk)) is not None:
            piece = None
            while piece is None or chunk or len(piece) == PIECE_BYTES:
                length = len(chunk)
                try:
                    piece = inflating.decompress(chunk, PIECE_BYTES)
                except zlib.error:
                    raise Garbled("encoding", "the compressed body is damaged") from None
                chunk = inflating.unused_data if inflating.eof else inflating.unconsumed_tail
                self._count(length - len(chunk), piece)
                if piece:
                    yield piece
                if inflating.eof:
                    break

    def end(self) -> None:
        """Say that no chunk is left. Raises `Unreachable("cut")` if something is missing."""
        if self._inflating is not None and not self._inflating.eof:
            raise Unreachable("cut", "the compressed body has no end")

    def _member(self, chunk: bytes) -> "zlib._Decompress | None":
        """Decoder of the part that `chunk` belongs to; None behind the last one, where nothing counts."""
        if self._inflating is not None and not self._inflating.eof:
            return self._inflating
        if self._packing == "deflate":
            if self._inflating is not None:
                return None
            # Some servers leave out the two bytes of zlib's own head, which begin like this.
            self._inflating = zlib.decompressobj(_ZLIB if chunk[0] & 0x0F == 0x08 else _BARE)
            return self._inflating
        if self._inflating is not None and chunk[0] != 0x1F:
            return None
        self._members += 1
        if self._members > GZIP_MEMBERS:
            raise Garbled("encoding", "the compressed body has too many parts")
        self._inflating = zlib.decompressobj(_GZIP)
        return self._inflating

    def _count(self, taken: int, piece: bytes) -> None:
        self._unproductive = 0 if piece else self._unproductive + taken
        if self._unproductive > UNPRODUCTIVE_BYTES:
            raise Garbled("encoding", "the compressed body unpacks to nothing")
