"""Tests that are told as coroutines."""

import asyncio
from collections.abc import Awaitable, Callable


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Play a story to its end, which comes soon."""

    async def whole() -> None:
        await asyncio.wait_for(story(), 5)

    asyncio.run(whole())
