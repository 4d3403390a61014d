"""The folder of an export, once its audio is there: everything that describes it is written here."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TextIO

from playhead.core.exports.choices import Sheet
from playhead.core.exports.files import Kept, PartFile
from playhead.core.exports.report import Report
from playhead.core.exports.sums import SUMS, to_sums
from playhead.papers.bag import write_bag
from playhead.papers.dossier import Dossier
from playhead.papers.earlier import outdated
from playhead.papers.page import write_page
from playhead.papers.record import write_record
from playhead.papers.shelf import Shelf
from playhead.papers.speech import names, texts
from playhead.papers.streams import write_text
from playhead.papers.table import write_table
from playhead.papers.words import write_words
from playhead.papers.workbook import write_workbook

_TEXTS: Mapping[Sheet, Callable[[Dossier, TextIO], None]] = {
    Sheet.JSON: write_record,
    Sheet.CSV: write_table,
    Sheet.HTML: write_page,
    Sheet.TEXT: write_words,
}


def write(report: Report, program: str) -> tuple[Kept, ...]:
    """Write what was chosen into the folder of `report`, each whole or not at all; gives what is there then.

    Transcripts come beside the audio, then the sheets, and `SHA256SUMS` of everything, which comes last in
    what is given. A name that somebody else has gets a number; papers of an earlier run of the same export
    make way. A bag's own files, beside the folder, are not given. Blocks. Raises `ExportError`.
    """
    folder = report.plan.folder
    shelf = Shelf(folder, outdated(report))
    transcripts = _transcripts(report, shelf)
    dossier = Dossier(report, program, transcripts)
    files = [
        Kept(outcome.path, outcome.size, outcome.sha256) for outcome in report.outcomes if outcome.sha256
    ]
    files += [outcome.copy for outcome in report.outcomes if outcome.copy is not None]
    said = [kept for pair in transcripts.values() for kept in pair]
    sheets = _sheets(dossier, shelf, [*files, *said])
    if report.choices.bag:
        write_bag(dossier, [*files, *said, *sheets])
    return (*said, *sheets)


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


def _sheets(dossier: Dossier, shelf: Shelf, files: Sequence[Kept]) -> tuple[Kept, ...]:
    chosen = dossier.report.choices.sheets
    wanted = [sheet for sheet in (*_TEXTS, Sheet.XLSX) if sheet in chosen or shelf.holds(sheet)]
    with ExitStack() as stack:

        def begun(part: PartFile) -> PartFile:
            stack.callback(part.discard)
            return part

        parts = {sheet: begun(shelf.sheet(str(sheet))) for sheet in wanted}
        for sheet, part in parts.items():
            if sheet is Sheet.XLSX:
                part.fill(partial(write_workbook, dossier))
            else:
                write_text(part, partial(_TEXTS[sheet], dossier))
        # The record, by which an interrupted run is known again, and the sums get their names first.
        early = [parts.pop(Sheet.JSON).keep()] if Sheet.JSON in parts else []
        expected = [*early, *(part.complete() for part in parts.values())]
        sums = _keep_sums(begun(shelf.sheet(SUMS)), files, shelf, expected)
        kept = [*early, *(part.keep() for part in parts.values())]
        if kept != expected:
            again = PartFile(dossier.report.plan.folder, sums.path, replace=True)
            sums = _keep_sums(begun(again), files, shelf, kept)
        return (*kept, sums)


def _keep_sums(part: PartFile, files: Sequence[Kept], shelf: Shelf, sheets: Sequence[Kept]) -> Kept:
    written = [*files, *sheets]
    others = [kept for kept in shelf.left(written) if not kept.path.startswith(SUMS)]
    content = to_sums([*written, *others])
    write_text(part, lambda paper: paper.writelines([content]))
    return part.keep()
