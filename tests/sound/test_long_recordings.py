"""A recording of two hours is found its way in like one of two minutes."""

from functools import cache

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playhead.sound.block import RATE, Block
from playhead.sound.decoder import Decoder
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from support.audio.arriving_media import arrived
from support.audio.fake_speakers import FakeSpeakers, Make
from support.audio.tones import encoded, tone

BYTES_PER_SECOND = 2000
"""Of the 16 kbit/s that it is encoded with."""
MARKED = 118
"""The minute that sounds unlike all the others."""


@cache
def minute_of(hertz: float) -> bytes:
    return encoded("mp3 at 8 kHz", tone(hertz, 60.0, 8000))


def place(minute: int) -> float:
    """Twenty seconds into a minute, which an encoder makes a little longer than it was."""
    return minute * len(minute_of(300)) / BYTES_PER_SECOND + 20


@cache
def two_hours() -> bytes:
    """120 minutes of 8 kHz MP3 at a constant rate: a low tone, but for one minute of a high one."""
    return minute_of(300) * MARKED + minute_of(1200) + minute_of(300)


def pitch_of(block: Block) -> float:
    sound = block.samples[:, 0]
    return float(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * RATE / len(sound))


@pytest.mark.parametrize(("minute", "hertz"), [(0, 300), (60, 300), (MARKED, 1200), (119, 300)])
def test_any_minute_of_two_hours_is_heard_where_it_is(minute: int, hertz: int) -> None:
    wanted = place(minute)
    first = next(iter(signal_path(Decoder(MediaReader(arrived(two_hours()))), wanted, 1.0)))
    assert first.start == pytest.approx(wanted, abs=0.2)
    assert pitch_of(first) == pytest.approx(hertz, abs=60)


@pytest.mark.slow
def test_the_waveform_of_two_hours_is_whole() -> None:
    *_, last = outlines(MediaReader(arrived(two_hours())))
    assert last.complete
    # Every minute begins with a tag and a frame that is none.
    assert last.duration == pytest.approx(len(two_hours()) / BYTES_PER_SECOND, rel=0.002)


def test_the_engine_goes_to_the_last_minutes_of_two_hours_at_once(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room")
    engine = engine_on(speakers)
    engine.load(arrived(two_hours()), duration=len(two_hours()) / BYTES_PER_SECOND)
    engine.seek(place(MARKED))
    engine.play()
    qtbot.waitUntil(lambda: len(speakers.sound) > RATE // 4)
    sound = speakers.sound[RATE // 8 : RATE // 4, 0]
    heard = np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * RATE / len(sound)
    assert float(heard) == pytest.approx(1200, abs=60)
    reached = engine.position - place(MARKED)
    assert -0.2 <= reached <= len(speakers.sound) / RATE + 0.2
