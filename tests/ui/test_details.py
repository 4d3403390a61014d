"""The fields of a recording: a list that is laid out anew for each, and copied line by line."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.core.recording import Party
from playhead.ui.inspector.detaillines import lines
from playhead.ui.inspector.details import Details
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import NOON, recording
from support.window.accessible_events import overheard

ID = "5b74ee9e-8b2d-4e6f-9a71-0c4d2e8b6f13"
LONG = recording(
    0,
    id=ID,
    name="Rückfrage wegen der Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3,
    caller=Party(name="שרה כהן לבית לוי ובניו", number="+442079460538", country="GB"),
    callee=Party(name="Northwind", number="+31205550126", country="NL", line="sip"),
)


@pytest.fixture
def details(qtbot: QtBot, theme: Theme, icons: Icons) -> Details:
    return shown(qtbot, theme, icons)


def shown(qtbot: QtBot, theme: Theme, icons: Icons) -> Details:
    made = Details(theme, icons)
    qtbot.addWidget(made)
    made.resize(256, 600)
    made.show()
    return made


def places(details: Details) -> list[tuple[int, int, int]]:
    """Top, width and height of every line."""
    boxes = [details.visualRect(details.model().index(row, 0)) for row in range(len(details.lines))]
    return [(box.top(), box.width(), box.height()) for box in boxes]


def row_of(details: Details, name: str) -> int:
    return [line.name for line in details.lines].index(name)


def middle(details: Details, name: str) -> QPoint:
    return details.visualRect(details.model().index(row_of(details, name), 0)).center()


def test_each_known_field_has_its_line(details: Details) -> None:
    details.show_lines(lines(recording(0, origin="inbound"), "Bird", NOON))
    assert ("Origin", ("inbound",)) in [(line.name, line.shown) for line in details.lines]
    assert "Name" not in [line.name for line in details.lines]


def test_another_recording_leaves_nothing_of_the_last(details: Details) -> None:
    details.show_lines(lines(recording(0, origin="inbound"), "Bird", NOON))
    details.show_lines(lines(recording(1, origin=None), "Bird", NOON))
    assert "Origin" not in [line.name for line in details.lines]


def test_however_fast_rows_change_the_layout_is_that_of_the_last_one_alone(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    for last in (recording(3), LONG):
        hurried, calm = (shown(qtbot, theme, icons) for _ in range(2))
        for each in (recording(1), LONG, recording(2, origin="inbound"), LONG, recording(4), last):
            hurried.show_lines(lines(each, "Bird", NOON))
            QTest.keyClick(hurried, Qt.Key.Key_Shift)
        calm.show_lines(lines(last, "Bird", NOON))
        assert places(hurried) == places(calm)


def test_the_layout_is_that_of_the_width_that_there_is(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    resized, fresh = (shown(qtbot, theme, icons) for _ in range(2))
    resized.show_lines(lines(LONG, "Bird", NOON))
    wide = places(resized)
    resized.resize(500, 600)
    fresh.resize(500, 600)
    fresh.show_lines(lines(LONG, "Bird", NOON))
    qtbot.waitUntil(lambda: places(resized) == places(fresh))
    assert places(resized) != wide


def test_lines_follow_one_another_without_gaps_and_all_begin_at_one_edge(details: Details) -> None:
    details.show_lines(lines(LONG, "Bird", NOON))
    found = places(details)
    for (top, width, height), (following, other, _) in pairwise(found):
        assert (top + height, width) == (following, other)
    assert found[0][1] <= details.viewport().width()


def test_name_and_number_stand_on_lines_of_their_own_and_no_separator_begins_one(details: Details) -> None:
    details.show_lines(lines(LONG, "Bird", NOON))
    (name, number) = details.lines[row_of(details, "From")].shown
    assert name == "שרה כהן לבית לוי ובניו"
    assert "+44\u00a020\u00a07946\u00a00538" in number
    assert number.startswith("\u2066")
    for line in details.lines:
        for text in line.shown:
            assert " ·" not in text


@pytest.mark.parametrize("width", [200, 224, 256])
@pytest.mark.parametrize("name", [None, "Northwind Amsterdam"])
def test_a_number_is_whole_however_narrow_the_window_is(
    qtbot: QtBot, theme: Theme, icons: Icons, width: int, name: str | None
) -> None:
    details = shown(qtbot, theme, icons)
    details.resize(width, 300)
    caller = Party(name=name, number="+442079460538", country="GB", line="sip")
    details.show_lines(lines(recording(0, id=ID, caller=caller), "Bird", NOON))
    assert details.tip_of(details.model().index(row_of(details, "From"), 0)) == ""
    assert details.tip_of(details.model().index(row_of(details, "Recording"), 0)) == ID


def test_a_double_click_gives_the_whole_value(details: Details, qtbot: QtBot) -> None:
    details.show_lines(lines(recording(0, id=ID), "Bird", NOON))
    assert details.lines[row_of(details, "Recording")].shown != (ID,)
    with qtbot.waitSignal(details.copied, timeout=1000) as copied:
        QTest.mouseDClick(details.viewport(), Qt.MouseButton.LeftButton, pos=middle(details, "Recording"))
    assert copied.args == [ID, "Recording"]


def test_a_click_on_the_sign_for_copying_copies_and_one_beside_it_does_not(
    details: Details, qtbot: QtBot
) -> None:
    details.show_lines(lines(LONG, "Bird", NOON))
    box = details.visualRect(details.model().index(row_of(details, "From"), 0))
    with qtbot.assertNotEmitted(details.copied):
        QTest.mouseClick(details.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    with qtbot.waitSignal(details.copied, timeout=1000) as copied:
        QTest.mouseClick(details.viewport(), Qt.MouseButton.LeftButton, pos=box.topRight() + QPoint(-9, 9))
    assert copied.args == ["שרה כהן לבית לוי ובניו · +442079460538 · GB", "From"]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_a_line_is_copied_by_keyboard(
    details: Details, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    details.show_lines(lines(recording(0, id=ID), "Bird", NOON))
    details.setCurrentIndex(details.model().index(row_of(details, "Recording"), 0))
    with qtbot.waitSignal(details.copied) as copied:
        QTest.keyClick(details, key, held)
    assert copied.args == [ID, "Recording"]


def test_another_recording_is_one_change_for_a_screen_reader_and_every_line_says_what_it_is(
    details: Details,
) -> None:
    details.show_lines(lines(recording(0), "Bird", NOON))
    with overheard() as events:
        details.show_lines(lines(LONG, "Bird", NOON))
        assert {kind for kind, _ in events.events} == {QAccessible.Event.TableModelChanged}
        # Qt tells of the old lines and of the new ones.
        assert len(events.events) <= 2
    interface = QAccessible.queryAccessibleInterface(details)
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]
    assert "Duration: 30 s" in names
    assert "From: שרה כהן לבית לוי ובניו · +442079460538 · GB" in names


def test_a_value_that_is_not_seen_whole_is_in_the_tool_tip(details: Details) -> None:
    details.show_lines(lines(recording(0, id=ID, filename="x" * 300), "Bird", NOON))
    tips = {
        line.name: details.tip_of(details.model().index(row, 0)) for row, line in enumerate(details.lines)
    }
    assert (tips["Recording"], tips["File"], tips["Kind"]) == (ID, "x" * 300, "")


@pytest.mark.parametrize("number", ["+61255503757", "+442079460538", "+493023125100", "+5511912345678"])
def test_a_number_is_seen_whole_in_the_narrowest_inspector(details: Details, number: str) -> None:
    details.resize(256 - 2 * 16 - 8, 600)
    party = Party(name="Acme", number=number, country="GB")
    details.show_lines(lines(recording(0, caller=party), "Bird", NOON))
    assert details.tip_of(details.model().index(row_of(details, "From"), 0)) == ""
