"""The number of writes to a catalogue, in a small file beside it, so that lost changes are noticed."""

import os
from contextlib import suppress
from pathlib import Path

import apsw

from playhead.catalogue.connection import written

SUFFIX = "-mark"
_DIGITS = 10


class WriteMark:
    """Remembers how often a catalogue was written to.

    Written after the catalogue itself and never brought to the disk on purpose, it may be behind, which tells
    nothing. That it is ahead cannot be, unless the catalogue, or its log, is an older one or was cut.
    """

    def __init__(self, catalogue: Path) -> None:
        self._path = catalogue.with_name(catalogue.name + SUFFIX)
        self._noted: int | None = None

    def read(self) -> int | None:
        """The number that was noted; None if nobody knows."""
        try:
            text = self._path.read_bytes()[: _DIGITS + 1]
        except OSError:
            return None
        return int(text) if len(text) == _DIGITS + 1 and text[:_DIGITS].isdigit() else None

    def note(self, connection: apsw.Connection) -> None:
        """Remember what the catalogue counts now. That it cannot be written is no reason to fail."""
        number = written(connection)
        if number != self._noted:
            self._write(number)
            self._noted = number

    def begin(self) -> None:
        """Remember that there is nothing yet."""
        self._write(0)

    def _write(self, number: int) -> None:
        with suppress(OSError):
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(file, f"{number:0{_DIGITS}}\n".encode())
            finally:
                os.close(file)
