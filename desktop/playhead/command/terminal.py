"""Standard error of a command: sentences, and how far it is."""

import shutil
from typing import TextIO

from playhead.core.pace import USUAL_PACE, Pace

LINE_EVERY = 10.0
"""Seconds between two lines that say how far it is, where there is no terminal to draw a bar on."""
_DRAWN_EVERY = 0.1
_BAR = 24
"""Characters of the bar."""


class Terminal:
    """Writes a line for each sentence; how far it is, as a bar on a terminal, else as a line at times."""

    def __init__(self, stream: TextIO, *, quiet: bool = False, pace: Pace = USUAL_PACE) -> None:
        """A `quiet` one says only what went wrong."""
        self._stream = stream
        self._quiet = quiet
        self._pace = pace
        self._draws = stream.isatty()
        self._drawn = 0
        """Characters of the line that is drawn now."""
        self._told = -LINE_EVERY

    def say(self, sentence: str) -> None:
        """Say what happens."""
        if not self._quiet:
            self._line(sentence)

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""
        self._line(sentence)

    def show(self, text: str, share: float | None = None) -> None:
        """Show how far it is; `share` is between 0 and 1, None if nobody knows."""
        if self._quiet or self._pace.now() - self._told < (_DRAWN_EVERY if self._draws else LINE_EVERY):
            return
        self._told = self._pace.now()
        if self._draws:
            room = shutil.get_terminal_size().columns - 1
            bar = "" if share is None else _bar(share)
            line = (bar + text)[:room]
            # Blanks over the rest of the line before: not every console understands more.
            self._write(f"\r{line.ljust(self._drawn)}")
            self._drawn = len(line)
        else:
            self._line(text)

    def _line(self, text: str) -> None:
        blank = f"\r{' ' * self._drawn}\r" if self._drawn else ""
        self._write(f"{blank}{text}\n")
        self._drawn = 0

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # Whoever read it is gone; what is being done is not for them alone.
            self._quiet = True


def _bar(share: float) -> str:
    full = round(_BAR * min(1.0, max(0.0, share)))
    return f"[{'#' * full}{'-' * (_BAR - full)}] {int(100 * min(1.0, max(0.0, share))):3} %  "
