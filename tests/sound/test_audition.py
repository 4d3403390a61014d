"""What makes listening fast: loops, silence left out, levels, devices, a little rewind, damage told."""

import weakref
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.playbacksettings import Channels, Device, Heard, PlayerState
from playhead.sound.block import RATE, Samples
from playhead.sound.engine import Engine
from support.audio.arriving_media import arrived
from support.audio.fake_speakers import Clock, FakeSpeakers, Make, MakePlaying, adjust
from support.audio.tones import encoded, tone

pytestmark = pytest.mark.slow

SLOW = 480
LEVEL = 0.3

Change = Callable[[Engine], None]


def even(seconds: float = 8.0) -> Media:
    """The same tone all the time, on both channels."""
    wave = tone(440, seconds, RATE, level=LEVEL)
    return arrived(encoded("wav PCM at 48 kHz", wave, wave))


def with_pauses(*lengths: float) -> Media:
    """Tone and silence in turns, each so many seconds long."""
    parts = [tone(440, length, RATE, LEVEL * (index % 2 == 0)) for index, length in enumerate(lengths)]
    return arrived(encoded("wav PCM at 48 kHz", np.concatenate(parts)))


def longest_hole(sound: Samples) -> float:
    """How many seconds nothing was written but zeros, at most."""
    loud = np.flatnonzero(np.abs(sound).max(axis=1) > 8)
    return float(np.diff(loud).max()) / RATE


def is_clean(sound: Samples, loudest: float = 1.0) -> bool:
    """Whether no step is larger than the tone's own (at its highest level), and nothing is missing."""
    own = 2 * np.pi * 440 / RATE * LEVEL * 32767 * max(1.0, loudest)
    return bool(np.abs(np.diff(sound.astype(int), axis=0)).max() < 1.5 * own and longest_hole(sound) < 0.05)


CHANGES: dict[str, tuple[Change, float]] = {
    "speed up": (lambda engine: adjust(engine, speed=2.0), 1.0),
    "slow down": (lambda engine: adjust(engine, speed=0.7), 1.0),
    "louder": (lambda engine: engine.set_level(2.0), 2.0),
    "softer": (lambda engine: adjust(engine, volume=0.6), 1.0),
    "gain": (lambda engine: adjust(engine, left=0.5, right=1.5), 1.5),
    "mono": (lambda engine: adjust(engine, mono=True), 1.0),
    "swap": (lambda engine: adjust(engine, swap=True), 1.0),
    "solo": (lambda engine: adjust(engine, channels=Channels.LEFT), 1.0),
    "loop": (lambda engine: engine.set_loop(0.1003, 0.9001), 1.0),
    "loop behind": (lambda engine: engine.set_loop(0.0, 0.1507), 1.0),
    "loop ahead": (lambda engine: engine.set_loop(1.5001, 1.7003), 1.0),
    "silence": (lambda engine: _skip(engine, (0.5, 1.5003), (2.2, 7.1001)), 1.0),
}


def _skip(engine: Engine, *silences: tuple[float, float]) -> None:
    engine.set_silences(Spans.of(silences))
    adjust(engine, skip_silence=True)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_no_click_and_no_hole(qtbot: QtBot, engine_on: Make, name: str) -> None:
    change, loudest = CHANGES[name]
    speakers = FakeSpeakers("room", pace=2 * SLOW)
    engine = engine_on(speakers)
    engine.load(even())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.2)
    change(engine)
    before = len(speakers.sound)
    qtbot.waitUntil(lambda: len(speakers.sound) > before + RATE // 2, timeout=20_000)
    assert len(speakers.sinks) == 1
    assert is_clean(speakers.sound, loudest)


def test_many_changes_in_a_row_make_no_click_either(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=SLOW // 2)
    engine = engine_on(speakers)
    engine.load(even())
    engine.play()
    for turn in range(8):
        place = len(speakers.sound)
        qtbot.waitUntil(lambda place=place: len(speakers.sound) > place + 1000)  # type: ignore[misc]
        adjust(engine, speed=1 + turn % 5 / 4)
        adjust(engine, left=1 - turn % 3 / 4)
        engine.set_loop(*((0.2, 0.9) if turn % 2 else (None, None)))
    assert len(speakers.sinks) == 1
    assert is_clean(speakers.sound)


def test_a_loop_goes_round_until_it_is_taken_away(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=4 * SLOW)
    engine = engine_on(speakers)
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.load(even(1.3))
    engine.set_loop(0.5, 1.0)
    assert engine.loop == (0.5, 1.0)
    engine.play()
    qtbot.waitUntil(lambda: len(speakers.sound) > 2 * RATE, timeout=20_000)
    assert 0 < engine.position <= 1.001
    speakers.sinks[0].pace = SLOW
    with qtbot.waitSignal(engine.ended, timeout=20_000):
        engine.set_loop(None, None)
    assert sum(span.end - span.start for span in heard) > 2
    assert Spans.of((span.start, span.end) for span in heard).seconds == pytest.approx(1.3, abs=0.01)
    assert len(speakers.sinks) == 1


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_silence_is_skipped_and_not_told_as_heard(qtbot: QtBot, engine_on: Make, speed: float) -> None:
    speakers = FakeSpeakers("room")
    engine = engine_on(speakers)
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.load(with_pauses(1, 8, 1, 2))
    adjust(engine, speed=speed)
    _skip(engine, (1.15, 8.85), (10.15, 11.9))
    with qtbot.waitSignal(engine.ended, timeout=20_000):
        engine.play()
    assert engine.position == engine.duration == pytest.approx(12)
    spans = Spans.of((span.start, span.end) for span in heard)
    wanted = ((0, 1.15), (8.85, 10.15), (11.9, 12))
    assert spans.pairs == tuple(pytest.approx(pair, abs=0.03) for pair in wanted)
    assert len(speakers.sound) / RATE == pytest.approx(2.55 / speed + 0.1, abs=0.05)


def test_a_recording_that_ends_silently_ends_where_it_ends(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    engine.load(with_pauses(1, 3))
    _skip(engine, (1.15, 4))
    with qtbot.waitSignal(engine.ended):
        engine.play()
    assert engine.position == engine.duration == pytest.approx(4)


def test_silences_that_become_known_do_not_disturb_what_plays(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=0)
    engine = engine_on(speakers)
    engine.load(even(12))
    adjust(engine, skip_silence=True)
    engine.play()
    qtbot.waitUntil(lambda: len(speakers.sinks) == 1)
    for known in range(5, 12):
        engine.set_silences(Spans.of([(4.0, float(known))]))
    # Only now: a busy computer may have played past them before they were all said.
    speakers.sinks[0].pace = 4 * SLOW
    with qtbot.waitSignal(engine.ended, timeout=20_000):
        pass
    assert len(speakers.sinks) == 1
    assert len(speakers.sound) / RATE == pytest.approx(5.1, abs=0.05)
    assert is_clean(speakers.sound[: 4 * RATE])


def test_a_loop_silences_and_a_level_belong_to_one_recording(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers("room"))
    engine.load(even(1))
    engine.set_loop(0.2, 0.4)
    engine.set_level(0.5)
    _skip(engine, (0.1, 0.9))
    engine.load(even(2))
    assert engine.loop is None
    assert engine.level == 1
    assert engine.settings.skip_silence
    with qtbot.waitSignal(engine.ended):
        engine.play()


@pytest.mark.parametrize(
    ("seconds", "pause", "back"), [(1.0, 2.5, 1.0), (1.0, 1.5, 0.0), (0.0, 60.0, 0.0), (5.0, 9.0, None)]
)
def test_after_a_long_pause_playing_goes_back_a_little(
    qtbot: QtBot, engine_on: Make, clock: Clock, seconds: float, pause: float, back: float | None
) -> None:
    engine = engine_on(FakeSpeakers("room", pace=3000))
    adjust(engine, rewind=seconds)
    engine.load(even())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 1.1)
    engine.pause()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    place = engine.position
    clock.now += pause
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.play()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].start == pytest.approx(0 if back is None else place - back, abs=0.01)


def test_a_place_that_was_chosen_in_a_pause_is_kept(qtbot: QtBot, engine_on: Make, clock: Clock) -> None:
    engine = engine_on(FakeSpeakers("room", pace=4 * SLOW))
    engine.load(even())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.5)
    engine.pause()
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    engine.seek(3)
    clock.now += 100
    with qtbot.waitSignal(engine.heard) as told:
        engine.play()
    assert told.args[0].start == pytest.approx(3, abs=1e-4)


def test_devices_are_told_when_they_are_asked_for(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", "headset")
    engine = engine_on(speakers)
    with qtbot.waitSignal(engine.devices_changed) as told:
        assert engine.devices() == ()
    devices = (Device("room", "Room", default=True), Device("headset", "Headset", default=False))
    assert told.args[0] == engine.devices() == devices
    with qtbot.waitSignal(engine.devices_changed):
        speakers.plug("headset")
    assert engine.devices() == (Device("headset", "Headset", default=True),)


def test_no_device_is_an_answer_too(qtbot: QtBot, engine_on: Make) -> None:
    engine = engine_on(FakeSpeakers())
    with qtbot.waitSignal(engine.devices_changed) as told:
        engine.devices()
    assert told.args[0] == ()


@pytest.mark.parametrize("gain", [-1.0, 17.0])
def test_a_level_that_cannot_be_played_is_refused(engine_on: Make, gain: float) -> None:
    with pytest.raises(ValueError, match="not within"):
        engine_on(FakeSpeakers("room")).set_level(gain)


def test_choosing_a_device_looks_for_none_before_it_is_needed(qtbot: QtBot) -> None:
    def find() -> FakeSpeakers:
        pytest.fail("not needed yet")

    engine = Engine(find)
    adjust(engine, device="room")
    engine.close()


def test_a_device_is_chosen_while_playing_and_the_place_is_kept(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", "headset", pace=SLOW)
    engine = engine_on(speakers)
    heard: list[Heard] = []
    engine.heard.connect(heard.append)
    engine.load(even())
    engine.play()
    qtbot.waitUntil(lambda: engine.position > 0.3)
    adjust(engine, device="headset")
    qtbot.waitUntil(lambda: len(speakers.sinks) == 2 and engine.state is PlayerState.PLAYING)
    qtbot.waitUntil(lambda: engine.position > 0.6)
    adjust(engine, device="")
    qtbot.waitUntil(lambda: len(speakers.sinks) == 3 and engine.position > 0.8)
    engine.stop()
    qtbot.waitUntil(lambda: engine.state is PlayerState.IDLE)
    assert [sink.device for sink in speakers.sinks] == ["room", "headset", "room"]
    assert Spans.of((span.start, span.end) for span in heard).pairs[0][1] > 0.8


def test_a_chosen_device_is_played_on_whatever_the_system_prefers(
    qtbot: QtBot, playing_on: MakePlaying
) -> None:
    speakers = FakeSpeakers("room", "headset", pace=SLOW)
    engine = playing_on(speakers, even(), "headset")
    speakers.plug("desk", "room", "headset")
    place = engine.position
    qtbot.waitUntil(lambda: engine.position > place + 0.1)
    assert [sink.device for sink in speakers.sinks] == ["headset"]


def test_a_chosen_device_that_goes_pauses_and_the_default_plays_next(
    qtbot: QtBot, playing_on: MakePlaying
) -> None:
    speakers = FakeSpeakers("room", "headset", pace=SLOW)
    engine = playing_on(speakers, even(), "headset")
    with qtbot.waitSignal(engine.unplugged):
        speakers.plug("room")
    qtbot.waitUntil(lambda: engine.state is PlayerState.PAUSED)
    place = engine.position
    engine.play()
    qtbot.waitUntil(lambda: engine.position > place)
    assert [sink.device for sink in speakers.sinks] == ["headset", "room"]
    speakers.plug("room", "headset")
    qtbot.waitUntil(lambda: len(speakers.sinks) == 3)
    assert speakers.sinks[-1].device == "headset"


def test_a_damaged_recording_is_played_and_what_is_missing_is_told(qtbot: QtBot, engine_on: Make) -> None:
    content = bytearray(encoded("m4a", tone(440, 6)))
    middle = len(content) // 2
    content[middle : middle + 3000] = b"\xff" * 3000
    engine = engine_on(FakeSpeakers("room"))
    told: list[tuple[int, float]] = []
    engine.damaged.connect(lambda count, seconds: told.append((count, seconds)))
    engine.load(arrived(bytes(content)))
    with qtbot.waitSignal(engine.ended):
        engine.play()
    assert engine.position == pytest.approx(6, abs=0.1)
    count, seconds = told[-1]
    assert count == 1
    assert seconds == engine.damage.seconds == pytest.approx(0.4, abs=0.2)
    assert 2 < engine.damage.pairs[0][0] < 4
    with qtbot.waitSignal(engine.ended):
        engine.play()
    assert told[-1][0] == 1
    engine.stop()
    assert not engine.damage.pairs


def test_what_was_left_does_not_wait_for_the_garbage_collector(qtbot: QtBot, engine_on: Make) -> None:
    speakers = FakeSpeakers("room", pace=SLOW)
    engine = engine_on(speakers)
    left: list[weakref.ref[Media]] = []
    for turn in range(12):
        media = even(3)
        left.append(weakref.ref(media))
        engine.load(media)
        del media
        engine.play()
        qtbot.waitUntil(lambda turn=turn: len(speakers.sinks) > turn)  # type: ignore[misc]
    engine.stop()
    engine.close()
    assert sum(media() is not None for media in left) <= 3
