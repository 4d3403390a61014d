"""The engine with speakers of the test's own, under a Qt event loop."""

import threading
from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playhead.core.errors import Garbled, Unreachable
from playhead.core.media import Media
from playhead.core.playbacksettings import Channels, Heard, PlayerState
from support.audio.arriving_media import announced, arrived
from support.audio.fake_speakers import FakeSpeakers, Make, MakePlaying, adjust
from support.audio.foreign_files import riff, written
from support.audio.tones import encoded, tone

pytestmark = pytest.mark.slow

SLOW = 480


def recording(seconds: float = 3.0, hertz: float = 440.0) -> Media:
    return arrived(encoded("wav PCM", tone(hertz, seconds), tone(2 * hertz, seconds)))


def pitch(sound: "np.ndarray[tuple[int, ...], np.dtype[np.int16]]") -> float:
    return float(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * 48000 / len(sound))


def test_a_recording_is_played_to_its_end_and_nothing_of_it_is_missing(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room")
    engine = engine_on(speakers)
    heard: list[Heard] = []
    positions: list[float] = []
    states: list[PlayerState] = []
    engine.heard.connect(heard.append)
    engine.position_changed.connect(positions.append)
    engine.state_changed.connect(states.append)
    media = recording()
    with qtbot.waitSignal(engine.ended):
        engine.load(media, duration=4)
        engine.play()
    assert engine.position == engine.duration == pytest.approx(3)
    assert positions == sorted(positions)
    assert states[-2:] == [PlayerState.PLAYING, PlayerState.ENDED]
    assert heard[0].media is media
    assert heard[0].start == 0
    assert sum(span.end - span.start for span in heard) == pytest.approx(3)
    sound = speakers.sound
    assert len(sound) == pytest.approx(3 * 48000 + 4800, abs=2)
    assert pitch(sound[:, 0]) == pytest.approx(440, abs=1)
    assert pitch(sound[:, 1]) == pytest.approx(880, abs=1)
    assert speakers.thread is not threading.main_thread()


def test_the_position_is_told_as_often_as_it_can_be_seen(qtbot: QtBot, engine_on: Make) -> None:
    positions: list[float] = []
    engine = engine_on(FakeSpeakers("room", pace=960))
    engine.set_resolution(0.1)
    engine.load(recording(0.5))
    engine.position_changed.connect(positions.append)
    with qtbot.waitSignal(engine.ended):
        engine.play()
    assert all(after - before >= 0.1 for before, after in pairwise(positions[:-1]))
    assert positions[-1] == pytest.approx(0.5)
    assert len(positions) > 3


def test_after_the_end_it_begins_again(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    engine.load(recording(0.5))
    for _ in range(2):
        with qtbot.waitSignal(engine.ended):
            engine.play()


def test_pausing_keeps_the_place_and_toggling_goes_on(qtbot: QtBot, playing_on: MakePlaying) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = playing_on(speakers, recording())
    engine.toggle()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    place = engine.position
    assert speakers.sinks[0].held
    engine.toggle()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PLAYING and engine.position > place)
    assert len(speakers.sinks) == 1


def test_a_seek_falls_silent_at_once_and_goes_on_there(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = engine_on(speakers)
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.load(recording())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.1)
    engine.seek(2.5)
    assert engine.position == 2.5
    with qtbot.waitSignal(engine.ended):
        pass
    assert speakers.sinks[0].closed
    assert heard[0].start == 0
    assert 0.1 < heard[0].end < 1
    assert heard[1].start == pytest.approx(2.5, abs=1e-4)
    assert heard[-1].end == pytest.approx(3, abs=1e-4)


def test_a_seek_behind_the_end_is_the_end(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    engine.load(recording())
    engine.seek(100)
    with qtbot.waitSignal(engine.ended):
        engine.play()
    assert engine.position == pytest.approx(3)


def test_another_speed_begins_where_the_device_has_come_to(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = engine_on(speakers)
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.load(recording())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.3)
    with qtbot.waitSignal(engine.ended, timeout=20_000):
        adjust(engine, speed=2.0)
    assert len(speakers.sinks) == 1
    assert 1.5 < len(speakers.sound) / 48000 < 2.4
    assert pitch(speakers.sound[:, 0]) == pytest.approx(440, abs=2)
    for one, other in pairwise(heard):
        assert other.start == pytest.approx(one.end, abs=0.001)


def test_channels_and_volume_change_in_the_running_sound(qtbot: QtBot, playing_on: MakePlaying) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = playing_on(speakers, recording())
    adjust(engine, channels=Channels.RIGHT)
    adjust(engine, volume=0.5)
    before = len(speakers.sound)
    qtbot.waitUntil(lambda: len(speakers.sound) > before + 24000)
    late = speakers.sound[-9600:]
    assert np.array_equal(late[:, 0], late[:, 1])
    assert pitch(late[:, 0]) == pytest.approx(880, abs=5)
    assert np.abs(late).max() == pytest.approx(16384 / 8, rel=0.02)
    assert np.abs(np.diff(speakers.sound[:, 0].astype(int))).max() < 3000


def test_a_new_recording_silences_the_old_one(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = engine_on(speakers)
    for hertz in (440, 1000, 600):
        engine.load(recording(hertz=hertz))
        engine.play()
        qtbot.waitUntil(lambda: engine.state is PlayerState.PLAYING and engine.position > 0.05)
    assert [sink.closed for sink in speakers.sinks] == [True, True, False]
    assert pitch(speakers.sinks[-1].sound[:, 0]) == pytest.approx(600, abs=10)


def test_media_that_stalls_is_waited_for_and_goes_on_by_itself(qtbot: QtBot, engine_on: Make) -> None:
    content = recording().content()
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    speakers = FakeSpeakers("room")
    engine = engine_on(speakers)
    engine.load(media)
    engine.play()
    qtbot.waitUntil(lambda: engine.state is PlayerState.LOADING and engine.position > 1)
    assert engine.duration == pytest.approx(3)
    with qtbot.waitSignal(engine.ended):
        media.write(content[len(content) // 2 :])
        media.finish()
    # Without the silence behind it, if all was heard before anybody knew that it was the end.
    assert 3 * 48000 - 2 <= len(speakers.sound) <= 3 * 48000 + 4802


def test_a_download_that_fails_is_heard_up_to_there_and_then_told(qtbot: QtBot, engine_on: Make) -> None:
    content = recording().content()
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    media.fail(Unreachable("cut"))
    engine = engine_on(FakeSpeakers("room"))
    with qtbot.waitSignal(engine.failed) as told:
        engine.load(media)
        engine.play()
    assert isinstance(told.args[0], Unreachable)
    assert engine.state is PlayerState.FAILED
    assert engine.position > 1


def test_what_is_no_audio_is_told_without_being_played(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    with qtbot.waitSignal(engine.failed) as told:
        engine.load(arrived(b"<html>" * 100))
    assert isinstance(told.args[0], Garbled)


def test_closing_does_not_wait_for_bytes_that_never_come(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    engine.load(announced(1000))
    engine.play()
    qtbot.waitUntil(lambda: engine.state is PlayerState.LOADING)
    engine.close()
    engine.close()


def test_without_a_device_it_says_so_and_plays_when_one_comes(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers()
    engine = engine_on(speakers)
    engine.load(recording(0.5))
    engine.play()
    qtbot.waitUntil(lambda: engine.state is PlayerState.NO_DEVICE)
    speakers.plug("room")
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    with qtbot.waitSignal(engine.ended):
        engine.play()


def test_a_device_that_goes_pauses_and_another_one_is_not_played_on(
    qtbot: QtBot, playing_on: MakePlaying
) -> None:
    speakers = FakeSpeakers("headphones", "room", pace=SLOW)
    engine = playing_on(speakers, recording())
    with qtbot.waitSignal(engine.unplugged):
        speakers.plug("room")
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    assert [sink.device for sink in speakers.sinks] == ["headphones"]
    place = engine.position
    engine.play()
    qtbot.waitUntil(lambda: engine.position > place)
    assert speakers.sinks[-1].device == "room"


def test_the_device_that_the_system_prefers_is_followed(qtbot: QtBot, playing_on: MakePlaying) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = playing_on(speakers, recording())
    speakers.plug("headphones", "room")
    qtbot.waitUntil(lambda: len(speakers.sinks) == 2)
    place = engine.position
    qtbot.waitUntil(lambda: engine.state is PlayerState.PLAYING and engine.position > place)
    assert speakers.sinks[-1].device == "headphones"


def test_a_device_that_gives_up_pauses(qtbot: QtBot, playing_on: MakePlaying) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = playing_on(speakers, recording())
    with qtbot.waitSignal(engine.unplugged):
        speakers.sinks[0].gave_up = True
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)


def test_a_guess_of_the_file_does_not_replace_what_the_provider_says(qtbot: QtBot, engine_on: Make) -> None:
    content = written("adts", "aac", 44_100, np.concatenate((tone(440, 4), tone(440, 4, level=0.0))))
    engine = engine_on(FakeSpeakers("room", pace=SLOW))
    said: list[float | None] = []
    engine.duration_changed.connect(said.append)
    engine.load(arrived(content), duration=8.0)
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.2)
    assert engine.duration == 8.0
    engine.load(arrived(content))
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.2)
    assert engine.duration not in {None, 8.0}
    engine.seek(7.5)
    with qtbot.waitSignal(engine.ended):
        pass
    assert engine.duration == pytest.approx(8.0, abs=0.06)


def many_channels(count: int) -> bytes:
    """A WAV file of so many channels, of which nobody knows where they are to be heard."""
    return riff(8000, 16, bytes(range(256)) * 2 * count, channels=count)


@pytest.mark.parametrize("speed", [1.0, 1.5])
def test_sound_that_cannot_be_mixed_is_a_failure_and_not_an_end(
    qtbot: QtBot, engine_on: Make, speed: float
) -> None:
    engine = engine_on(FakeSpeakers("room"))
    adjust(engine, speed=speed)
    engine.load(arrived(many_channels(200)))
    with qtbot.waitSignal(engine.failed) as told:
        engine.play()
    assert isinstance(told.args[0], Garbled)
    assert told.args[0].reason == "broken"
    assert engine.state is PlayerState.FAILED
