"""Ranges of a recording: the loop between A and B, and the part that is looked at."""

from dataclasses import dataclass, replace
from typing import Final

SHORTEST_LOOP: Final = 0.1
"""Seconds that a loop is long at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Nothing, a start that still waits for its end, or both; `on` says whether it is played."""

    start: float | None = None
    end: float | None = None
    on: bool = True

    @classmethod
    def between(cls, one: float, other: float) -> "Loop":
        """A loop of two moments in whatever order; nothing if they are too close."""
        start, end = sorted((max(0.0, one), max(0.0, other)))
        return cls(start=start, end=end) if end - start >= SHORTEST_LOOP else cls()

    @property
    def pair(self) -> tuple[float, float] | None:
        """Start and end, once there are both."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def waiting(self) -> bool:
        """True while there is a start without an end."""
        return self.start is not None and self.end is None

    def started(self, at: float) -> "Loop":
        """Beginning `at`; an end that lies before is forgotten."""
        fits = self.end is not None and self.end - at >= SHORTEST_LOOP
        return Loop(start=max(0.0, at), end=self.end if fits else None)

    def ended(self, at: float) -> "Loop":
        """Ending `at`, from the recording's beginning if no start is marked; the same if it is too short."""
        made = Loop.between(self.start or 0.0, at)
        return made if made.pair else self

    def turned(self, *, on: bool) -> "Loop":
        """The same range, played or only shown."""
        return replace(self, on=on)


LEAST_SHOWN: Final = 2.0
"""Seconds that are always shown: about as many peaks as bars can be told apart."""
_MARGIN: Final = 0.1
"""Share of what is shown that lies before a moment that was brought into sight."""


@dataclass(frozen=True, slots=True)
class View:
    """`shown` seconds of a recording from `first` on; 0 shown is the whole recording."""

    first: float = 0.0
    shown: float = 0.0

    @property
    def zoomed(self) -> bool:
        """True while a part is looked at, not the whole."""
        return self.shown > 0

    def within(self, duration: float) -> "View":
        """The same, as far as it fits a recording of `duration` seconds."""
        if not self.zoomed or self.shown >= duration:
            return View()
        return View(min(max(0.0, self.first), duration - self.shown), self.shown)

    def zoomed_by(self, factor: float, at: float, duration: float) -> "View":
        """Closer by `factor`, or farther if it is less than 1; the moment `at` stays where it is."""
        before = self.shown or duration
        after = max(min(LEAST_SHOWN, duration), before / factor)
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
