"""Target of an export, looked at before the first byte, while it is still being chosen."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playhead.core.errors import ExportError, Spoilt
from playhead.core.exports import formats
from playhead.core.exports.audit import FORMAT
from playhead.core.exports.choices import BAG_DATA
from playhead.core.exports.diskaccess import meaning, opened
from playhead.core.exports.files import free
from playhead.core.exports.naming import PART_BYTES, TAIL_BYTES
from playhead.core.exports.plan import own_folder
from playhead.core.exports.sums import editions
from playhead.core.threads import Threads

_HEAD = 4096
"""Bytes at the beginning of a sheet that say what it is."""
_USUAL_NAME = 255
"""Bytes of a name that disks take."""
_SHORTEST_NAME = 32
"""Bytes of a name that still tells files apart; a disk that takes none so long says so of each file."""
_MARK = f'"{FORMAT}"'.encode()


@dataclass(frozen=True, slots=True)
class Target:
    """Facts about a folder. Nothing was changed to find them out."""

    free: int | None
    """Bytes; None where that cannot be known."""
    occupied: bool
    """Whether something is in it."""
    export: bool
    """Whether it holds an export of ours, as far as its first bytes say."""
    missing: bool = False
    """Whether there is no such folder yet."""
    problem: Spoilt | None = None
    """The reason of the `ExportError` that an export there would end with, if one is foreseen."""


def look_at(folder: Path) -> Target:
    """Look at `folder`, which need not be there yet. Waits for the disk."""
    try:
        place = _nearest(folder)
        if not place.is_dir():
            return Target(None, occupied=False, export=False, problem="inway")
        if not _writable(place):
            return Target(None, occupied=False, export=False, problem="readonly")
        occupied = place == folder and next(folder.iterdir(), None) is not None
    except OSError as error:
        return Target(None, occupied=False, export=False, problem=meaning(error))
    return Target(
        free(place),
        occupied=occupied,
        export=occupied and holds_export(folder),
        missing=place != folder,
    )


def longest_name(folder: Path) -> int:
    """Most bytes of a name in `folder`, which need not be there yet. Waits for the disk.

    Few disks take less than is usual; some that encrypt names do.
    """
    try:
        most = os.pathconf(_nearest(folder), "PC_NAME_MAX")
    except (AttributeError, OSError, ValueError):  # Windows has no such call, some disks do not tell
        return PART_BYTES
    return max(most - TAIL_BYTES, _SHORTEST_NAME) if 0 < most < _USUAL_NAME else PART_BYTES


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one that it will be in."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return place


def _writable(folder: Path) -> bool:
    """Tell whether files and folders can be made in `folder`, as far as its disk and its permissions say."""
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=effective)


def holds_export(folder: Path) -> bool:
    """Tell whether `folder`, or the bag in it, has the sheet by which an export is known."""
    for place in (folder, folder / BAG_DATA):
        try:
            for name in editions(place, formats.JSON.file_name):
                with opened(place, name) as sheet:
                    if _MARK in sheet.read(_HEAD):
                        return True
        except OSError:
            continue
    return False


def settle(parent: Path, moment: datetime) -> Path:
    """The folder of its own that an export into `parent` gets. Raises `ExportError`.

    Nothing is made; `moment` is the person's own time. Waits for the disk.
    """
    try:
        existing = [each.name for each in parent.iterdir()]
    except FileNotFoundError:
        existing = []
    except OSError as error:
        raise ExportError(meaning(error), type(error).__name__) from error
    return own_folder(parent, moment, existing=existing)


LONGEST = 10.0
"""Seconds after which nothing is known of a folder."""
_AT_ONCE = 2
"""How many looks may hang: a network folder that is gone holds its thread for minutes."""


class Looking:
    """Its looks take none of the threads that others need; one that nobody awaits any more is not begun."""

    def __init__(self, longest: float = LONGEST) -> None:
        """`longest` is in seconds."""
        self._longest = longest
        self._threads = Threads(_AT_ONCE, "look at folder")

    async def at(self, folder: Path) -> Target:
        """Look at `folder` for some seconds at most."""
        try:
            async with asyncio.timeout(self._longest):
                return await self._threads.run(look_at, folder)
        except TimeoutError:
            return Target(None, occupied=False, export=False)
