"""Links that are asked for a little before they are needed, so that nobody waits for them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playhead.core.pace import Pace
from playhead.providers.http.redirects import Link

LIFE = 30.0
"""Seconds after which a link that nobody used is not used any more: providers sign them for some minutes."""
MOST = 32
"""Links that are kept; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class _Asked:
    task: "asyncio.Task[Link]"
    moment: float


class LinksAhead:
    """Links by the ids of recordings, each given out once. `ask` gives a fresh one, or raises."""

    def __init__(self, ask: Callable[[str], Awaitable[Link]], pace: Pace) -> None:
        self._ask = ask
        self._now = pace.now
        self._asked: dict[str, _Asked] = {}

    def prepare(self, identity: str) -> None:
        """Begin to ask for a link, unless that was done a moment ago."""
        if self._fresh(identity) is not None:
            return
        self._drop(identity)
        while len(self._asked) >= MOST:
            self._drop(next(iter(self._asked)))
        task = asyncio.create_task(self._given(identity), name="link")
        # Nobody may come to hear of its failure.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._asked[identity] = _Asked(task, self._now())

    async def link(self, identity: str) -> Link:
        """The link that was asked for before, if that is not too long ago, else a fresh one."""
        asked = self._fresh(identity)
        if asked is None:
            self._drop(identity)
            return await self._ask(identity)
        del self._asked[identity]
        return await asked.task

    def close(self) -> None:
        """Forget all of them, and ask for no more."""
        for identity in list(self._asked):
            self._drop(identity)

    async def _given(self, identity: str) -> Link:
        return await self._ask(identity)

    def _fresh(self, identity: str) -> _Asked | None:
        asked = self._asked.get(identity)
        return asked if asked is not None and self._now() - asked.moment < LIFE else None

    def _drop(self, identity: str) -> None:
        asked = self._asked.pop(identity, None)
        if asked is not None:
            asked.task.cancel()
