"""Painting of the table's cells."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from playhead.core.figures import clock
from playhead.core.recording import Recording
from playhead.ui.look.icons import Icons
from playhead.ui.look.palette import Palette
from playhead.ui.look.theme import Theme
from playhead.ui.table.celltexts import CellFont, CellFonts, LaidText
from playhead.ui.table.column import Column, Drawing
from playhead.ui.table.model import RecordingModel, Role
from playhead.ui.table.tableheader import PASSAGE_HEIGHT, ROW_HEIGHT
from playhead.ui.wording import words

HEARD = 0.95
"""The share that counts as all of it: few calls are listened to up to the last click."""
LEAST_NAME = 36
"""Pixels that a name keeps where its number stands beside it; else one of the two stands alone."""
PASSAGE_WIDTH = 90
"""Pixels for the time of a passage, at most."""
_GAP = 8


@dataclass(frozen=True, slots=True)
class Ink:
    """The means to write a text."""

    painter: QPainter
    palette: Palette
    colour: QColor
    selected: bool

    def of(self, colour: QColor) -> "Ink":
        """The same of another colour."""
        return Ink(self.painter, self.palette, colour, self.selected)

    def draw(self, place: QPoint, look: CellFont, laid: LaidText) -> None:
        """Write a text with its upper left corner at a place, with a colour behind its marked parts."""
        for mark in laid.marks:
            tint = self.palette.found_selected if self.selected else self.palette.found
            self.painter.fillRect(mark.translated(place), tint)
        self.painter.setFont(look.font)
        self.painter.setPen(self.palette.text if laid.marks else self.colour)
        self.painter.drawStaticText(place, laid.text)


class CellPainter(QStyledItemDelegate):
    """Paints cells exactly and quickly: a line or two of plain text, or the state's icon."""

    def __init__(self, model: RecordingModel, theme: Theme, icons: Icons, table: QTableView) -> None:
        super().__init__(table)
        self._rows = model
        self._theme = theme
        self._icons = icons
        self._table = table
        self._looks = CellFonts()
        sections = {column.key: section for section, column in enumerate(model.columns)}
        self._own = {
            each.key: sections[each.second_in] for each in model.columns if each.second_in in sections
        }
        """The sections that show the second texts of columns (by key) by themselves."""
        self.passages = False
        """There is a line below each row that tells what was said."""
        self._spreading = tuple(each for each, column in enumerate(model.columns) if column.spreads)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        column = self._rows.columns[index.column()]
        recording = self._rows.look_at(index.row())
        if selected:
            painter.fillRect(box, palette.selection)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, palette.line)
        if self.passages:
            self._paint_passage(painter, box, recording, selected=selected)
            box = box.adjusted(0, 0, 0, -PASSAGE_HEIGHT)
        if column.drawing is Drawing.STATE:
            self._paint_state(painter, box, index, recording)
            return
        inner = box.adjusted(8, 0, -8, -1)
        if recording is None:
            painter.fillRect(inner.adjusted(0, 10, -inner.width() // 3, -10), palette.line)
            return
        if column.drawing is Drawing.SHARE:
            track = palette.track_selected if selected else palette.track
            self._paint_heard(painter, inner, recording, track)
            return
        ink = Ink(painter, palette, palette.text, selected)
        if index.column() in self._spreading and (spread := self._spread(box, recording)) is not None:
            painter.save()
            painter.setClipRect(box)
            self._write(
                ink,
                self._rows.index(index.row(), self._spreading[0]),
                spread.adjusted(8, 0, -8, -1),
                recording,
            )
            painter.restore()
            return
        self._write(ink, index, inner, recording)

    def _write(
        self,
        ink: Ink,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRect,
        recording: Recording,
    ) -> None:
        """The text of a cell; its second text is below it, or beside it where rows are low."""
        column = self._rows.columns[index.column()]
        playing = column.key == "name" and bool(self._rows.data(index, Role.PLAYING))
        base = self._table.font()
        self._looks.mark(self._rows.marking)
        look = self._looks.of(base, mono=column.mono, heavy=playing)
        ink = ink.of(self._colour(recording, column))
        text, second = column.text(recording, self._rows.showing), self._second(column, recording)
        if not second:
            laid = look.fitted(text, inner.width(), column.field)
            left = inner.left() + (max(0, inner.width() - math.ceil(laid.width)) if column.right else 0)
            ink.draw(QPoint(left, inner.top() + (inner.height() - look.height) // 2), look, laid)
            return
        small = self._looks.of(base, small=True)
        if inner.height() < look.height + small.height:
            self._write_beside(ink, inner, (look, small), (text, second), column.field)
            return
        top = inner.top() + (inner.height() - look.height - small.height) // 2
        ink.draw(QPoint(inner.left(), top), look, look.fitted(text, inner.width(), column.field))
        below = QPoint(inner.left(), top + look.height)
        ink.of(ink.palette.dim).draw(below, small, small.fitted(second, inner.width(), column.field))

    def _write_beside(
        self, ink: Ink, inner: QRect, looks: tuple[CellFont, CellFont], texts: tuple[str, str], field: str
    ) -> None:
        """Two texts in one line, the second smaller; only one of them where there is no room for both."""
        (look, small), (text, second) = looks, texts
        place = QPoint(inner.left(), inner.top() + (inner.height() - look.height) // 2)
        number, whole = small.fitted(second, inner.width(), field), look.fitted(text, inner.width(), field)
        room = inner.width() - math.ceil(number.width) - _GAP
        if min(whole.width, LEAST_NAME) > room:
            # The one that the filter found is the one to see.
            found = number.marks and not whole.marks
            ink.draw(place, look, look.fitted(second, inner.width(), field) if found else whole)
            return
        name = look.fitted(text, room, field)
        ink.draw(place, look, name)
        beside = QPoint(math.ceil(name.width) + _GAP, look.ascent - small.ascent)
        ink.of(ink.palette.dim).draw(place + beside, small, number)

    def _paint_passage(
        self, painter: QPainter, cell: QRect, recording: Recording | None, *, selected: bool
    ) -> None:
        """The part of the row's sentence that lies below a cell: it runs through under all of them."""
        passage = None if recording is None else self._rows.passage(recording)
        header = self._table.horizontalHeader()
        if passage is None:
            return
        left = _GAP + header.sectionViewportPosition(self._first_text(header))
        palette, look = self._theme.palette, self._looks.of(self._table.font(), small=True)
        top = cell.bottom() - PASSAGE_HEIGHT + (PASSAGE_HEIGHT - look.height) // 2 - 1
        time = look.fitted("" if passage.at is None else clock(passage.at), PASSAGE_WIDTH)
        begin = left + (0 if passage.at is None else math.ceil(time.width) + _GAP)
        room = max(0, min(self._table.viewport().width(), header.length()) - begin - _GAP)
        ink = Ink(painter, palette, palette.dim, selected)
        painter.save()
        painter.setClipRect(cell, Qt.ClipOperation.IntersectClip)
        ink.draw(QPoint(left, top), look, time)
        ink.draw(QPoint(begin, top), look, look.marked(passage.text, room, passage.marks))
        painter.restore()

    def _first_text(self, header: QHeaderView) -> int:
        """The section of the leftmost column with text."""
        shown = [header.logicalIndex(each) for each in range(header.count())]
        texts = (
            each
            for each in shown
            if not header.isSectionHidden(each) and self._rows.columns[each].drawing is Drawing.TEXT
        )
        return next(texts, shown[0])

    def _second(self, column: Column, recording: Recording) -> str:
        """The second text of a cell, unless a column of its own shows it."""
        if column.second is None:
            return ""
        own = self._own.get(column.key)
        shown = own is not None and not self._table.horizontalHeader().isSectionHidden(own)
        return "" if shown else column.second(recording, self._rows.showing)

    def _spread(self, box: QRect, recording: Recording) -> QRect | None:
        """The place of a name over the cells beside it, all of which are empty; None if they are not."""
        header = self._table.horizontalHeader()
        places = [header.visualIndex(each) for each in self._spreading if not header.isSectionHidden(each)]
        beside = places == list(range(places[0], places[0] + len(self._spreading))) if places else False
        empty = not any(
            self._rows.columns[each].text(recording, self._rows.showing) for each in self._spreading[1:]
        )
        if not (beside and empty) or self._table.isRightToLeft():
            return None
        left = header.sectionViewportPosition(self._spreading[0])
        return QRect(left, box.top(), sum(map(header.sectionSize, self._spreading)), box.height())

    def _paint_state(
        self,
        painter: QPainter,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        recording: Recording | None,
    ) -> None:
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, self._theme.palette.accent)
        if recording is None:
            return
        name, role = self._state(recording, playing=bool(self._rows.data(index, Role.PLAYING)))
        if not name and self._rows.marks(recording).starred:
            name, role = "star-filled", "attention"
        if name:
            side = 16
            place = QRect(0, 0, side, side)
            place.moveCenter(box.center())
            self._icons.get(name, role).paint(painter, place)

    def _paint_heard(self, painter: QPainter, box: QRect, recording: Recording, track: QColor) -> None:
        """A small bar: how much of the recording was really played."""
        palette = self._theme.palette
        share = self._rows.marks(recording).heard.share(recording.length)
        bar = QRect(box.left(), box.center().y() - 1, box.width(), 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(track)
        painter.drawRoundedRect(bar, 2, 2)
        if share > 0:
            painter.setBrush(palette.good if share >= HEARD else palette.accent)
            bar.setWidth(max(4, round(bar.width() * share)))
            painter.drawRoundedRect(bar, 2, 2)
        painter.restore()

    def _state(self, recording: Recording, *, playing: bool) -> tuple[str, str]:
        if playing:
            return "play", "accent"
        if self._rows.marks(recording).gone is not None:
            return "link-off", "attention"
        if recording.fault:
            return "warning", "attention"
        status = (recording.status or "").lower()
        if recording.playable:
            return "", ""
        if status in {"ongoing", "recording"}:
            return "recording", "bad"
        if status in {"accepted", "paused", "queued", "initialised"}:
            return "clock", "attention"
        return "absent", "dim"

    def _colour(self, recording: Recording, column: Column) -> QColor:
        palette = self._theme.palette
        if column.key == "status" and self._rows.marks(recording).gone is not None:
            return palette.attention
        if column.key == "status":
            status = (recording.status or "").lower()
            if status in {"failed", "absent"} or recording.fault:
                return palette.bad if status == "failed" else palette.attention
            return palette.dim if recording.playable else palette.attention
        if not recording.playable:
            return palette.dim
        if column.quiet:
            return palette.dim
        if column.side is not None and words.party(column.side(recording)) in {"", "anonymous"}:
            return palette.dim
        return palette.text

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._rows.columns[index.column()].width, ROW_HEIGHT)
