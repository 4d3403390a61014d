"""The files that describe an export, written into its folder once the audio is there, and their sums."""

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self, TextIO

from playhead.core.exports import formats
from playhead.core.exports.files import Kept, PartFile
from playhead.core.exports.formats import ExportFormat
from playhead.core.exports.report import Report
from playhead.core.exports.sums import REPORT_SUMS, SUMS, to_sums
from playhead.papers.bag import write_bag
from playhead.papers.csvtable import write_csv
from playhead.papers.exportdata import ExportData
from playhead.papers.htmlreport import write_html
from playhead.papers.jsonrecord import write_json
from playhead.papers.outputfolder import OutputFolder, outdated, write_text
from playhead.papers.textreport import write_report_text
from playhead.papers.transcriptfiles import names, texts
from playhead.papers.workbook import write_workbook

FormatWriter = Callable[[ExportData, PartFile], None]
"""Writes the whole of a file."""


def as_text(write: Callable[[ExportData, TextIO], None]) -> FormatWriter:
    """The writer of a text file."""
    return lambda export, part: write_text(part, partial(write, export))


WRITERS: Mapping[ExportFormat, FormatWriter] = {
    # The record comes first: by it an interrupted run is known again.
    formats.JSON: as_text(write_json),
    formats.CSV: as_text(write_csv),
    formats.XLSX: lambda export, part: part.fill(partial(write_workbook, export)),
    formats.HTML: as_text(write_html),
    formats.TEXT: as_text(write_report_text),
}
"""The writer of every format, in the order in which they are written."""

_Made = list[tuple[PartFile, Kept]]
"""Files that are complete, and the names that they are to get."""


def write(
    report: Report, program: str, writers: Mapping[ExportFormat, FormatWriter] = WRITERS
) -> tuple[Kept, ...]:
    """Write what was chosen into the folder of `report`, each whole or not at all; gives what is there then.

    Transcripts come beside the audio, then the sheets and their sums; `SHA256SUMS` comes last in what is
    given. A name that somebody else has gets a number; papers of an earlier run of the same export make way.
    A bag's own files, beside the folder, are not given. Blocks. Raises `ExportError`.
    """
    folder = report.plan.folder
    output = OutputFolder(folder, outdated(report))
    transcripts = _transcripts(report, output)
    export = ExportData(report, program, transcripts, rights=_rights(report))
    with ExportFiles(export, output, writers) as files:
        written = files.write()
    if report.choices.bag:
        write_bag(export, [*export.files(), *written])
    return (*(kept for pair in transcripts.values() for kept in pair), *written)


def _transcripts(report: Report, output: OutputFolder) -> Mapping[tuple[str, str], tuple[Kept, ...]]:
    spoken = [outcome for outcome in report.outcomes if outcome.path and outcome.transcript is not None]
    stems = names(spoken)
    return {
        outcome.recording.key: tuple(
            output.put(f"{stems[outcome.recording.key]}{ending}", content)
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


class ExportFiles:
    """Writes tables, `SHA256SUMS`, then the report, which tells the sum of that, and `report.sha256`.

    Everything is complete before anything gets its name, and lists get theirs after what they speak of. So a
    run that is killed leaves no list that is not true, and the next one finds in their parts what is ours.
    """

    def __init__(
        self, export: ExportData, output: OutputFolder, writers: Mapping[ExportFormat, FormatWriter] = WRITERS
    ) -> None:
        """To be closed, which removes what has not got its name."""
        self._export = export
        self._output = output
        self._writers = writers
        self._list = output.sheet(REPORT_SUMS)
        self._stack = ExitStack()
        self._closed: list[Kept] = []
        """The files in the list of the report."""
        self._any_named = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        if not self._any_named:
            self._output.restore()

    def write(self) -> tuple[Kept, ...]:
        """Write all that was chosen; gives it, `SHA256SUMS` last. Raises `ExportError`."""
        tables = self._made(tells_sums=False)
        sums = self._sums(_expected(tables))
        reports = self._reports(_expected(sums))
        closing = self._closing(_expected(sums), _expected(reports))
        self._output.withdraw(REPORT_SUMS)
        self._output.withdraw(SUMS)
        # A name may be taken meanwhile: then what speaks of it is written once more.
        named = self._named(tables)
        if named != _expected(tables):
            sums = self._sums(named)
            reports = self._reports(_expected(sums))
        listed = self._named(sums)
        if listed != _expected(sums):
            reports = self._reports(listed)
        told = self._named(reports)
        if [*listed, *told] != self._closed:
            closing = self._closing(listed, told)
        last = self._named(closing)
        self._output.clear({SUMS, REPORT_SUMS, *(kept.path for kept in (*listed, *last))})
        return (*named, *told, *last, *listed)

    def _named(self, made: _Made) -> list[Kept]:
        kept = []
        for part, _ in made:
            kept.append(part.keep())
            self._any_named = True
        return kept

    def _made(self, *, tells_sums: bool) -> _Made:
        chosen = self._export.report.choices.sheets
        made: _Made = []
        for each, write in self._writers.items():
            if each.tells_sums is tells_sums and (each in chosen or self._output.holds(each.file_name)):
                part = self._begun(each.file_name)
                write(self._export, part)
                made.append((part, part.complete()))
        return made

    def _sums(self, tables: Sequence[Kept]) -> _Made:
        written = [*self._export.files(), *tables]
        reports = {each.file_name for each in self._writers if each.tells_sums}
        others = self._output.left(written, but={*reports, SUMS, REPORT_SUMS})
        return self._listed(self._begun(SUMS), [*written, *others])

    def _reports(self, sums: Sequence[Kept]) -> _Made:
        (listed,) = sums
        # Its name has to be known before there is anything to list.
        self._list = self._begun(REPORT_SUMS)
        name = self._list.complete().path
        self._export = replace(self._export, sums=listed, report_sums=name)
        return self._made(tells_sums=True)

    def _closing(self, sums: Sequence[Kept], reports: Sequence[Kept]) -> _Made:
        self._closed = [*sums, *reports]
        return self._listed(self._list, self._closed) if reports else []

    def _listed(self, part: PartFile, files: Sequence[Kept]) -> _Made:
        content = to_sums(files)
        write_text(part, lambda file: file.writelines([content]))
        return [(part, part.complete())]

    def _begun(self, name: str) -> PartFile:
        part = self._output.sheet(name)
        self._stack.callback(part.discard)
        return part


def _expected(made: _Made) -> list[Kept]:
    return [kept for _, kept in made]
