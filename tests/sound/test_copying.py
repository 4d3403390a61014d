"""A copy sounds like its original, or there is none."""

import io
import struct
import wave
from fractions import Fraction
from pathlib import Path
from typing import Self, cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from playhead.core.errors import ExportError, Garbled
from playhead.core.exports.choices import CopyForm
from playhead.core.exports.files import PartFile
from playhead.sound.audiocopy import copy
from support.audio.tones import FORMATS, encoded, tone


def heard(path: Path) -> tuple[NDArray[np.float64], int, str]:
    """The samples of a file, its rate and its codec."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("s16", stream.layout, stream.rate)
        frames = [each for frame in container.decode(stream) for each in resampler.resample(frame)]
        frames += resampler.resample(None)
        channels = stream.layout.nb_channels
        pcm = np.concatenate([frame.to_ndarray().reshape(-1, channels) for frame in frames])
        return pcm.T / 32768, stream.rate, stream.codec_context.name


def pitch(wave: NDArray[np.float64], rate: int) -> float:
    """The strongest frequency of one channel."""
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(np.argmax(spectrum) * rate / len(wave))


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("form", CopyForm)
def test_a_copy_of_any_format_has_the_pitch_and_length_of_its_original(
    tmp_path: Path, name: str, form: CopyForm
) -> None:
    rate = FORMATS[name][2]
    source = kept(tmp_path, "source", encoded(name, tone(440, 2.0, rate)))
    copy(source, form, tmp_path / "copy")
    samples, copied_rate, _ = heard(tmp_path / "copy")
    assert pitch(samples[0], copied_rate) == pytest.approx(440, abs=2)
    assert samples.shape[1] / copied_rate == pytest.approx(2.0, abs=0.12)


def test_channels_stay_apart_and_where_they_were(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.mp3", encoded("mp3 CBR", tone(400, 2.0), tone(1000, 2.0)))
    for form in CopyForm:
        copy(source, form, tmp_path / "copy")
        samples, rate, _ = heard(tmp_path / "copy")
        assert [round(pitch(channel, rate), -1) for channel in samples] == [400, 1000]


def test_wav_keeps_every_sample_of_what_was_pcm(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav PCM", tone(440, 1.3), tone(660, 1.3)))
    copy(source, CopyForm.WAV, tmp_path / "b.wav")
    before, after = heard(source), heard(tmp_path / "b.wav")
    assert np.array_equal(before[0], after[0])
    assert after[1:] == (44100, "pcm_s16le")


class Forgetful:
    """A place for a file of any size, of which only the beginning is kept."""

    def __init__(self) -> None:
        self.kept = bytearray(200)
        self.size = self._at = 0

    def open(self, mode: str) -> "Forgetful":
        assert mode == "wb"
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, content: bytes) -> int:
        beginning = bytes(content[: max(0, len(self.kept) - self._at)])
        self.kept[self._at : self._at + len(beginning)] = beginning
        self._at += len(content)
        self.size = max(self.size, self._at)
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self.size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at


def with_holes(seconds: int) -> bytes:
    """A moment of sound of 49 MB a second each 50 seconds, and nothing between."""
    target = io.BytesIO()
    with av.open(target, "w", format="matroska") as output:
        stream = output.add_stream("pcm_s16le", rate=3_072_000, layout="7.1")
        for second in range(0, seconds, 50):
            packet = av.Packet(bytes(16_000))
            packet.stream, packet.time_base = stream, Fraction(1, 1000)
            packet.pts = packet.dts = second * 1000
            output.mux(packet)
    return target.getvalue()


@pytest.mark.slow
def test_a_wav_copy_that_is_too_long_for_a_riff_tells_its_length_as_rf64(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.mka", with_holes(101))
    made = Forgetful()
    copy(source, CopyForm.WAV, cast("Path", made))
    size, head = made.size, bytes(made.kept)
    assert size > 1 << 32
    assert head[:4] == b"RF64"
    assert head[8:16] == b"WAVEds64"
    riff, data, samples = struct.unpack_from("<QQQ", head, 20)
    assert (riff, data // 16) == (size - 8, samples)
    assert samples == pytest.approx(100 * 3_072_000, abs=3_072)


def test_a_wav_copy_is_a_plain_riff(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.flac", encoded("flac", tone(440, 1.0)))
    copy(source, CopyForm.WAV, tmp_path / "b.wav")
    assert (tmp_path / "b.wav").read_bytes()[:4] == b"RIFF"
    with wave.open(str(tmp_path / "b.wav")) as file:
        assert (file.getnframes(), file.getframerate()) == (44_100, 44_100)


def test_opus_is_small_and_at_48_kilohertz(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav mu-law", tone(440, 10.0, 8000)))
    copy(source, CopyForm.OPUS, tmp_path / "a.opus")
    _, rate, codec = heard(tmp_path / "a.opus")
    assert (rate, codec) == (48_000, "opus")
    assert (tmp_path / "a.opus").stat().st_size < 10 * 32_000 / 8 * 1.3


@pytest.mark.parametrize("form", CopyForm)
@pytest.mark.parametrize("layout", ["2.1", "5.1"])
def test_more_channels_than_two_are_copied_or_mixed_down(tmp_path: Path, layout: str, form: CopyForm) -> None:
    source, channels = tmp_path / "many.wav", av.AudioLayout(layout).nb_channels
    # Memory that was not written to may hold a stream of another test, which FFmpeg would recognise.
    silence = np.zeros((1, 8000 * channels), np.int16)
    with av.open(str(source), "w", format="wav") as output:
        stream = output.add_stream("pcm_s16le", rate=8000, layout=layout)
        frame = av.AudioFrame.from_ndarray(silence, "s16", layout)
        frame.sample_rate = 8000
        output.mux(stream.encode(frame))
    copy(source, form, tmp_path / "copy")
    mixed = (layout, form) == ("2.1", CopyForm.OPUS)
    assert heard(tmp_path / "copy")[0].shape[0] == (2 if mixed else channels)


def test_a_copy_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav PCM", tone(440, 0.5)))
    target = kept(tmp_path, "a.opus.part", bytes(1_000_000))
    copy(source, CopyForm.OPUS, target)
    assert heard(target)[2] == "opus"
    assert target.stat().st_size < 100_000


@pytest.mark.parametrize("form", CopyForm)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<html>no audio</html>" * 50, "audio"),
        (bytes(5000), "audio"),
        (b"RIFF" + bytes(40), "audio"),
        (encoded("wav PCM", tone(440, 0.0)), "empty"),
        (encoded("m4a", tone(440, 2.0))[:5000], "broken"),
    ],
)
def test_what_is_no_audio_is_no_copy(tmp_path: Path, content: bytes, why: str, form: CopyForm) -> None:
    source = kept(tmp_path, "a.wav", content)
    with pytest.raises(Garbled) as raised:
        copy(source, form, tmp_path / "b")
    assert raised.value.reason == why
    assert source.read_bytes() == content


@pytest.mark.slow
@pytest.mark.parametrize("form", CopyForm)
@pytest.mark.parametrize("name", ["flac", "ogg Opus", "webm", "m4a"])
def test_a_hole_costs_its_length_in_the_copy_and_is_named(tmp_path: Path, name: str, form: CopyForm) -> None:
    rate = FORMATS[name][2]
    content = bytearray(encoded(name, tone(440, 8.0, rate)))
    middle, size = len(content) // 2, len(content) // 10
    content[middle : middle + size] = np.random.default_rng(5).bytes(size)
    source = kept(tmp_path, "a", bytes(content))
    holes = copy(source, form, tmp_path / "b")
    samples, copied_rate, _ = heard(tmp_path / "b")
    assert samples.shape[1] / copied_rate == pytest.approx(8.0, abs=0.15)
    assert 0 < holes.seconds < 2
    for start, end in holes.pairs:
        if end - start > 0.1:
            inside = samples[0, round((start + 0.04) * copied_rate) : round((end - 0.04) * copied_rate)]
            assert np.abs(inside).max() < 0.01
    assert pitch(samples[0, : 3 * copied_rate], copied_rate) == pytest.approx(440, abs=2)
    assert pitch(samples[0, -3 * copied_rate :], copied_rate) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("form", CopyForm)
@pytest.mark.parametrize("milliseconds", [1, 2, 5, 21])
def test_the_shortest_sound_is_copied_too(tmp_path: Path, milliseconds: int, form: CopyForm) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav mu-law", tone(440, milliseconds / 1000, 8000)))
    copy(source, form, tmp_path / "b")
    samples, rate, _ = heard(tmp_path / "b")
    assert samples.shape[1] / rate == pytest.approx(milliseconds / 1000, abs=0.001)


def test_a_copy_that_the_disk_does_not_take_leaves_nothing_and_is_an_export_error(tmp_path: Path) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav PCM", tone(440, 0.5)))
    part = PartFile(tmp_path, "b.wav")
    with pytest.raises(ExportError) as raised:
        part.fill(lambda path: copy(source, CopyForm.WAV, path / "not a folder"))
    part.discard()
    assert raised.value.reason == "inway"
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize("form", CopyForm)
def test_a_full_disk_is_told_by_its_own_error(tmp_path: Path, form: CopyForm) -> None:
    source = kept(tmp_path, "a.wav", encoded("wav PCM", tone(440, 2.0)))
    with pytest.raises(OSError, match="No space left"):
        copy(source, form, Path("/dev/full"))
