"""The header of the table: columns in their place and width, and what the rows are sorted by."""

import json

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.ui.table.columnmenu import ColumnMenu
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.rowheights import DENSITIES

FALLING = {"started", "duration", "size", "heard", "exported"}
"""Columns of which a first click shows the largest first."""

_WIDE = ("name", "from", "to", "account")
"""Columns that profit from room, most of all the first that is shown."""


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
        self.sectionClicked.connect(self._click)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
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
        self._density = density

    def sort_by(self, order: Order) -> None:
        """Show another order, and ask for it."""
        self._order = order
        self.setSortIndicator(_section(order.column), _arrow(order))
        self.sorted_by.emit(order)

    def widen(self) -> None:
        """Give the room that is left to what profits from it most, until the person sizes columns."""
        left = self.viewport().width() - self.length()
        section = next((each for each in map(_section, _WIDE) if not self.isSectionHidden(each)), None)
        if section is not None and not self._sized:
            width = max(COLUMNS[section].width, self.sectionSize(section) + left)
            self._widening = True
            self.resizeSection(section, width)
            self._widening = False

    def open_menu(self) -> None:
        """Open the menu of the columns below the header, for who comes by key."""
        self._open_menu(self.rect().bottomLeft())

    def _sort(self, key: str) -> None:
        falls = not self._order.descending if key == self._order.column else key in FALLING
        self.sort_by(Order(key, falls))

    def _click(self, section: int) -> None:
        key = COLUMNS[section].key
        self._sort("status" if key == "state" else key)

    def _open_menu(self, place: QPoint) -> None:
        menu = ColumnMenu(self)
        titled = [(each, column) for each, column in enumerate(COLUMNS) if column.title]
        menu.add_order([(column.key, column.title) for _, column in titled], self._order.column, self._sort)
        titles = {each: column.title for each, column in titled}
        menu.add_columns(titles, self.isSectionHidden, self._show_column)
        heights = {density: f"{density.capitalize()} rows" for density in DENSITIES}
        menu.add_choice(heights, self._density, self.density_chosen.emit)
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
