"""What the tests of the table share: its rows, what is around it, and a person's hand."""

from array import array
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.recordingtable import RecordingTable

ROWS = range(1000, 1200)


def ids(numbers: Iterable[int]) -> "array[int]":
    return array("q", numbers)


def place_of(key: str) -> int:
    return next(place for place, each in enumerate(COLUMNS) if each.key == key)


class Around(QWidget):
    """What holds the table, and hears the keys that it has no use for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


def click(table: RecordingTable, row: int, *, twice: bool = False) -> None:
    assert table.model() is not None
    place = table.visualRect(table.model().index(row, place_of("name"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if twice:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def top_of(table: RecordingTable, identifier: int) -> int:
    """How far below the viewport's top a recording is drawn, in pixels."""
    row = table.row_of(identifier)
    assert row is not None
    return table.rowViewportPosition(row)
