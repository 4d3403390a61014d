"""What a process of its own plays until it is killed."""

import asyncio
from pathlib import Path

from support.processes.process_profiles import pocket
from support.window.driven_program import opened


async def search_the_rest(folder: str) -> None:
    """Search the rest, and go on with it until the process ends."""
    async with opened(Path(folder), vault=pocket()) as person:
        await person.sees_rows(50)
        person.window.status.search_rest.click()
        await asyncio.Event().wait()
