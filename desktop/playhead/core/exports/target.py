"""The folder that an export goes to, looked at before the first byte."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playhead.core.errors import ExportError, Spoilt
from playhead.core.exports.audit import FORMAT
from playhead.core.exports.choices import BAG_DATA, Sheet
from playhead.core.exports.plan import own_folder
from playhead.core.exports.sums import editions
from playhead.core.exports.within import opened

_HEAD = 4096
"""Bytes at the beginning of a sheet that say what it is."""
_MARK = f'"{FORMAT}"'.encode()


@dataclass(frozen=True, slots=True)
class Target:
    """What is known of a folder. Nothing was changed to find it out."""

    free: int | None
    """Bytes; None where that cannot be known."""
    occupied: bool
    """Whether something is in it."""
    export: bool
    """Whether it holds an export of ours, as far as its first bytes say."""
    problem: Spoilt | None = None
    """The reason of the `ExportError` that an export there would end with, if one is foreseen."""


def look_at(folder: Path) -> Target:
    """Look at `folder`, which need not be there yet. Waits for the disk."""
    place = folder
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        if not place.is_dir():
            return Target(None, occupied=False, export=False, problem="inway")
        free = shutil.disk_usage(place).free
        occupied = place == folder and next(folder.iterdir(), None) is not None
    except OSError:
        return Target(None, occupied=False, export=False, problem="readonly")
    return Target(free, occupied=occupied, export=occupied and holds_export(folder))


def holds_export(folder: Path) -> bool:
    """Whether `folder`, or the bag in it, has the sheet by which an export is known."""
    for place in (folder, folder / BAG_DATA):
        try:
            for name in editions(place, Sheet.JSON):
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
        return parent
    except NotADirectoryError as error:
        raise ExportError("inway", type(error).__name__) from error
    except OSError as error:
        raise ExportError("readonly", type(error).__name__) from error
    return own_folder(parent, moment, existing=existing)
