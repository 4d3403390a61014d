"""The folder of an export, once its audio is there: everything that describes it is written here."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from playhead.core.exports.files import Kept
from playhead.core.exports.formats import ExportFormat
from playhead.core.exports.report import Report
from playhead.papers.bag import write_bag
from playhead.papers.dossier import Dossier
from playhead.papers.earlier import outdated
from playhead.papers.sheets import WRITERS, FormatWriter, Sheets
from playhead.papers.shelf import Shelf
from playhead.papers.speech import names, texts


def write(
    report: Report, program: str, writers: Mapping[ExportFormat, FormatWriter] = WRITERS
) -> tuple[Kept, ...]:
    """Write what was chosen into the folder of `report`, each whole or not at all; gives what is there then.

    Transcripts come beside the audio, then the sheets and their sums; `SHA256SUMS` comes last in what is
    given. A name that somebody else has gets a number; papers of an earlier run of the same export make way.
    A bag's own files, beside the folder, are not given. Blocks. Raises `ExportError`.
    """
    folder = report.plan.folder
    shelf = Shelf(folder, outdated(report))
    transcripts = _transcripts(report, shelf)
    dossier = Dossier(report, program, transcripts, rights=_rights(report))
    with Sheets(dossier, shelf, writers) as sheets:
        written = sheets.write()
    if report.choices.bag:
        write_bag(dossier, [*dossier.files(), *written])
    return (*(kept for pair in transcripts.values() for kept in pair), *written)


def _transcripts(report: Report, shelf: Shelf) -> Mapping[tuple[str, str], tuple[Kept, ...]]:
    spoken = [outcome for outcome in report.outcomes if outcome.path and outcome.transcript is not None]
    stems = names(spoken)
    return {
        outcome.recording.key: tuple(
            shelf.put(f"{stems[outcome.recording.key]}{ending}", content)
            for ending, content in texts(outcome)
        )
        for outcome in spoken
    }


def _rights(report: Report) -> str:
    """The rights of the files, by the first that is kept; empty where there are none to tell."""
    path = next((outcome.path for outcome in report.outcomes if outcome.sha256), None)
    if path is None or os.name != "posix":
        return ""
    try:
        return stat.filemode(Path(report.plan.folder, path).lstat().st_mode)[1:]
    except OSError:
        return ""
