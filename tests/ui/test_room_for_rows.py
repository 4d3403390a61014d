"""In a narrow window details give way to the rows, and come back with the room or when they are needed."""

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Density, Preferences
from playhead.core.recording import Party
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.shell import actions
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.showing import Showing
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, recording
from support.providers.registered import PROVIDERS
from support.window.table_scene import place_of

WIDE, NARROW = (1280, 800), (837, 533)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, icons: Icons) -> Window:
    """The window with rows, wide enough for everything."""
    return opened(qtbot, theme, icons)


def opened(qtbot: QtBot, theme: Theme, icons: Icons, saved: Preferences | None = None) -> Window:
    model = RecordingModel(NOON, PROVIDERS)
    made = Window()
    made.furnish(model, theme, icons, QIcon())
    qtbot.addWidget(made)
    called = Party(name="Wolfeschlegelsteinhausenbergerdorff", number="+442079460000")
    model.fill({each: recording(each, caller=called) for each in range(40)})
    if saved is not None:
        made.arrangement.restore(saved)
    with qtbot.waitActive(made):
        made.show()
    made.show_recordings()
    made.side_bar.show_accounts([BIRD])
    made.table.show_listing(array("q", range(40)))
    made.table.setFocus()
    resized(made, WIDE)
    return made


def resized(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    QTest.qWait(0)
    assert (window.width(), window.height()) == size


def in_view(window: Window) -> list[str]:
    """The titles of the columns that can be seen whole."""
    header, room = window.table.header, window.table.viewport().width()
    columns = window.model.columns
    return [
        column.title
        for place, column in enumerate(columns)
        if column.title
        and not header.isSectionHidden(place)
        and header.sectionViewportPosition(place) + header.sectionSize(place) <= room
    ]


def test_a_narrow_window_shows_every_usual_column_and_a_wide_one_the_details_as_well(window: Window) -> None:
    columns = ["Started", "Recording", "From", "To", "Duration", "Heard", "Account"]
    assert window.inspector.isVisible()
    assert in_view(window) == columns
    for size in (NARROW, (1000, 640), (1024, 768)):
        resized(window, size)
        assert window.inspector.isHidden()
        assert in_view(window) == columns
    resized(window, WIDE)
    assert window.inspector.isVisible()
    assert window.inspector.width() >= 244


def test_low_rows_keep_time_names_numbers_and_length_in_view(window: Window) -> None:
    window.table.show_density(Density.COMPACT)
    for size in (WIDE, NARROW):
        resized(window, size)
        assert in_view(window)[:5] == ["Started", "Recording", "From", "To", "Duration"]
        assert window.table.header.sectionSize(place_of("from")) >= 174


def test_details_that_are_wanted_in_a_narrow_window_stay_there_and_a_wide_one_is_as_before(
    window: Window,
) -> None:
    resized(window, NARROW)
    window.commands.do(actions.DETAILS)
    assert window.inspector.isVisible()
    resized(window, (860, 540))
    assert window.inspector.isVisible()
    resized(window, WIDE)
    window.commands.do(actions.DETAILS)
    assert window.inspector.isHidden()
    resized(window, NARROW)
    assert window.inspector.isVisible()
    window.commands.do(actions.DETAILS)
    resized(window, WIDE)
    assert window.inspector.isHidden()


def test_what_gave_way_is_neither_hidden_nor_shown_by_the_person_at_the_next_start(
    window: Window, qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    resized(window, NARROW)
    saved = window.arrangement.saved_in(Preferences())
    assert (saved.hidden_panes, saved.narrow_panes) == ((), ())
    window.commands.do(actions.DETAILS)
    saved = window.arrangement.saved_in(Preferences())
    assert (saved.hidden_panes, saved.narrow_panes) == ((), (actions.DETAILS.key,))
    later = opened(qtbot, theme, icons, saved)
    resized(later, NARROW)
    assert later.inspector.isVisible()


def test_without_the_side_bar_there_is_room_for_the_details_in_a_smaller_window(window: Window) -> None:
    resized(window, (1000, 640))
    window.commands.do(actions.SIDE_BAR)
    assert window.inspector.isVisible()
    window.commands.do(actions.SIDE_BAR)
    assert window.inspector.isHidden()


def test_what_needs_the_details_shows_them(window: Window) -> None:
    window.table.selectRow(3)
    window.inspector.show_recording(recording(3), Showing(NOON, {}))
    for need in (window.inspector.write_note, lambda: window.commands.do(actions.NEXT_TAB)):
        resized(window, NARROW)
        assert window.inspector.isHidden()
        need()
        assert window.inspector.isVisible()
        window.commands.do(actions.DETAILS)


def test_the_keyboard_goes_to_the_rows_when_what_it_was_in_gives_way(window: Window) -> None:
    window.inspector.show_recording(recording(3), Showing(NOON, {}))
    window.inspector.write_note()
    assert window.inspector.notes.line.hasFocus()
    resized(window, NARROW)
    assert window.table.hasFocus()


def test_a_button_brings_the_details_back_and_is_there_only_while_they_are_not(window: Window) -> None:
    assert not window.details_button.isVisible()
    resized(window, NARROW)
    assert window.details_button.isVisible()
    QTest.mouseClick(window.details_button, Qt.MouseButton.LeftButton)
    assert window.inspector.isVisible()
    assert not window.details_button.isVisible()


def test_notices_leave_most_of_the_rows_of_a_low_window_in_view(window: Window) -> None:
    window.notices.say("a", "A demo begins anew at every start, and forgets what was done in it by then.")
    window.notices.say("b", "There is no sound device, so nothing can be heard here. Exporting works.")
    resized(window, NARROW)
    assert window.notices.height() <= window.table.row_height + 8
    assert len(window.table.visible_rows) >= 5


def test_the_player_is_lower_in_a_low_window(window: Window) -> None:
    before = window.player.height()
    resized(window, NARROW)
    assert window.player.height() <= before - 10
    resized(window, WIDE)
    assert window.player.height() == before
