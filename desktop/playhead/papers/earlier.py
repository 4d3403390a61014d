"""The papers of an earlier run, which make way for those of a run that goes on with it."""

from collections.abc import Mapping

from playhead.core.exports.audit import PastExport, read_exports
from playhead.core.exports.files import Kept, intact
from playhead.core.exports.report import Report


def outdated(report: Report) -> Mapping[str, Kept]:
    """What may be replaced, by its path: papers of ours that are as they were written.

    Those that the report names, and those of an export whose every recording and file this report speaks of,
    too: of a run that was interrupted nobody knows what it had written. Foreign files, papers that somebody
    changed, and papers of another export that went into the same folder are left. Raises `ExportError`.
    """
    folder = report.plan.folder
    found = [*report.replaces]
    for past in read_exports(folder)[0]:
        if _covered(past, report):
            found += past.replaces
    return {kept.path: kept for kept in found if intact(folder, kept)}


def _covered(past: PastExport, report: Report) -> bool:
    keys = {outcome.recording.key for outcome in report.outcomes}
    files = {Kept(outcome.path, outcome.size, outcome.sha256) for outcome in report.outcomes}
    return past.keys <= keys and files.issuperset(past.audio.values())
