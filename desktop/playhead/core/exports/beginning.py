"""Getting ready for an export: its folder, and what a run before has left there."""

import os
from collections.abc import Callable, Iterable, Mapping

from playhead.core.errors import ExportError
from playhead.core.exports.cancelling import to_its_end
from playhead.core.exports.files import prepare
from playhead.core.exports.gate import Gate
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome
from playhead.core.exports.standing import standing
from playhead.core.exports.targetfolder import TargetFolder
from playhead.core.threads import Threads

_TRIES = 5
"""How often files are looked at of which the disk says that it is gone."""


async def begin(
    plan: Plan,
    done: Mapping[int, Outcome] | None,
    copies: frozenset[str],
    disk: Threads,
    gate: Gate,
    target: TargetFolder,
    *,
    enough: Callable[[], bool],
) -> Mapping[int, Outcome]:
    """Make the folder, the `target`; gives what is still true of `done`, which became of files before.

    `copies` are the paths of its copies. A folder that is known to take files is waited for at the `gate`;
    for a new one that cannot be made, raises `ExportError`. The look at what is there ends early when there
    was `enough`.
    """
    needed = sum(
        file.recording.size or 0
        for place, file in enumerate(plan.files)
        if place not in (done or {}) and file.recording.playable
    )
    kept = any(outcome.state.has_file for outcome in (done or {}).values())
    if kept and not await disk.run(os.path.isdir, plan.folder):
        # A disk that was unplugged must not come back as a folder.
        gate.shut(ExportError("missing"), 0)
        await gate.passed()
    while True:
        try:
            await disk.run(prepare, plan.folder, needed)
            break
        except ExportError as error:
            if done is None or error.reason in {"inway", "name"}:
                raise
            gate.shut(error, needed)
            await gate.passed()
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
            gate.shut(error, 0)
            await gate.passed()
    return await held()


def _note(target: TargetFolder, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.sha256:
            target.note(outcome)
