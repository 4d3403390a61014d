"""Zooming: which part of a recording is looked at, and how that part changes."""

from dataclasses import dataclass
from typing import Final

LEAST: Final = 2.0
"""Seconds that are always shown: about as many peaks as bars can be told apart."""
_MARGIN: Final = 0.1
"""Which part of what is shown lies before a moment that was brought into sight."""


@dataclass(frozen=True, slots=True)
class View:
    """`shown` seconds of a recording from `first` on; 0 shown is the whole recording."""

    first: float = 0.0
    shown: float = 0.0

    @property
    def zoomed(self) -> bool:
        """Whether a part is looked at, not the whole."""
        return self.shown > 0

    def within(self, duration: float) -> "View":
        """The same, as far as it fits a recording of `duration` seconds."""
        if not self.zoomed or self.shown >= duration:
            return View()
        return View(min(max(0.0, self.first), duration - self.shown), self.shown)

    def zoomed_by(self, factor: float, at: float, duration: float) -> "View":
        """Closer by `factor`, or farther if it is less than 1; the moment `at` stays where it is."""
        before = self.shown or duration
        after = max(min(LEAST, duration), before / factor)
        share = (at - self.first) / before if before > 0 else 0.0
        return View(at - share * after, after).within(duration)

    def moved(self, seconds: float, duration: float) -> "View":
        """Later by `seconds`, or earlier if they are negative."""
        return View(self.first + seconds, self.shown).within(duration)

    def revealing(self, seconds: float, duration: float) -> "View":
        """Moved, if need be, so that a moment is in sight with most of the room after it."""
        if not self.zoomed or self.first <= seconds <= self.first + self.shown:
            return self
        return View(seconds - _MARGIN * self.shown, self.shown).within(duration)
