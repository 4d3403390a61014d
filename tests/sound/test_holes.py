"""Holes of recordings: each takes its time and is told, and what is behind it is found where it is played."""

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from playhead.core.exports.choices import CopyForm
from playhead.core.media import Media
from playhead.sound.audiocopy import copy
from playhead.sound.decoder import Decoder
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from support.audio.arriving_media import arrived
from support.audio.foreign_files import written
from support.audio.tones import Wave, encoded, sweep

SECONDS = 6.0
PAUSED = 3.0
CLOCKED = {
    "WebM": ("webm", "libopus", 48_000),
    "Matroska": ("matroska", "pcm_s16le", 8_000),
    "Ogg": ("ogg", "libopus", 48_000),
    "MP4": ("mp4", "aac", 44_100),
    "WMA": ("asf", "libmp3lame", 44_100),
    "FLV": ("flv", "aac", 44_100),
    "MPEG-TS": ("mpegts", "aac", 44_100),
}
"""Containers that tell the time of what they hold: their names, FFmpeg's, a codec and its rate."""


def paused(name: str, pause: float) -> bytes:
    """A rising tone that was not recorded for `pause` seconds in its middle."""
    container, codec, rate = CLOCKED[name]
    return written(container, codec, rate, sweep(SECONDS, rate), pauses={PAUSED: pause} if pause else {})


def decoder(content: bytes) -> Decoder:
    return Decoder(MediaReader(arrived(content)))


def heard(content: bytes, position: float = 0.0) -> tuple[Wave, list[tuple[float, float]]]:
    """What is played from `position` on, without what is between, and the stretches where it sounds."""
    blocks = list(signal_path(decoder(content), position))
    cuts = [0, *(index for index, (a, b) in enumerate(pairwise(blocks), 1) if b.start > a.end + 0.01)]
    stretches = [
        (blocks[begin].start, blocks[end - 1].end)
        for begin, end in zip(cuts, [*cuts[1:], len(blocks)], strict=True)
        if blocks
    ]
    return np.concatenate([np.zeros(0), *(block.samples.mean(axis=1) for block in blocks)]), stretches


@pytest.mark.parametrize("pause", [5.0, 61.0, 200.0])
@pytest.mark.parametrize("name", CLOCKED)
def test_a_pause_of_any_length_takes_its_time_and_is_told(name: str, pause: float) -> None:
    content = paused(name, pause)
    one = decoder(content)
    *_, last = one.frames()
    assert last.end == pytest.approx(SECONDS + pause, abs=0.1)
    ((start, end),) = one.damage.pairs
    assert (start, end) == pytest.approx((PAUSED, PAUSED + pause), abs=0.1)
    estimate = one.estimate
    assert estimate is not None
    assert estimate == pytest.approx(last.end, abs=0.1)
    *_, peaks = outlines(MediaReader(arrived(content)))
    assert peaks.duration == pytest.approx(last.end)


@pytest.mark.parametrize("pause", [61.0, 4000.0])
@pytest.mark.parametrize("name", CLOCKED)
def test_a_seek_behind_a_long_pause_plays_what_is_played_there_straight_on(name: str, pause: float) -> None:
    content = paused(name, pause)
    _, straight = heard(content)
    end = straight[-1][1]
    for position in (1.5, 3.5, 5.5, 40.0, pause + 3.5, pause + 5.5):
        _, sought = heard(content, position)
        wanted = [(max(start, position), end) for start, end in straight if end > position]
        assert np.array(sought) == pytest.approx(np.array(wanted), abs=0.02)
    assert end == pytest.approx(SECONDS + (pause if pause < 100 else 0.0), abs=0.1)


@pytest.mark.parametrize("name", CLOCKED)
def test_a_clock_that_jumps_by_hours_makes_no_hours_of_silence(name: str) -> None:
    one = decoder(paused(name, 10_000.0))
    *_, last = one.frames()
    assert last.end == pytest.approx(SECONDS, abs=0.1)
    # What the file says of its length is as wrong.
    assert (one.duration, one.estimate) == (None, None)


def test_a_long_pause_of_what_comes_without_its_size_is_the_same() -> None:
    content = paused("WebM", 61.0)
    arriving = Media()
    arriving.write(content[:-1])

    def arrive() -> None:
        arriving.write(content[-1:])
        arriving.finish()

    frames = Decoder(MediaReader(arriving)).frames()
    next(frames)
    sending = threading.Thread(target=arrive)
    sending.start()
    *_, last = frames
    sending.join()
    assert last.end == pytest.approx(SECONDS + 61.0, abs=0.1)


def test_a_seek_behind_bytes_that_are_no_aac_plays_what_is_played_there_straight_on() -> None:
    content = bytearray(written("adts", "aac", 16_000, sweep(60.0, 16_000)))
    begin, size = len(content) // 2, len(content) // 20
    content[begin : begin + size] = bytes(size)
    straight, ((_, broken), (goes_on, _)) = heard(bytes(content))
    for position in (20.5, 31.0, 45.5):
        sought, ((start, _), *_) = heard(bytes(content), position)
        wanted = straight[round((start - (goes_on - broken if start > broken else 0.0)) * 48_000) :]
        assert np.corrcoef(sought[:24_000], wanted[:24_000])[0, 1] > 0.99


def test_damaged_bytes_that_are_decoded_as_many_channels_end_nothing(tmp_path: Path) -> None:
    whole = encoded("m4a in fragments", sweep(20.0, 44_100))
    # These bytes hold a frame of 32 channels.
    half, junk = len(whole) // 2, np.random.default_rng(241).bytes(len(whole) // 20)
    content = whole[:half] + junk + whole[half:]
    frames = list(decoder(content).frames())
    assert {timed.frame.layout.nb_channels for timed in frames} == {1}
    assert frames[-1].end > 9.0
    assert heard(content)[1][-1][1] == pytest.approx(frames[-1].end, abs=0.01)
    *_, peaks = outlines(MediaReader(arrived(content)))
    assert peaks.duration == pytest.approx(frames[-1].end)
    (tmp_path / "a").write_bytes(content)
    copy(tmp_path / "a", CopyForm.WAV, tmp_path / "b")
    assert heard((tmp_path / "b").read_bytes())[1][-1][1] == pytest.approx(frames[-1].end, abs=0.01)
