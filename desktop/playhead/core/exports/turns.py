"""Which file of an export is next, and when."""

import asyncio
from collections import Counter, deque


class Turns:
    """Gives out places of a plan in the order they were added, so many `at_once`.

    A file that waits for its account gives its turn back meanwhile, so that other accounts go on; but an
    account has no more files under way than anybody, waiting or not. When the waiting ends there may be more
    than `at_once` until some are over. Belongs to one event loop.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lines: dict[str, deque[int]] = {}
        self._under_way: Counter[str] = Counter()
        self._waiting = 0
        self._changed = asyncio.Event()

    @property
    def most(self) -> int:
        """How many files can be under way, if of each account but one all wait."""
        return self._at_once * max(1, len(self._lines))

    @property
    def all_wait(self) -> bool:
        """Whether some file is under way, and none does anything but wait."""
        return 0 < self._waiting == self._under_way.total()

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
            if able and self._under_way.total() - self._waiting < self._at_once:
                account = able[min(able)]
                self._under_way[account] += 1
                return self._lines[account].popleft()
            self._changed.clear()
            await self._changed.wait()
        return None

    def over(self, account: str) -> None:
        """Give the turn of a file of `account` back."""
        self._under_way[account] -= 1
        self._changed.set()

    def waits(self, more: int) -> None:
        """Note that so many `more` files, or fewer if negative, wait."""
        self._waiting += more
        self._changed.set()

    def close(self) -> None:
        """Give out no more turns."""
        self._lines.clear()
        self._changed.set()
