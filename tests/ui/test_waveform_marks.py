"""What is marked on a waveform: the loop between A and B, notes, silence, and what was heard."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from playhead.core.marks import Spans
from playhead.ui.look.palette import LIGHT
from playhead.ui.waveform.waveform import Waveform
from support.fakes import outline
from support.window.waveform_places import HEARD, LANES, PINS, RULER, x_of

# The offscreen platform says so whenever a window has a smallest or a fixed size, or a tool tip comes.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")

NONE = Qt.KeyboardModifier.NoModifier


class Signals:
    """What a waveform says."""

    def __init__(self, waveform: Waveform) -> None:
        self.said: list[tuple[object, ...]] = []
        waveform.loop_chosen.connect(lambda start, end: self.said.append(("loop", round(start), round(end))))
        waveform.loop_cleared.connect(lambda: self.said.append(("cleared",)))
        waveform.note_chosen.connect(lambda note: self.said.append(("note", note)))
        waveform.sought.connect(lambda seconds: self.said.append(("sought", round(seconds))))


@pytest.fixture
def signals(waveform: Waveform) -> Signals:
    return Signals(waveform)


def drag(
    waveform: Waveform,
    start: tuple[int, int],
    end: tuple[int, int],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifier: Qt.KeyboardModifier = NONE,
) -> None:
    QTest.mousePress(waveform, button, modifier, QPoint(*start))
    QTest.mouseMove(waveform, QPoint(*end))
    QTest.mouseRelease(waveform, button, modifier, QPoint(*end))


def tip_at(waveform: Waveform, x: int, y: int) -> str:
    place = QPoint(x, y)
    event = QHelpEvent(QEvent.Type.ToolTip, place, waveform.mapToGlobal(place))
    QApplication.sendEvent(waveform, event)
    return QToolTip.text() if event.isAccepted() else ""


@pytest.mark.parametrize(
    ("y", "button", "modifier"),
    [
        (LANES, Qt.MouseButton.RightButton, NONE),
        (LANES, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier),
        (RULER, Qt.MouseButton.LeftButton, NONE),
    ],
)
def test_a_range_is_marked_in_three_ways_and_in_both_directions(
    waveform: Waveform, signals: Signals, y: int, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    drag(waveform, (x_of(20), y), (x_of(40), y), button, modifier)
    drag(waveform, (x_of(90), y), (x_of(60), y), button, modifier)
    assert signals.said == [("loop", 20, 40), ("loop", 60, 90)]


def test_a_range_is_shaded_between_two_lines(waveform: Waveform) -> None:
    waveform.show_loop(20, 40)
    image = waveform.grab().toImage()
    gap_between_lanes = 14 + 44 + 2
    for seconds in (20, 40):
        assert image.pixelColor(x_of(seconds), gap_between_lanes) == LIGHT.accent
    inside, outside = (image.pixelColor(x_of(seconds), gap_between_lanes) for seconds in (30, 60))
    assert inside.blue() > inside.red()
    assert outside == LIGHT.panel or inside != outside


def test_a_range_that_is_only_shown_has_no_accent(waveform: Waveform) -> None:
    waveform.show_loop(20, 40, on=False)
    image = waveform.grab().toImage()
    assert image.pixelColor(x_of(20), 14 + 44 + 2) == LIGHT.dim


def test_an_end_of_the_range_can_be_dragged(waveform: Waveform, signals: Signals) -> None:
    waveform.show_loop(20, 40)
    drag(waveform, (x_of(40) + 2, LANES), (x_of(70), LANES))
    drag(waveform, (x_of(20) - 2, LANES), (x_of(10), LANES))
    assert signals.said == [("loop", 20, 70), ("loop", 10, 70)]
    drag(waveform, (x_of(10), LANES), (x_of(90), LANES))
    assert signals.said[2:] == [("loop", 70, 90)]


def test_a_press_without_a_drag_marks_nothing(waveform: Waveform, signals: Signals) -> None:
    waveform.show_loop(20, 40)
    for button, y in ((Qt.MouseButton.RightButton, LANES), (Qt.MouseButton.LeftButton, RULER)):
        drag(waveform, (x_of(60), y), (x_of(60) + 2, y), button)
    assert signals.said == []
    assert waveform.loop.pair == (20, 40)


def test_a_and_b_mark_where_the_playhead_is(waveform: Waveform, signals: Signals) -> None:
    waveform.show_position(30)
    waveform.mark_start()
    assert waveform.loop.waiting
    assert signals.said == []
    waveform.show_position(45)
    waveform.mark_end()
    waveform.show_position(40)
    waveform.mark_start()
    waveform.clear_loop()
    assert signals.said == [("loop", 30, 45), ("loop", 40, 45), ("cleared",)]


def test_a_new_start_after_the_end_begins_a_new_range(waveform: Waveform, signals: Signals) -> None:
    waveform.show_loop(20, 40)
    waveform.show_position(50)
    waveform.mark_start()
    assert signals.said == [("cleared",)]
    assert waveform.loop.waiting


def test_an_end_without_a_start_loops_from_the_beginning(waveform: Waveform, signals: Signals) -> None:
    waveform.show_position(15)
    waveform.mark_end()
    assert signals.said == [("loop", 0, 15)]


def test_start_and_end_at_one_place_are_no_range(waveform: Waveform, signals: Signals) -> None:
    waveform.show_position(15)
    waveform.mark_start()
    waveform.mark_end()
    assert signals.said == []


def test_what_the_program_marks_is_not_signalled_back(waveform: Waveform, signals: Signals) -> None:
    waveform.show_loop(20, 40)
    waveform.show_notes(((1, 10.0, "Refund"),))
    waveform.show_loop(None, None)
    assert signals.said == []


def test_a_screen_reader_hears_of_the_loop(waveform: Waveform) -> None:
    waveform.show_loop(20, 65)
    assert waveform.accessibleDescription().endswith("loop from 20 seconds to 1 minute 5 seconds")


def test_a_note_is_a_pin_with_its_time_and_text(waveform: Waveform, signals: Signals) -> None:
    waveform.show_notes(((7, 80.0, "Later"), (3, 50.0, "Asks for a refund")))
    assert waveform.grab().toImage().pixelColor(x_of(50), PINS) == LIGHT.attention
    assert tip_at(waveform, x_of(50) + 3, PINS) == "0:50 · Asks for a refund"
    QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(50) + 3, PINS))
    assert signals.said == [("note", 3)]


def test_a_hostile_note_is_plain_text(waveform: Waveform) -> None:
    waveform.show_notes(((1, 50.0, "<img src=x>\n<b>bold</b>"),))
    assert tip_at(waveform, x_of(50), PINS) == "0:50 · &lt;img src=x> &lt;b>bold&lt;/b>"


def test_control_and_arrows_go_from_note_to_note(waveform: Waveform, signals: Signals) -> None:
    waveform.show_notes(((1, 10.0, "One"), (2, 50.0, "Two"), (3, 80.0, "Three")))
    waveform.show_position(50)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(waveform, key, Qt.KeyboardModifier.ControlModifier)
    assert signals.said == [("note", 1), ("note", 3)]


def test_silence_is_dimmed_and_only_where_it_is(waveform: Waveform) -> None:
    before = waveform.grab().toImage()
    waveform.show_silences(Spans.of([(20, 40)]))
    after = waveform.grab().toImage()
    edge_of_lane = 14 + 2
    assert after.pixelColor(x_of(30), edge_of_lane) != before.pixelColor(x_of(30), edge_of_lane)
    assert after.pixelColor(x_of(60), edge_of_lane) == before.pixelColor(x_of(60), edge_of_lane)
    waveform.show_silences(Spans())
    assert waveform.grab().toImage() == before


def test_what_was_heard_is_underlined(waveform: Waveform) -> None:
    waveform.show_heard(Spans.of([(20, 40)]))
    image = waveform.grab().toImage()
    assert image.pixelColor(x_of(30), HEARD) == LIGHT.good
    assert image.pixelColor(x_of(50), HEARD) != LIGHT.good


def test_another_recording_has_none_of_the_marks(waveform: Waveform) -> None:
    plain = waveform.grab().toImage()
    waveform.show_loop(20, 40)
    waveform.show_notes(((1, 10.0, "One"),))
    waveform.show_heard(Spans.of([(0, 10)]))
    waveform.show_silences(Spans.of([(50, 60)]))
    waveform.begin()
    waveform.show_peaks(outline(b"\xff" * 10_000, b"\xff" * 10_000, per_second=100))
    assert waveform.grab().toImage() == plain


def test_the_ruler_says_what_it_is_good_for(waveform: Waveform) -> None:
    assert "Drag to mark" in tip_at(waveform, 300, RULER)
    assert tip_at(waveform, 300, LANES) == ""
