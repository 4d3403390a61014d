"""Turns of an export's files: which is next, and when."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Gives out places of a plan in the order they were added, so many `at_once`.

    A file that waits for its account stands aside meanwhile, so that other accounts go on; but an account has
    no more files under way than anybody, waiting or not. Belongs to one event loop.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
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

    def add(self, place: int, account: str) -> None:
        """Put a file of `account` at the end of the line."""
        self._lines.setdefault(account, deque()).append(place)

    async def next(self) -> int | None:
        """Wait for a turn, which has to be given back with `over`; None if no file is left."""
        while any(self._lines.values()):
            able = {
                line[0]: account
                for account, line in self._lines.items()
                if line and self._under_way[account] < self._at_once
            }
            if able and self._busy + self._returning < self._at_once:
                account = able[min(able)]
                self._under_way[account] += 1
                return self._lines[account].popleft()
            await self._change()
        return None

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
                while self._busy >= self._at_once:
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
