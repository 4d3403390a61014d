"""The loop between A and B, as it is marked, changed and shown."""

from dataclasses import dataclass, replace
from typing import Final

LEAST: Final = 0.1
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
        return cls(start=start, end=end) if end - start >= LEAST else cls()

    @property
    def pair(self) -> tuple[float, float] | None:
        """Start and end, once there are both."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def waiting(self) -> bool:
        """Whether there is a start without an end."""
        return self.start is not None and self.end is None

    def started(self, at: float) -> "Loop":
        """Beginning `at`; an end that lies before is forgotten."""
        fits = self.end is not None and self.end - at >= LEAST
        return Loop(start=max(0.0, at), end=self.end if fits else None)

    def ended(self, at: float) -> "Loop":
        """Ending `at`, from the recording's beginning if no start is marked; the same if it is too short."""
        made = Loop.between(self.start or 0.0, at)
        return made if made.pair else self

    def turned(self, *, on: bool) -> "Loop":
        """The same range, played or only shown."""
        return replace(self, on=on)
