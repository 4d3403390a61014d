"""Faults on the waveform: seen in any colours, said to a screen reader, and gone to by key."""

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from playhead.core.health.faults import Fault, FaultKind
from playhead.core.preferences import Appearance
from playhead.ui.look.theme import Theme
from playhead.ui.waveform.waveform import Waveform
from playhead.ui.waveform.waveformhand import Hand
from support.window.accessible_events import overheard

CLIPPED = Fault(FaultKind.CLIPPED, 20.0, 24.0, (1,))
DAMAGED = Fault(FaultKind.DAMAGED, 50.0, 56.0)
ENDS = Fault(FaultKind.ENDS, 100.0, 100.0)


@pytest.mark.parametrize("appearance", [each for each in Appearance if each is not Appearance.SYSTEM])
def test_each_kind_of_fault_has_a_shape_of_its_own_in_all_colours(
    waveform: Waveform, theme: Theme, appearance: Appearance
) -> None:
    theme.choose(appearance)
    before = waveform.grab().toImage()
    waveform.show_faults((CLIPPED, DAMAGED, ENDS))
    after, scale, bad = waveform.grab().toImage(), waveform.scale, theme.palette.bad
    first, second = scale.lanes

    def is_marked(seconds: float, y: int) -> bool:
        x = min(round(scale.x(seconds)), scale.area.right())
        return after.pixelColor(x, y) == bad != before.pixelColor(x, y)

    assert is_marked(22.0, second.top() + 1)
    assert not is_marked(22.0, first.top() + 1)
    assert not is_marked(22.0, second.center().y())
    assert is_marked(50.0, first.center().y())
    assert is_marked(50.0, second.bottom() - 5)
    assert not is_marked(60.0, first.center().y())
    middle = first.center().y()
    edge = range(scale.area.right() - 6, scale.area.right() + 1)
    assert any(after.pixelColor(x, middle) != before.pixelColor(x, middle) for x in edge)


def test_a_screen_reader_is_told_of_all_faults_and_a_pointer_of_the_one_under_it(waveform: Waveform) -> None:
    waveform.show_faults((CLIPPED, DAMAGED, ENDS))
    assert waveform.accessibleDescription() == (
        "Position 0 seconds of 1 minute 40 seconds. 3 faults: clipped on the right, 0:20 to 0:24;"
        " could not be decoded, 0:50 to 0:56; breaks off at 1:40"
    )
    scale, hand = waveform.scale, Hand(waveform)
    assert hand.tip_at(QPointF(scale.x(53.0), 30)) == "Could not be decoded, 0:50 to 0:56"
    assert hand.tip_at(QPointF(scale.x(70.0), 30)) == ""


def test_one_goes_from_fault_to_fault_and_hears_what_it_is(qtbot: QtBot, waveform: Waveform) -> None:
    waveform.show_faults((CLIPPED, DAMAGED))
    places = list[float]()
    waveform.sought.connect(places.append)
    with overheard() as events:
        for by in (1, 1, 1, -1):
            waveform.go_to_fault(by)
    assert places == pytest.approx([19.7, 49.7, 19.7])
    assert events.said == [
        "clipped on the right, 0:20 to 0:24",
        "could not be decoded, 0:50 to 0:56",
        "No further fault",
        "clipped on the right, 0:20 to 0:24",
    ]


def test_another_recording_has_faults_of_its_own(waveform: Waveform) -> None:
    waveform.show_faults((CLIPPED,))
    waveform.begin()
    assert waveform.sight.faults == ()
    with overheard() as events:
        waveform.go_to_fault(1)
    assert events.said == ["No fault is marked"]
