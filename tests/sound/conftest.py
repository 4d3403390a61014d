"""Engines for the tests of sound."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from speakers_fake import Clock, FakeSpeakers, Make

from playhead.sound.engine import Engine


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
