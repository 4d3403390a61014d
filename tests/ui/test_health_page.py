"""The inspector's page of health: a verdict with its reasons, a picture of loudness, and every figure."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.core.health.audiofigures import AudioFigures, Measured, NoLoudness
from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits
from playhead.core.health.soundcourse import NOTHING, SoundCourse
from playhead.core.health.undecodable import undecoded
from playhead.core.recording import Recording
from playhead.ui.inspector.healthpane import HealthPane
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import recording
from support.health.figures_examples import figures, side
from support.window.accessible_events import overheard

CALL = replace(recording(0), kind="call", duration=120.0, format="wav", stereo=True)
COURSE = SoundCourse((bytes([60] * 120 + [NOTHING] * 120), bytes([NOTHING] * 240)), (((30.0, 36.0),), ()))
MEASURED = Measured(figures(container="wav", damage=((60.0, 66.0),)), b"", COURSE)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, icons: Icons) -> HealthPane:
    made = HealthPane(theme, icons)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def show(pane: HealthPane, measured: Measured, of: Recording = CALL) -> None:
    pane.show_measured(measured, of, "Bird", USUAL_LIMITS)


@pytest.mark.parametrize(
    ("found", "verdict", "reason"),
    [
        (figures(), "Fine", "No figure is beyond its limit."),
        (
            figures(silence=0.999),
            "No sound",
            "There is sound in 0.10 % of the time, which is less than 0.50 %.",
        ),
        (
            figures(channels=(side(), side(talk=0.002))),
            "Only one side",
            (
                "Somebody talks in 40 % of the time on the left and in 0.20 % on the right; below 1 % a side"
                " is missing."
            ),
        ),
        (
            figures(channels=(side(), side(rms=-60.0)), likeness=0.99),
            "Only one side",
            "The right side is the other one 34 dB softer: an echo, from 25 dB on.",
        ),
        (
            figures(likeness=-0.995),
            "Both sides the same",
            "The likeness of the two channels is 0.995; from 0.98 on they are one sound.",
        ),
        (
            figures(channels=(side(), side(clipped=0.002)), loudness=-12.0),
            "Clipped",
            (
                "0.20 % of the samples are clipped, which is more than 0.10 %. Also too loud: its loudness is"
                " -12.0 LUFS, which is more than -14 LUFS."
            ),
        ),
        (figures(loudness=-39.0), "Too quiet", "Its loudness is -39.0 LUFS, which is less than -38 LUFS."),
        (
            figures(loudness=NoLoudness.QUIET),
            "Too quiet",
            "No part of it is louder than -70 LUFS; it should have -38 LUFS.",
        ),
        (
            figures(seconds=140.0),
            "Much longer than said",
            "2 min 20 s of sound, though 2 min 00 s are said; up to 12 s more is let pass.",
        ),
        (
            figures(damage=((3.0, 3.5),)),
            "Broken",
            "0.5 s in 1 stretch could not be decoded; up to 0.2 s is let pass.",
        ),
        (
            figures(seconds=100.0),
            "Cut off",
            "1 min 40 s of sound, though 2 min 00 s are said; up to 6 s less is let pass.",
        ),
    ],
)
def test_a_verdict_is_told_with_the_figure_and_the_limit_it_is_beyond(
    pane: HealthPane, found: AudioFigures, verdict: str, reason: str
) -> None:
    show(pane, Measured(found, b"", COURSE))
    assert (pane.verdict, pane.reasons) == (verdict, reason)


def test_every_figure_has_a_line_that_can_be_copied(qtbot: QtBot, pane: HealthPane) -> None:
    show(pane, MEASURED)
    told = {line.name: line.whole for line in pane.lines}
    assert told == {
        "Loudness": "-21.0 LUFS · left -24.0 LUFS · right -24.0 LUFS",
        "True peak": "-3.0 dBTP · left -3.0 dBTP · right -3.0 dBTP",
        "Level (RMS)": "left -26.0 dBFS · right -26.0 dBFS",
        "Offset (DC)": "left 0.0 % · right 0.0 %",
        "Clipped": "0 % · left 0 % · right 0 %",
        "Digital zero": "1 % · left 1 % · right 1 %",
        "Talk": "left 40 % · right 40 % · both 5 %",
        "Silence": "20 %, longest 3.0 s · 0.5 s at the start · 1.0 s at the end",
        "Ends": "in silence",
        "Likeness": "0.02 · of the channels; 1 is one sound twice, -1 with the sign turned",
        "Bandwidth": "3.4 kHz · narrow band",
        "Length": "2:00.0 decoded · 2:00.0 by the file · 2:00.0 by Bird",
        "Encoding": "WAV · mu-law · 8 kHz · stereo",
        "Bird says": "wav · stereo",
        "Damaged": "1:00, 6.0 s",
        "Clipped at": "0:30, 6.0 s left",
    }
    with qtbot.waitSignal(pane.copied) as copied:
        QTest.keyClick(pane.figures, Qt.Key.Key_Down)
        QTest.keyClick(pane.figures, Qt.Key.Key_Return)
    assert copied.args == [told["Loudness"], "Loudness"]


def test_one_channel_has_no_sides(pane: HealthPane) -> None:
    alone = figures(channels=(side(),), likeness=None, count=1)
    show(pane, Measured(alone, b"", SoundCourse((bytes([60] * 240),), (((30.0, 36.0),),))))
    told = {line.name: line.whole for line in pane.lines}
    assert (told["Loudness"], told["Talk"], told["Clipped at"]) == ("-21.0 LUFS", "40 %", "0:30, 6.0 s")
    assert "Likeness" not in told
    assert "left" not in pane.picture.accessibleDescription()


def test_the_picture_says_in_words_what_it_shows(pane: HealthPane) -> None:
    show(pane, MEASURED)
    assert pane.picture.accessibleDescription() == (
        "Left mostly -20 LUFS, loudest -20 LUFS at 0 seconds, silent 50 %. Right silent."
        " Limits -38 and -14 LUFS."
        " 2 faults: clipped on the left, 0:30 to 0:36; could not be decoded, 1:00 to 1:06"
    )


def test_a_click_in_the_picture_goes_there_and_so_do_keys(qtbot: QtBot, pane: HealthPane) -> None:
    show(pane, MEASURED)
    picture = pane.picture
    with qtbot.waitSignal(pane.sought) as sought:
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(round(picture.scale.x(90.0)), 20))
    assert sought.args is not None
    assert sought.args[0] == pytest.approx(90.0, abs=1)
    picture.show_position(30.0)
    with overheard() as events:
        QTest.keyClick(picture, Qt.Key.Key_Right)
    assert events.said == ["0:33, left -20 LUFS, right silent, clipped on the left, 0:30 to 0:36"]
    with qtbot.waitSignal(pane.sought) as sought:
        QTest.keyClick(picture, Qt.Key.Key_Return)
    assert sought.args == [33.0]


def test_loudness_limits_and_faults_can_be_seen(pane: HealthPane, theme: Theme) -> None:
    show(pane, MEASURED)
    picture = pane.picture
    image, scale = picture.grab().toImage(), picture.scale
    upper, lower = scale.lanes

    def color(seconds: float, y: int) -> QColor:
        return image.pixelColor(round(scale.x(seconds)), y)

    assert color(10.0, upper.bottom() - 2) == theme.palette.accent
    assert color(100.0, upper.bottom() - 2) == color(10.0, lower.bottom() - 2) == theme.palette.lane
    assert color(33.0, upper.top() + 1) == theme.palette.bad
    assert color(33.0, lower.top() + 1) != theme.palette.bad
    assert color(60.0, lower.bottom() - 2) == theme.palette.bad


def test_limits_that_were_chosen_are_those_that_are_told_and_drawn(pane: HealthPane) -> None:
    pane.show_measured(MEASURED, CALL, "Bird", HealthLimits(calls_quiet=-20.0, calls_loud=-5.0, damage=10.0))
    assert (pane.verdict, pane.reasons) == (
        "Too quiet", "Its loudness is -21.0 LUFS, which is less than -20 LUFS.",
    )  # fmt: skip
    assert "Limits -20 and -5 LUFS" in pane.picture.accessibleDescription()


def test_what_cannot_be_decoded_has_a_reason_and_no_figures(pane: HealthPane) -> None:
    show(pane, Measured(undecoded("broken"), b"", SoundCourse((), ())))
    assert (pane.verdict, pane.reasons) == ("Broken", "It cannot be decoded, and perhaps is no audio.")
    assert not pane.lines
    assert not pane.picture.isVisible()
    assert pane.button.isVisible()


def test_what_was_said_and_is_otherwise_has_a_line(pane: HealthPane) -> None:
    show(pane, Measured(figures(container="mp3", codec="mp3float", count=1, rate=44100), b"", COURSE))
    told = {line.name: line.whole for line in pane.lines}
    assert told["Encoding"] == "MP3 · 44.1 kHz · mono"
    assert told["Bird says"] == "wav · stereo"
    assert told["Differs"] == "said WAV, is MP3 · said stereo, is mono"


def test_what_is_not_measured_can_be_and_what_is_being_measured_can_be_stopped(
    qtbot: QtBot, pane: HealthPane
) -> None:
    pane.say("Not measured yet.", offer=True)
    assert (pane.sentence, pane.verdict) == ("Not measured yet.", "")
    with qtbot.waitSignal(pane.wanted):
        pane.button.click()
    pane.say("Measuring…", busy=True)
    with qtbot.waitSignal(pane.stopped):
        pane.button.click()
    pane.say("It is gone.")
    assert not pane.button.isVisible()


def test_figures_of_an_older_playhead_are_shown_and_can_be_measured_anew(pane: HealthPane) -> None:
    show(pane, Measured(figures(), b""))
    assert pane.verdict == "Fine"
    assert "measure it anew" in pane.sentence
    assert pane.button.isVisible()
    assert not pane.picture.isVisible()
    show(pane, MEASURED)
    assert pane.sentence == ""
    assert pane.picture.isVisible()
