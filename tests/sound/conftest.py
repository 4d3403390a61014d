"""Engines for the tests of sound."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playhead.core.media import Media
from playhead.sound.engine import Engine
from support.audio.fake_speakers import Clock, FakeSpeakers, Make, MakePlaying, adjust


@pytest.fixture
def clock() -> Clock:
    """What the engines tell the time by."""
    return Clock()


@pytest.fixture
def engine_on(qtbot: QtBot, clock: Clock) -> Iterator[Make]:
    """Engines on given speakers, closed after the test."""
    engines: list[Engine] = []

    def make(speakers: FakeSpeakers) -> Engine:
        engines.append(Engine(lambda: speakers, clock=clock))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "playhead-decoding"]


@pytest.fixture
def playing_on(qtbot: QtBot, engine_on: Make) -> MakePlaying:
    """Engines that have played the first tenth of a second on given speakers."""

    def make(speakers: FakeSpeakers, media: Media, device: str = "") -> Engine:
        engine = engine_on(speakers)
        adjust(engine, device=device)
        engine.load(media)
        engine.play()
        qtbot.waitUntil(lambda: engine.position > 0.1)
        return engine

    return make
