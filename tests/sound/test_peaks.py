"""The outline of a sound, whole and growing."""

import threading

import numpy as np
import pytest

from playhead.core.errors import Garbled, Unreachable
from playhead.core.media import Media
from playhead.core.peaks import Peaks, silences
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from support.audio.arriving_media import announced, arrived
from support.audio.foreign_files import riff
from support.audio.tones import FORMATS, encoded, tone


def outline(content: bytes) -> Peaks:
    *_, last = outlines(MediaReader(arrived(content)))
    return last


def test_each_channel_shows_its_own_loudness() -> None:
    loud_late = np.concatenate((tone(440, 1, level=0.1), tone(440, 1, level=0.8)))
    peaks = outline(encoded("wav PCM", loud_late, tone(440, 2, level=0.4)))
    assert peaks.per_second == 100
    assert [len(line) for line in peaks.channels] == [200, 200]
    left, right = peaks.channels
    assert all(value == pytest.approx(26, abs=1) for value in left[:100])
    assert all(value == pytest.approx(204, abs=1) for value in left[101:])
    assert all(value == pytest.approx(102, abs=1) for value in right)
    assert peaks.duration == pytest.approx(2)
    assert peaks.complete


@pytest.mark.parametrize("name", FORMATS)
def test_a_burst_is_where_it_was_made(name: str) -> None:
    rate = FORMATS[name][2]
    silence, burst = tone(440, 2.5, rate, level=0.0), tone(440, 0.1, rate)
    peaks = outline(encoded(name, np.concatenate((silence, burst, silence))))
    (line,) = peaks.channels
    loud = [index for index, value in enumerate(line) if value > 60]
    assert loud[0] == pytest.approx(250, abs=8)
    assert loud[-1] == pytest.approx(259, abs=8)


def test_peaks_survive_being_kept() -> None:
    peaks = outline(encoded("mp3 CBR", tone(440, 1), tone(880, 1)))
    assert Peaks.from_bytes(peaks.to_bytes()) == peaks


@pytest.mark.parametrize("kept", [b"", b"PHP1", b"x" * 100])
def test_something_else_is_not_taken_for_peaks(kept: bytes) -> None:
    with pytest.raises(ValueError, match="not the peaks"):
        Peaks.from_bytes(kept)


def test_peaks_grow_while_the_media_arrives() -> None:
    content = encoded("wav PCM", tone(440, 10))
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    growing = outlines(MediaReader(media), every=0.0)
    part = next(growing)
    assert not part.complete
    assert 0 < part.duration < 6
    media.write(content[len(content) // 2 :])
    media.finish()
    *_, whole = growing
    assert whole.complete
    assert whole.duration == pytest.approx(10)
    assert whole.channels[0][:5] == part.channels[0][:5]


def test_a_failed_download_leaves_incomplete_peaks_and_its_reason() -> None:
    content = encoded("wav PCM", tone(440, 10))
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    media.fail(Unreachable("cut"))
    seen: list[Peaks] = []

    def measure() -> None:
        for peaks in outlines(MediaReader(media)):
            seen.append(peaks)  # noqa: PERF402

    with pytest.raises(Unreachable):
        measure()
    assert not seen[-1].complete
    assert seen[-1].duration > 4


def test_closing_the_reader_ends_measuring() -> None:
    content = encoded("wav PCM", tone(440, 10))
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    reader = MediaReader(media)
    growing = outlines(reader, every=0.0)
    next(growing)
    closing = threading.Timer(0, reader.close)
    closing.start()
    *_, last = growing
    closing.join()
    assert not last.complete


def test_what_is_no_audio_has_no_peaks() -> None:
    with pytest.raises(Garbled):
        outline(b"<html>" * 100)


def call(rate: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Words of two seconds with pauses of two seconds between them."""
    noise = np.random.default_rng(4).normal(size=16 * rate) * 0.1
    words: np.ndarray[tuple[int], np.dtype[np.float64]] = noise * (np.arange(len(noise)) // rate % 4 < 2)
    return words


@pytest.mark.parametrize("offset", [0.3, -0.05, 0.004])
def test_an_offset_hides_no_silence_and_draws_no_bar(offset: float) -> None:
    wave = call(8000)
    peaks, clean = (outline(riff(8000, 16, samples(each, 16))) for each in (wave + offset, wave))
    assert silences(peaks).seconds == pytest.approx(silences(clean).seconds, abs=0.05)
    assert silences(clean).seconds == pytest.approx(8 - 4 * 0.3, abs=0.1)
    assert max(peaks.channels[0][250:350]) <= 1
    assert np.abs(np.subtract(list(peaks.channels[0]), list(clean.channels[0]), dtype=float)).max() <= 8


@pytest.mark.parametrize("dither", [0.0, 0.5, 1.0])
def test_silence_is_found_in_eight_bits_a_sample(dither: float) -> None:
    wave = call(8000) + np.random.default_rng(6).triangular(-1, 0, 1, 16 * 8000) * dither / 128
    found = silences(outline(riff(8000, 8, samples(wave, 8))))
    assert found.seconds == pytest.approx(8 - 4 * 0.3, abs=0.1)


def samples(wave: np.ndarray[tuple[int], np.dtype[np.float64]], bits: int) -> bytes:
    if bits == 8:
        return np.clip(np.rint(wave * 127 + 128), 0, 255).astype(np.uint8).tobytes()
    return np.rint(wave * 32767).astype("<i2").tobytes()


def test_the_same_sound_has_the_same_peaks_however_it_arrives() -> None:
    content = riff(8000, 16, samples(call(8000) + 0.1, 16))
    media = announced(len(content))
    media.write(content[:2000])
    growing = outlines(MediaReader(media), every=0.0)
    sending = threading.Thread(target=send, args=(media, content))
    sending.start()
    *_, whole = growing
    sending.join()
    assert whole == outline(content)


def send(media: Media, content: bytes) -> None:
    for at in range(2000, len(content), 500):
        media.write(content[at : at + 500])
    media.finish()
