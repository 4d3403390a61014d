"""Work on many recordings: how far it is, what became of each, and why it waits."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from playhead.core.exports.engine.progress import Rate
from playhead.core.pace import USUAL_PACE, Pace

TOLD_EVERY = 0.2
"""Seconds between two reports of progress."""
FAILED = "failed"
"""Outcome of a recording that could not be had: it is worth another try."""
_ENOUGH = 3
"""Recordings after which the time that is left can be guessed."""


class Hold(StrEnum):
    """Reasons why work does not go on; all but the person's end by themselves."""

    PERSON = "person"
    DISK = "disk"
    """The catalogue cannot be written."""
    PLAYING = "playing"
    EXPORT = "export"
    NETWORK = "network"
    """No account that is left can be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFigures:
    """State of a list as the catalogue keeps it from one run of the program to the next."""

    total: int = 0
    """Recordings on it."""
    outcomes: Mapping[str, int]
    """Number of those that are done, by what became of them."""
    held: bool = False
    """True if the person paused it."""

    @property
    def left(self) -> int:
        """Recordings that are still to be done."""
        return self.total - sum(self.outcomes.values())


NO_WORK = WorkFigures(outcomes={})


@dataclass(frozen=True, slots=True)
class WorkWish:
    """A filter of which all that match are to be done, as soon as the rest was searched for them."""

    text: str
    asked: datetime
    """When the person asked for it (aware): a day in the filter means that of then."""


@dataclass(frozen=True, slots=True)
class Added:
    """Outcome of adding recordings to a list."""

    number: int
    """Recordings that were added."""
    done: int
    """Recordings that were left out, as they are done already."""
    unripe: int
    """Recordings that were left out, as there is nothing to be done with them (yet)."""

    def __add__(self, other: "Added") -> "Added":
        """Both together."""
        return Added(self.number + other.number, self.done + other.done, self.unripe + other.unripe)


NOTHING_ADDED = Added(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkProgress:
    """Progress of work."""

    total: int
    outcomes: Mapping[str, int]
    fetched: int = 0
    """Bytes, or pieces of whatever is fetched, that came in this run of the program."""
    rate: float = 0.0
    """The same per second, of the last seconds."""
    left: float | None = None
    """Seconds left, if that can be guessed."""
    held: Hold | None = None
    """Why it does not go on, if so."""
    refused: tuple[str, ...] = ()
    """Ids of accounts whose credential was refused: what is left of them waits for another one."""

    @property
    def done(self) -> int:
        """Recordings that need no more work."""
        return sum(self.outcomes.values())


NO_PROGRESS = WorkProgress(total=0, outcomes={})


class WorkTally:
    """Counts what was done, and tells `progress` a few times a second."""

    def __init__(self, progress: Callable[[WorkProgress], None], pace: Pace = USUAL_PACE) -> None:
        self._progress = progress
        self._pace = pace
        self._total = 0
        self._outcomes: Counter[str] = Counter()
        self._fetched = 0
        self._rate = Rate()
        self._held: Hold | None = None
        self._refused: tuple[str, ...] = ()
        self._worked = 0.0
        self._since: float | None = None
        self._begun = 0
        """Recordings that were done before this run."""
        self._told = float("-inf")

    def begin(self, figures: WorkFigures) -> None:
        """Count from what the catalogue has; what is left out of it now was taken out."""
        done = sum(self._outcomes.values()) - self._begun
        self._total, self._outcomes = figures.total, Counter(figures.outcomes)
        self._begun = sum(self._outcomes.values()) - done
        self.tell_now()

    def fetched(self, number: int) -> None:
        """Note what came through the network."""
        self._fetched += number
        self._tell()

    def settled(self, outcome: str) -> None:
        """Note what became of a recording."""
        self._outcomes[outcome] += 1
        self._tell()

    def holds(self, reason: Hold | None, refused: tuple[str, ...]) -> None:
        """Note why it does not go on, if so, and which accounts refuse it."""
        if (reason, refused) != (self._held, self._refused):
            self._note_time()
            self._held, self._refused = reason, refused
            self.tell_now()

    def tell_now(self) -> None:
        """Tell it however lately it was told."""
        self._told = float("-inf")
        self._tell()

    def _note_time(self) -> None:
        """Count the time in which it was at work."""
        now = self._pace.now()
        if self._since is not None and self._held is None:
            self._worked += max(0.0, now - self._since)
        self._since = now

    def _tell(self) -> None:
        now = self._pace.now()
        if 0 <= now - self._told < TOLD_EVERY:
            return
        self._told = now
        self._note_time()
        self._rate.note(now, self._fetched)
        done = sum(self._outcomes.values())
        fresh = done - self._begun
        self._progress(
            WorkProgress(
                total=self._total,
                outcomes=dict(self._outcomes),
                fetched=self._fetched,
                rate=0.0 if self._held else self._rate.value,
                left=self._worked / fresh * (self._total - done) if fresh >= _ENOUGH else None,
                held=self._held,
                refused=self._refused,
            )
        )
