"""Figures of a recording's health are those of the standards, and of what was put into it."""

import io
import math
import struct
import wave
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.filter import Graph

from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.media import Media
from playhead.sound.healthgauge import HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from support.audio.arriving_media import arrived
from support.audio.tones import FORMATS, Wave, encoded, tone
from support.health.synthetic_calls import LABELLED, SyntheticCall, speech

KINDS = [name for name in FORMATS if name != "AMR"]


def measured(content: bytes) -> AudioFigures:
    gauge = HealthGauge()
    for _ in outlines(MediaReader(arrived(content)), gauge=gauge):
        pass
    assert gauge.figures is not None
    return gauge.figures


def pcm(rate: int, *channels: Wave) -> bytes:
    """Samples of 16 bits at any rate."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((len(channels), 2, rate, 0, "NONE", ""))
        file.writeframes(np.rint(np.stack(channels).T * 32767).astype("<i2").tobytes())
    return target.getvalue()


def floats(rate: int, line: np.ndarray[tuple[int], np.dtype[np.float32]]) -> bytes:
    """One channel of 32-bit floats as WAV."""
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + line.nbytes, b"WAVE", b"fmt ", 16, 3, 1, rate,
                       4 * rate, 4, 32, b"data", line.nbytes)  # fmt: skip
    return head + line.astype("<f4").tobytes()


def by_ffmpeg(content: bytes) -> tuple[float, float]:
    """Integrated loudness and true peak (1 is full scale) by FFmpeg's own `ebur128=peak=true`."""
    loudness, peak = -70.0, 0.0
    for frame in _metered(content):
        loudness = float(frame.metadata.get("lavfi.r128.I", loudness))
        peaks = (float(value) for name, value in frame.metadata.items() if "true_peaks_ch" in name)
        peak = max((peak, *peaks))
    return loudness, peak


def _metered(content: bytes) -> Iterator[AudioFrame]:
    graph: Graph | None = None
    with av.open(io.BytesIO(content), "r") as container:
        for frame in container.decode(audio=0):
            if graph is None:
                graph = Graph()
                rate, layout = frame.sample_rate, frame.layout.name
                source = graph.add_abuffer(
                    sample_rate=rate, format=frame.format.name, layout=layout, time_base=Fraction(1, rate)
                )
                meter = graph.add("ebur128", "metadata=1:peak=true")
                graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
            frame.pts = None
            graph.push(frame)
            yield from _pulled(graph)
    assert graph is not None
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame


def compare(figures: AudioFigures, loudness: float, peak: float) -> None:
    """Within 0.1 LU and 0.1 dB; FFmpeg tells thousandths of full scale, and one may be more."""
    assert figures.loudness == pytest.approx(loudness, abs=0.1)
    assert 10 ** (figures.peak / 20) == pytest.approx(peak, rel=10 ** (0.1 / 20) - 1, abs=0.0006)


@pytest.mark.slow
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", KINDS)
def test_loudness_and_true_peak_are_those_of_ffmpeg(name: str, channels: int) -> None:
    rate = FORMATS[name][2]
    for seed, level in ((1, 0.3), (2, 0.02)):
        waves = (speech(5, rate, seed) * level, tone(300, 5, rate, level=level / 3))[:channels]
        content = encoded(name, *waves)
        figures = measured(content)
        compare(figures, *by_ffmpeg(content))


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 44100, 48000])
def test_any_rate_is_measured_alike(rate: int) -> None:
    content = pcm(rate, speech(4, rate, 3) * 0.2)
    figures = measured(content)
    compare(figures, *by_ffmpeg(content))
    assert (figures.rate, figures.count, figures.codec) == (rate, 1, "pcm_s16le")


def test_a_peak_between_two_samples_is_found() -> None:
    # A quarter of the rate, caught 45 degrees beside its crests: 3.01 dB more than the highest sample.
    moments = np.arange(48000 * 2)
    swell = np.minimum(1, moments / 4800)
    between = 0.5 * math.sqrt(2) * swell * np.sin(np.pi / 2 * moments + np.pi / 4)
    assert measured(encoded("wav PCM at 48 kHz", between)).peak == pytest.approx(-3.01, abs=0.05)


def test_silence_is_below_the_gate_and_a_blip_is_too_short() -> None:
    silent = measured(encoded("wav PCM", np.zeros(3 * 44100)))
    assert silent.loudness is NoLoudness.QUIET
    assert (silent.silence, silent.zero, silent.peak) == (1.0, 1.0, -120.0)
    assert measured(encoded("wav PCM", tone(440, 0.3))).loudness is NoLoudness.SHORT


def test_an_offset_is_measured_and_hides_no_silence() -> None:
    talk = np.concatenate((speech(4, 8000, 4) * 0.2, np.zeros(8 * 8000)))
    figures = measured(pcm(8000, talk + 0.3))
    assert figures.channels[0].offset == pytest.approx(0.3 + talk.mean(), abs=0.001)
    assert figures.silence == pytest.approx(8 / 12, abs=0.01)


@pytest.mark.parametrize("name", ["wav PCM", "wav mu-law", "wav A-law"])
def test_clipping_is_told_from_a_full_but_sound_wave(name: str) -> None:
    rate = FORMATS[name][2]
    sound = tone(440, 3, rate, level=0.999)
    driven = np.clip(sound * 2, -1, 1)
    share = float((np.abs(sound * 2) >= 1).mean())
    assert measured(encoded(name, sound * 0.9)).clipped == 0
    assert measured(encoded(name, driven)).clipped == pytest.approx(share, abs=0.05)


def test_two_equal_channels_are_alike_and_two_people_are_not() -> None:
    one, other = speech(5, 8000, 1) * 0.2, speech(5, 8000, 2) * 0.2
    assert measured(encoded("wav mu-law", one, one * 0.5)).likeness == pytest.approx(1, abs=0.01)
    assert measured(encoded("wav mu-law", one, other)).likeness == pytest.approx(0, abs=0.1)
    assert measured(encoded("wav mu-law", one)).likeness is None


@pytest.mark.parametrize(
    ("level", "offsets"), [(0.09, (0.3, -0.3)), (0.003, (0.03, 0.03)), (0.003, (0.49, 0.49))]
)
def test_one_sound_on_both_sides_is_alike_whatever_is_constant_in_them(
    level: float, offsets: tuple[float, float]
) -> None:
    sound = speech(60, 8000, 1) * level
    assert measured(pcm(8000, *(sound + each for each in offsets))).likeness == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("late", [1, 40, 160, -160])
@pytest.mark.parametrize("level", [1.0, 10 ** (-30 / 20), -1.0])
def test_a_side_that_is_the_other_one_later_is_like_it(late: int, level: float) -> None:
    sound = LABELLED[0].waves()[0]
    later = np.roll(sound, late) * level
    assert measured(pcm(8000, sound, later)).likeness == pytest.approx(math.copysign(1, level), abs=0.01)


def test_what_both_sides_hear_of_one_tone_does_not_make_two_people_alike() -> None:
    one, other = LABELLED[0].waves()
    both = np.concatenate((tone(440, 20, 8000, level=0.3), np.zeros(8000)))
    sides = (np.concatenate((both, each)) for each in (one, other))
    assert abs(measured(pcm(8000, *sides)).likeness or 0) < 0.9


@pytest.mark.parametrize("value", [-32124, 32124, 1073])
def test_a_side_of_one_value_is_silent_and_like_nothing(value: int) -> None:
    sound = speech(10, 8000, 1) * 0.2
    figures = measured(pcm(8000, sound, np.full(len(sound), value / 32767)))
    assert [side.talk for side in figures.channels] == [1.0, 0.0]
    assert figures.channels[1].offset == pytest.approx(value / 32768)
    assert figures.channels[1].rms == pytest.approx(20 * math.log10(abs(value) / 32768), abs=0.001)
    assert figures.likeness is None


def test_the_bandwidth_that_is_used_is_told() -> None:
    def up_to(hertz: float) -> float:
        noise = np.fft.rfft(np.random.default_rng(1).normal(size=48000 * 4))
        noise[round(hertz * 4) :] = 0
        return measured(encoded("wav PCM at 48 kHz", np.fft.irfft(noise) * 0.1)).bandwidth

    for hertz in (3400.0, 7000.0, 15000.0):
        assert up_to(hertz) == pytest.approx(hertz, abs=200)


@pytest.mark.slow
@pytest.mark.parametrize("call", LABELLED, ids=lambda call: call.name)
def test_talk_and_silence_are_within_a_hundredth_of_what_is_labelled(call: SyntheticCall) -> None:
    figures = measured(encoded("wav mu-law", *call.waves()))
    talk = [channel.talk for channel in figures.channels]
    assert talk == pytest.approx(list(call.talk), abs=0.01)
    assert figures.silence == pytest.approx(call.silence, abs=0.01)
    assert figures.both == pytest.approx(call.both, abs=0.01)


def test_what_ends_in_the_middle_of_a_word_is_told() -> None:
    talk = speech(4, 8000, 1) * 0.2
    assert measured(encoded("wav mu-law", talk)).ends_in_sound
    assert not measured(encoded("wav mu-law", np.concatenate((talk, np.zeros(4000))))).ends_in_sound


@pytest.mark.parametrize("name", ["mp3 CBR", "ogg Opus", "flac"])
def test_the_length_that_a_file_says_is_known_if_the_host_told_no_size(name: str) -> None:
    media, gauge = Media(), HealthGauge()
    content = encoded(name, tone(440, 20, FORMATS[name][2]))
    media.write(content)
    drawing = outlines(MediaReader(media), every=0.0, gauge=gauge)
    next(drawing)
    media.finish()
    assert [peaks.complete for peaks in drawing][-1]
    assert gauge.figures is not None
    assert gauge.figures.said_seconds == measured(content).said_seconds == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize("rate", [2000, 3999])
def test_odd_rates_are_measured_as_far_as_that_has_a_meaning(rate: int) -> None:
    figures = measured(pcm(rate, np.sin(np.arange(rate * 3 + 5)) * 0.5))
    assert figures.loudness is NoLoudness.SHORT
    assert figures.peak == pytest.approx(-6, abs=1)


def test_floats_that_are_no_numbers_spoil_nothing() -> None:
    sound = speech(3, 8000, 1).astype(np.float32) * np.float32(0.2)
    sound[[5, 700, 9000, 20000]] = (np.nan, np.inf, -np.inf, 1e30)
    figures = measured(floats(8000, sound))
    assert AudioFigures.from_text(figures.to_text()) == figures
    assert figures.silence < 0.1


def test_a_recording_in_pieces_is_measured_as_one() -> None:
    content = encoded("mp3 CBR", speech(6, 44100, 1) * 0.3, speech(6, 44100, 2) * 0.1)
    gauge = HealthGauge()
    for peaks in outlines(MediaReader(arrived(content)), every=0.0, gauge=gauge):
        assert peaks.complete or gauge.figures is None
    figures, whole = gauge.figures, measured(content)
    assert figures is not None
    assert figures.loudness == pytest.approx(whole.loudness, abs=0.02)
    assert figures.peak == pytest.approx(whole.peak, abs=0.1)
    assert figures.silence == pytest.approx(whole.silence, abs=0.01)
