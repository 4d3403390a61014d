"""Painting of the table's cells, with their texts laid out once: layout is most of what painting costs."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from playhead.core.recording import Recording
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.theme import Theme, monospace, semibold
from playhead.ui.table.column import Column, Drawing
from playhead.ui.table.model import RecordingModel, Role
from playhead.ui.table.tableheader import ROW_HEIGHT
from playhead.ui.wording import words

HEARD = 0.95
"""The share that counts as all of it: few calls are listened to up to the last click."""
KEPT = 4000
"""Texts whose layout is kept: some screens of them."""


class CellFont:
    """One font and the texts that were painted in it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        """The font itself."""
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        """Pixels of a line."""
        self._texts: dict[tuple[str, int], QStaticText] = {}

    def fitted(self, text: str, width: int) -> QStaticText:
        """`text` in one plain line of at most `width` pixels, ending in `…` where there is no room for it."""
        known = self._texts.get((text, width))
        if known is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            shown = self._metrics.elidedText(readable(plain(text)), Qt.TextElideMode.ElideRight, width)
            known = QStaticText(shown)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(QTransform(), self.font)
            self._texts[(text, width)] = known
        return known


class CellFonts:
    """The fonts that cells have: the table's own, a heavier one, and one for ids."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self._fonts: dict[tuple[bool, bool], CellFont] = {}

    def of(self, base: QFont, *, mono: bool, heavy: bool) -> CellFont:
        """The font of a cell in a table whose own font is `base`."""
        if base != self._base:
            self._base = QFont(base)
            self._fonts.clear()
        if (mono, heavy) not in self._fonts:
            font = monospace() if mono else base
            self._fonts[mono, heavy] = CellFont(semibold(font) if heavy else QFont(font))
        return self._fonts[mono, heavy]


class CellPainter(QStyledItemDelegate):
    """Paints cells exactly and quickly: one line of plain text, or the state's icon."""

    def __init__(self, model: RecordingModel, theme: Theme, icons: Icons, table: QTableView) -> None:
        super().__init__(table)
        self._rows = model
        self._theme = theme
        self._icons = icons
        self._table = table
        self._looks = CellFonts()
        self._spreading = tuple(each for each, column in enumerate(model.columns) if column.spreads)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = self._rows.columns[index.column()]
        recording = self._rows.look_at(index.row())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.selection)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, palette.line)
        if column.drawing is Drawing.STATE:
            self._paint_state(painter, box, index, recording)
            return
        inner = box.adjusted(8, 0, -8, -1)
        if recording is None:
            painter.fillRect(inner.adjusted(0, 10, -inner.width() // 3, -10), palette.line)
            return
        if column.drawing is Drawing.SHARE:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_heard(painter, inner, recording, palette.edge if selected else palette.line)
            return
        if index.column() in self._spreading and (spread := self._spread(box, recording)) is not None:
            painter.save()
            painter.setClipRect(box)
            self._write(
                painter,
                self._rows.index(index.row(), self._spreading[0]),
                spread.adjusted(8, 0, -8, -1),
                recording,
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
        column = self._rows.columns[index.column()]
        playing = column.key == "name" and bool(self._rows.data(index, Role.PLAYING))
        look = self._looks.of(self._table.font(), mono=column.mono, heavy=playing)
        painter.setFont(look.font)
        painter.setPen(self._colour(recording, column))
        text = look.fitted(column.text(recording, self._rows.showing), inner.width())
        left = inner.left()
        if column.right:
            left += max(0, inner.width() - math.ceil(text.size().width()))
        painter.drawStaticText(QPoint(left, inner.top() + (inner.height() - look.height) // 2), text)

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
