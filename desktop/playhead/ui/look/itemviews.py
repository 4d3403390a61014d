"""Tables of slim rows, alike wherever they stand."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


def as_rows(table: QTableView, height: int) -> None:
    """Let `table` be rows of `height` pixels, chosen whole: no grid, no numbers, and Tab leaves it."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(height)
    table.horizontalHeader().setHighlightSections(False)


AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
"""What the rows of a list or table lie in."""
