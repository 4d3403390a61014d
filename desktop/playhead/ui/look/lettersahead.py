"""Fonts of rare letters, loaded before the letters are to be seen."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from playhead.ui.look.theme import semibold

_LATIN: Final = 0x250
"""Letters below are in the fonts that the window has anyway."""
_IDEOGRAPHS: Final = range(0x2E80, 0xD7FF)
"""Letters of which one stands for all: they are in one font, and are thousands."""
_ALIKE: Final = 0x80
"""Letters of one script stand beside each other, by about so many."""
_HEADING: Final = 16
"""Pixels of the largest names, as in the style sheet."""


class LettersAhead(QObject):
    """Lays out a letter of each script that comes up, once in every font that names are shown in.

    The first letter of a script in a font makes Qt look through all fonts of the computer, which takes a
    frame; a name is shown in three fonts at once. So it is done for one font in each turn of the event loop,
    as soon as a name has been read.
    """

    def __init__(self, place: QWidget) -> None:
        """`place` has the usual font."""
        super().__init__(place)
        self._place = place
        self._met: set[int] = set()
        self._waiting: deque[tuple[str, QFont]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._lay_out_next)

    @property
    def done(self) -> bool:
        """True if nothing is left to be laid out."""
        return not self._waiting

    def look(self, names: Iterable[str]) -> None:
        """Take in names that will be shown."""
        fresh = {_script_of(letter): letter for letter in _rare(names)}
        for script, letter in fresh.items():
            if script not in self._met:
                self._met.add(script)
                self._waiting.extend((letter, font) for font in self._fonts())
        if self._waiting:
            self._timer.start()

    def _fonts(self) -> tuple[QFont, ...]:
        base = self._place.font()
        heading = semibold(base)
        heading.setPixelSize(_HEADING)
        return base, semibold(base), heading

    def _lay_out_next(self) -> None:
        letter, font = self._waiting.popleft()
        QFontMetrics(font).horizontalAdvance(letter)
        if not self._waiting:
            self._timer.stop()


def _rare(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if not name.isascii():
            yield from (letter for letter in name if ord(letter) >= _LATIN)


def _script_of(letter: str) -> int:
    """A number that letters of one script share, more or less."""
    return -1 if ord(letter) in _IDEOGRAPHS else ord(letter) // _ALIKE
