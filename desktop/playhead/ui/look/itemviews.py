"""Lists and tables, alike wherever they stand."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
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


def is_letter(event: QKeyEvent) -> bool:
    """True for a key that writes something and means nothing to a list: it is the window's.

    Qt's lists would look for a row that begins so.
    """
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and bool(event.text()) and event.text().isprintable()


AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
"""What the rows of a list or table lie in."""
