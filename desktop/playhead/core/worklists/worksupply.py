"""Supply of work: which recording is its next, and which accounts have to wait."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from playhead.core.errors import Limited, Refused
from playhead.core.exports.engine.scheduler import PAUSES, TRIES, Passing, answers
from playhead.core.pace import Pace
from playhead.core.recording import Recording
from playhead.core.stores import WorkList

T = TypeVar("T")

_AT_ONCE = 50
"""Recordings of an account that are read from the catalogue in one go."""


@dataclass(slots=True, eq=False)
class Turn(Generic[T]):
    """One recording of a list, with what the work on it has so far."""

    recording: Recording
    state: T
    tries: int = 0
    arrivals: int = 0
    """How often something had come of its account when it was begun."""


@dataclass(slots=True, eq=False)
class _Line(Generic[T]):
    """Recordings of one account."""

    account: str
    ready: deque[Turn[T]] = field(default_factory=deque)
    place: int = 0
    """How far the list was read."""
    more: bool = True
    aside: "asyncio.Task[None] | None" = None
    """While nothing is asked of the account, because it cannot be reached."""
    failures: int = 0
    """In a row, without anything that came."""
    arrivals: int = 0
    refusal: Refused | None = None


class Supply(Generic[T]):
    """Gives recordings out, an account's in order and the accounts by turns. Belongs to one event loop.

    An account that cannot be reached stands aside for a while, in which others go on.
    """

    def __init__(
        self,
        work_list: WorkList,
        begin: Callable[[], T],
        pace: Pace,
        changed: Callable[[], object] = bool,
    ) -> None:
        self._list_of_work = work_list
        self._begin = begin
        self._pace = pace
        self._changed = changed
        self._lines: dict[str, _Line[T]] = {}
        self._order: deque[str] = deque()
        self._under_way: set[Turn[T]] = set()
        self._listed = False
        self._reading = asyncio.Lock()
        self._woken = asyncio.Event()

    @property
    def all_wait(self) -> bool:
        """True if something is left, and all of it waits for an account that cannot be reached."""
        return not self._under_way and any(line.aside is not None for line in self._lines.values())

    @property
    def refused(self) -> tuple[str, ...]:
        """Accounts whose credential was refused."""
        return tuple(line.account for line in self._lines.values() if line.refusal is not None)

    async def next(self) -> Turn[T] | None:
        """Wait for a recording, which has to be given back with `over`; None if none is left."""
        while True:
            self._woken.clear()
            async with self._reading:
                turn = await self._take()
            if turn is not None:
                self._under_way.add(turn)
                self._changed()
                return turn
            if not self._under_way and not any(line.aside for line in self._lines.values()):
                return None
            await self._woken.wait()

    def over(self, turn: Turn[T]) -> None:
        """Give a turn back, whatever became of it."""
        self._under_way.discard(turn)
        self._wake()

    def arrived(self, account: str) -> None:
        """Note that something came from an account."""
        line = self._lines.get(account)
        if line is not None:
            line.arrivals += 1
            line.failures = 0

    def again(self, turn: Turn[T], error: Passing) -> bool:
        """Let its account wait; say whether the recording will be given out again.

        It is given up if its host answers, or others arrive: then the fault is its own.
        """
        line = self._lines.get(turn.recording.account)
        if line is None:
            return True
        turn.tries += 1
        others_do = line.arrivals != turn.arrivals
        own = turn.tries >= TRIES and (others_do or answers(error))
        if not own:
            line.ready.appendleft(turn)
        if line.aside is None:
            # Of those that were under way together, the first to fail begins the pause.
            line.failures += 1
            pause = PAUSES[min(line.failures, len(PAUSES)) - 1]
            wanted = (error.wait or 0.0) if isinstance(error, Limited) else 0.0
            line.aside = asyncio.create_task(self._return(line, max(pause, wanted)), name="work pause")
        return not own

    def refuse(self, account: str, error: Refused) -> None:
        """Ask no more of an account until `refill`."""
        line = self._lines.get(account)
        if line is not None:
            line.refusal = error
            line.ready.clear()

    def withdraw(self, account: str) -> None:
        """Take an account out; what is left of it is read again if it ever comes back."""
        line = self._lines.pop(account, None)
        if line is not None and line.aside is not None:
            line.aside.cancel()
        if account in self._order:
            self._order.remove(account)
        self._wake()

    def refill(self) -> None:
        """Look at the list again: something was added, or an account is back."""
        self._listed = False
        for line in self._lines.values():
            # From the beginning: what failed there may be wanted again.
            line.ready.clear()
            line.place, line.more, line.refusal = 0, True, None
        self.hurry()

    def hurry(self) -> None:
        """Ask at once the accounts that stand aside."""
        for line in self._lines.values():
            if line.aside is not None:
                line.aside.cancel()
                line.aside = None
        self._wake()

    def close(self) -> None:
        """Let nothing wait any more."""
        for line in self._lines.values():
            if line.aside is not None:
                line.aside.cancel()

    async def _take(self) -> Turn[T] | None:
        if not self._listed:
            self._listed = True
            await self._list()
        for _ in range(len(self._order)):
            self._order.rotate(-1)
            line = self._lines[self._order[-1]]
            if line.aside is not None or line.refusal is not None:
                continue
            while not line.ready and line.more:
                await self._read(line)
            if line.ready:
                turn = line.ready.popleft()
                if not turn.tries:
                    turn.arrivals = line.arrivals
                return turn
        return None

    async def _list(self) -> None:
        for account in await self._list_of_work.accounts():
            if account not in self._lines:
                self._lines[account] = _Line(account)
                self._order.append(account)

    async def _read(self, line: _Line[T]) -> None:
        found: Sequence[tuple[int, Recording]]
        found = await self._list_of_work.open_ones(line.account, _AT_ONCE, after=line.place)
        line.more = len(found) == _AT_ONCE
        under_way = {turn.recording.key for turn in self._under_way}
        for place, recording in found:
            line.place = place
            if recording.key not in under_way:
                line.ready.append(Turn(recording, self._begin()))

    async def _return(self, line: _Line[T], seconds: float) -> None:
        await self._pace.sleep(seconds)
        line.aside = None
        self._wake()

    def _wake(self) -> None:
        self._woken.set()
        self._changed()
