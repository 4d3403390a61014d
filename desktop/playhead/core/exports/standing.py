"""Reconciliation of an interrupted export's folder with its journal."""

import contextlib
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from playhead.core.exports.files import Kept, holds, intact, parts_of
from playhead.core.exports.formats import FORMATS
from playhead.core.exports.naming import candidates
from playhead.core.exports.plan import Plan
from playhead.core.exports.renaming import give_name
from playhead.core.exports.report import Outcome
from playhead.core.exports.sums import editions

_SHEETS = tuple(each.file_name for each in FORMATS)
"""Not the lists of sums: by their parts the next run knows which papers are of this one."""
_MOST = 1000
"""Numbers that are tried for a name that others have."""


def standing(
    plan: Plan,
    outcomes: Mapping[int, Outcome],
    *,
    copies: Collection[str] = (),
    enough: Callable[[], bool] = lambda: False,
) -> dict[int, Outcome]:
    """Those of `outcomes`, by place in the plan, that still hold; the others are to be fetched again.

    A kept file has to be under its name byte for byte; if it had not got its name yet, it gets it now. Parts
    that nobody needs are removed, also those of `copies`, the paths that were meant for them. Runs in a
    thread, as everything is read again: once it is `enough`, the rest is believed. Raises `ExportError`.
    """
    held: dict[int, Outcome] = {}
    for place, outcome in outcomes.items():
        if enough():
            return {**outcomes, **held}
        found = _found(plan, place, outcome) if outcome.state.has_file else outcome
        if found is not None:
            held[place] = found
    names = {file.path for file in plan.files} | set(copies)
    names |= {outcome.path for outcome in outcomes.values() if outcome.path}
    names |= {outcome.copy.path for outcome in outcomes.values() if outcome.copy is not None}
    _sweep(plan.folder, names)
    sweep_sheets(plan.folder)
    return held


def sweep_sheets(folder: Path) -> None:
    """Remove parts of sheets: of an export that is not writing any now, they are left over."""
    _sweep(folder, {name for sheet in _SHEETS for name in (sheet, *editions(folder, sheet))})


def _sweep(folder: Path, names: Collection[str]) -> None:
    for part in (part for name in names for part in parts_of(folder, name)):
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _found(plan: Plan, place: int, outcome: Outcome) -> Outcome | None:
    kept = Kept(outcome.path, outcome.size, outcome.sha256)
    path = _stands(plan.folder, plan.files[place].path, kept)
    if path is None:
        return None
    copy = outcome.copy
    if copy is not None:
        copied = _stands(plan.folder, copy.path, copy)
        copy = replace(copy, path=copied) if copied is not None else None
    return replace(outcome, path=path, copy=copy)


def _stands(folder: Path, planned: str, kept: Kept) -> str | None:
    """The path of `kept`, perhaps only now; its part was named after `planned`."""
    if intact(folder, kept):
        return kept.path
    for part in {*parts_of(folder, planned), *parts_of(folder, kept.path)}:
        if holds(folder, part.relative_to(folder).as_posix(), kept):
            return _named(folder, part, kept.path)
    return None


def _named(folder: Path, part: Path, path: str) -> str | None:
    for free in islice(candidates(path), _MOST):
        target = folder / free
        try:
            give_name(part, target, replace=free == path and _is_held(target))
        except FileExistsError:
            continue
        except OSError:
            break
        return free
    return None


def _is_held(target: Path) -> bool:
    """True if an empty file is holding a name, as where a disk has no links."""
    try:
        found = target.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and not found.st_size
