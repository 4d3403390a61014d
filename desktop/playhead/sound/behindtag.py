"""Files with an ID3 tag before their header, where the kind of file has no such tag.

Source: ID3v2.4 main structure, 3.1 and 3.4 (id3.org): the size stands in four bytes of seven bits each.
WORKAROUND FFmpeg 8: it skips the tag in kinds of files alone that may have one; older ones skipped it in all.
"""

from contextlib import AbstractContextManager

from playhead.core.errors import PlayheadError
from playhead.sound.media_reader import UNKNOWN, Reader

_HEAD = 10
_FOOTER = 0x10
_MARKS = (
    *(b"RIFF", b"RIFX", b"RF64", b"BW64", b"riff", b"OggS", b"wvpk", b"FORM", b"caff"),
    *(b"#!AM", b".snd", b"MAC ", b"0&\xb2u", b"\x1aE\xdf\xa3", b"Creative V"),
)
"""Beginnings of files of kinds that have no such tag..."""
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
"""...and what stands behind the first four bytes of MP4 and QuickTime."""


class BehindTag:
    """Reads what stands behind byte `start` as if it were all of the file."""

    def __init__(self, reader: Reader, start: int) -> None:
        self._reader = reader
        self._start = start
        self.seek(0)

    @property
    def told(self) -> tuple[str, ...]:
        """Names that others have for its form."""
        return self._reader.told

    @property
    def closed(self) -> bool:
        """True once reading was given up."""
        return self._reader.closed

    @property
    def failure(self) -> PlayheadError | None:
        """Error for which the bytes will never be complete, if there is one."""
        return self._reader.failure

    @property
    def total(self) -> int | None:
        """Bytes that there will be in all, as far as is known."""
        total = self._reader.total
        return None if total is None else max(0, total - self._start)

    @property
    def complete(self) -> bool:
        """True if nothing more will come."""
        return self._reader.complete

    @property
    def missed(self) -> bool:
        """True if a glance was answered with an end that may not be the real one."""
        return self._reader.missed

    def glancing(self) -> AbstractContextManager[None]:
        """While this lasts, what lies beyond the bytes that are there is not waited for."""
        return self._reader.glancing()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""
        return self._reader.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a byte. Answers `UNKNOWN` where the end is not known."""
        if whence == 2:
            end = self._reader.seek(offset, 2)
            return UNKNOWN if end == UNKNOWN else max(0, end - self._start)
        place = max(0, offset + (self.tell() if whence == 1 else 0))
        return self._reader.seek(self._start + place) - self._start

    def tell(self) -> int:
        """The byte that is read next."""
        return self._reader.tell() - self._start


def without_tag(reader: Reader) -> Reader:
    """The file without the tags before its header, where FFmpeg does not skip them by itself."""
    at = 0
    while (head := _read(reader, at, _HEAD))[:3] == b"ID3" and len(head) == _HEAD and max(head[6:]) < 0x80:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        at += _HEAD + size + (_HEAD if head[5] & _FOOTER else 0)
    is_untagged = head.startswith(_MARKS) or head[4:8] in _BOXES
    found = BehindTag(reader, at) if at and is_untagged else reader
    found.seek(0)
    return found


def _read(reader: Reader, at: int, size: int) -> bytes:
    reader.seek(at)
    content = b""
    while len(content) < size and (chunk := reader.read(size - len(content))):
        content += chunk
    return content
