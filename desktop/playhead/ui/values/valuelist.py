"""List of values: name, bar, count and share of each, painted row by row as far as they are looked at."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from playhead.core.figures import number
from playhead.core.finding.grouping import NOTHING
from playhead.ui.look.announcing import tell_current
from playhead.ui.look.itemviews import AnyIndex, as_rows
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.theme import Theme
from playhead.ui.values.valuerows import ValueRole, ValueRows
from playhead.ui.wording import valuewords

_EDGE: Final = 8
_GAP: Final = 8
_BOX: Final = 14
"""Pixels of the box for a tick."""
_ABOVE: Final = 5
_TINT: Final = 0.22
"""How much of the accent the bars have."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class ValueList(QTableView):
    """Rows to go through, to tick and to choose; a click on the box ticks, a double click chooses."""

    filter_asked = Signal()
    """Filter by the current value, or by those that are ticked."""
    exclude_asked = Signal()
    """They are to be left out."""
    typed = Signal(str)
    """Letters that are meant for the line in which one searches."""
    left = Signal()
    """Esc."""

    def __init__(self, rows: ValueRows, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("valueList")
        self.setAccessibleName("Values")
        self.setModel(rows)
        self.setItemDelegate(_ValuePainter(theme, rows, self))
        # Not a list of Qt's: that looks at every row before it shows the first.
        as_rows(self, self.row_height)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    @property
    def row_height(self) -> int:
        """Pixels."""
        return self.fontMetrics().height() + 2 * _ABOVE

    @property
    def current(self) -> int:
        """The current row; -1 for none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row current, as far as there are so many."""
        last = len(self._rows.keys) - 1
        if last >= 0:
            self.setCurrentIndex(self._rows.index(max(0, min(row, last)), 0))

    def step(self, key: int) -> bool:
        """Go where a key leads; false for any other key."""
        page = max(1, self.viewport().height() // self.row_height - 1)
        ways = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        if key not in ways:
            return False
        self.go_to(self.current + ways[Qt.Key(key)])
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(event)
        elif key == Qt.Key.Key_Space:
            if self.current >= 0:
                self._rows.tick(self.current)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers() & _CONTROL:
            self.typed.emit(event.text())
        elif not self.step(key):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_current(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        box = box_in(self.visualRect(index), self.layoutDirection())
        if box.adjusted(-_EDGE, -_EDGE, _EDGE // 2, _EDGE).contains(event.position().toPoint()):
            self._rows.tick(index.row())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self._choose(event)

    def _choose(self, event: QKeyEvent | QMouseEvent) -> None:
        (self.exclude_asked if event.modifiers() & _CONTROL else self.filter_asked).emit()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters go to the line in which one searches."""


def box_in(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """The box for a tick in a row."""
    left = row.left() + _EDGE
    if direction is Qt.LayoutDirection.RightToLeft:
        left = row.right() - _EDGE - _BOX
    return QRect(left, row.top() + (row.height() - _BOX + 1) // 2, _BOX, _BOX)


class _ValuePainter(QStyledItemDelegate):
    """Paints a row: box, bar behind the name, count and share."""

    def __init__(self, theme: Theme, rows: ValueRows, view: ValueList) -> None:
        super().__init__(view)
        self._theme = theme
        self._rows = rows
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, self._view.row_height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        palette, box = self._theme.palette, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A text is written in its own direction, whichever that of the window is: `5 s – 10 s`.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(palette.focus if current and self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(palette.selection if current else palette.hover)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 4, 4)
        self._paint_box(painter, box_in(box, option.direction), ticked=index.data(ValueRole.TICKED))
        metrics = self._view.fontMetrics()
        shares, counts = metrics.horizontalAdvance(">99.9 %"), metrics.horizontalAdvance(number(self._most))
        inner = QRect(box.left() + 2 * _EDGE + _BOX, box.top(), box.width() - 3 * _EDGE - _BOX, box.height())
        name = QRect(inner.left(), inner.top(), inner.width() - shares - counts - 2 * _GAP, inner.height())
        self._paint_bar(painter, self._turned(name, box), index.data(ValueRole.LENGTH))
        self._paint_name(painter, self._turned(name, box), index)
        far = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        share = QRect(inner.right() - shares + 1, inner.top(), shares, inner.height())
        count = QRect(share.left() - _GAP - counts, inner.top(), counts, inner.height())
        painter.setPen(palette.text)
        painter.drawText(self._turned(count, box), self._visual(far), number(index.data(ValueRole.NUMBER)))
        painter.setPen(palette.dim)
        shown = valuewords.share(index.data(ValueRole.SHARE))
        painter.drawText(self._turned(share, box), self._visual(far), shown)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRect, *, ticked: bool) -> None:
        palette = self._theme.palette
        painter.setPen(QPen(palette.accent if ticked else palette.edge, 1))
        painter.setBrush(palette.accent if ticked else palette.ground)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.setPen(QPen(palette.on_accent, 1.6))
            x, y = box.left(), box.top()
            painter.drawPolyline([QPointF(x + a, y + b) for a, b in ((3, 7), (6, 10), (11, 4))])

    def _paint_bar(self, painter: QPainter, box: QRect, length: float) -> None:
        if not length:
            return
        width = max(2.0, box.width() * length)
        left = box.right() + 1 - width if self._from_right else float(box.left())
        colour = QColor(self._theme.palette.accent)
        colour.setAlphaF(_TINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, box.top() + 3, width, box.height() - 6), 3, 3)

    def _paint_name(self, painter: QPainter, box: QRect, index: AnyIndex) -> None:
        palette, metrics = self._theme.palette, self._view.fontMetrics()
        value, room = index.data(ValueRole.VALUE), box.width() - 2 * _EDGE
        nearby = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = metrics.elidedText(readable(index.data()), Qt.TextElideMode.ElideRight, room)
        quiet = value is None or not self._rows.keys[index.row()] or not index.data(ValueRole.NUMBER)
        painter.setPen(palette.dim if quiet else palette.text)
        inner = box.adjusted(_EDGE - 2, 0, -_EDGE, 0)
        painter.drawText(inner, self._visual(nearby), name)
        second = plain(value.second) if value is not None else ""
        taken = metrics.horizontalAdvance(name) + _GAP
        if second and taken < room - 40:
            painter.setPen(palette.dim)
            rest = inner.adjusted(0, 0, -taken, 0) if self._from_right else inner.adjusted(taken, 0, 0, 0)
            shown = metrics.elidedText(readable(second), Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, self._visual(nearby), shown)

    @property
    def _most(self) -> int:
        return max(self._rows.most, self._rows.counted.counts[NOTHING])

    @property
    def _from_right(self) -> bool:
        return self._view.isRightToLeft()

    def _turned(self, part: QRect, row: QRect) -> QRect:
        """A part of a row where it lies by the direction of the window."""
        return QStyle.visualRect(self._view.layoutDirection(), row, part)

    def _visual(self, alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        """An alignment that a name of another direction does not turn around."""
        return (
            QStyle.visualAlignment(self._view.layoutDirection(), alignment) | Qt.AlignmentFlag.AlignAbsolute
        )
