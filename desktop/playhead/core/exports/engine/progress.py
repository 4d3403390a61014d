"""Progress of an export."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playhead.core.errors import Reason
from playhead.core.exports.plan import Plan, estimated
from playhead.core.exports.report import Outcome, State
from playhead.core.pace import USUAL_PACE, Pace

_PAUSE = 0.05
"""Seconds between two reports of progress."""
_WINDOW = 10.0
"""Seconds that the rate speaks of."""
_GAP = 5.0
"""Seconds without news after which the rate begins anew."""

Pause = Literal["person", "network"] | Reason
"""Cause of a pause: the person, no account that can be reached, or the reason of the target's `ExportError`.

All but the person's end by themselves.
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A file that is being fetched: its place in the plan, its bytes so far, and in all if known."""

    place: int
    path: str
    arrived: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Progress of an export."""

    files: int
    kept: int
    skipped: int
    failed: int
    arrived: int
    """Bytes."""
    expected: int
    """Bytes in all, partly estimated; never less than `arrived`."""
    rate: float
    """Bytes per second, of the last seconds."""
    running: tuple[Running, ...]
    changed: tuple[int, ...] = ()
    """The places in the plan of what was settled since the progress before: `Export.outcome_of` tells how."""
    paused: Pause | None = None
    """Why nothing goes on, if so."""
    free: int | None = None
    """Bytes that have room at a target that is full, once that is known."""
    dropped: int = 0
    """Files that the person cancelled one by one."""
    doubtful: int = 0
    """Files that are there, but of which nobody can tell that they are audio."""

    @property
    def done(self) -> int:
        """Files that need no more work."""
        return self.kept + self.doubtful + self.skipped + self.failed + self.dropped

    @property
    def left(self) -> float | None:
        """Seconds left, if that can be guessed."""
        if self.done == self.files:
            return 0.0
        return (self.expected - self.arrived) / self.rate if self.rate > 0 else None


class Rate:
    """Bytes per second over the last seconds. Time in which nothing was told, as asleep, does not count."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def note(self, now: float, arrived: int) -> None:
        """So many bytes have arrived in all; `now` is of a clock that nobody sets, in seconds."""
        if self._marks and not 0 <= now - self._marks[-1][0] <= _GAP:
            self._marks.clear()
        self._marks.append((now, arrived))
        while self._marks[0][0] < now - _WINDOW:
            self._marks.popleft()

    @property
    def value(self) -> float:
        """Bytes per second; 0 while nobody can tell."""
        if not self._marks:
            return 0.0
        (begun, before), (now, arrived) = self._marks[0], self._marks[-1]
        return (arrived - before) / (now - begun) if now > begun else 0.0


class Tally:
    """Keeps and counts what became of files, and tells `progress` at most twenty times a second."""

    def __init__(
        self,
        plan: Plan,
        progress: Callable[[Progress], None],
        pace: Pace = USUAL_PACE,
    ) -> None:
        self._progress = progress
        self._pace = pace
        self.outcomes: dict[int, Outcome] = {}
        """Outcomes so far, by places in the plan."""
        self._running: dict[int, Running] = {}
        self._states: Counter[State] = Counter()
        self._size = 0
        self._sizes = [estimated(file.recording) for file in plan.files]
        self._expected = sum(self._sizes)
        self._fresh = 0
        self._rate = Rate()
        self._changed: list[int] = []
        self._paused: Pause | None = None
        self._free: int | None = None
        self._told = 0.0

    def running(self, running: Running) -> None:
        """Note how far a file is."""
        before = self._running.get(running.place)
        self._running[running.place] = running
        self._fresh += max(0, running.arrived - (before.arrived if before is not None else 0))
        self._expect(running.place, max(running.total or self._sizes[running.place], running.arrived))
        self._tell()

    def settle(self, place: int, outcome: Outcome) -> None:
        """Note what became of a file, or what became of it now instead of before."""
        before = self.outcomes.get(place)
        if before is not None:
            self._states[before.state] -= 1
            self._size -= before.size
        self.outcomes[place] = outcome
        self._running.pop(place, None)
        self._states[outcome.state] += 1
        self._size += outcome.size
        self._changed.append(place)
        self._expect(place, outcome.size)
        self._tell()

    def gone(self, place: int) -> None:
        """Note that a file is not being fetched any more, and not settled either."""
        self._running.pop(place, None)

    def paused(self, reason: Pause | None, free: int | None = None) -> None:
        """Note why nothing goes on, or that it does; `free` are the bytes that a full target has."""
        if (reason, free) != (self._paused, self._free):
            self._paused, self._free = reason, free
            self.tell_now()

    def tell_now(self) -> None:
        """Tell it however lately it was told."""
        self._told = -_PAUSE
        self._tell()

    def _expect(self, place: int, size: float) -> None:
        self._expected += size - self._sizes[place]
        self._sizes[place] = size

    def _tell(self) -> None:
        now = self._pace.now()
        # A clock that has gone back has not to be waited for.
        if 0 <= now - self._told < _PAUSE:
            return
        self._told = now
        self._rate.note(now, self._fresh)
        running = tuple(self._running.values())
        arrived = self._size + sum(each.arrived for each in running)
        changed, self._changed = tuple(self._changed), []
        self._progress(
            Progress(
                files=len(self._sizes),
                kept=self._states[State.KEPT],
                doubtful=self._states[State.DOUBTFUL],
                skipped=self._states[State.SKIPPED],
                failed=self._states[State.FAILED],
                dropped=self._states[State.LEFT],
                arrived=arrived,
                expected=max(arrived, round(self._expected)),
                rate=0.0 if self._paused else self._rate.value,
                running=running,
                changed=changed,
                paused=self._paused,
                free=self._free,
            )
        )
