"""Reason why an export waits, as the person is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playhead.core.exports.gate import Gate
from playhead.core.exports.needs import Needs
from playhead.core.exports.progress import Tally
from playhead.core.exports.targetfolder import TargetFolder
from playhead.core.exports.turns import Turns
from playhead.core.threads import Threads


class Waiting:
    """Tells the `tally` what holds an export up: the person, its `target`, or the network."""

    def __init__(
        self,
        target: TargetFolder,
        turns: Turns,
        tally: Tally,
        disk: Threads,
        needs: Needs,
    ) -> None:
        self._target = target
        self._turns = turns
        self.tally = tally
        """Progress as the person is told."""
        self._disk = disk
        self._free: int | None = None
        self.gate = Gate(self._works, needs.sleep, self.tell)
        """Where all files wait while it is shut."""

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """For a file that waits for its account alone: it stands aside within."""
        async with self._turns.aside():
            self.tell()
            yield
        self.tell()

    def tell(self) -> None:
        """Say what is so now."""
        reason = self.gate.reason or ("network" if self._turns.all_wait else None)
        self.tally.paused(reason, self._free if reason == "full" else None)

    async def _works(self, needed: int) -> bool:
        self._free = await self._disk.run(lambda: self._target.free)
        self.tell()
        return await self._disk.run(self._target.works, needed)
