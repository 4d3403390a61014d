"""A long name is read over the empty cells beside it."""

from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from playhead.core.recording import Party, Recording
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from support.fakes import NOON, recording
from support.window.table_scene import place_of

LONG = "Welcome to the switchboard of Northwind, please hold the line"
Written = Callable[..., set[str]]


@pytest.fixture
def written(qtbot: QtBot, theme: Theme, icons: Icons) -> Written:
    """Gives the columns in which something is written in the row of a recording."""

    def look(shown: Recording, *, hide: str = "") -> set[str]:
        model = RecordingModel(NOON)
        model.fill({1: shown})
        model.show_listing(array("q", [1]))
        table = RecordingTable(model, theme, icons)
        qtbot.addWidget(table)
        table.resize(1000, 300)
        table.show()
        if hide:
            table.header.hideSection(place_of(hide))
        picture = table.viewport().grab().toImage()

        def inked(key: str) -> bool:
            cell: QRect = table.visualRect(model.index(0, place_of(key))).adjusted(1, 2, -1, -3)
            seen = {
                picture.pixel(x, y) for x in range(cell.left(), cell.right()) for y in (cell.center().y(),)
            }
            return len(seen) > 1

        return {key for key in ("name", "from", "to") if key != hide and inked(key)}

    return look


def prompt(name: str) -> Recording:
    return recording(1, provider="convirza", kind="prompt", name=name, caller=None, callee=None)


def test_the_name_of_a_prompt_goes_on_where_nothing_else_is_written(written: Written) -> None:
    assert written(prompt(LONG)) >= {"name", "from"}
    assert written(prompt("Closed")) == {"name"}


def test_it_ends_at_its_own_cell_where_somebody_rang(written: Written) -> None:
    called = recording(1, kind="prompt", name=LONG, caller=None, callee=Party(number="+31205550100"))
    assert written(called) == {"name", "to"}


def test_it_ends_at_its_own_cell_where_columns_between_are_hidden(written: Written) -> None:
    assert written(prompt(LONG), hide="from") == {"name"}
