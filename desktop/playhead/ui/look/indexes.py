"""Indexes as Qt's models take them."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
"""What the rows of a list or table lie in."""
