"""Scheduler of an export: turns of its files, pauses, and patience with accounts."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice

from playhead.core.errors import ExportError, Limited, ProviderError, Unavailable, Unreachable
from playhead.core.exports.breadth import Breadth
from playhead.core.exports.needs import Needs
from playhead.core.exports.progress import Pause, Tally
from playhead.core.exports.targetfolder import TargetFolder
from playhead.core.pace import Pace
from playhead.core.threads import Threads


class Turns:
    """Gives out places of a plan in the order they were added, `at_once` at most, and `allowed` at a time.

    A file that waits for its account stands aside meanwhile, so that other accounts go on; but an account has
    no more files under way than anybody, waiting or not. Belongs to one event loop.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._allowed = at_once
        self._lines: dict[str, deque[int]] = {}
        self._under_way: Counter[str] = Counter()
        self._aside = 0
        self._returning = 0
        self._changed = asyncio.Event()

    @property
    def most(self) -> int:
        """Most files that can be under way, if of each account but one all wait."""
        return self._at_once * max(1, len(self._lines))

    @property
    def all_wait(self) -> bool:
        """True if some file is under way, and none does anything but wait."""
        return 0 < self._aside == self._under_way.total()

    def allow(self, number: int) -> None:
        """Let so many be under way from now on; those that are too many come to their end."""
        self._allowed = min(number, self._at_once)
        self._changed.set()

    def add(self, place: int, account: str) -> None:
        """Put a file of `account` at the end of the line."""
        self._lines.setdefault(account, deque()).append(place)

    async def next(self) -> int | None:
        """Wait for a turn, which has to be given back with `over`; None if no file is left."""
        while any(self._lines.values()):
            able = {
                line[0]: account
                for account, line in self._lines.items()
                if line and self._under_way[account] < self._allowed
            }
            if able and self._busy + self._returning < self._allowed:
                account = able[min(able)]
                self._under_way[account] += 1
                return self._lines[account].popleft()
            await self._change()
        return None

    def coming(self, number: int) -> list[int]:
        """The places of which so many will be given out next, as far as that is known."""
        firsts = (place for line in self._lines.values() for place in islice(line, number))
        return sorted(firsts)[:number]

    def over(self, account: str) -> None:
        """Give the turn of a file of `account` back."""
        self._under_way[account] -= 1
        self._changed.set()

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """For a file under way: within, it has given its turn away; it ends with one, before any new file."""
        self._aside += 1
        self._changed.set()
        try:
            yield
            self._returning += 1
            try:
                while self._busy >= self._allowed:
                    await self._change()
            finally:
                self._returning -= 1
        finally:
            self._aside -= 1
            self._changed.set()

    def close(self) -> None:
        """Give out no more turns."""
        self._lines.clear()
        self._changed.set()

    @property
    def _busy(self) -> int:
        return self._under_way.total() - self._aside

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()


LOOK_AGAIN = 3.0
"""Seconds between two looks at a target that takes no more."""


class Gate:
    """Open unless the person holds it, or the target is in trouble.

    A target in trouble is looked at every few seconds: `works` says whether so many bytes can be written
    there again. Belongs to one event loop.
    """

    def __init__(
        self,
        works: Callable[[int], Awaitable[bool]],
        pace: Pace,
        changed: Callable[[], None],
    ) -> None:
        self._works = works
        self._pace = pace
        self._changed = changed
        self._held = False
        self._trouble: ExportError | None = None
        self._needed = 0
        self._watch: asyncio.Task[None] | None = None
        self._open = asyncio.Event()
        self._open.set()

    @property
    def reason(self) -> Pause | None:
        """Reason why it is shut: `person`, or that of the target's trouble; None if it is open."""
        if self._held:
            return "person"
        return self._trouble.reason if self._trouble is not None else None

    @property
    def trouble(self) -> ExportError | None:
        """Trouble of the target, if it has any."""
        return self._trouble

    async def passed(self) -> None:
        """Return when it is open."""
        await self._open.wait()

    def hold(self) -> None:
        """Shut it until `release`."""
        self._held = True
        self._turn()

    def release(self) -> None:
        """Open it again; a target in trouble is looked at at once."""
        self._held = False
        if self._trouble is not None:
            self._look()
        self._turn()

    def shut(self, trouble: ExportError, needed: int) -> None:
        """Shut it until the target takes `needed` bytes again."""
        self._needed = max(self._needed, needed)
        if self._trouble is None:
            self._trouble = trouble
            self._look()
        self._turn()

    def close(self) -> None:
        """Look no more."""
        if self._watch is not None:
            self._watch.cancel()

    def _look(self) -> None:
        self.close()
        self._watch = asyncio.create_task(self._until_it_works(), name="export target")

    async def _until_it_works(self) -> None:
        while not await self._works(self._needed):
            await self._pace.sleep(LOOK_AGAIN)
        self._trouble, self._needed = None, 0
        self._turn()

    def _turn(self) -> None:
        if self.reason is None:
            self._open.set()
        else:
            self._open.clear()
        self._changed()


PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0)
"""Seconds that all files of an account wait, one pause after the other, while none of them gets anything."""
TRIES = 3
"""How often one file is tried if the fault may be its own."""
Passing = Unreachable | Unavailable | Limited
"""What may be over in a while."""


class Patience:
    """One account's: nothing may come for some minutes, as when the network is gone, and no file is lost.

    A file that fails while others arrive, or at a host that does answer, is soon given up: the fault is its
    own.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._now = Attempt(0, 0)

    @property
    def now(self) -> "Attempt":
        """To be kept from the beginning of an attempt, for `again`."""
        return self._now

    def arrived(self) -> None:
        """Note that something came from this account."""
        self._now = Attempt(self._now.arrivals + 1, 0)

    async def again(self, error: Passing, tries: int, begun: "Attempt") -> bool:
        """Wait, and say whether to try again what was begun then and failed for the `tries`th time."""
        others_do = self._now.arrivals != begun.arrivals
        if tries >= TRIES and (others_do or answers(error)):
            return False
        if isinstance(error, Unreachable) and error.reason == "tls":
            return False
        if others_do:
            await self._pace.sleep(PAUSES[min(tries, len(PAUSES)) - 1])
            return True
        if self._now == begun:
            # The first that fails after a pause begins the next one; the others of its round join in.
            if begun.pauses == len(PAUSES):
                return False
            self._now = Attempt(begun.arrivals, begun.pauses + 1)
        await self._pace.sleep(PAUSES[self._now.pauses - 1])
        return True


@dataclass(frozen=True, slots=True)
class Attempt:
    """Beginning of an attempt: the number of arrivals by then, and of pauses since the last."""

    arrivals: int
    pauses: int


def answers(error: ProviderError) -> bool:
    """True if there was a host that answered at all."""
    return isinstance(error, Unavailable) or (
        isinstance(error, Unreachable) and error.reason in {"cut", "timeout", "slow"}
    )


class Scheduler:
    """Says which file is fetched next and when, and tells the `tally` what holds an export up.

    It may be the person, the `target`, or the network of an account.
    """

    def __init__(self, at_once: int, tally: Tally, target: TargetFolder, disk: Threads, needs: Needs) -> None:
        self.turns = Turns(at_once)
        self._breadth = Breadth(at_once)
        self.turns.allow(self._breadth.number)
        self.tally = tally
        """Progress as the person is told."""
        self.gate = Gate(self._works, needs.pace, self.tell)
        """Where all files wait while it is shut."""
        self._target = target
        self._disk = disk
        self._pace = needs.pace
        self._patience: dict[str, Patience] = {}
        self._free: int | None = None

    def patience_with(self, account: str) -> Patience:
        """Patience that the files of `account` share."""
        return self._patience.setdefault(account, Patience(self._pace))

    @property
    def coming(self) -> list[int]:
        """The places of the files that begin so soon that their links may be asked for."""
        return self.turns.coming(self._breadth.ahead)

    def fetched(self, waited: float, arrived: float) -> None:
        """Note a file that came: seconds before its first byte, and from that to its last."""
        self._breadth.fetched(waited, arrived)
        self.turns.allow(self._breadth.number)

    def faltered(self, error: ProviderError) -> None:
        """Note that the network or a server let a file down."""
        self._breadth.faltered(error)
        self.turns.allow(self._breadth.number)

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """For a file that waits for its account alone: it stands aside within."""
        async with self.turns.aside():
            self.tell()
            yield
        self.tell()

    def tell(self) -> None:
        """Say what is so now."""
        reason: Pause | None = self.gate.reason or ("network" if self.turns.all_wait else None)
        self.tally.paused(reason, self._free if reason == "full" else None)

    async def _works(self, needed: int) -> bool:
        self._free = await self._disk.run(lambda: self._target.free)
        self.tell()
        return await self._disk.run(self._target.works, needed)
