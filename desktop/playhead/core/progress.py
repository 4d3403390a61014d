"""How far an export is."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from playhead.core.plan import Plan, estimated
from playhead.core.report import Outcome, State

_PAUSE = 0.05
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Running:
    """A file that is being fetched: bytes so far, and in all if known."""

    path: str
    arrived: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an export is."""

    files: int
    kept: int
    skipped: int
    failed: int
    arrived: int
    """Bytes."""
    expected: int
    """Bytes in all, partly estimated; never less than `arrived`."""
    rate: float
    """Bytes per second since it began."""
    running: tuple[Running, ...]

    @property
    def done(self) -> int:
        """Files that need no more work."""
        return self.kept + self.skipped + self.failed

    @property
    def left(self) -> float | None:
        """Seconds left, if that can be guessed."""
        return (self.expected - self.arrived) / self.rate if self.rate > 0 else None


class Tally:
    """Counts what an export has done, and tells `progress` at most twenty times a second."""

    def __init__(self, plan: Plan, progress: Callable[[Progress], None]) -> None:
        self._progress = progress
        self._running: dict[int, Running] = {}
        self._states: Counter[State] = Counter()
        self._size = 0
        self._sizes = [estimated(file.recording) for file in plan.files]
        self._expected = sum(self._sizes)
        self._began = 0.0
        self._told = 0.0

    def begin(self) -> None:
        """Start the clock."""
        self._began = time.monotonic()

    def running(self, number: int, running: Running) -> None:
        """Note how far the file of that number is."""
        self._running[number] = running
        self._expect(number, max(running.total or self._sizes[number], running.arrived))
        self._tell()

    def gone(self, number: int) -> None:
        """Note that a file is no longer being fetched, whatever became of it."""
        self._running.pop(number, None)

    def settled(self, number: int, outcome: Outcome) -> None:
        """Note what became of a file."""
        self.gone(number)
        self._states[outcome.state] += 1
        self._size += outcome.size
        self._expect(number, outcome.size)
        self._tell()

    def end(self) -> None:
        """Tell the last of it."""
        self._told = 0.0
        self._tell()

    def _expect(self, number: int, size: float) -> None:
        self._expected += size - self._sizes[number]
        self._sizes[number] = size

    def _tell(self) -> None:
        now = time.monotonic()
        if now < self._told + _PAUSE:
            return
        self._told = now
        running = tuple(self._running.values())
        arrived = self._size + sum(each.arrived for each in running)
        self._progress(
            Progress(
                files=len(self._sizes),
                kept=self._states[State.KEPT],
                skipped=self._states[State.SKIPPED],
                failed=self._states[State.FAILED],
                arrived=arrived,
                expected=max(arrived, round(self._expected)),
                rate=arrived / (now - self._began) if now > self._began else 0.0,
                running=running,
            )
        )
