"""Files of foreign recorders: what FFmpeg plays is played, to its true end, and the rest is told."""

import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from playhead.core.errors import Garbled, UnplayedKind
from playhead.core.exports.choices import CopyForm
from playhead.core.health.verdicts import Verdict, verdicts
from playhead.core.media import Media
from playhead.core.recording import Recording
from playhead.sound.audiocopy import copy
from playhead.sound.decoder import Decoder
from playhead.sound.healthgauge import HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from support.audio.arriving_media import Dripping, announced
from support.audio.foreign_files import ape_tag, dialogic, gsm, ogg_page, riff, shifted, speex, written
from support.audio.tones import FORMATS, Wave, encoded, sweep, tone
from support.health.synthetic_calls import speech

SECONDS = 6.0
CALL = Recording(account="first", id="1", provider="bird", kind="call")


def media(content: bytes, *told: str) -> Media:
    """Media that is complete, and whose form others call so."""
    made = Media(told)
    made.write(content)
    made.finish()
    return made


def decoder(content: bytes, *told: str) -> Decoder:
    return Decoder(MediaReader(media(content, *told)))


def heard(content: bytes, *told: str, position: float = 0.0) -> Wave:
    """What is played from `position` on, at 48 kHz, both channels in one."""
    blocks = list(signal_path(decoder(content, *told), position))
    return np.concatenate([block.samples.mean(axis=1) for block in blocks]) / 32768


def pitch_at(wave: Wave, second: float) -> float:
    """Strongest frequency of the quarter of a second around it."""
    part = wave[round((second - 0.125) * 48_000) : round((second + 0.125) * 48_000)]
    return float(np.argmax(np.abs(np.fft.rfft(part * np.hanning(len(part))))) * 4)


def opus(seconds: float, hertz: float, channels: int = 1) -> bytes:
    return written("ogg", "libopus", 48_000, *[tone(hertz, seconds, 48_000)] * channels)


CHAINS = {
    "channels change": [(opus(3.0, 400, 2), 3.0), (opus(2.0, 800), 2.0)],
    "all alike": [(opus(3.0, 400), 3.0), (opus(2.0, 800), 2.0), (opus(2.0, 1200), 2.0)],
    "the rate changes": [
        (written("ogg", "flac", 44_100, tone(400, 3.0)), 3.0),
        (written("ogg", "flac", 8_000, tone(800, 2.0, 8_000)), 2.0),
    ],
    "the codec changes": [
        (opus(3.0, 400), 3.0),
        (written("ogg", "flac", 8_000, tone(800, 2.0, 8_000)), 2.0),
        (opus(2.0, 1200), 2.0),
    ],
    "rubbish between": [(opus(3.0, 400) + bytes(3000), 3.0), (opus(2.0, 800), 2.0)],
    "a short one": [(opus(3.0, 400), 3.0), (opus(0.4, 800), 0.4), (opus(2.0, 1200), 2.0)],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHAINS)
def test_chained_streams_are_heard_to_their_true_end(name: str, tmp_path: Path) -> None:
    links = CHAINS[name]
    content, length = b"".join(link for link, _ in links), sum(seconds for _, seconds in links)
    decoding = decoder(content)
    blocks = list(signal_path(decoding))
    assert blocks[-1].end == pytest.approx(length, abs=0.01)
    assert decoding.end == pytest.approx(length, abs=0.01)
    assert decoding.damage.pairs == ()
    wave = heard(content)
    begun = 0.0
    for (_, seconds), hertz in zip(links, (400, 800, 1200), strict=False):
        assert pitch_at(wave, begun + seconds / 2) == pytest.approx(hertz, abs=8)
        begun += seconds
    *_, peaks = outlines(MediaReader(media(content)))
    assert peaks.complete
    assert peaks.duration == pytest.approx(length, abs=0.01)
    (tmp_path / "a.ogg").write_bytes(content)
    for form in CopyForm:
        assert copy(tmp_path / "a.ogg", form, tmp_path / "b").pairs == ()
        assert decoder((tmp_path / "b").read_bytes()).duration == pytest.approx(length, abs=0.02)


def test_a_part_of_one_channel_is_as_loud_in_a_copy_as_it_is_heard(tmp_path: Path) -> None:
    stereo, mono = (written("ogg", "flac", 8_000, *[tone(400, 2.0, 8_000)] * each) for each in (2, 1))
    (tmp_path / "a.ogg").write_bytes(stereo + mono)
    copy(tmp_path / "a.ogg", CopyForm.WAV, tmp_path / "b.wav")
    wave = heard((tmp_path / "b.wav").read_bytes())
    levels = [np.sqrt(np.mean(wave[at : at + 48_000] ** 2)) for at in (24_000, 120_000)]
    assert levels == pytest.approx([0.5 / np.sqrt(2)] * 2, rel=0.02)


@pytest.mark.parametrize("form", CopyForm)
def test_a_copy_has_the_most_channels_and_the_highest_rate_of_its_source(
    form: CopyForm, tmp_path: Path
) -> None:
    parts = [
        written("ogg", "flac", rate, *(tone(hertz, 2.0, rate) for hertz in pitches))
        for rate, pitches in ((8_000, (400,)), (16_000, (600, 1_000)), (44_100, (800,)))
    ]
    (tmp_path / "a.ogg").write_bytes(b"".join(parts))
    copy(tmp_path / "a.ogg", form, tmp_path / "b")
    copied = decoder((tmp_path / "b").read_bytes())
    (kind,) = {(each.frame.sample_rate, each.frame.layout.nb_channels) for each in copied.frames()}
    assert kind == (44_100 if form is CopyForm.WAV else 48_000, 2)
    sides = np.concatenate([block.samples for block in signal_path(copied)]).T
    assert sides.shape[1] == pytest.approx(6 * 48_000, abs=48)
    found = [[round(pitch_at(side, second), -1) for second in (1.0, 3.0, 5.0)] for side in sides]
    assert found == [[400, 600, 800], [400, 1_000, 800]]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHAINS)
def test_a_seek_into_any_link_lands_where_it_was_to(name: str) -> None:
    content = b"".join(link for link, _ in CHAINS[name])
    straight = heard(content)
    one = decoder(content)
    for place in (4.0, 0.5, 4.5, 3.25, 2.5):
        for landed in (
            heard(content, position=place),
            np.concatenate([block.samples.mean(axis=1) for block in signal_path(one, place)]) / 32768,
        ):
            wanted = straight[round(place * 48_000) :]
            assert len(landed) == pytest.approx(len(wanted), abs=48)
            assert pitch_at(landed, 0.2) == pytest.approx(pitch_at(wanted, 0.2), abs=8)


@pytest.mark.parametrize("size", [97, 1000, 40_000])
def test_a_chain_that_arrives_in_pieces_is_the_same(size: int) -> None:
    content = b"".join(link for link, _ in CHAINS["the codec changes"])
    arriving = announced(len(content))

    def arrive() -> None:
        for at in range(0, len(content), size):
            arriving.write(content[at : at + size])
        arriving.finish()

    sending = threading.Thread(target=arrive)
    sending.start()
    decoding = Decoder(MediaReader(arriving))
    *_, last = decoding.frames()
    sending.join()
    assert last.end == pytest.approx(7.0, abs=0.01)
    assert decoding.end == pytest.approx(7.0, abs=0.01)
    assert decoding.damage.pairs == ()


@pytest.mark.parametrize(
    ("position", "pitch"), [(11.0, 400), (14.0, 800), (19.0, 800), (21.0, 1200), (23.0, 1200)]
)
def test_a_seek_in_a_chain_that_still_arrives_lands_where_it_was_to(position: float, pitch: int) -> None:
    noisy = tone(800, 8.0) + np.random.default_rng(4).normal(size=8 * 44_100) * 0.02
    content = opus(12.0, 400) + written("ogg", "flac", 44_100, noisy) + opus(4.0, 1200)
    one = Decoder(Dripping(content))
    for place, hertz in ((position, pitch), (15.0, 800)):
        blocks = list(signal_path(one, place))
        assert blocks[0].start == pytest.approx(place, abs=0.001)
        wave = np.concatenate([block.samples.mean(axis=1) for block in blocks]) / 32768
        assert pitch_at(wave, 0.4) == pytest.approx(hertz, abs=8)
        assert one.end == pytest.approx(24.0, abs=0.01)


def test_a_link_that_cannot_be_decoded_is_damage_and_the_next_one_is_played() -> None:
    broken = ogg_page(0, 0, [b"OpusHead" + bytes(11)], first=True, serial=5) + ogg_page(
        1, 960, [bytes(40)], serial=5
    )
    decoding = decoder(opus(2.0, 400) + broken + opus(2.0, 800))
    *_, last = decoding.frames()
    assert last.end == pytest.approx(4.0, abs=0.05)
    assert decoding.damage.pairs


RAW = {
    "ulaw": ("mulaw", "pcm_mulaw", 8_000),
    "pcm_mulaw": ("mulaw", "pcm_mulaw", 8_000),
    "audio/basic": ("mulaw", "pcm_mulaw", 8_000),
    "audio/PCMU;rate=16000": ("mulaw", "pcm_mulaw", 16_000),
    "alaw": ("alaw", "pcm_alaw", 8_000),
    "audio/x-alaw-basic": ("alaw", "pcm_alaw", 8_000),
    "g722": ("g722", "g722", 16_000),
    "audio/G722": ("g722", "g722", 16_000),
    "sln": ("s16le", "pcm_s16le", 8_000),
    "sln16": ("s16le", "pcm_s16le", 16_000),
    "slin44": ("s16le", "pcm_s16le", 44_100),
    "audio/L16; rate=16000": ("s16be", "pcm_s16be", 16_000),
    "g726": ("g726le", "g726le", 8_000),
    "audio/G726-32": ("g726le", "g726le", 8_000),
    "audio/AAL2-G726-32": ("g726", "g726", 8_000),
}


@pytest.mark.parametrize("told", RAW)
def test_sound_without_a_header_is_played_by_what_it_is_called(told: str, tmp_path: Path) -> None:
    form, codec, rate = RAW[told]
    content = written(form, codec, rate, tone(1000, 3.0, rate))
    decoding = decoder(content, told)
    assert decoding.duration == pytest.approx(3.0, abs=0.02)
    assert pitch_at(heard(content, told), 1.5) == pytest.approx(1000, abs=8)
    assert pitch_at(heard(content, told, position=1.0), 1.0) == pytest.approx(1000, abs=8)
    if "/" not in told:
        (tmp_path / f"a.{told}").write_bytes(content)
        copy(tmp_path / f"a.{told}", CopyForm.WAV, tmp_path / "b.wav")
        assert decoder((tmp_path / "b.wav").read_bytes()).duration == pytest.approx(3.0, abs=0.02)
    (tmp_path / "c.mp3").write_bytes(content)
    copy(tmp_path / "c.mp3", CopyForm.WAV, tmp_path / "d.wav", [told])
    assert decoder((tmp_path / "d.wav").read_bytes()).duration == pytest.approx(3.0, abs=0.02)


def test_a_rate_that_one_name_tells_counts_for_the_form_that_another_one_names() -> None:
    content = written("s16be", "pcm_s16be", 16_000, tone(1000, 3.0, 16_000))
    assert decoder(content, "l16", "audio/L16; rate=16000").duration == pytest.approx(3.0, abs=0.02)
    assert decoder(content, "audio/L16", "wav", "Audio/L16;Rate=16000").duration == pytest.approx(
        3.0, abs=0.02
    )
    # What names another form tells nothing of this one.
    assert decoder(content, "sln8", "audio/L16; rate=16000").duration == pytest.approx(6.0, abs=0.02)


def test_a_name_does_not_overrule_a_header() -> None:
    for told in ("ulaw", "gsm", "sln"):
        assert pitch_at(heard(encoded("wav PCM", tone(1000, 3.0)), told), 1.5) == pytest.approx(1000, abs=8)
        assert pitch_at(heard(encoded("mp3 CBR", tone(1000, 3.0)), told), 1.5) == pytest.approx(1000, abs=8)


def test_a_page_that_is_called_sound_without_a_header_is_no_sound() -> None:
    page = b"<html><body><h1>Service Unavailable</h1></body></html>" * 40
    for told in ("ulaw", "gsm", "sln"):
        with pytest.raises(Garbled) as raised:
            decoder(page, told)
        assert raised.value.reason == "audio"


def test_gsm_without_a_header_is_played() -> None:
    decoding = decoder(gsm(4.0), "gsm")
    *_, last = decoding.frames()
    assert last.end == pytest.approx(4.0)
    assert decoding.duration == pytest.approx(4.0)


CONTAINED = {
    "WMA": ("asf", "wmav2", 44_100),
    "WavPack": ("wv", "wavpack", 44_100),
    "MPEG-TS": ("mpegts", "aac", 44_100),
    "AVI": ("avi", "pcm_s16le", 8_000),
    "AVI with MP3": ("avi", "libmp3lame", 44_100),
    "FLV": ("flv", "aac", 44_100),
    "VOC": ("voc", "pcm_u8", 8_000),
    "TTA": ("tta", "tta", 44_100),
    "E-AC-3": ("eac3", "eac3", 48_000),
    "LATM": ("latm", "aac", 44_100),
    "SoX": ("sox", "pcm_s32le", 8_000),
    "RealMedia": ("rm", "real_144", 8_000),
    "MPEG program stream": ("mpeg", "mp2", 48_000),
    "video disc": ("vob", "ac3", 48_000),
}


BIT_RATES = {"RealMedia": 8_000, "WMA": 64_000}


@pytest.mark.parametrize("name", CONTAINED)
def test_every_container_that_ffmpeg_reads_is_played(name: str) -> None:
    container, codec, rate = CONTAINED[name]
    content = written(container, codec, rate, tone(1000, 3.0, rate), bit_rate=BIT_RATES.get(name, 0))
    wave = heard(content)
    assert len(wave) / 48_000 == pytest.approx(3.0, abs=0.12)
    assert pitch_at(wave, 1.5) == pytest.approx(1000, abs=8)


GUESSES = {
    "ADTS": lambda wave: written("adts", "aac", 44_100, wave),
    "MP3 of varying bit rate without a table": lambda wave: encoded("mp3 VBR without Xing", wave),
    "MP3 without a table": lambda wave: encoded("mp3 without Xing", wave[::2]),
    "AMR": lambda wave: written(
        "amr", "libopencore_amrnb", 8_000, wave[:: len(wave) // 48_000], bit_rate=12_200
    ),
}


@pytest.mark.parametrize("name", GUESSES)
def test_a_length_that_is_only_a_guess_is_not_told_as_one(name: str) -> None:
    wave = np.concatenate((sweep(SECONDS / 2, 44_100), tone(440, SECONDS / 2, level=0.0)))
    decoding = decoder(GUESSES[name](wave))
    assert decoding.duration is None
    assert decoding.estimate is not None
    assert list(decoding.frames())
    assert decoding.end is not None


@pytest.mark.parametrize("name", ["mp3 CBR", "mp3 at 8 kHz", "wav PCM", "m4a", "flac", "ogg Opus", "webm"])
def test_a_length_that_the_file_says_is_told_exactly(name: str) -> None:
    rate = 8_000 if "8 kHz" in name else 48_000 if name in {"ogg Opus", "webm"} else 44_100
    decoding = decoder(encoded(name, sweep(SECONDS, rate)))
    assert decoding.duration == pytest.approx(SECONDS, abs=0.01)


def impossible(name: str) -> bytes:
    """A file of six seconds that tells of years."""
    content = bytearray(encoded(name, sweep(SECONDS, 44_100)))
    if name == "flac":
        content[21:26] = bytes((content[21] | 0x0F, 255, 255, 255, 255))
    else:
        at = content.index(b"Info")
        content[at + 8 : at + 12] = (2**31).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize("name", ["mp3 CBR", "flac"])
def test_a_length_that_cannot_be_in_so_few_bytes_is_not_told_and_nothing_of_it_is_missing(name: str) -> None:
    one = decoder(impossible(name))
    assert (one.duration, one.estimate) == (None, None)
    gauge = HealthGauge()
    for _ in outlines(MediaReader(media(impossible(name))), gauge=gauge):
        pass
    assert gauge.figures is not None
    assert gauge.figures.seconds == pytest.approx(SECONDS, abs=0.1)
    assert Verdict.CUT_OFF not in verdicts(gauge.figures, CALL)


def test_a_start_that_is_not_zero_is_taken_off_the_length() -> None:
    wave = sweep(SECONDS, 48_000)
    tapped = decoder(shifted(written("ogg", "libopus", 48_000, wave), 20 * 48_000))
    assert tapped.duration == pytest.approx(SECONDS, abs=0.01)
    late = decoder(written("matroska", "libopus", 48_000, wave, begins=3600.0))
    assert late.duration is None
    assert late.estimate == pytest.approx(SECONDS, abs=0.05)
    for decoding in (tapped, late):
        first, *_, last = decoding.frames()
        assert first.start == pytest.approx(0.0, abs=0.01)
        assert last.end == pytest.approx(SECONDS, abs=0.01)


def test_ogg_flac_that_was_tapped_while_it_ran_has_no_hole_and_is_sought_as_it_is_played() -> None:
    noise = np.random.default_rng(8).normal(size=20 * 8000) * 0.1
    content = shifted(written("ogg", "flac", 8_000, noise), 10 * 8000)
    one = decoder(content)
    *_, last = one.frames()
    assert last.end == pytest.approx(20.0, abs=0.01)
    assert one.duration == pytest.approx(20.0, abs=0.01)
    assert one.damage.pairs == ()
    check_seeks(content, 8000, 0.0)


@pytest.mark.parametrize(
    "name", ["wav", "wv", "amr", "aiff", "ogg", "adts", "mp3", "mp4", "mov", "webm", "matroska", "voc"]
)
def test_a_tag_before_any_header_is_skipped(name: str) -> None:
    codecs = {"wav": "pcm_s16le", "wv": "wavpack", "amr": "libopencore_amrnb", "aiff": "pcm_s16be"}
    codecs |= {"ogg": "flac", "adts": "aac", "mp3": "libmp3lame", "mp4": "aac", "mov": "pcm_s16le"}
    codecs |= {"webm": "libopus", "matroska": "pcm_s16le", "voc": "pcm_u8"}
    bits, rate = 12_200 if name == "amr" else 0, 48_000 if name == "webm" else 8_000
    content = written(name, codecs[name], rate, tone(400, 2.0, rate), bit_rate=bits)
    tag = b"ID3\x04\x00\x00\x00\x00\x02\x00" + bytes(256)
    assert len(heard(tag + tag + content)) == pytest.approx(len(heard(content)), abs=48)
    assert pitch_at(heard(tag + content), 1.0) == pytest.approx(400, abs=8)


@pytest.mark.parametrize("container", ["asf", "flv", "matroska", "mov"])
def test_a_start_at_another_second_makes_no_container_longer_or_shorter(container: str) -> None:
    codec = "wmav2" if container == "asf" else "aac"
    content = written(container, codec, 44_100, tone(400, 3.0), begins=7.0, bit_rate=64_000)
    assert decoder(content).estimate == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("rates", [(44_100, 8_000), (8_000, 44_100)])
def test_a_tag_between_two_mp3_files_is_neither_sound_nor_damage(rates: tuple[int, int]) -> None:
    first, second = (written("mp3", "libmp3lame", rate, tone(400, 3.0, rate)) for rate in rates)
    lengths = [len(heard(each)) for each in (first, second)]
    one = decoder(first + second)
    *_, last = one.frames()
    assert one.damage.pairs == ()
    # What a file says that its encoder has filled up is only known of the first, if at all.
    assert last.end * 48_000 == pytest.approx(sum(lengths), abs=0.25 * 48_000)
    assert one.end == pytest.approx(last.end)


def test_a_tag_behind_the_sound_is_no_damage() -> None:
    decoding = decoder(encoded("mp3 CBR", sweep(SECONDS, 44_100)) + ape_tag())
    *_, last = decoding.frames()
    assert last.end == pytest.approx(SECONDS, abs=0.03)
    assert decoding.damage.pairs == ()


def test_a_container_that_breaks_off_with_an_error_is_damage_at_its_end() -> None:
    content = written("wv", "wavpack", 44_100, sweep(SECONDS, 44_100))
    decoding = decoder(content[: len(content) * 2 // 3])
    *_, last = decoding.frames()
    ((start, end),) = decoding.damage.pairs
    assert (start, end) == pytest.approx((last.end, SECONDS))


REFUSED = {
    "header alone": (encoded("wav PCM", tone(440, 0.0)), "empty"),
    "no byte": (b"", "empty"),
    "no sample in FLAC": (encoded("flac", tone(440, 0.0)), "empty"),
    "cut before its table": (encoded("m4a", sweep(2.0, 44_100))[:4000], "broken"),
    "noise": (np.random.default_rng(3).bytes(20_000), "audio"),
    "frames that are noise": (
        b"fLaC\x80\0\0\x22" + bytes(34) + np.random.default_rng(3).bytes(9000),
        "broken",
    ),
    "rate of no sound": (riff(3, 16, bytes(20_000)), "broken"),
    "rate beyond all sound": (riff(654_319_424, 8, bytes(20_000)), "broken"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_played_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    content, why = REFUSED[name]
    with pytest.raises(Garbled) as raised:
        list(decoder(content).frames())
    assert raised.value.reason == why
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Garbled) as raised:
        copy(tmp_path / "a", CopyForm.WAV, tmp_path / "b")
    assert raised.value.reason == why


@pytest.mark.parametrize(
    ("content", "told", "kind"),
    [
        (b"#!SILK_V3" + bytes(range(1, 200)), "silk", "SILK"),
        (b"ADIF" + bytes(range(200)), "aac", "ADIF"),
        (riff(8000, 16, bytes(range(256)) * 40, tag=0x1234), "wav", "WAV"),
        (np.random.default_rng(3).bytes(9000), "adpcm", "ADPCM"),
    ],
)
def test_a_kind_that_is_not_played_is_named(content: bytes, told: str, kind: str) -> None:
    with pytest.raises(UnplayedKind) as raised:
        decoder(content, told)
    assert kind in raised.value.kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mp3 CBR", "mp3 at 8 kHz"])
@pytest.mark.parametrize("fill", [bytes, np.random.default_rng(1).bytes], ids=["zeros", "noise"])
def test_bytes_that_are_no_mp3_take_their_time_where_every_second_has_as_many(
    kind: str, fill: Callable[[int], bytes]
) -> None:
    rate = FORMATS[kind][2]
    content = encoded(kind, np.concatenate((tone(440, 20.0, rate), tone(1000, 20.0, rate))))
    begin, size = len(content) // 4, len(content) // 10
    broken = content[:begin] + fill(size) + content[begin + size :]
    one = decoder(broken)
    *_, last = one.frames()
    assert last.end == pytest.approx(40.0, abs=0.1)
    assert one.damage.pairs[0][0] == pytest.approx(10.0, abs=0.2)
    assert one.damage.pairs[-1][1] == pytest.approx(14.0, abs=0.2)
    assert one.damage.seconds == pytest.approx(4.0, abs=0.3)
    for place, pitch in ((19.3, 440), (20.1, 1000), (15.0, 440), (30.0, 1000)):
        assert pitch_at(heard(broken, position=place), 0.3) == pytest.approx(pitch, abs=4)


@pytest.mark.parametrize(("told", "rate"), [("vox", 8000), ("audio/vox;rate=6000", 6000)])
def test_a_file_of_dialogic_adpcm_sounds_as_long_and_as_high_as_it_is(told: str, rate: int) -> None:
    content = dialogic(np.concatenate((tone(440, 10.0, rate), tone(1000, 10.0, rate))))
    one = decoder(content, told)
    assert one.codec == "adpcm_ima_oki"
    assert one.duration == pytest.approx(20.0, abs=0.001)
    wave = heard(content, told)
    assert len(wave) / 48_000 == pytest.approx(20.0, abs=0.02)
    assert [pitch_at(wave, second) for second in (5.0, 15.0)] == [pytest.approx(440, abs=4), 1000]
    assert np.sqrt(np.mean(wave[48_000:96_000] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)
    check_seeks(content, rate, 0.0, told)


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_a_wav_file_of_the_other_byte_order_sounds_the_same(bits: int) -> None:
    samples = np.rint(tone(440, 2.0, 8000) * 2 ** (bits - 1)).astype(">i4" if bits != 16 else ">i2")
    content = samples.tobytes()
    if bits == 24:
        content = samples.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    wave = heard(riff(8000, bits, content, order=">"))
    assert pitch_at(wave, 1.0) == pytest.approx(440, abs=4)
    assert np.sqrt(np.mean(wave[4800:-4800] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


@pytest.mark.parametrize("a_page", [1, 7, 50])
def test_one_decoder_seeks_in_speex_to_the_sample(a_page: int) -> None:
    check_seeks(speex(20.0, a_page=a_page), 8000, 0.25)


def test_one_decoder_seeks_in_ogg_flac_to_the_sample() -> None:
    noise = np.random.default_rng(8).normal(size=20 * 8000) * 0.1
    check_seeks(written("ogg", "flac", 8_000, noise), 8000, 0.0)


COUNTED = {
    "ADTS": ("adts", "aac", 8_000),
    "LATM": ("latm", "aac", 44_100),
    "layer II": ("mp2", "mp2", 48_000),
}


@pytest.mark.parametrize("name", COUNTED)
def test_one_decoder_that_has_come_to_the_end_seeks_to_the_sample_where_time_is_only_counted(
    name: str,
) -> None:
    container, codec, rate = COUNTED[name]
    check_seeks(written(container, codec, rate, sweep(20.0, rate)), rate, 0.1)


BEHIND = {
    "FLAC": [("flac", "flac", 8_000, 0), ("flac", "flac", 8_000, 0)],
    "ADTS of two rates": [("adts", "aac", 44_100, 0), ("adts", "aac", 8_000, 0)],
    "MP3 of two bit rates": [("mp3", "libmp3lame", 8_000, 16_000), ("mp3", "libmp3lame", 8_000, 48_000)],
    "WebM": [("webm", "libopus", 48_000, 0), ("webm", "libopus", 48_000, 0)],
}


@pytest.mark.parametrize("name", BEHIND)
def test_files_put_one_behind_the_other_are_as_long_as_both_and_heard_everywhere(name: str) -> None:
    content = b"".join(
        written(container, codec, rate, tone(hertz, 5.0, rate), bit_rate=bits)
        for (container, codec, rate, bits), hertz in zip(BEHIND[name], (400, 900), strict=True)
    )
    wave, one = heard(content), decoder(content)
    assert len(wave) / 48_000 == pytest.approx(10.0, abs=0.4)
    assert sum(1 for _ in one.frames()) > 10
    for place, hertz in ((2.0, 400), (7.5, 900)):
        assert pitch_at(wave, place + 0.3) == pytest.approx(hertz, abs=8)
        assert pitch_at(heard(content, position=place), 0.3) == pytest.approx(hertz, abs=8)
        again = np.concatenate([block.samples.mean(axis=1) for block in signal_path(one, place)])
        assert pitch_at(again, 0.3) == pytest.approx(hertz, abs=8)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [name for name in CONTAINED if name not in {"AVI with MP3", "WMA", "E-AC-3"}]
)
def test_one_decoder_seeks_in_every_container_to_the_same_sound(name: str) -> None:
    container, codec, rate = CONTAINED[name]
    wave = sweep(20.0, rate, last=min(3000.0, rate / 3))
    content = written(container, codec, rate, wave, bit_rate=BIT_RATES.get(name, 0))
    straight, one = heard(content), decoder(content)
    for place in (12.0, 12.7, 3.3, 15.0, 0.7):
        landed = np.concatenate([block.samples.mean(axis=1) for block in signal_path(one, place)])
        begin = round((place + 0.2) * 48_000)
        lag = np.argmax(np.correlate(straight[begin - 480 : begin + 5280], landed[9600:14400], "valid")) - 480
        # Some containers count milliseconds.
        assert abs(lag) <= 96, place


def check_seeks(content: bytes, rate: int, run_in: float, *told: str) -> None:
    """Seek back and forth, also nearby and while the end is not here: it sounds as it does straight on."""
    straight = joined(decoder(content, *told), 0.0, 20.0, rate)
    arriving = announced(len(content) + 500_000, *told)
    arriving.write(content)
    for one in (decoder(content, *told), Decoder(MediaReader(arriving))):
        for place in (12.0, 12.7, 11.6, 11.6, 3.3, 4.4, 15.0, 0.7, 15.0):
            landed = joined(one, place, 0.5 + run_in, rate)[round(run_in * rate) :]
            begin = round((place + run_in) * rate)
            assert np.corrcoef(landed, straight[begin : begin + len(landed)])[0, 1] > 0.98, place


def joined(one: Decoder, place: float, seconds: float, rate: int) -> Wave:
    """The samples from `place` on."""
    waves = []
    for timed in one.frames(place):
        early = max(0, round((place - timed.start) * rate))
        wave = timed.frame.to_ndarray().reshape(-1).astype(np.float64)
        waves.append(wave[early:])
        if timed.end >= place + seconds:
            break
    return np.concatenate(waves)[: round(seconds * rate)]


@pytest.mark.parametrize("second", [("flac", 8_000, 1), ("flac", 44_100, 2)])
def test_loudness_goes_on_where_rate_and_channels_change(second: tuple[str, int, int]) -> None:
    codec, rate, channels = second
    wave = tone(997, 5.0, level=0.1)
    content = written("ogg", "flac", 44_100, wave) + written(
        "ogg", codec, rate, *[tone(997, 5.0, rate, level=0.1)] * channels
    )
    gauge = HealthGauge()
    for _ in outlines(MediaReader(media(content)), gauge=gauge):
        pass
    assert gauge.figures is not None
    assert gauge.figures.played_lufs == pytest.approx(-20.0, abs=0.3)


@pytest.mark.parametrize(("channels", "sounding"), [(6, 2), (4, 3), (5, 2)])
def test_what_sounds_in_any_of_many_channels_is_drawn_and_measured(channels: int, sounding: int) -> None:
    samples = np.zeros((8_000 * 4, channels), "<i2")
    samples[8_000:, sounding] = np.rint(tone(440, 3.0, 8_000) * 32_767)
    gauge = HealthGauge()
    *_, peaks = outlines(
        MediaReader(media(riff(8_000, 16, samples.tobytes(), channels=channels))), gauge=gauge
    )
    assert max(max(line) for line in peaks.channels) > 40
    assert max(max(line[:95]) for line in peaks.channels) == 0
    assert gauge.figures is not None
    assert gauge.figures.count == channels
    assert gauge.figures.silence == pytest.approx(0.25, abs=0.02)


def pcm(*channels: Wave) -> bytes:
    samples = np.rint(np.stack(channels).T * 32_767).astype("<i2")
    return riff(8_000, 16, samples.tobytes(), channels=len(channels))


def of_places(content: bytes, places: int) -> bytes:
    """A WAV file of 16 bits whose header tells the places of its channels, as bits of a mask."""
    fmt = content[20:36]
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    longer = struct.pack("<H", 0xFFFE) + fmt[2:] + struct.pack("<HHI", 22, 16, places) + guid
    body = b"WAVEfmt " + struct.pack("<I", len(longer)) + longer + content[36:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("channels", [9, 11, 22, 32])
def test_any_channel_of_a_recorder_with_many_is_played_measured_and_copied(
    channels: int, tmp_path: Path
) -> None:
    silent = np.zeros(8_000)
    content = pcm(*[silent] * (channels - 1), tone(440, 1.0, 8_000))
    played = heard(content)
    assert len(played) == 48_000
    assert pitch_at(played, 0.5) == pytest.approx(440, abs=4)
    *_, peaks = outlines(MediaReader(media(content)))
    assert peaks.duration == pytest.approx(1.0)
    assert max(max(line) for line in peaks.channels) == pytest.approx(0.5 / channels * 255, abs=2)
    for form in CopyForm:
        copy(kept(tmp_path, content), form, tmp_path / "b")
        copied = heard((tmp_path / "b").read_bytes())
        assert pitch_at(copied, 0.5) == pytest.approx(440, abs=4)
        assert np.abs(copied).max() == pytest.approx(np.abs(played).max(), rel=0.1)
    copy(kept(tmp_path, content), CopyForm.WAV, tmp_path / "b")
    assert (tmp_path / "b").read_bytes().endswith(content[44:])


def test_eight_channels_that_a_codec_keeps_apart_are_played_measured_and_copied(tmp_path: Path) -> None:
    content = written("ogg", "libopus", 48_000, *[tone(440, 1.0, 48_000)] * 8)
    assert pitch_at(heard(content), 0.5) == pytest.approx(440, abs=4)
    *_, peaks = outlines(MediaReader(media(content)))
    assert peaks.duration == pytest.approx(1.0, abs=0.01)
    for form in CopyForm:
        copy(kept(tmp_path, content), form, tmp_path / "b")
        assert pitch_at(heard((tmp_path / "b").read_bytes()), 0.5) == pytest.approx(440, abs=4)


@pytest.mark.parametrize("places", [0b1001, 0b100100])
def test_two_channels_at_odd_places_are_the_two_sides(places: int, tmp_path: Path) -> None:
    content = of_places(pcm(tone(440, 1.0, 8_000), np.zeros(8_000)), places)
    blocks = list(signal_path(decoder(content)))
    left, right = np.concatenate([block.samples for block in blocks]).T
    assert np.abs(left).max() == pytest.approx(16_384, rel=0.05)
    assert not right.any()
    for form in CopyForm:
        copy(kept(tmp_path, content), form, tmp_path / "b")
        *_, peaks = outlines(MediaReader(media((tmp_path / "b").read_bytes())))
        assert [max(line) > 100 for line in peaks.channels] == [True, False]


def test_three_channels_at_odd_places_are_all_heard(tmp_path: Path) -> None:
    content = of_places(pcm(*[np.zeros(8_000)] * 2, tone(440, 1.0, 8_000)), 0b10011)
    assert pitch_at(heard(content), 0.5) == pytest.approx(440, abs=4)
    for form in CopyForm:
        copy(kept(tmp_path, content), form, tmp_path / "b")
        assert pitch_at(heard((tmp_path / "b").read_bytes()), 0.5) == pytest.approx(440, abs=4)


def test_a_value_that_is_no_number_is_no_bang(tmp_path: Path) -> None:
    line = tone(440, 1.0, 8_000, level=0.1).astype("<f4")
    line[4_000] = np.nan
    content = riff(8_000, 32, line.tobytes(), tag=3)
    assert np.abs(heard(content)).max() < 0.2
    copy(kept(tmp_path, content), CopyForm.WAV, tmp_path / "b")
    assert np.abs(heard((tmp_path / "b").read_bytes())).max() < 0.2


@pytest.mark.slow
def test_frames_that_damage_gives_other_channels_refuse_no_recording(tmp_path: Path) -> None:
    whole = encoded("m4a in fragments", speech(20, 44_100, 1) * 0.5)
    half = len(whole) // 2
    content = whole[:half] + np.random.default_rng(1).bytes(len(whole) // 20) + whole[half:]
    assert len(heard(content)) > 9 * 48_000
    *_, peaks = outlines(MediaReader(media(content)))
    assert peaks.complete
    for form in CopyForm:
        copy(kept(tmp_path, content), form, tmp_path / "b")
        assert len(heard((tmp_path / "b").read_bytes())) > 9 * 48_000


def test_more_channels_than_anybody_hears_are_told_everywhere(tmp_path: Path) -> None:
    content = riff(8000, 16, bytes(range(256)) * 400, channels=200)
    for work in (
        lambda: heard(content),
        lambda: copy(kept(tmp_path, content), CopyForm.OPUS, tmp_path / "b"),
    ):
        with pytest.raises(Garbled) as raised:
            work()
        assert raised.value.reason == "broken"


@pytest.mark.parametrize("name", ["w64", "caf"])
def test_a_broken_file_is_never_a_fault_of_the_disk(name: str, tmp_path: Path) -> None:
    content = bytearray(written(name, "pcm_s16le", 8_000, tone(440, 1.0, 8_000)))
    sizes = np.random.default_rng(9)
    for at in range(8, 160, 8):
        broken = content[:at] + sizes.bytes(8) + content[at + 8 :]
        with suppress(Garbled):
            copy(kept(tmp_path, bytes(broken)), CopyForm.WAV, tmp_path / "b")


def kept(folder: Path, content: bytes) -> Path:
    """A file of `content`."""
    (folder / "a").write_bytes(content)
    return folder / "a"


def test_where_the_clock_of_a_file_jumps_far_memory_does_not_follow() -> None:
    content = bytearray(written("ogg", "libopus", 48_000, sweep(3.0, 48_000)))
    jumped = shifted(bytes(content), 48_000 * 3600 * 10_000)
    half = jumped.index(b"OggS", len(jumped) // 3)
    *_, peaks = outlines(
        MediaReader(media(bytes(content[: content.index(b"OggS", len(content) // 3)]) + jumped[half:]))
    )
    assert peaks.duration < 120
    assert len(peaks.channels[0]) < 12_000


@pytest.mark.slow
@pytest.mark.parametrize("container", ["webm", "matroska"])
@pytest.mark.parametrize("nanoseconds", [6_500_000, 1_083_333, 0])
def test_opus_in_matroska_begins_with_its_first_sample(container: str, nanoseconds: int) -> None:
    right = written(container, "libopus", 48_000, sweep(SECONDS, 48_000))
    at = right.index(b"\x56\xaa\x83") + 3
    content = right[:at] + nanoseconds.to_bytes(3, "big") + right[at + 3 :]
    wanted = heard(written("ogg", "libopus", 48_000, sweep(SECONDS, 48_000)))
    straight, sought = heard(content), heard(content, position=3.0)
    assert len(straight) == pytest.approx(len(wanted), abs=1)
    assert np.abs(straight[:96_000] - wanted[:96_000]).max() < 0.001
    lag = np.argmax(np.correlate(wanted[143_000:149_000], sought[:5_000], "valid")) - 1_000
    # Matroska counts milliseconds.
    assert abs(lag) <= 96
