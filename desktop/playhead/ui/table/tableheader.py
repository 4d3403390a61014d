"""The header of the table: columns in their place and width, the order of the rows, and a menu of both."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget
from typing_extensions import override

from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.preferences import Density
from playhead.ui.table.column import Column

ROW_HEIGHT = 28
"""Pixels, unless the person chooses otherwise."""
ROW_HEIGHTS = {Density.COMFORTABLE: ROW_HEIGHT, Density.COMPACT: 22}
"""The heights of a row that a person can choose from, in pixels."""


class TableHeader(QHeaderView):
    """Columns to move, size, show and hide; the person's own widths rule, else the name fills up."""

    sorted_by = Signal(object)
    """The `Order` that the person asked for."""
    density_chosen = Signal(object)
    """`comfortable` or `compact`."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._sections = {column.key: section for section, column in enumerate(columns)}
        self._order = NEWEST_FIRST
        self._widths = [column.width for column in columns]
        """Those of hidden columns as well, which Qt keeps to itself."""
        self._sized = False
        """The person has sized columns."""
        self._density = Density.COMFORTABLE
        self._widening = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(24)
        self.setFixedHeight(30)
        self.setSortIndicator(self._sections["started"], _arrow(NEWEST_FIRST))
        self.sectionClicked.connect(self._click)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.sectionResized.connect(self._note_size)

    def reset_columns(self) -> None:
        """Show the columns of a new profile, in their order and width."""
        for place, column in enumerate(self._columns):
            self.moveSection(self.visualIndex(place), place)
            self.setSectionHidden(place, not column.shown)
            self._size(place, column.width)
        self._sized = False
        self.widen()

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
                for place, width, visible in [columns[column.key]]
            }
        except (ValueError, TypeError, KeyError):
            return
        for each, (place, width, visible) in sorted(known.items(), key=lambda item: item[1][0]):
            self.moveSection(self.visualIndex(each), max(0, min(place, len(self._columns) - 1)))
            self.setSectionHidden(each, not visible)
            self._size(each, max(24, min(width, 2000)))
        self._sized = bool(columns.get("sized"))
        self.widen()

    @property
    def density(self) -> Density:
        """The height of the rows: `comfortable` or `compact`."""
        return self._density

    def choose_density(self, density: Density) -> None:
        """Ask for rows of another height."""
        self.density_chosen.emit(density)

    def show_density(self, density: Density) -> None:
        """Remember the height of the rows, for the menu."""
        self._density = density

    def sort_by(self, order: Order) -> None:
        """Show another order, and ask for it."""
        self._order = order
        self.setSortIndicator(self._sections[order.column], _arrow(order))
        self.sorted_by.emit(order)

    def widen(self) -> None:
        """Give the room that is left to what profits from it most, until the person sizes columns."""
        left = self.viewport().width() - self.length()
        wide = (each for each, column in enumerate(self._columns) if column.widens)
        section = next((each for each in wide if not self.isSectionHidden(each)), None)
        if section is not None and not self._sized:
            width = max(self._columns[section].width, self.sectionSize(section) + left)
            self._widening = True
            self.resizeSection(section, width)
            self._widening = False

    def open_menu(self) -> None:
        """Open the menu of the columns below the header, for who comes by key."""
        self._open_menu(self.rect().bottomLeft())

    def sort_by_column(self, column: Column) -> None:
        """Sort by a column, or the other way round if the rows are sorted by it."""
        sorts = self._columns[self._sections[column.sort or column.key]]
        falls = not self._order.descending if sorts.key == self._order.column else sorts.falls
        self.sort_by(Order(sorts.key, falls))

    def show_column(self, section: int, *, shown: bool) -> None:
        """Show or hide a column, and give the room to another one."""
        self._widening = True
        self.setSectionHidden(section, not shown)
        self._widening = False
        self.widen()

    def _click(self, section: int) -> None:
        self.sort_by_column(self._columns[section])

    def _open_menu(self, place: QPoint) -> None:
        HeaderMenu(self, self._columns, self._columns[self._sections[self._order.column]]).popup(
            self.mapToGlobal(place)
        )

    def _size(self, section: int, width: int) -> None:
        self._widths[section] = width
        self.resizeSection(section, width)

    def _note_size(self, section: int, _before: int, width: int) -> None:
        if width:
            self._widths[section] = width
        if not self._widening:
            self._sized = self._sized or self.isVisible()


def _arrow(order: Order) -> Qt.SortOrder:
    """Qt's name for an arrow that points down for what falls: Fusion draws it for ascending order."""
    return Qt.SortOrder.AscendingOrder if order.descending else Qt.SortOrder.DescendingOrder


class HeaderMenu(QMenu):
    """Orders, columns and heights of rows; stays open while columns are shown and hidden.

    The last column that is shown stays.
    """

    def __init__(self, header: TableHeader, columns: Sequence[Column], current: Column) -> None:
        super().__init__(header)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._header = header
        self._columns: list[QAction] = []
        titled = [(section, column) for section, column in enumerate(columns) if column.title]
        self._add_orders([column for _, column in titled], current)
        self.addSeparator()
        for section, column in titled:
            self._add_column(section, column)
        self._keep_last()
        self.addSeparator()
        self._add_heights()
        self.addSeparator()
        self.addAction("Reset columns", header.reset_columns)

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
        self.addAction(action)

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
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (chosen and self._tick(self.activeAction())):
            super().keyPressEvent(event)
