"""Links of a chained Ogg file: streams one after the other, each with headers of its own.

Source: RFC 3533, 4 and 6: a page says in its header if it begins a stream; the first pages of a link all do,
and no page that follows does before the next link.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager

from playhead.core.errors import PlayheadError
from playhead.sound.media_reader import UNKNOWN, Reader

MARK = b"OggS"
_PAGE = re.compile(rb"OggS\x00[\x00-\x07]")
_FIRST = re.compile(rb"OggS\x00[\x02\x03\x06\x07]")
_HEAD = b"OggS\x00"
_PIECE = 262_144
_TAIL = 131_072
"""Bytes at the end of a link in which its last page begins: two of the largest pages."""
_NO_POSITION = -1
_LARGEST_HEAD = 27 + 255


class OggChain:
    """Places at which the links of a file begin, as far as its bytes were looked at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._starts: list[int] = []
        self._scanned = 0
        self._rest = b""
        self._in_heads = False

    def end(self, start: int, *, upto: int | None = None) -> int | None:
        """Offset at which the link that begins at `start` ends; None if it goes on beyond what was looked at.

        Bytes before `upto` are looked at first, all of them if None; waits for them if they are to come.
        """
        while upto is None or self._scanned < upto:
            self._reader.seek(self._scanned)
            chunk = self._reader.read(_PIECE)
            if not chunk:
                break
            self._look_at(chunk)
        return next((place for place in self._starts if place > start), None)

    def certain(self, upto: int) -> int:
        """Offset, at most `upto`, before which a link that begins would be known: a page may be half read."""
        kept = max((size for size in range(len(_HEAD) + 1) if self._rest.endswith(_HEAD[:size])), default=0)
        return min(upto, self._scanned - kept)

    def _look_at(self, chunk: bytes) -> None:
        content, base, at = self._rest + chunk, self._scanned - len(self._rest), 0
        while page := (_PAGE if self._in_heads else _FIRST).search(content, at):
            begins = bool(content[page.start() + 5] & 2)
            if begins and not self._in_heads:
                self._starts.append(base + page.start())
            self._in_heads = begins
            at = page.end()
        self._rest = content[max(at, len(content) - len(_HEAD)) :]
        self._scanned += len(chunk)


class LinkReader:
    """Reads one link of a chain as if it were a file of its own."""

    def __init__(self, reader: Reader, chain: OggChain, start: int) -> None:
        self._reader = reader
        self._chain = chain
        self._start = start
        self._offset = 0

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
        """Bytes of the link, as far as is known."""
        end = self._chain.end(self._start, upto=0)
        if end is None and self._reader.total is not None:
            end = self._reader.total
        return None if end is None else end - self._start

    @property
    def complete(self) -> bool:
        """True if every byte of the link is here."""
        return self._reader.complete or self._chain.end(self._start, upto=0) is not None

    @property
    def missed(self) -> bool:
        """True if a glance was answered with an end that may not be the real one."""
        return self._reader.missed

    @property
    def next(self) -> int | None:
        """Offset in the file at which the next link begins; None if this is the last. Waits for its bytes."""
        return self._chain.end(self._start)

    def glancing(self) -> AbstractContextManager[None]:
        """While this lasts, what lies beyond the bytes that are there is not waited for."""
        return self._reader.glancing()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end of the link."""
        at = self._start + self._offset
        wanted = at + (size if size >= 0 else _PIECE)
        self._reader.seek(at)
        chunk = self._reader.read(wanted - at)
        while chunk:
            end = self._chain.end(self._start, upto=at + len(chunk))
            sure = self._chain.certain(at + len(chunk)) if end is None else min(end, at + len(chunk))
            if sure > at or end is not None:
                break
            self._reader.seek(at + len(chunk))
            more = self._reader.read(_PIECE)
            if not more:
                sure = at + len(chunk)
                break
            chunk += more
        else:
            return b""
        chunk = chunk[: max(0, sure - at)]
        self._offset += len(chunk)
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a byte of the link. Answers `UNKNOWN` where its end is not known."""
        if whence == 1:
            offset += self._offset
        elif whence == 2:
            end = self._end()
            if end == UNKNOWN:
                return UNKNOWN
            offset += end
        self._offset = max(0, offset)
        return self._offset

    def tell(self) -> int:
        """The byte of the link that is read next."""
        return self._offset

    def last_position(self) -> int | None:
        """Granule position of the last page of the link that has one; None if its end is not here yet."""
        if not self.complete:
            return None
        end = self._end() + self._start
        self._reader.seek(max(self._start, end - _TAIL))
        tail = bytearray()
        while len(tail) < _TAIL and (chunk := self._reader.read(_TAIL - len(tail))):
            tail += chunk
        return next(_positions(bytes(tail[: end - max(self._start, end - _TAIL)])), None)

    def _end(self) -> int:
        """Bytes of the link, or `UNKNOWN`."""
        end = self._chain.end(self._start, upto=None if self._reader.complete else 0)
        if end is None:
            end = self._reader.seek(0, 2)
        return end - self._start if end != UNKNOWN else UNKNOWN


def page_at(reader: Reader, place: int) -> tuple[int, int]:
    """Packets that end on the page that begins at a byte, and its granule position."""
    reader.seek(place)
    head = b""
    while len(head) < _LARGEST_HEAD and (chunk := reader.read(_LARGEST_HEAD - len(head))):
        head += chunk
    lacing = head[27 : 27 + head[26]] if len(head) > 27 else b""
    return sum(size < 255 for size in lacing), int.from_bytes(head[6:14], "little", signed=True)


def _positions(pages: bytes) -> Iterator[int]:
    """Granule positions of the pages that are whole, the last one first."""
    for page in reversed(list(_PAGE.finditer(pages))):
        at = page.start()
        position = int.from_bytes(pages[at + 6 : at + 14], "little", signed=True)
        lacing = pages[at + 27 : at + 27 + pages[at + 26]] if at + 27 <= len(pages) else b""
        if position > _NO_POSITION and at + 27 + len(lacing) + sum(lacing) <= len(pages):
            yield position
