"""What one cell of the table looks like."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from playhead.core.recording import Recording
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.cellfonts import CellFonts
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import RecordingModel, Role
from playhead.ui.table.rowheights import ROW_HEIGHT
from playhead.ui.wording import words

HEARD = 0.95
"""The share that counts as all of it: few calls are listened to up to the last click."""
_SPREAD = tuple(place for place, column in enumerate(COLUMNS) if column.key in {"name", "from", "to"})
"""Sections over which the name of a prompt is written: nobody rang, so that the others are empty."""
_QUIET = {"account", "format", "stereo", "kind", "direction", "transcribed", "provider", "id", "exported"}
"""Columns that are less looked at than the others."""


class CellPainter(QStyledItemDelegate):
    """Paints cells exactly and quickly: one line of plain text, or the state's icon."""

    def __init__(self, model: RecordingModel, theme: Theme, icons: Icons, table: QTableView) -> None:
        super().__init__(table)
        self._rows = model
        self._theme = theme
        self._icons = icons
        self._table = table
        self._looks = CellFonts()

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = COLUMNS[index.column()]
        recording = self._rows.look_at(index.row())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.selection)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, palette.line)
        if column.key == "state":
            self._paint_state(painter, box, index, recording)
            return
        inner = box.adjusted(8, 0, -8, -1)
        if recording is None:
            painter.fillRect(inner.adjusted(0, 10, -inner.width() // 3, -10), palette.line)
            return
        if column.key == "heard":
            selected = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_heard(painter, inner, recording, palette.edge if selected else palette.line)
            return
        if index.column() in _SPREAD and (spread := self._spread(box, recording)) is not None:
            painter.save()
            painter.setClipRect(box)
            self._write(
                painter, self._rows.index(index.row(), _SPREAD[0]), spread.adjusted(8, 0, -8, -1), recording
            )
            painter.restore()
            return
        self._write(painter, index, inner, recording)

    def _write(
        self,
        painter: QPainter,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRect,
        recording: Recording,
    ) -> None:
        """The text of a cell, within `inner`."""
        column = COLUMNS[index.column()]
        playing = column.key == "name" and bool(self._rows.data(index, Role.PLAYING))
        look = self._looks.of(self._table.font(), mono=column.mono, heavy=playing)
        painter.setFont(look.font)
        painter.setPen(self._colour(recording, column.key))
        text = look.fitted(column.text(recording, self._rows.showing), inner.width())
        left = inner.left()
        if column.right:
            left += max(0, inner.width() - math.ceil(text.size().width()))
        painter.drawStaticText(QPoint(left, inner.top() + (inner.height() - look.height) // 2), text)

    def _spread(self, box: QRect, recording: Recording) -> QRect | None:
        """Where the name is written over cells beside it, all of which are empty; None if they are not."""
        header = self._table.horizontalHeader()
        places = [header.visualIndex(each) for each in _SPREAD if not header.isSectionHidden(each)]
        beside = places == list(range(places[0], places[0] + len(_SPREAD))) if places else False
        empty = not any(COLUMNS[each].text(recording, self._rows.showing) for each in _SPREAD[1:])
        if not (beside and empty) or self._table.isRightToLeft():
            return None
        left = header.sectionViewportPosition(_SPREAD[0])
        return QRect(left, box.top(), sum(map(header.sectionSize, _SPREAD)), box.height())

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
        share = self._rows.marks(recording).heard.share(recording.duration)
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

    def _colour(self, recording: Recording, key: str) -> QColor:
        palette = self._theme.palette
        if key == "status" and self._rows.marks(recording).gone is not None:
            return palette.attention
        if key == "status":
            status = (recording.status or "").lower()
            if status in {"failed", "absent"} or recording.fault:
                return palette.bad if status == "failed" else palette.attention
            return palette.dim if recording.playable else palette.attention
        if not recording.playable:
            return palette.dim
        if key in _QUIET:
            return palette.dim
        party = {"from": recording.caller, "to": recording.callee}.get(key)
        if key in {"from", "to"} and words.party(party) in {"", "anonymous"}:
            return palette.dim
        return palette.text

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(COLUMNS[index.column()].width, ROW_HEIGHT)
