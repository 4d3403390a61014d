"""List of actions with their keys, under headings: for the palette, the sheet of keys and the preferences."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from playhead.ui.look.itemviews import NOWHERE, AnyIndex
from playhead.ui.look.theme import Theme, semibold
from playhead.ui.shell.actions import Action

_EDGE: Final = 10
"""Pixels at the sides of a row."""
_ABOVE: Final = 5
"""Pixels above and below the words of a row."""
_CAP: Final = 6
"""Pixels beside the letters of a key, in its frame."""
_GAP: Final = 4
_KEPT: Final = 600
"""Rows whose sizes are kept."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One row: something to do with its keys, or, without any action or keys, a heading."""

    title: str
    keys: tuple[str, ...] = ()
    """As the system writes them."""
    note: str = ""
    """More about it, more quietly."""
    action: Action | None = None
    possible: bool = True
    """False for what cannot be done now."""
    heading: bool = False

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        now = "" if self.possible else "not possible now"
        return ", ".join(part for part in (self.title, " or ".join(self.keys), self.note, now) if part)


class _Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


class ActionRows(QAbstractListModel):
    """Rows of actions."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[ActionRow] = ()
        """The rows, from the top."""

    def show(self, rows: Sequence[ActionRow]) -> None:
        """Have these rows from now on."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _Role.ROW:
                return row
            case _:
                return None

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ActionList(QListView):
    """Shows actions, one of which is chosen; words that are too long for a line are wrapped."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._model = ActionRows(self)
        self.setObjectName("actionList")
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_ActionPainter(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> Sequence[ActionRow]:
        """The rows, from the top."""
        return self._model.rows

    @property
    def chosen(self) -> ActionRow | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    @property
    def wanted_height(self) -> int:
        """Pixels that all rows need."""
        return sum(self.sizeHintForRow(row) for row in range(len(self.rows))) + 2 * self.frameWidth()

    def show_rows(self, rows: Sequence[ActionRow], chosen: Action | None = None) -> None:
        """Show these; the row of `chosen` is chosen, or the first that is no heading."""
        self._model.show(rows)
        places = [place for place, row in enumerate(rows) if not row.heading]
        wanted = [place for place in places if chosen is not None and rows[place].action is chosen]
        if places:
            self.setCurrentIndex(self._model.index((wanted or places)[0]))
        if not wanted:
            self.scrollToTop()

    def step(self, by: int) -> None:
        """Choose the next row (1) or the one before (-1), round and round; headings are no rows."""
        places = [place for place, row in enumerate(self.rows) if not row.heading]
        if places:
            here = self.currentIndex().row()
            at = places.index(here) if here in places else -1
            self.setCurrentIndex(self._model.index(places[(at + by) % len(places)]))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Rows are as high as their words need in the new width.
        self.scheduleDelayedItemsLayout()


class _ActionPainter(QStyledItemDelegate):
    """Paints title, note and keys of an action, or a heading."""

    def __init__(self, theme: Theme, view: ActionList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._known: dict[tuple[ActionRow, int], _Words] = {}
        """Sizes that were measured: that is most of what a row costs, and each is asked for several times."""
        theme.changed.connect(self._known.clear)

    def _words(self, row: ActionRow, width: int) -> "_Words":
        if len(self._known) > _KEPT:
            self._known.clear()
        if (row, width) not in self._known:
            self._known[row, width] = _Words(self._view.font(), row, width)
        return self._known[row, width]

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row: ActionRow = index.data(_Role.ROW)
        width = self._view.viewport().width()
        if row.heading:
            return QSize(width, self._words(row, width).line + 4 * _ABOVE)
        return QSize(width, self._words(row, width).height + 2 * _ABOVE)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ActionRow = index.data(_Role.ROW)
        box, palette = QRect(option.rect), self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            painter.setFont(semibold(_small(self._view.font())))
            painter.setPen(palette.dim)
            painter.drawText(
                box.adjusted(_EDGE, 2 * _ABOVE, -_EDGE, 0), Qt.AlignmentFlag.AlignVCenter, row.title
            )
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(palette.focus if selected and self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(palette.selection if selected else palette.hover)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 4, 4)
        words = self._words(row, box.width())
        top = box.top() + _ABOVE
        painter.setFont(self._view.font())
        painter.setPen(palette.text if row.possible else palette.disabled)
        wraps = Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(box.left() + _EDGE, top, words.room, words.title), wraps, row.title)
        if row.note:
            painter.setFont(words.small)
            painter.setPen(palette.dim if row.possible else palette.disabled)
            below = QRect(box.left() + _EDGE, top + words.title, words.room, words.note)
            painter.drawText(below, wraps, row.note)
        self._paint_keys(
            painter, row, words, QRect(box.right() - _EDGE - words.keys, top, words.keys, words.line)
        )
        painter.restore()

    def _paint_keys(self, painter: QPainter, row: ActionRow, words: "_Words", box: QRect) -> None:
        palette, left = self._theme.palette, box.left()
        painter.setFont(words.cap)
        for key, width in zip(row.keys, words.caps, strict=True):
            cap = QRect(left, box.top() - 1, width, box.height() + 2)
            painter.setPen(palette.edge)
            painter.setBrush(palette.panel)
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(palette.text if row.possible else palette.disabled)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            left += width + _GAP


class _Words:
    """Sizes of the words of a row in a width."""

    def __init__(self, font: QFont, row: ActionRow, width: int) -> None:
        self.small = _small(font)
        self.cap = semibold(self.small)
        metrics, little, caps = QFontMetrics(font), QFontMetrics(self.small), QFontMetrics(self.cap)
        self.line = metrics.height()
        self.caps = [caps.horizontalAdvance(key) + 2 * _CAP for key in row.keys]
        self.keys = sum(self.caps) + _GAP * max(0, len(self.caps) - 1)
        self.room = max(60, width - 2 * _EDGE - self.keys - (12 if self.keys else 0))
        self.title = _wrapped_height(metrics, self.room, row.title)
        self.note = _wrapped_height(little, self.room, row.note) if row.note else 0
        self.height = self.title + self.note


def _small(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(9, font.pixelSize() - 1))
    return smaller


def _wrapped_height(metrics: QFontMetrics, room: int, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, text).height()
