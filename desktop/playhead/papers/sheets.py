"""The sheets of an export and the lists of their sums, which never speak of what is not there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Self, TextIO

from playhead.core.exports import formats
from playhead.core.exports.files import Kept, PartFile
from playhead.core.exports.formats import ExportFormat
from playhead.core.exports.sums import REPORT_SUMS, SUMS, to_sums
from playhead.papers.dossier import Dossier
from playhead.papers.page import write_page
from playhead.papers.record import write_record
from playhead.papers.shelf import Shelf
from playhead.papers.streams import write_text
from playhead.papers.table import write_table
from playhead.papers.words import write_words
from playhead.papers.workbook import write_workbook

FormatWriter = Callable[[Dossier, PartFile], None]
"""Writes the whole of a file."""


def as_text(write: Callable[[Dossier, TextIO], None]) -> FormatWriter:
    """The writer of a text file."""
    return lambda dossier, part: write_text(part, partial(write, dossier))


WRITERS: Mapping[ExportFormat, FormatWriter] = {
    # The record comes first: by it an interrupted run is known again.
    formats.JSON: as_text(write_record),
    formats.CSV: as_text(write_table),
    formats.XLSX: lambda dossier, part: part.fill(partial(write_workbook, dossier)),
    formats.HTML: as_text(write_page),
    formats.TEXT: as_text(write_words),
}
"""The writer of every format, in the order in which they are written."""

_Made = list[tuple[PartFile, Kept]]
"""Papers that are complete, and the names that they are to get."""


class Sheets:
    """Writes tables, `SHA256SUMS`, then the report, which tells the sum of that, and `report.sha256`.

    Everything is complete before anything gets its name, and lists get theirs after what they speak of. So a
    run that is killed leaves no list that is not true, and the next one finds in their parts what is ours.
    """

    def __init__(
        self, dossier: Dossier, shelf: Shelf, writers: Mapping[ExportFormat, FormatWriter] = WRITERS
    ) -> None:
        """To be closed, which removes what has not got its name."""
        self._dossier = dossier
        self._shelf = shelf
        self._writers = writers
        self._list = shelf.sheet(REPORT_SUMS)
        self._stack = ExitStack()
        self._closed: list[Kept] = []
        """What the list of the report speaks of."""
        self._any_named = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        if not self._any_named:
            self._shelf.restore()

    def write(self) -> tuple[Kept, ...]:
        """Write all that was chosen; gives it, `SHA256SUMS` last. Raises `ExportError`."""
        tables = self._made(tells_sums=False)
        sums = self._sums(_expected(tables))
        reports = self._reports(_expected(sums))
        closing = self._closing(_expected(sums), _expected(reports))
        self._shelf.withdraw(REPORT_SUMS)
        self._shelf.withdraw(SUMS)
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
        self._shelf.clear({SUMS, REPORT_SUMS, *(kept.path for kept in (*listed, *last))})
        return (*named, *told, *last, *listed)

    def _named(self, made: _Made) -> list[Kept]:
        kept = []
        for part, _ in made:
            kept.append(part.keep())
            self._any_named = True
        return kept

    def _made(self, *, tells_sums: bool) -> _Made:
        chosen = self._dossier.report.choices.sheets
        made: _Made = []
        for each, write in self._writers.items():
            if each.tells_sums is tells_sums and (each in chosen or self._shelf.holds(each.file_name)):
                part = self._begun(each.file_name)
                write(self._dossier, part)
                made.append((part, part.complete()))
        return made

    def _sums(self, tables: Sequence[Kept]) -> _Made:
        written = [*self._dossier.files(), *tables]
        reports = {each.file_name for each in self._writers if each.tells_sums}
        others = self._shelf.left(written, but={*reports, SUMS, REPORT_SUMS})
        return self._listed(self._begun(SUMS), [*written, *others])

    def _reports(self, sums: Sequence[Kept]) -> _Made:
        (listed,) = sums
        # Its name has to be known before there is anything to list.
        self._list = self._begun(REPORT_SUMS)
        name = self._list.complete().path
        self._dossier = replace(self._dossier, sums=listed, report_sums=name)
        return self._made(tells_sums=True)

    def _closing(self, sums: Sequence[Kept], reports: Sequence[Kept]) -> _Made:
        self._closed = [*sums, *reports]
        return self._listed(self._list, self._closed) if reports else []

    def _listed(self, part: PartFile, files: Sequence[Kept]) -> _Made:
        content = to_sums(files)
        write_text(part, lambda paper: paper.writelines([content]))
        return [(part, part.complete())]

    def _begun(self, name: str) -> PartFile:
        part = self._shelf.sheet(name)
        self._stack.callback(part.discard)
        return part


def _expected(made: _Made) -> list[Kept]:
    return [kept for _, kept in made]
