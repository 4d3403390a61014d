"""Loudness is what the standard says it is, and the gain that follows from it does no harm."""

import asyncio
import math
import threading

import numpy as np
import pytest

from playhead.core.errors import Unreachable
from playhead.core.media import Media
from playhead.sound.analysis import AudioAnalysis
from support.audio.arriving_media import announced, arrived
from support.audio.tones import Wave, encoded, tone

RATE = 44100


async def played(media: Media) -> float | None:
    """LUFS of the whole recording as it is heard."""
    _, found = await AudioAnalysis().draw(media, lambda _: None)
    assert found is not None
    return found.figures.played_lufs


def measured(content: bytes) -> float | None:
    return asyncio.run(played(arrived(content)))


def talk(seconds: float, rate: int) -> Wave:
    """Noise that comes in words, quiet and loud, with pauses between them."""
    noise = np.random.default_rng(5).normal(size=round(seconds * rate)) * 0.1
    moments = np.arange(len(noise)) / rate
    words: Wave = noise * (np.sin(2 * np.pi * 1.3 * moments) > 0) * (0.3 + (moments % 5 > 2))
    return words


def test_a_tone_of_known_loudness_is_measured_right() -> None:
    # BS.1770: 997 Hz at 0 dBFS in one channel of a stereo pair is -3.01 LUFS; both at -20 dBFS are -20.
    wave = tone(997, 5, RATE, level=0.1)
    assert measured(encoded("wav PCM", wave, wave)) == pytest.approx(-20.0, abs=0.1)
    assert measured(encoded("wav PCM", wave)) == pytest.approx(-20.0, abs=0.1)
    assert measured(encoded("wav PCM", wave, 0 * wave)) == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness() -> None:
    assert measured(encoded("wav PCM", tone(440, 3, level=0.0))) is None
    assert measured(encoded("wav PCM", tone(440, 0.2))) is None


def test_a_pause_does_not_make_a_recording_softer() -> None:
    wave = tone(440, 5, RATE, level=0.1)
    with_pause = np.concatenate((wave, np.zeros(20 * RATE), wave))
    alone, paused = measured(encoded("wav PCM", wave)), measured(encoded("wav PCM", with_pause))
    assert alone is not None
    assert paused == pytest.approx(alone, abs=0.3)


def test_what_does_not_arrive_is_told() -> None:
    content = encoded("wav PCM", tone(440, 5))
    media = announced(len(content))
    media.write(content[:50_000])
    media.fail(Unreachable("cut"))
    with pytest.raises(Unreachable):
        asyncio.run(played(media))


def test_measuring_waits_for_the_rest_and_can_be_cancelled() -> None:
    content = encoded("wav PCM", tone(440, 5))
    media = announced(len(content))
    media.write(content[:50_000])

    async def scene() -> float | None:
        given_up = asyncio.create_task(played(media))
        waiting = asyncio.create_task(played(media))
        await asyncio.sleep(0)
        given_up.cancel()
        media.write(content[50_000:])
        media.finish()
        lufs = await waiting
        assert given_up.cancelled()
        return lufs

    assert asyncio.run(scene()) == pytest.approx(-7, abs=1)
    for thread in threading.enumerate():
        if thread.name == "waveform":
            thread.join(5)
            assert not thread.is_alive()


@pytest.mark.parametrize(
    ("lufs", "peak", "decibels"),
    [
        (-18.0, 0.9, 0.0),
        (-24.0, 0.2, 6.0),
        (-40.0, 0.05, 12.0),
        (-10.0, 1.0, -8.0),
        (0.0, 1.0, -12.0),
        (-24.0, 1.0, 0.0),  # no room: not louder, and not softer either
        (-24.0, 10 ** (-4 / 20), 3.0),
        (-24.0, 0.0, 6.0),
        (None, 0.5, 0.0),
    ],
)
def test_the_gain_brings_it_to_the_target_as_far_as_it_may(
    lufs: float | None, peak: float, decibels: float
) -> None:
    gain = AudioAnalysis.matching_gain(lufs, peak)
    assert 20 * math.log10(gain) == pytest.approx(decibels, abs=0.01)
    assert gain * peak <= max(1.0, peak)


def test_a_matched_recording_is_as_loud_as_the_target() -> None:
    quiet = talk(10, RATE) * 0.3
    lufs = measured(encoded("wav PCM", quiet))
    gain = AudioAnalysis.matching_gain(lufs, float(np.abs(quiet).max()))
    assert measured(encoded("wav PCM", quiet * gain)) == pytest.approx(-18, abs=0.5)
