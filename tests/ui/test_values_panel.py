"""The panel with the values of a column: gone through, searched, ticked and chosen by key."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playhead.core.finding.grouping import Counted
from playhead.core.recording import Party
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from playhead.ui.values.valueorder import ArrangedValues, ValueOrder, arranged
from playhead.ui.values.valuespanel import ValuesPanel
from support.fakes import NOON, recording

SHOWING = Showing(NOON, {})
FROM = next(each for each in COLUMNS if each.key == "from")
DURATION = next(each for each in COLUMNS if each.key == "duration")
CONTROL = Qt.KeyboardModifier.ControlModifier
MANY = 100_000


def counted(numbers: dict[str, int], names: dict[str, str] | None = None) -> Counted:
    samples = {key: place for place, key in enumerate(numbers) if key}
    return Counted(Counter(numbers), samples, names or {}, sum(numbers.values()), whole=True)


THREE = counted({"31205550101": 6, "31205550102": 3, "": 90, "31205550103": 1}, {"31205550102": "maria"})


def values(found: Counted, sought: str = "", *, by_value: bool = False) -> ArrangedValues:
    assert FROM.values is not None
    return arranged(found, FROM.values, SHOWING, ValueOrder(by_value, sought))


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, icons: Icons) -> ValuesPanel:
    """The callers of `THREE`, two of whom are known by name."""
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(700, 500)
    made = ValuesPanel(COLUMNS, theme, icons, over)
    over.show()
    made.appear(FROM)
    made.show_values(SHOWING, THREE, values(THREE))
    callers = [Party(number="+31205550101", name="Bob"), Party(number="+31205550102", name="Maria")]
    made.rows.fill({place: recording(1, caller=caller) for place, caller in enumerate(callers)})
    return made


def told(panel: ValuesPanel) -> list[str]:
    """What the panel asks for, from now on."""
    asked: list[str] = []
    panel.filter_asked.connect(lambda: asked.append(f"filter {panel.meant}"))
    panel.exclude_asked.connect(lambda: asked.append(f"exclude {panel.meant}"))
    panel.closed.connect(lambda: asked.append("closed"))
    return asked


def test_one_goes_through_them_and_chooses_without_leaving_the_line(panel: ValuesPanel) -> None:
    asked = told(panel)
    QTest.keyClick(panel.line, Qt.Key.Key_Down)
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    QTest.keyClick(panel.line, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(panel.line, Qt.Key.Key_Escape)
    assert asked == ["filter ['31205550102']", "exclude ['31205550102']", "closed"]


def test_several_are_ticked_in_the_list_where_letters_go_to_the_line(panel: ValuesPanel) -> None:
    panel.list.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(panel.list, key)
    assert panel.meant == ["31205550101", "31205550103"]
    QTest.keyClicks(panel.list, "m")
    assert panel.order.sought == "m"


def test_a_row_says_value_count_and_share(panel: ValuesPanel) -> None:
    assert panel.rows.spoken(1) == "Maria, +31 20 555 0102, 3 recordings, 3.0 percent, 2 of 4"
    assert panel.rows.spoken(3) == "Nobody known, 90 recordings, 90.0 percent, 4 of 4"


def test_those_that_most_have_come_first_and_those_without_last() -> None:
    assert values(THREE).keys == ["31205550101", "31205550102", "31205550103", ""]
    assert values(THREE, by_value=True).keys == ["31205550101", "31205550103", "31205550102", ""]


@pytest.mark.parametrize(
    ("sought", "found"),
    [("MARÍA", ["31205550102"]), ("+31 20 555 0103", ["31205550103"]), ("nobody", [""]), ("x", [])],
)
def test_a_value_is_found_by_name_and_number(sought: str, found: list[str]) -> None:
    assert values(THREE, sought).keys == found


def test_of_a_hundred_thousand_only_those_in_view_are_asked_for(panel: ValuesPanel, qtbot: QtBot) -> None:
    many = counted({f"3120{place:07}": 1 + place % 50 for place in range(MANY)})
    order = values(many)
    keys = order.keys
    assert (len(keys), many.counts[keys[0]], many.counts[keys[-1]]) == (MANY, 50, 1)
    with qtbot.waitSignal(panel.rows.wanted) as wanted:
        panel.show_values(SHOWING, many, order)
        panel.list.go_to(MANY - 1)
        panel.grab()
    assert wanted.args is not None
    assert len(wanted.args[0]) < 100


def test_amounts_have_a_histogram_where_there_is_room_for_rows_beside_it(panel: ValuesPanel) -> None:
    def shown() -> bool:
        return any(
            each.isVisible() for each in panel.findChildren(QWidget) if each.accessibleName() == "Histogram"
        )

    assert not shown()
    panel.choose(DURATION)
    assert shown()
    around = panel.parentWidget()
    assert around is not None
    around.resize(700, 250)
    panel.grab()
    assert not shown()


def test_in_a_low_window_the_list_has_all_of_the_height(panel: ValuesPanel) -> None:
    around = panel.parentWidget()
    assert around is not None
    for width, beside in ((900, True), (500, False)):
        around.resize(width, 210)
        panel.grab()
        assert around.rect().contains(panel.geometry())
        assert (panel.list.geometry().right() < panel.line.mapTo(panel, QPoint()).x()) is beside
        assert (panel.list.height() >= 6 * panel.list.row_height) is beside
    around.resize(900, 500)
    panel.grab()
    assert panel.list.geometry().top() > panel.line.mapTo(panel, QPoint()).y()
