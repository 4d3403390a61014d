"""The strip above the table: bars that are pointed at, dragged over, zoomed, and spoken."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Appearance
from playhead.core.timeline.grains import Grain
from playhead.core.timeline.timeline import Timeline
from playhead.ui.look.palette import DARK, LIGHT
from playhead.ui.look.theme import Theme
from playhead.ui.strip.stripscale import StripScale, ticks
from playhead.ui.strip.stripsight import Subject
from playhead.ui.strip.timestrip import TimeStrip
from support.timelines import timeline
from support.window.accessible_events import overheard

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 10, 28, 12, tzinfo=ZONE)
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def on(day: int, hour: int = 9, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


OCTOBER = timeline(on(1), on(5), on(5, 10), on(27), (on(27, 11), 1), on(27, 12), on(28))


def subject(found: Timeline = OCTOBER, unloaded: datetime | None = None) -> Subject:
    return Subject(
        timeline=found,
        zone=ZONE,
        now=NOW.timestamp(),
        unloaded=None if unloaded is None else unloaded.timestamp(),
    )


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> TimeStrip:
    """A strip of October, a bar a day."""
    made = TimeStrip(theme)
    qtbot.addWidget(made)
    made.resize(560, made.sizeHint().height())
    made.show()
    made.show_subject(subject())
    made.setFocus()
    return made


def place(strip: TimeStrip, moment: datetime) -> QPoint:
    """A point within the bar of a moment."""
    found = strip.sight.at(moment.timestamp())
    assert found is not None
    bar = strip.sight.bars[found]
    x = (strip.scale.x(bar.start) + strip.scale.x(bar.end)) / 2
    return QPoint(round(x), strip.scale.area.center().y())


def turned(strip: TimeStrip, at: QPoint, notches: int) -> None:
    where = QPointF(at)
    unheld, unphased = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turn = QPoint(0, 120 * notches)
    wheel = QWheelEvent(where, where, QPoint(), turn, Qt.MouseButton.NoButton, unheld, unphased, False)  # noqa: FBT003 - Qt's
    QApplication.sendEvent(strip, wheel)


def drag(strip: TimeStrip, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(strip, LEFT, pos=start)
    QTest.mouseMove(strip, end)
    QTest.mouseRelease(strip, LEFT, pos=end)


def grain(strip: TimeStrip) -> str:
    return strip.sight.grain.name


def chosen(spy: QSignalSpy) -> list[str]:
    return [spy.at(each)[0] for each in range(spy.count())]


def colours(image: QImage, x: int) -> set[str]:
    return {image.pixelColor(x, y).name() for y in range(image.height())}


def test_bars_are_days_where_days_fit_and_hours_where_they_do(strip: TimeStrip) -> None:
    assert grain(strip) == "DAY"
    assert [bar.number for bar in strip.sight.bars] == [1, 0, 0, 0, 2, *[0] * 21, 3, 1]
    strip.show_subject(subject(timeline(on(27), on(28))))
    assert grain(strip) == "QUARTER"
    strip.resize(160, strip.height())
    assert grain(strip) == "HOUR"
    strip.show_subject(subject(timeline(on(1, month=2), on(28))))
    assert grain(strip) == "WEEK"


@pytest.mark.parametrize(
    ("moments", "fitting"),
    [
        ((on(27),), Grain.MINUTE),
        ((on(27), on(27) + timedelta(hours=1)), Grain.MINUTE),
        ((on(27) - timedelta(days=3650), on(27)), Grain.MONTH),
    ],
)
def test_a_single_recording_an_hour_and_ten_years_are_shown(
    strip: TimeStrip, moments: tuple[datetime, ...], fitting: Grain
) -> None:
    strip.show_subject(subject(timeline(*moments)))
    assert strip.sight.grain is fitting
    assert sum(bar.number for bar in strip.sight.bars) == len(moments)
    assert LIGHT.accent.name() in colours(strip.grab().toImage(), place(strip, moments[0]).x())


def test_a_click_narrows_to_a_bar_and_a_drag_to_all_it_went_over(strip: TimeStrip) -> None:
    spy = QSignalSpy(strip.chosen)
    QTest.mouseClick(strip, LEFT, pos=place(strip, on(27)))
    drag(strip, place(strip, on(28)), place(strip, on(5)))
    assert chosen(spy) == ["2026-10-27", "2026-10-05..2026-10-28"]
    QTest.mouseClick(strip, LEFT, pos=place(strip, on(7)))
    assert spy.count() == 2


def test_an_empty_day_of_which_something_may_be_missing_can_be_chosen(strip: TimeStrip) -> None:
    strip.show_subject(subject(unloaded=on(8)))
    spy = QSignalSpy(strip.chosen)
    QTest.mouseClick(strip, LEFT, pos=place(strip, on(7)))
    assert chosen(spy) == ["2026-10-07"]


def test_keys_go_from_bar_to_bar_mark_several_and_narrow(strip: TimeStrip) -> None:
    spy = QSignalSpy(strip.chosen)
    with overheard() as heard:
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Home):
            QTest.keyClick(strip, key)
        assert heard.said == [
            "Wednesday 28 October 2026: 1 call",
            "Tuesday 27 October 2026: 3 (2 calls, 1 prompt)",
            "Thursday 1 October 2026: 1 call",
        ]
    for _ in range(4):
        QTest.keyClick(strip, Qt.Key.Key_Right, SHIFT)
    assert strip.sight.said() == "Thu 1 Oct 2026 to Mon 5 Oct 2026: 3 calls"
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_End)
    QTest.keyClick(strip, Qt.Key.Key_Enter)
    assert chosen(spy) == ["2026-10-01..2026-10-05", "2026-10-28"]


def test_the_wheel_and_keys_look_closer_and_never_beyond_the_whole(strip: TimeStrip) -> None:
    whole = (strip.sight.low, strip.sight.high)
    for _ in range(12):
        turned(strip, place(strip, on(27, 9)), 1)
    assert strip.sight.low <= on(27).timestamp() < strip.sight.high
    assert strip.sight.grain in {Grain.QUARTER, Grain.HOUR}
    low = strip.sight.low
    QTest.keyClick(strip, Qt.Key.Key_PageUp)
    assert strip.sight.low < low
    for _ in range(20):
        turned(strip, QPoint(10, 10), -1)
    assert (strip.sight.low, strip.sight.high) == whole
    for _ in range(40):
        QTest.keyClick(strip, Qt.Key.Key_Plus)
    assert strip.sight.high - strip.sight.low <= 700
    for _ in range(60):
        QTest.keyClick(strip, Qt.Key.Key_Minus)
    assert (strip.sight.low, strip.sight.high) == whole


def test_esc_unmarks_then_shows_the_whole_then_takes_a_choice_back_then_is_the_windows(
    strip: TimeStrip,
) -> None:
    spy = QSignalSpy(strip.stepped_back)
    whole = (strip.sight.low, strip.sight.high)
    strip.takes_back = True
    turned(strip, place(strip, on(27)), 3)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert strip.sight.marked_period() == ""
    assert (strip.sight.low, strip.sight.high) != whole
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert (strip.sight.low, strip.sight.high) == whole
    assert spy.count() == 0
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert spy.count() == 1
    strip.takes_back = False
    assert not strip.step_back()


def test_a_closer_look_stays_while_one_types_and_ends_with_another_period(strip: TimeStrip) -> None:
    turned(strip, place(strip, on(27)), 3)
    seen = (strip.sight.low, strip.sight.high)
    strip.show_subject(subject(timeline(on(5), on(26), on(28))))
    assert (strip.sight.low, strip.sight.high) == seen
    strip.show_subject(
        Subject(
            timeline=OCTOBER,
            zone=ZONE,
            now=NOW.timestamp(),
            asked=(on(1, 0).timestamp(), on(6, 0).timestamp()),
        )
    )
    assert (strip.sight.low, strip.sight.high) == (on(1, 0).timestamp(), on(6, 0).timestamp())


def test_what_is_not_loaded_is_hatched_and_said_where_there_is_room(strip: TimeStrip) -> None:
    strip.show_subject(subject(unloaded=on(20)))
    strip.show_missing("Nothing older than 20 Oct 2026 is loaded")
    before = strip.grab().toImage()
    ground = {LIGHT.ground.name()}
    assert (
        colours(before, place(strip, on(25)).x() + 1) - colours(before, place(strip, on(23)).x() + 1)
        <= ground
    )
    assert len(colours(before, place(strip, on(10)).x())) > len(colours(before, place(strip, on(23)).x()))
    said = [strip.says_missing]
    strip.show_subject(subject(unloaded=on(2)))
    said.append(strip.says_missing)
    assert said == [True, False]
    # That older ones may exist is seen beside what there is, too.
    strip.show_subject(subject(unloaded=on(28, month=9)))
    assert strip.sight.low < on(28, month=9).timestamp()
    strip.show_subject(subject(unloaded=on(28, month=1)))
    assert strip.sight.low == on(1, 0).timestamp()


def test_parts_of_a_bar_differ_in_colour_and_stripes_in_light_and_dark(
    strip: TimeStrip, theme: Theme
) -> None:
    x = place(strip, on(27)).x()
    light = colours(strip.grab().toImage(), x)
    assert {LIGHT.accent.name(), LIGHT.right.name()} <= light
    theme.choose(Appearance.DARK)
    dark = colours(strip.grab().toImage(), x)
    assert {DARK.accent.name(), DARK.right.name()} <= dark
    theme.choose(Appearance.LIGHT)
    faint = {QColor(each).lightness() for each in light}
    assert len(faint) > 3


def test_without_a_recording_a_sentence_stands_there(strip: TimeStrip) -> None:
    strip.show_subject(subject(Timeline()))
    before = strip.grab().toImage()
    strip.show_sentence("No recording matches")
    assert strip.grab().toImage() != before
    for key in (Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_PageUp, Qt.Key.Key_Return):
        QTest.keyClick(strip, key)
    turned(strip, QPoint(10, 10), 1)
    drag(strip, QPoint(10, 10), QPoint(100, 10))
    assert strip.sight.marked is None


def test_the_axis_names_round_times_that_never_overlap() -> None:
    for span in (600, 3600, 86_400, 5 * 86_400, 40 * 86_400, 400 * 86_400, 4000 * 86_400, 10**10):
        for width in (160, 400, 1200):
            start = on(1).astimezone(UTC).timestamp()
            scale = StripScale(width, 90, start, start + span, 16)
            found = ticks(scale, ZONE, 80)
            gaps = [scale.x(two.second) - scale.x(one.second) for one, two in pairwise(found)]
            assert all(gap > 40 for gap in gaps), (span, width, found)
            assert len(found) <= width // 80 + 1
