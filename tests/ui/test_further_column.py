"""A further column is one value: it is shown, sorted, copied, counted and filtered by that alone."""

import asyncio
from array import array

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.core.finding.choosing import ValueCondition
from playhead.core.finding.parser import parse
from playhead.core.finding.query import EVERYTHING, Node, Order, Query
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.column import Column, conditions, heading, lines
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.showing import Showing
from support.catalogue.catalogue_examples import NOON, catalogue, listed, recording

CALL = Column(
    "call",
    "Call",
    "call",
    90,
    lambda found, _: found.call or "",
    asks=lambda found, _: ValueCondition("call", (found.call or "",)),
    quiet=True,
    falls=True,
)
SECTION = len(COLUMNS)
PAGE = [recording(1, call="b"), recording(2, call="a"), recording(3, call="c")]


def shown(qtbot: QtBot, theme: Theme, icons: Icons) -> tuple[RecordingModel, RecordingTable]:
    """A table with one column more, and the recordings of `PAGE`."""
    model = RecordingModel(NOON, columns=(*COLUMNS, CALL))
    table = RecordingTable(model, theme, icons)
    qtbot.addWidget(table)
    table.resize(1200, 400)
    table.show()
    table.show_listing(array("q", (1, 2, 3)))
    model.fill(dict(enumerate(PAGE, 1)))
    return model, table


def meaning(text: str) -> Node:
    return parse(text, NOON).node


def found(order: Order) -> list[str]:
    """The ids that the catalogue lists in an order."""

    async def scene() -> list[str]:
        async with catalogue(None, *PAGE) as store:
            return await listed(store, order=order)

    return asyncio.run(scene())


def test_it_is_shown_and_its_cells_can_be_copied_and_asked_for(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    model, table = shown(qtbot, theme, icons)
    assert not table.header.isSectionHidden(SECTION)
    assert model.headerData(SECTION, Qt.Orientation.Horizontal) == "Call"
    assert [model.index(row, SECTION).data() for row in range(3)] == ["b", "a", "c"]
    assert (heading([CALL]), lines([CALL], PAGE, model.showing)) == ("Call", ["b", "a", "c"])
    assert (CALL, ValueCondition("call", ("b",))) in conditions(model.columns, PAGE[0], model.showing)
    assert table.grab().toImage().width() > 0


def test_a_click_on_its_header_sorts_and_the_catalogue_knows_the_order(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    _, table = shown(qtbot, theme, icons)
    asked: list[Order] = []
    table.header.sorted_by.connect(asked.append)
    middle = table.header.sectionViewportPosition(SECTION) + 40
    for _ in range(2):
        QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))
    assert asked == [Order("call", descending=True), Order("call", descending=False)]
    assert [found(order) for order in asked] == [["3", "1", "2"], ["2", "1", "3"]]


def test_its_values_are_counted_and_each_is_asked_for_by_what_finds_it() -> None:
    kind, showing = CALL.values, Showing(NOON, {})
    assert kind is not None

    async def scene() -> dict[str, int]:
        counts: dict[str, int] = {}
        async with catalogue(None, *PAGE, recording(4, call="A"), recording(5)) as store:
            counted = await store.values.values(EVERYTHING, kind.grouping(showing, meaning))
            for key in counted.counts:
                sample = (await store.recordings.read([counted.samples[key]]))[0]
                value = kind.value(key, sample, showing)
                assert value is not None
                assert value.condition is not None
                counts[value.condition.text] = await store.listings.count(
                    Query(node=meaning(value.condition.text))
                )
            assert list(counts.values()) == list(counted.counts.values())
        return counts

    assert asyncio.run(scene()) == {"call:=b": 1, "call:=A": 2, "call:=c": 1, "call:=": 1}


def test_its_place_and_width_come_back_at_the_next_start(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    _, table = shown(qtbot, theme, icons)
    table.header.resizeSection(SECTION, 133)
    _, later = shown(qtbot, theme, icons)
    later.header.restore(table.header.save())
    assert later.header.sectionSize(SECTION) == 133
