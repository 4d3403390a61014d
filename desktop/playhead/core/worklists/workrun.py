"""Run of work on many recordings, at leisure and to the end: what is next, what waits, what is done."""

import asyncio
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from playhead.core.errors import CatalogueReadOnly, Disconnected, Limited, Refused, Unavailable, Unreachable
from playhead.core.pace import USUAL_PACE, Pace
from playhead.core.recording import Recording
from playhead.core.stores import WorkList
from playhead.core.worklists.workpacing import Holds, Throttle
from playhead.core.worklists.workstates import Hold, WorkProgress, WorkTally
from playhead.core.worklists.worksupply import Supply, Turn

T = TypeVar("T")
F = TypeVar("F")

LOOK_AGAIN = 15.0
"""Seconds until it is tried again to write into a catalogue that does not take anything."""


class Watch:
    """Tells the run what a piece of work has fetched, and the work if it has to wait."""

    def __init__(
        self, holds: Holds, tally: WorkTally, throttle: Throttle, arrived: Callable[[str], None]
    ) -> None:
        self.holds = holds
        self.arrived = arrived
        """To be told of an account from which something came."""
        self._tally = tally
        self._throttle = throttle

    async def took(self, number: int) -> None:
        """Count bytes, or pieces, that came through the network, and wait until more may."""
        self._tally.fetched(number)
        await self._throttle.took(number)


class Work(Protocol[T, F]):
    """Work on one recording after another."""

    @property
    def at_once(self) -> int:
        """Recordings that are under way at once."""

    @property
    def failed(self) -> F:
        """Finding on a recording that could not be had."""

    def begin(self) -> T:
        """State of work on a recording that was not begun."""

    async def do(self, turn: Turn[T], watch: Watch) -> F:
        """Do what is to be done, and give what is to be kept. Raises `PlayheadError` where nothing is known.

        Of an account that has to wait (`Unreachable`, `Unavailable`, `Limited`) it is tried again.
        """

    async def keep(self, recording: Recording, found: F) -> str:
        """Keep that; the outcome for the list. Raises `CatalogueError`."""


class WorkRun(Generic[T, F]):
    """Works off what the catalogue has on a list, until nothing is left of it.

    One recording that fails does not stop the others; an account that cannot be reached is waited for however
    long it takes, one that refuses its credential until `go_on`. What is done is in the catalogue, so a run
    that is killed is simply followed by another.
    """

    def __init__(
        self,
        work_list: WorkList,
        work: Work[T, F],
        progress: Callable[[WorkProgress], None],
        pace: Pace = USUAL_PACE,
    ) -> None:
        self._list = work_list
        self._work_of_one = work
        self._pace = pace
        self._tally = WorkTally(progress, pace)
        self._holds = Holds(self._tell)
        self._supply = Supply(work_list, work.begin, pace, self._tell)
        self._throttle = Throttle(pace)
        self._watch = Watch(self._holds, self._tally, self._throttle, self._supply.arrived)
        self._again = False
        """True if there may be more on the list than was seen."""
        self._current: dict[asyncio.Task[None], str] = {}
        """What is under way, with the account of each."""

    def limit(self, rate: float) -> None:
        """Fetch no more than so much a second; 0: as fast as it comes."""
        self._throttle.rate = rate

    def hold(self, reason: Hold, *, on: bool) -> None:
        """Wait for a reason, or no longer; what is being fetched is taken up where it was."""
        self._holds.hold(reason, on=on)

    async def go_on(self) -> None:
        """Look at the list again, and ask at once accounts that were waited for. Raises `CatalogueError`."""
        self._again = True
        await self._refill()

    async def _refill(self) -> None:
        self._supply.refill()
        self._tally.begin(await self._list.figures())

    def withdraw(self, account: str) -> None:
        """Let go of everything of an account."""
        self._supply.withdraw(account)
        for task, its in self._current.items():
            if its == account:
                task.cancel()

    async def run(self) -> None:
        """Do everything that can be done now. Raises `CatalogueError`."""
        self._again = True
        while self._again:
            self._again = False
            await self._round()
        self._tell()
        self._tally.tell_now()

    async def _round(self) -> None:
        await self._refill()
        number = self._work_of_one.at_once
        workers = [asyncio.create_task(self._work(), name="work list") for _ in range(number)]
        try:
            await asyncio.gather(*workers)
        finally:
            for each in workers:
                each.cancel()
            await asyncio.wait(workers)
            self._supply.close()

    def _tell(self) -> None:
        reason = self._holds.reason
        if reason is None and self._supply.all_wait:
            reason = Hold.NETWORK
        self._tally.holds(reason, self._supply.refused)

    async def _work(self) -> None:
        while (turn := await self._supply.next()) is not None:
            task = asyncio.create_task(self._do(turn), name="work on one")
            self._current[task] = turn.recording.account
            try:
                # Cancelled alone, it is of an account that leaves.
                await asyncio.wait({task})
            finally:
                task.cancel()
                await asyncio.wait({task})
                del self._current[task]
                self._supply.over(turn)
            if not task.cancelled():
                task.result()

    async def _do(self, turn: Turn[T]) -> None:
        account = turn.recording.account
        try:
            found = await self._work_of_one.do(turn, self._watch)
        except (Unreachable, Unavailable, Limited) as error:
            if self._supply.again(turn, error):
                return
            found = self._work_of_one.failed
        except Refused as error:
            self._supply.refuse(account, error)
            return
        except Disconnected:
            self._supply.withdraw(account)
            return
        await self._keep(turn.recording, found)

    async def _keep(self, recording: Recording, found: F) -> None:
        while True:
            try:
                outcome = await self._work_of_one.keep(recording, found)
                # Last: a run that is killed before this finds it done.
                await self._list.settle(recording, outcome)
            except CatalogueReadOnly:
                self._holds.hold(Hold.DISK, on=True)
                await self._pace.sleep(LOOK_AGAIN)
            else:
                self._holds.hold(Hold.DISK, on=False)
                break
        self._tally.settled(outcome)
