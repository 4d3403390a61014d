"""The header of the table: columns in their place and width, the order of the rows, and a menu of both."""

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QHeaderView, QMenu, QStyleOptionHeader, QWidget
from typing_extensions import override

from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.preferences import Density
from playhead.ui.look.buttons import begin_in_open_menu
from playhead.ui.table.column import Column
from playhead.ui.table.columnwidths import ColumnWidths

ROW_HEIGHT = 36
"""Pixels, unless the person chooses otherwise."""
PASSAGE_HEIGHT = 18
"""Pixels of the line below a row that tells what was said."""
ROW_HEIGHTS = {Density.COMFORTABLE: ROW_HEIGHT, Density.COMPACT: 22}
"""The heights of a row that a person can choose from, in pixels."""


_MARGIN = 6
"""Pixels between a title and the end of its section."""
_ARROW = 8
_ARROW_GAP = 5
_LINE = 1
"""Pixel at the end of a section that no text comes to."""


class TableHeader(QHeaderView):
    """Columns to move, size, show and hide; the person's own widths rule, else the name fills up."""

    sorted_by = Signal(object)
    """The `Order` that the person asked for."""
    density_chosen = Signal(object)
    """`comfortable` or `compact`."""
    values_asked = Signal(object)
    """The values of a `Column` are wanted."""
    least_changed = Signal()
    """The columns need more room than before, or less."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._sections = {column.key: section for section, column in enumerate(columns)}
        self._order = NEWEST_FIRST
        self._room = ColumnWidths(columns)
        self._widths = [column.width for column in columns]
        """Those of hidden columns as well, which Qt keeps to itself."""
        self._sized = False
        """The person has sized columns."""
        self._density = Density.COMFORTABLE
        self._fitting = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(24)
        self.setFixedHeight(30)
        self.setSortIndicator(self._sections["started"], _arrow(NEWEST_FIRST))
        self.sectionClicked.connect(self._click)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu_at)
        self.sectionResized.connect(self._note_size)
        self.sectionMoved.connect(self._note_move)

    def reset_columns(self) -> None:
        """Show the columns of a new profile, in their order and width."""
        for place, column in enumerate(self._columns):
            self.moveSection(self.visualIndex(place), place)
            self.setSectionHidden(place, not column.shown)
            self._size(place, column.width)
        self._sized = False
        self.fit()
        self.least_changed.emit()

    def save(self) -> str:
        """Place, width and visibility (0 or 1) of every column by its key, as JSON, for the settings."""
        return json.dumps(
            {
                column.key: [
                    self.visualIndex(each),
                    self._widths[each],
                    int(not self.isSectionHidden(each)),
                ]
                for each, column in enumerate(self._columns)
            }
            | {"sized": self._sized}
        )

    def restore(self, saved: str) -> None:
        """Take up what `save` gave, as far as it makes sense."""
        try:
            columns = json.loads(saved)
            known = {
                each: (int(place), int(width), bool(visible))
                for each, column in enumerate(self._columns)
                for place, width, visible in [
                    # One that is newer than the settings is where a new profile has it.
                    columns[column.key] if column.shown or column.key in columns else (each, column.width, 0)
                ]
            }
        except (ValueError, TypeError, KeyError):
            return
        for each, (place, width, visible) in sorted(known.items(), key=lambda item: item[1][0]):
            self.moveSection(self.visualIndex(each), max(0, min(place, len(self._columns) - 1)))
            self.setSectionHidden(each, not visible)
            self._size(each, max(24, min(width, 2000)))
        self._sized = bool(columns.get("sized"))
        self.fit()
        self.least_changed.emit()

    @property
    def density(self) -> Density:
        """The height of the rows: `comfortable` or `compact`."""
        return self._density

    def choose_density(self, density: Density) -> None:
        """Ask for rows of another height."""
        self.density_chosen.emit(density)

    def show_density(self, density: Density) -> None:
        """Remember the height of the rows, for the menu, and give low ones the room that they need."""
        self._density = density
        self.fit()
        self.least_changed.emit()

    @property
    def least(self) -> int:
        """Pixels that the columns of a new profile need, as far as they are shown."""
        return self._room.least(self._shown, self._titles, self._density)

    @property
    def _shown(self) -> list[int]:
        """The sections that are not hidden, from left to right."""
        sections = map(self.logicalIndex, range(self.count()))
        return [each for each in sections if not self.isSectionHidden(each)]

    @property
    def _titles(self) -> dict[int, int]:
        """Pixels that the title of each column needs, as short as it can be."""
        return {
            section: self._room_of(column.short or column.title, section) if column.title else 0
            for section, column in enumerate(self._columns)
        }

    def _room_of(self, title: str, section: int) -> int:
        """Pixels of a section in which a title is not cut, and has its arrow beside it."""
        arrow = _ARROW + _ARROW_GAP if self._is_sorted(section) else 0
        return self.fontMetrics().horizontalAdvance(title) + 2 * _MARGIN + arrow + _LINE

    def sort_by(self, order: Order) -> None:
        """Show another order, and ask for it."""
        self._order = order
        self.setSortIndicator(self._sections[order.column], _arrow(order))
        # The arrow takes its room from other columns.
        self.fit()
        self.sorted_by.emit(order)

    def fit(self) -> None:
        """Share the room out, until the person sizes columns."""
        shown = self._shown
        if self._sized or not shown:
            return
        widths = self._room.shared(self.viewport().width(), shown, self._titles, self._density)
        self._fitting = True
        for each, width in widths.items():
            self.resizeSection(each, width)
        self._fitting = False

    def open_menu(self) -> None:
        """Open the menu of the columns below the header, for who comes by key."""
        self._open_menu(self.rect().bottomLeft())
        begin_in_open_menu()

    def sort_by_column(self, column: Column) -> None:
        """Sort by a column, or the other way round if the rows are sorted by it."""
        sorts = self._columns[self._sections[column.sort or column.key]]
        falls = not self._order.descending if sorts.key == self._order.column else sorts.falls
        self.sort_by(Order(sorts.key, falls))

    def lead_with(self, order: Order) -> int:
        """Sort in an order, and show the column that it goes by, beside the name; its section."""
        section = self._sections[order.column]
        if self.isSectionHidden(section):
            name = self.visualIndex(self._sections["name"])
            place = self.visualIndex(section)
            self.moveSection(place, name + 1 if place > name else name)
            self.show_column(section, shown=True)
        self.sort_by(order)
        return section

    def show_column(self, section: int, *, shown: bool) -> None:
        """Show or hide a column, and give the room to another one."""
        self._fitting = True
        self.setSectionHidden(section, not shown)
        self._fitting = False
        self.fit()
        self.least_changed.emit()

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        super().initStyleOptionForIndex(option, logicalIndex)
        option.text = self._title(logicalIndex)
        if self._is_sorted(logicalIndex):
            # Fusion draws its arrow over the end of the text.
            option.sortIndicator = QStyleOptionHeader.SortIndicator.None_
            option.text = self._beside_arrow(option.text, self.sectionSize(logicalIndex))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        super().paintSection(painter, rect, logicalIndex)
        if self._is_sorted(logicalIndex):
            self._paint_arrow(painter, rect, logicalIndex)

    def _is_sorted(self, section: int) -> bool:
        return self.isSortIndicatorShown() and section == self.sortIndicatorSection()

    def _title(self, section: int) -> str:
        """The title of a column, the short one where there is no room for the other."""
        column = self._columns[section]
        fits = self._room_of(column.title, section) <= self.sectionSize(section)
        return column.title if fits else column.short or column.title

    def _beside_arrow(self, title: str, width: int) -> str:
        """As much of a title as there is room for beside the arrow."""
        room = width - 2 * _MARGIN - _ARROW - _ARROW_GAP
        return self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)

    def _paint_arrow(self, painter: QPainter, box: QRect, section: int) -> None:
        """A small arrow beside the title, on the side where there is room: down for what falls."""
        column = self._columns[section]
        title = self.fontMetrics().horizontalAdvance(self._beside_arrow(self._title(section), box.width()))
        beside = _MARGIN + title + _ARROW_GAP if column.title else (box.width() - _ARROW) // 2
        from_right = column.right is not self.isRightToLeft()
        left = box.right() - beside - _ARROW if from_right and column.title else box.left() + beside
        middle, down = box.center().y(), 1 if self._order.descending else -1
        tip = QPointF(left + _ARROW / 2, middle + down * 2)
        ends = [QPointF(left + far, middle - down * 1.5) for far in (0.5, _ARROW - 0.5)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
        painter.drawPolyline([ends[0], tip, ends[1]])
        painter.restore()

    def _click(self, section: int) -> None:
        self.sort_by_column(self._columns[section])

    def ask_for_values(self, column: Column) -> None:
        """Ask for the values of a column."""
        self.values_asked.emit(column)

    def _open_menu_at(self, place: QPoint) -> None:
        section = self.logicalIndexAt(place)
        self._open_menu(place, self._columns[section] if section >= 0 else None)

    def _open_menu(self, place: QPoint, pointed: Column | None = None) -> None:
        current = self._columns[self._sections[self._order.column]]
        HeaderMenu(self, self._columns, current, pointed).popup(self.mapToGlobal(place))

    def _size(self, section: int, width: int) -> None:
        self._widths[section] = width
        self.resizeSection(section, width)

    def _note_size(self, section: int, _before: int, width: int) -> None:
        if width:
            self._widths[section] = width
        if not self._fitting:
            self._sized = self._sized or self.isVisible()

    def _note_move(self, *_places: int) -> None:
        """Let those be in view that come first by now."""
        if self.isVisible():
            self.fit()


def _arrow(order: Order) -> Qt.SortOrder:
    """Qt's name for an arrow that points down for what falls: Fusion draws it for ascending order."""
    return Qt.SortOrder.AscendingOrder if order.descending else Qt.SortOrder.DescendingOrder


class HeaderMenu(QMenu):
    """Orders, columns and heights of rows; stays open while columns are shown and hidden.

    The last column that is shown stays.
    """

    def __init__(
        self, header: TableHeader, columns: Sequence[Column], current: Column, pointed: Column | None = None
    ) -> None:
        """Of the column that is `pointed` at, the values are offered at once; else those of each."""
        super().__init__(header)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Order, columns and height of rows")
        self._header = header
        self._columns: list[QAction] = []
        self._groups: dict[str, QMenu] = {}
        self.installEventFilter(self)
        titled = [(section, column) for section, column in enumerate(columns) if column.title]
        self._add_values([pointed] if pointed else [column for _, column in titled])
        self._add_orders([column for _, column in titled], current)
        self.addSeparator()
        for section, column in titled:
            self._add_column(section, column)
        self._keep_last()
        self.addSeparator()
        self._add_heights()
        self.addSeparator()
        self.addAction("Reset columns", header.reset_columns)

    def _add_values(self, columns: Sequence[Column]) -> None:
        menu = self if len(columns) == 1 else self.addMenu("Values of")
        for column in columns:
            if column.values is not None:
                title = column.title or "State"
                text = f"Values of “{title}”…" if menu is self else title
                menu.addAction(text, partial(self._header.ask_for_values, column))

    def _add_orders(self, columns: Sequence[Column], current: Column) -> None:
        menu = self.addMenu("Sort by")
        group = QActionGroup(menu)
        for column in columns:
            action = QAction(column.title, group, checkable=True, checked=column is current)
            action.triggered.connect(lambda _, column=column: self._header.sort_by_column(column))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("The other way round", lambda: self._header.sort_by_column(current))

    def _add_column(self, section: int, column: Column) -> None:
        shown = not self._header.isSectionHidden(section)
        action = QAction(column.title, self, checkable=True, checked=shown)
        action.toggled.connect(lambda shown: self._show_column(section, shown=shown))
        self._columns.append(action)
        self._menu_of(column).addAction(action)

    def _menu_of(self, column: Column) -> QMenu:
        """The menu itself, or that of the column's group."""
        if not column.group:
            return self
        if column.group not in self._groups:
            menu = self._groups[column.group] = QMenu(column.group, self)
            menu.installEventFilter(self)
            self.addMenu(menu)
        return self._groups[column.group]

    def _add_heights(self) -> None:
        group = QActionGroup(self)
        for density in Density:
            chosen = density == self._header.density
            action = QAction(f"{density.capitalize()} rows", group, checkable=True, checked=chosen)
            action.triggered.connect(lambda _, density=density: self._header.choose_density(density))
            self.addAction(action)

    def _show_column(self, section: int, *, shown: bool) -> None:
        self._header.show_column(section, shown=shown)
        self._keep_last()

    def _keep_last(self) -> None:
        shown = [action for action in self._columns if action.isChecked()]
        for action in self._columns:
            action.setEnabled(shown != [action])

    def _tick(self, action: QAction | None) -> bool:
        """True if the action is a column's; its tick is changed then."""
        if action not in self._columns:
            return False
        action.trigger()
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the menu and its submenus open when a column is ticked."""
        if isinstance(watched, QMenu) and isinstance(event, QMouseEvent):
            released = event.type() is QEvent.Type.MouseButtonRelease
            return released and self._tick(watched.actionAt(event.position().toPoint()))
        if isinstance(watched, QMenu) and isinstance(event, QKeyEvent):
            chosen = event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            pressed = chosen and event.type() is QEvent.Type.KeyPress
            return pressed and self._tick(watched.activeAction())
        return super().eventFilter(watched, event)
