"""Getting ready for an export: its folder, and what a run before has left there."""

from collections.abc import Callable, Mapping

from playhead.core.errors import ExportError
from playhead.core.exports.disk import Disk, to_its_end
from playhead.core.exports.files import prepare
from playhead.core.exports.gate import Gate
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome
from playhead.core.exports.standing import standing


async def begin(
    plan: Plan,
    done: Mapping[int, Outcome] | None,
    copies: frozenset[str],
    disk: Disk,
    gate: Gate,
    *,
    enough: Callable[[], bool],
) -> Mapping[int, Outcome]:
    """Make the folder; gives what is still true of `done`, which became of files in a run before.

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
    if kept and not await disk.run(plan.folder.is_dir):
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
    if done is None:
        return {}
    return await to_its_end(disk.run(standing, plan, done, copies=copies, enough=enough))
