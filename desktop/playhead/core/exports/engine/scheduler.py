"""Scheduler of an export: the file that is next and its moment, and what holds all of them up."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from itertools import islice

from playhead.core.errors import ExportError, Limited, ProviderError, Unavailable, Unreachable
from playhead.core.exports.engine.breadth import Breadth
from playhead.core.exports.engine.progress import Pause, Tally
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.pace import Pace

LOOK_AGAIN = 3.0
"""Seconds between two looks at a target that takes no more."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0)
"""Seconds that all files of an account wait, one pause after the other, while none of them gets anything."""
TRIES = 3
"""Number of times one file is tried if the fault may be its own."""
Passing = Unreachable | Unavailable | Limited
"""Errors that may be over in a while."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Beginning of an attempt: its account's number of arrivals by then, and of pauses since the last."""

    account: str
    arrivals: int = 0
    pauses: int = 0


@dataclass(slots=True)
class _Line:
    """Files of one account."""

    now: Attempt
    waiting: deque[int] = field(default_factory=deque)
    """Those that have had no turn, in their order."""
    under_way: int = 0


class Scheduler:
    """Gives out the places of a plan, and holds files up where waiting helps. Belongs to one event loop.

    Turns: as many at a time as `Breadth` finds good, in the order they were added. A file that waits for its
    account stands aside meanwhile, so that other accounts go on; but an account has no more files under way
    than anybody, waiting or not.
    Pauses: nothing goes on while the person holds it, or `target` is in trouble, which is looked at every few
    seconds.
    Patience: nothing may come from an account for some minutes, as when the network is gone, and no file is
    lost. A file that fails while others arrive, or at a host that does answer, is soon given up: the fault is
    its own.
    """

    def __init__(self, at_once: int, target: TargetFolder, tally: Tally, pace: Pace) -> None:
        self._at_once = at_once
        self._target = target
        self._tally = tally
        self._pace = pace
        self._breadth = Breadth(at_once)
        self._lines: dict[str, _Line] = {}
        self._aside = 0
        self._returning = 0
        self._changed = asyncio.Event()
        self._held = False
        self._trouble: ExportError | None = None
        self._needed = 0
        self._free: int | None = None
        self._watch: asyncio.Task[None] | None = None
        self._open = asyncio.Event()
        self._open.set()

    @property
    def most(self) -> int:
        """Most files that can be under way, if of each account but one all wait."""
        return self._at_once * max(1, len(self._lines))

    @property
    def coming(self) -> list[int]:
        """The places of the files that begin so soon that their links may be asked for."""
        number = self._breadth.ahead
        firsts = (place for line in self._lines.values() for place in islice(line.waiting, number))
        return sorted(firsts)[:number]

    def add(self, place: int, account: str) -> None:
        """Put a file of `account` at the end of the line."""
        self._line(account).waiting.append(place)

    async def next(self) -> int | None:
        """Wait for a turn, which has to be given back with `over`; None if no file is left."""
        while any(line.waiting for line in self._lines.values()):
            allowed = self._breadth.number
            able = [line for line in self._lines.values() if line.waiting and line.under_way < allowed]
            if able and self._busy + self._returning < allowed:
                line = min(able, key=lambda each: each.waiting[0])
                line.under_way += 1
                return line.waiting.popleft()
            await self._change()
        return None

    def over(self, account: str) -> None:
        """Give the turn of a file of `account` back."""
        self._line(account).under_way -= 1
        self._changed.set()
        self._tell()

    def fetched(self, waited: float, arrived: float) -> None:
        """Note a file that came: seconds before its first byte, and from that to its last."""
        self._breadth.fetched(waited, arrived)
        self._changed.set()

    def close(self) -> None:
        """Give out no more turns."""
        for line in self._lines.values():
            line.waiting.clear()
        self._changed.set()

    @property
    def reason(self) -> Pause | None:
        """Reason of a pause of all files: `person`, or that of the target's trouble; None without."""
        if self._held:
            return "person"
        return self._trouble.reason if self._trouble is not None else None

    @property
    def trouble(self) -> ExportError | None:
        """Trouble of the target, if it has any."""
        return self._trouble

    async def passed(self) -> None:
        """Return when nothing holds all files up."""
        await self._open.wait()

    def hold(self) -> None:
        """Hold all files up until `release`."""
        self._held = True
        self._open_or_shut()

    def release(self) -> None:
        """Go on; a target in trouble is looked at at once."""
        self._held = False
        if self._trouble is not None:
            self._look()
        self._open_or_shut()

    def shut(self, trouble: ExportError, needed: int) -> None:
        """Hold all files up until the target takes `needed` bytes again."""
        self._needed = max(self._needed, needed)
        if self._trouble is None:
            self._trouble = trouble
            self._look()
        self._open_or_shut()

    def stop_looking(self) -> None:
        """Look at the target no more."""
        if self._watch is not None:
            self._watch.cancel()

    def attempt(self, account: str) -> Attempt:
        """Beginning of an attempt now, to be kept for `again`."""
        return self._line(account).now

    def arrived(self, account: str) -> None:
        """Note that something came from an account."""
        line = self._line(account)
        line.now = Attempt(account, line.now.arrivals + 1)

    async def again(self, error: Passing, tries: int, begun: Attempt) -> bool:
        """Wait, and say whether to try again what was begun then and failed for the `tries`th time.

        The file stands aside meanwhile; to be tried again it needs a turn, and has it before any new file.
        """
        self._breadth.faltered(error)
        self._aside += 1
        self._changed.set()
        self._tell()
        try:
            if not await self._endured(error, tries, begun):
                return False
            await self._returned()
            return True
        finally:
            self._aside -= 1
            self._changed.set()
            self._tell()

    async def _endured(self, error: Passing, tries: int, begun: Attempt) -> bool:
        line = self._line(begun.account)
        others_do = line.now.arrivals != begun.arrivals
        if tries >= TRIES and (others_do or answers(error)):
            return False
        if isinstance(error, Unreachable) and error.reason == "tls":
            return False
        if others_do:
            await self._pace.sleep(PAUSES[min(tries, len(PAUSES)) - 1])
            return True
        if line.now == begun:
            # The first that fails after a pause begins the next one; the others of its round join in.
            if begun.pauses == len(PAUSES):
                return False
            line.now = Attempt(begun.account, begun.arrivals, begun.pauses + 1)
        await self._pace.sleep(PAUSES[line.now.pauses - 1])
        return True

    async def _returned(self) -> None:
        self._returning += 1
        try:
            while self._busy >= self._breadth.number:
                await self._change()
        finally:
            self._returning -= 1

    @property
    def _busy(self) -> int:
        return self._under_way - self._aside

    @property
    def _under_way(self) -> int:
        return sum(line.under_way for line in self._lines.values())

    def _line(self, account: str) -> _Line:
        if account not in self._lines:
            self._lines[account] = _Line(Attempt(account))
        return self._lines[account]

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _look(self) -> None:
        self.stop_looking()
        self._watch = asyncio.create_task(self._until_it_works(), name="export target")

    async def _until_it_works(self) -> None:
        while not await self._works():
            await self._pace.sleep(LOOK_AGAIN)
        self._trouble, self._needed = None, 0
        self._open_or_shut()

    async def _works(self) -> bool:
        self._free = await self._target.disk.run(lambda: self._target.free)
        self._tell()
        return await self._target.disk.run(self._target.works, self._needed)

    def _open_or_shut(self) -> None:
        if self.reason is None:
            self._open.set()
        else:
            self._open.clear()
        self._tell()

    def _tell(self) -> None:
        """Say what holds everything up now, if anything does."""
        all_wait = 0 < self._aside == self._under_way
        reason: Pause | None = self.reason or ("network" if all_wait else None)
        self._tally.paused(reason, self._free if reason == "full" else None)


def answers(error: ProviderError) -> bool:
    """True if there was a host that answered at all."""
    return isinstance(error, Unavailable) or (
        isinstance(error, Unreachable) and error.reason in {"cut", "timeout", "slow"}
    )
