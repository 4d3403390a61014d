"""Places where it was said, on the waveform: seen, pointed at, and told to a screen reader."""

from PySide6.QtCore import QPointF

from playhead.ui.look.theme import Theme
from playhead.ui.waveform.waveform import Waveform
from playhead.ui.waveform.waveformhand import Hand
from playhead.ui.waveform.waveformmarks import SaidMark


def test_each_place_where_it_was_said_has_a_wedge(waveform: Waveform, theme: Theme) -> None:
    before = waveform.grab().toImage()
    waveform.show_said([SaidMark(20.0, "A refund."), SaidMark(50.0, "<b>Refund</b>")])
    after, scale = waveform.grab().toImage(), waveform.scale
    foot = scale.area.bottom() - 2
    for seconds in (20.0, 50.0):
        assert after.pixelColor(round(scale.x(seconds)), foot) == theme.palette.attention
    assert after.pixelColor(round(scale.x(70.0)), foot) == before.pixelColor(round(scale.x(70.0)), foot)
    waveform.show_said([])
    assert waveform.grab().toImage() == before


def test_a_pointer_is_told_the_words_and_a_screen_reader_the_places(waveform: Waveform) -> None:
    waveform.show_said(SaidMark(10.0 * each, f"Refund {each}.") for each in range(1, 8))
    tip = Hand(waveform).tip_at(QPointF(waveform.scale.x(20.0), 30))
    assert tip == "0:20 · Refund 2."
    assert waveform.accessibleDescription().endswith(". Said at 0:10, 0:20, 0:30, 0:40, 0:50 and 2 more")
