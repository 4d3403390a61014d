"""The papers of an earlier run, which make way for those of a run that goes on with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from playhead.core.exports.audit import PastExport, read_exports
from playhead.core.exports.files import Kept, intact
from playhead.core.exports.report import Report
from playhead.core.exports.sums import REPORT_SUMS, SUMS, read_sums, speaks_of

OLD = ".old.part"
"""At the end of the name that a list of sums has while the papers that it knows make way."""
_TAIL = re.compile(r"(?:\.old|\.[0-9])?\.part$")


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
            found += _about_to_be(past)
    return {kept.path: kept for kept in found if intact(folder, kept)}


def lists_in_the_making(folder: Path) -> Iterator[Path]:
    """Lists of sums that have not got their name, or had it until new papers came."""
    stem, dot, suffix = REPORT_SUMS.partition(".")
    for pattern in (f"{SUMS}*.part", f"{stem}*{dot}{suffix}*.part"):
        yield from sorted(folder.glob(pattern))


def _covered(past: PastExport, report: Report) -> bool:
    keys = {outcome.recording.key for outcome in report.outcomes}
    files = {Kept(outcome.path, outcome.size, outcome.sha256) for outcome in report.outcomes}
    return past.keys <= keys and files.issuperset(past.audio.values())


def _about_to_be(past: PastExport) -> Iterator[Kept]:
    """Papers of a run that was killed before its lists of sums had their names.

    Those are complete before any paper has got its name. A list that knows the record is of this export, and
    so is one of a report that knows such a list.
    """
    lists = [(_TAIL.sub("", part.name), read_sums(part)) for part in lists_in_the_making(past.folder)]
    names = {name for name, listed in lists if speaks_of(listed, past.record)}
    names |= {past.sums.path} if past.sums is not None else set()
    own = [
        listed
        for _, listed in lists
        if speaks_of(listed, past.record) or any(speaks_of(listed, name) for name in names)
    ]
    for path, digest in _others(past, own):
        yield Kept(path, _size(past.folder / path), digest)


def _others(past: PastExport, lists: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """What the lists say of anything but audio."""
    audio = {kept.path for kept in past.audio.values()}
    audio |= {outcome.copy.path for outcome in past.outcomes if outcome.copy is not None}
    return ((path, digest) for listed in lists for path, digest in listed.items() if path not in audio)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
