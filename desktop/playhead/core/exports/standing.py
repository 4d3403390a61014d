"""What an interrupted export has left in its folder, compared with what its journal says."""

import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from playhead.core.exports.choices import Sheet
from playhead.core.exports.files import Kept, intact, parts_of, same
from playhead.core.exports.naming import candidates
from playhead.core.exports.plan import Plan
from playhead.core.exports.renaming import give_name
from playhead.core.exports.report import Outcome
from playhead.core.exports.sums import editions

_SHEETS = tuple(str(sheet) for sheet in Sheet)
"""Not the lists of sums: by their parts the next run knows which papers are of this one."""


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
    names |= {name for sheet in _SHEETS for name in (sheet, *editions(plan.folder, sheet))}
    for name in names:
        for part in parts_of(plan.folder, name):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return held


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
    """Where `kept` is, perhaps only now; its part was named after `planned`."""
    if intact(folder, kept):
        return kept.path
    for part in {*parts_of(folder, planned), *parts_of(folder, kept.path)}:
        if same(part, kept):
            return _named(folder, part, kept.path)
    return None


def _named(folder: Path, part: Path, path: str) -> str | None:
    for free in candidates(path):
        target = folder / free
        # An empty file was holding the name, where a disk has no links.
        empty = free == path and target.is_file() and not target.stat().st_size
        try:
            give_name(part, target, replace=empty)
        except FileExistsError:
            continue
        except OSError:
            break
        return free
    return None
