"""The header of the table: columns in their place and width, and what the rows are sorted by."""

import json
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.rowheights import DENSITIES

FALLING = {"started", "duration", "size", "heard", "exported"}
"""Columns of which a first click shows the largest first."""


class TableHeader(QHeaderView):
    """Columns to move, size, show and hide; the person's own widths rule, else the name fills up."""

    sorted_by = Signal(object)
    """The `Order` that the person asked for."""
    density_chosen = Signal(str)
    """`comfortable` or `compact`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._order = NEWEST_FIRST
        self._widths = [column.width for column in COLUMNS]
        """Those of hidden columns as well, which Qt keeps to itself."""
        self._sized = False
        """Whether the person has sized columns."""
        self._density = "comfortable"
        self._widening = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(24)
        self.setFixedHeight(30)
        self.setSortIndicator(_section("started"), _arrow(NEWEST_FIRST))
        self.sectionClicked.connect(self._sort)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._column_menu)
        self.sectionResized.connect(self._note_size)

    def reset_columns(self) -> None:
        """Show the columns of a new profile, in their order and width."""
        for place, column in enumerate(COLUMNS):
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
                for each, column in enumerate(COLUMNS)
            }
            | {"sized": self._sized}
        )

    def restore(self, saved: str) -> None:
        """Take up what `save` gave, as far as it makes sense."""
        try:
            columns = json.loads(saved)
            known = {
                each: (int(place), int(width), bool(visible))
                for each, column in enumerate(COLUMNS)
                for place, width, visible in [columns[column.key]]
            }
        except (ValueError, TypeError, KeyError):
            return
        for each, (place, width, visible) in sorted(known.items(), key=lambda item: item[1][0]):
            self.moveSection(self.visualIndex(each), max(0, min(place, len(COLUMNS) - 1)))
            self.setSectionHidden(each, not visible)
            self._size(each, max(24, min(width, 2000)))
        self._sized = bool(columns.get("sized"))
        self.widen()

    @property
    def density(self) -> str:
        """How high the rows are: `comfortable` or `compact`."""
        return self._density

    def show_density(self, density: str) -> None:
        """Remember how high the rows are now, for the menu."""
        self._density = density if density in DENSITIES else "comfortable"

    def sort_by(self, order: Order) -> None:
        """Show another order, and ask for it."""
        self._order = order
        self.setSortIndicator(_section(order.column), _arrow(order))
        self.sorted_by.emit(order)

    def widen(self) -> None:
        """Give the room that is left to what profits from it most, until the person sizes columns."""
        name = _section("name")
        left = self.viewport().width() - self.length()
        if not self._sized:
            width = max(COLUMNS[name].width, self.sectionSize(name) + left)
            self._widening = True
            self.resizeSection(name, width)
            self._widening = False

    def _sort(self, section: int) -> None:
        key = COLUMNS[section].key
        if key == "state":
            key = "status"
        falls = not self._order.descending if key == self._order.column else key in FALLING
        self.sort_by(Order(key, falls))

    def _column_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each, column in enumerate(COLUMNS[1:], start=1):
            action = QAction(column.title, menu, checkable=True, checked=not self.isSectionHidden(each))
            action.toggled.connect(lambda shown, each=each: self._show_column(each, shown=shown))
            menu.addAction(action)
        menu.addSeparator()
        heights = QActionGroup(menu)
        for density in DENSITIES:
            action = QAction(f"{density.capitalize()} rows", menu, checkable=True)
            action.setChecked(density == self._density)
            action.triggered.connect(partial(self.density_chosen.emit, density))
            heights.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("Reset columns", self.reset_columns)
        menu.popup(self.mapToGlobal(place))

    def _size(self, section: int, width: int) -> None:
        self._widths[section] = width
        self.resizeSection(section, width)

    def _note_size(self, section: int, _before: int, width: int) -> None:
        if width:
            self._widths[section] = width
        if not self._widening:
            self._sized = self._sized or self.isVisible()

    def _show_column(self, section: int, *, shown: bool) -> None:
        self._widening = True
        self.setSectionHidden(section, not shown)
        self._widening = False
        self.widen()


def _section(key: str) -> int:
    return next(place for place, column in enumerate(COLUMNS) if column.key == key)


def _arrow(order: Order) -> Qt.SortOrder:
    """Qt's name for an arrow that points down for what falls: Fusion draws it for ascending order."""
    return Qt.SortOrder.AscendingOrder if order.descending else Qt.SortOrder.DescendingOrder
