"""Beginning of an export: its folder, and what an earlier run's journal says of it."""

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from playhead.core.errors import ExportError
from playhead.core.exports.engine.scheduler import Scheduler
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.exports.files import Kept, holds, intact, parts_of, prepare
from playhead.core.exports.formats import FORMATS
from playhead.core.exports.naming import candidates
from playhead.core.exports.plan import Plan
from playhead.core.exports.renaming import give_name
from playhead.core.exports.report import Outcome
from playhead.core.exports.sums import editions
from playhead.core.jobs import to_its_end

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


_TRIES = 5
"""How often files are looked at of which the disk says that it is gone."""


async def begin(
    plan: Plan,
    done: Mapping[int, Outcome] | None,
    target: TargetFolder,
    scheduler: Scheduler,
    *,
    copies: frozenset[str],
    enough: Callable[[], bool],
) -> Mapping[int, Outcome]:
    """Make the folder, the `target`; gives what is still true of `done`, which became of files before.

    `copies` are the paths of its copies. A folder that is known to take files is waited for; for a new one
    that cannot be made, raises `ExportError`. The look at what is there ends early when there was `enough`.
    """
    disk = target.disk
    needed = sum(
        file.recording.size or 0
        for place, file in enumerate(plan.files)
        if place not in (done or {}) and file.recording.playable
    )
    kept = any(outcome.state.has_file for outcome in (done or {}).values())
    if kept and not await disk.run(os.path.isdir, plan.folder):
        # A disk that was unplugged must not come back as a folder.
        scheduler.shut(ExportError("missing"), 0)
        await scheduler.passed()
    while True:
        try:
            await disk.run(prepare, plan.folder, needed)
            break
        except ExportError as error:
            if done is None or error.reason in {"inway", "name"}:
                raise
            scheduler.shut(error, needed)
            await scheduler.passed()
    await disk.run(target.begin)
    if done is None:
        return {}

    async def held() -> Mapping[int, Outcome]:
        # Before they are read: what another program does after that is seen at the end.
        await disk.run(target.watch, done.values())
        found = await to_its_end(disk.run(standing, plan, done, copies=copies, enough=enough))
        # What is not there on a disk that is away may be there all the same.
        await disk.run(target.require)
        await disk.run(_note, target, found.values())
        return found

    for _ in range(1, _TRIES):
        try:
            return await held()
        except ExportError as error:
            if enough():
                raise
            scheduler.shut(error, 0)
            await scheduler.passed()
    return await held()


def _note(target: TargetFolder, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.sha256:
            target.note(outcome)
