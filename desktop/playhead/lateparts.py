"""Parts that are imported after the window has appeared, each when it is first needed."""

import asyncio
import importlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playhead.core.finding.query import Readings


async def imported(module: str) -> None:
    """Import a module in a thread: the window has its turn meanwhile."""
    await asyncio.to_thread(importlib.import_module, module)


def readings_here() -> "Readings":
    """Forms in which a number is typed in this country; which that is, is looked up for the first number."""

    @cache
    def here() -> "Readings":
        from playhead.ui.wording.phones import readings_in
        from playhead.ui.wording.whereabouts import home_region

        return readings_in(home_region())

    def readings(typed: str) -> Sequence[str]:
        return here()(typed)

    return readings
