"""What a process of its own plays in which the program is opened and closed many times, often too soon."""

import asyncio
from pathlib import Path

from support.processes.process_profiles import connected, pocket
from support.window.demo_accounts import small_cloud
from support.window.driven_program import opened

TIMES = 8
STEP = 0.02
"""Seconds by which the program lives longer each time."""


async def closings_during_the_start(folder: str) -> None:
    """Close the program a little later each time; nothing of it may go on afterwards."""
    place = Path(folder)
    before = asyncio.all_tasks()
    with small_cloud() as cloud:
        connected(cloud, place)
        for time in range(TIMES):
            async with opened(place, vault=pocket(), wait=False):
                await asyncio.sleep(time * STEP)
            left = [task.get_name() for task in asyncio.all_tasks() - before]
            assert not left, f"closed after {time * STEP} s, it has left {left}"
