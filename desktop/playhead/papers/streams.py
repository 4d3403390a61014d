"""Text on its way into a file that is whole or not at all."""

import io
from collections.abc import Callable
from typing import TextIO

from typing_extensions import Buffer, override

from playhead.core.exports.files import PartFile

_BATCH = 262_144
"""Bytes handed to the disk in one go."""

Writing = Callable[[TextIO], None]
"""Writes a whole paper, however long, piece by piece."""


def write_text(part: PartFile, writing: Writing) -> None:
    """Let `writing` fill `part` with UTF-8 and the line ends that it gives. Raises `ExportError`."""
    buffered = io.BufferedWriter(_PartStream(part), _BATCH)
    # A lone surrogate, which JSON can bring, has no UTF-8.
    text = io.TextIOWrapper(buffered, encoding="utf-8", errors="replace", newline="")
    part.write(0, b"")
    writing(text)
    text.flush()
    text.detach()
    buffered.detach()


class _PartStream(io.RawIOBase):
    """Bytes that go to the end of a part."""

    def __init__(self, part: PartFile) -> None:
        self._part = part
        self._size = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, chunk: Buffer, /) -> int:
        content = bytes(chunk)
        self._part.write(self._size, content)
        self._size += len(content)
        return len(content)
