"""The pure path: what comes out is compared with what was put in."""

import struct
import threading
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from playhead.core.errors import Garbled, Unreachable
from playhead.core.media import Media
from playhead.core.playbacksettings import Channels, PlaybackSettings
from playhead.sound.block import RATE, Block, Samples
from playhead.sound.decoder import Decoder
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from playhead.sound.voice import Mix
from support.audio.arriving_media import announced, arrived
from support.audio.tones import FORMATS, Wave, encoded, sweep, tone

# Encoders whose output begins later than their input, without a note of it in the file.
UNKNOWN_DELAY = {"mp3 without Xing", "mp3 VBR without Xing", "m4a in fragments", "AMR"}


def blocks(content: bytes, position: float = 0.0, speed: float = 1.0) -> list[Block]:
    return list(signal_path(Decoder(MediaReader(arrived(content))), position, speed))


def joined(played: list[Block]) -> Samples:
    return np.concatenate([block.samples for block in played])


def pitch(samples: Samples) -> float:
    """The loudest frequency, in Hz."""
    loudness = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(loudness) * RATE / len(samples))


def lag(sound: Wave, reference: Wave, most: int = 40) -> int:
    """By how many samples the sound is later than the reference."""
    middle = reference[most:-most]
    errors = [
        float(np.mean((sound[most + shift : most + shift + len(middle)] - middle) ** 2))
        for shift in range(-most, most + 1)
    ]
    return int(np.argmin(errors)) - most


@cache
def noisy(name: str, seconds: float) -> bytes:
    """Noise in one of the formats."""
    return encoded(name, noise(seconds, FORMATS[name][2]))


def noise(seconds: float, rate: int) -> Wave:
    """Noise below a quarter of the rate: no two moments of it are alike."""
    white = np.fft.rfft(np.random.default_rng(7).normal(size=round(seconds * rate)))
    white[len(white) // 4 :] = 0
    sound: Wave = np.fft.irfft(white)
    sound *= 0.5 / np.abs(sound).max()
    return sound


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_heard_as_it_was_made(name: str) -> None:
    rate = FORMATS[name][2]
    content = encoded(name, sweep(4, rate, last=min(3000, rate / 4)))
    sound = joined(blocks(content))
    assert abs(len(sound) / RATE - 4) < 0.2
    assert sound.shape[1] == 1
    begin, end = 2 * RATE, 2 * RATE + 4800
    wanted = sweep(4, RATE, last=min(3000, rate / 4))[begin:end] * 32767
    if name not in UNKNOWN_DELAY:
        assert abs(lag(sound[begin:end, 0].astype(float), wanted, most=12)) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_a_seek_is_exact_to_the_sample(name: str) -> None:
    content = noisy(name, 10)
    whole = joined(blocks(content))[:, 0].astype(float)
    # WebM keeps its times in whole milliseconds.
    exact = 48 if name == "webm" else 1
    for position in (0.3, 0.77, 5.123, 9.3):
        played = blocks(content, position)
        assert abs(played[0].start - position) * RATE <= exact, position
        begin = round(position * RATE) + 4800
        sound = joined(played)[4800 : 4800 + 9600, 0].astype(float)
        assert abs(lag(sound, whole[begin : begin + 9600], most=60)) <= exact, position


def test_times_are_counted_without_gaps() -> None:
    played = blocks(encoded("mp3 CBR", tone(440, 3)), 1.0)
    for one, other in pairwise(played):
        assert other.start == pytest.approx(one.end, abs=1e-9)
        assert one.end - one.start == pytest.approx(one.frames / RATE, abs=1e-9)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0, 3.0])
def test_speed_changes_the_length_and_keeps_the_pitch(speed: float) -> None:
    played = blocks(encoded("wav PCM", tone(440, 6)), 1.0, speed)
    sound = joined(played)
    assert len(sound) / RATE == pytest.approx(5 / speed, abs=0.05)
    assert pitch(sound[:, 0]) == pytest.approx(440, abs=1)
    assert played[0].start == pytest.approx(1.0, abs=1e-4)
    assert played[-1].end == pytest.approx(6.0, abs=0.05)


def test_the_channels_stay_apart() -> None:
    sound = joined(blocks(encoded("wav PCM", tone(440, 2), tone(1000, 2))))
    assert pitch(sound[:, 0]) == pytest.approx(440, abs=1)
    assert pitch(sound[:, 1]) == pytest.approx(1000, abs=1)


def heard(settings: PlaybackSettings, *channels: Wave) -> Samples:
    mix = Mix()
    played = blocks(encoded("wav PCM", *channels), speed=settings.speed)
    parts = [mix.stereo(block.samples, settings.matrix(block.samples.shape[1])) for block in played]
    return np.frombuffer(b"".join(parts), np.int16).reshape(-1, 2)


@pytest.mark.parametrize("speed", [1.0, 1.5])
def test_a_soloed_channel_is_on_both_ears_and_nothing_of_the_other(speed: float) -> None:
    sound = heard(
        PlaybackSettings(speed=speed, channels=Channels.RIGHT), tone(440, 2), tone(440, 2, level=0.0)
    )
    assert np.abs(sound).max() / 32768 < 10 ** (-90 / 20)
    sound = heard(PlaybackSettings(speed=speed, channels=Channels.LEFT), tone(440, 2), tone(1000, 2))
    assert np.array_equal(sound[:, 0], sound[:, 1])
    assert pitch(sound[:, 0]) == pytest.approx(440, abs=1)


@pytest.mark.parametrize("channels", Channels)
def test_a_mono_recording_is_on_both_ears_whatever_is_soloed(channels: Channels) -> None:
    sound = heard(PlaybackSettings(channels=channels), tone(440, 1))
    assert np.array_equal(sound[:, 0], sound[:, 1])
    assert np.abs(sound).max() == pytest.approx(16384, rel=0.01)


def test_gain_swap_mono_and_volume_do_what_they_say() -> None:
    left, right = tone(440, 1), tone(1000, 1)
    sound = heard(PlaybackSettings(left=0.5, right=0.0), left, right)
    assert np.abs(sound[:, 0]).max() == pytest.approx(8192, rel=0.01)
    assert not sound[:, 1].any()
    swapped = heard(PlaybackSettings(swap=True), left, right)
    assert pitch(swapped[:, 0]) == pytest.approx(1000, abs=1)
    mono = heard(PlaybackSettings(mono=True), left, tone(440, 1, level=0.0))
    assert np.abs(mono[480:]).max() == pytest.approx(8192, rel=0.01)
    quiet = heard(PlaybackSettings(volume=0.5), left, right)
    assert np.abs(quiet).max() == pytest.approx(16384 / 8, rel=0.01)


def test_a_gain_that_is_too_large_clips_instead_of_wrapping() -> None:
    loud = heard(PlaybackSettings(left=4.0), tone(440, 1), tone(440, 1))
    assert loud[:, 0].max() == 32767
    assert loud[:, 0].min() == -32768


def test_a_changed_setting_is_reached_without_a_click() -> None:
    mix, steady = Mix(), np.full((4800, 1), 10_000, np.int16)
    parts = [mix.stereo(steady, PlaybackSettings(volume=volume).matrix(1)) for volume in (1.0, 0.2, 1.0)]
    sound = np.frombuffer(b"".join(parts), np.int16).reshape(-1, 2)
    assert sound[0, 0] == 0
    assert np.abs(np.diff(sound[:, 0].astype(int))).max() < 50


def test_how_much_the_device_takes_at_a_time_makes_no_difference() -> None:
    wave = np.rint(tone(440, 0.2, RATE) * 32767).astype(np.int16)[:, np.newaxis]
    settings = [PlaybackSettings(volume=volume) for volume in (1.0, 0.2, 0.9)]
    whole, pieces = Mix(), Mix()
    for setting in settings:
        ears = setting.matrix(1)
        parts = [pieces.stereo(wave[begin : begin + 7], ears) for begin in range(0, len(wave), 7)]
        assert b"".join(parts) == whole.stereo(wave, ears)


def test_a_setting_that_changes_while_another_is_reached_makes_no_click() -> None:
    mix, steady = Mix(), np.full((100, 1), 10_000, np.int16)
    parts = [
        mix.stereo(steady, PlaybackSettings(volume=volume).matrix(1)) for volume in (1.0, 0.2, 1.0, 0.5, 0.0)
    ]
    sound = np.frombuffer(b"".join(parts), np.int16).reshape(-1, 2)
    assert np.abs(np.diff(sound[:, 0].astype(int))).max() < 50


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed": 0.1},
        {"speed": 4.0},
        {"volume": 1.1},
        {"left": -1.0},
        {"left": 17.0},
        {"level": 17.0},
        {"rewind": -1.0},
    ],
)
def test_settings_that_cannot_be_played_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not within"):
        PlaybackSettings(**wrong)  # type: ignore[arg-type]


def test_ogg_vorbis_is_heard_and_sought_to_the_sample() -> None:
    content = encoded("ogg Vorbis", noise(10, 44100), tone(440, 10))
    whole = joined(blocks(content))
    assert len(whole) / RATE == pytest.approx(10, abs=0.05)
    assert pitch(whole[:, 1]) == pytest.approx(440, abs=1)
    for position in (0.3, 5.123):
        begin = round(position * RATE) + 4800
        sound = joined(blocks(content, position))[4800 : 4800 + 9600, 0].astype(float)
        assert abs(lag(sound, whole[begin : begin + 9600, 0].astype(float), most=60)) <= 1


@pytest.mark.slow
def test_a_seek_in_mp3_of_varying_bit_rate_is_exact_without_a_table() -> None:
    wave = np.concatenate((tone(440, 20, level=0.001), noise(10, 44100), tone(440, 20, level=0.001)))
    content = encoded("mp3 VBR without Xing", wave)
    whole = joined(blocks(content))[:, 0].astype(float)
    begin = round(25.5 * RATE)
    sound = joined(blocks(content, 25.5))[:9600, 0].astype(float)
    assert abs(lag(sound[4800:], whole[begin + 4800 : begin + 9600], most=60)) <= 1


def test_gsm_in_wav_is_decoded() -> None:
    frames = np.random.default_rng(1).bytes(65 * 50)
    head = struct.pack("<HHIIHHHH", 0x31, 1, 8000, 1625, 65, 0, 2, 320)
    fact = struct.pack("<4sII", b"fact", 4, 320 * 50)
    body = b"WAVE" + struct.pack("<4sI", b"fmt ", len(head)) + head + fact
    body += struct.pack("<4sI", b"data", len(frames)) + frames
    played = blocks(struct.pack("<4sI", b"RIFF", len(body)) + body, 1.0)
    assert played[0].start == pytest.approx(1.0)
    assert played[-1].end == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("junk", "why"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>" * 50, "audio"),
        (bytes(5000), "audio"),
        (np.random.default_rng(3).bytes(50_000), "audio"),
        (b"ID3" + bytes(9), "empty"),
        (b"#EXTM3U\n#EXTINF:1\nhttp://127.0.0.1:9/x.mp3\n", "audio"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "empty"),
    ],
)
def test_what_is_no_audio_is_garbled(junk: bytes, why: str) -> None:
    with pytest.raises(Garbled) as caught:
        blocks(junk)
    assert caught.value.reason == why


def test_damaged_parts_are_skipped_and_counted_and_the_rest_keeps_its_time() -> None:
    content = bytearray(noisy("m4a", 10))
    middle = len(content) // 2
    content[middle : middle + 3000] = b"\xff" * 3000
    decoder = Decoder(MediaReader(arrived(bytes(content))))
    played = list(signal_path(decoder))
    assert 0.05 < decoder.damage.seconds < 2
    assert played[-1].end == pytest.approx(10, abs=0.05)
    whole = joined(blocks(noisy("m4a", 10)))[:, 0].astype(float)
    late = next(block for block in played if block.start > 9)
    begin = round(late.start * RATE)
    assert abs(lag(late.samples[:, 0].astype(float), whole[begin : begin + late.frames])) <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["mp3 CBR", "mp3 VBR without Xing", "wav IMA ADPCM", "ogg Opus", "flac", "AMR", "webm"]
)
def test_a_file_damaged_in_the_middle_is_heard_before_and_behind_it(name: str) -> None:
    content = bytearray(noisy(name, 10))
    middle, bad = len(content) // 2, min(2000, len(content) // 10)
    content[middle : middle + bad] = np.random.default_rng(2).bytes(bad)
    decoder = Decoder(MediaReader(arrived(bytes(content))))
    played = list(signal_path(decoder))
    assert played[0].start == 0
    assert played[-1].end > 8.9
    assert all(other.start >= one.start for one, other in pairwise(played))
    again = Decoder(MediaReader(arrived(noisy(name, 10))))
    assert list(signal_path(again))
    assert not again.damage.pairs
    assert again.end == pytest.approx(10, abs=0.3)


@pytest.mark.parametrize("name", ["mp3 CBR", "wav PCM", "ogg Opus", "flac"])
def test_a_truncated_file_plays_to_its_cut(name: str) -> None:
    content = noisy(name, 10)
    played = blocks(content[: len(content) // 2])
    assert 3.5 < played[-1].end < 6


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["mp3 CBR", "mp3 at 8 kHz", "wav PCM", "wav mu-law", "wav IMA ADPCM", "ogg Opus"]
)
def test_the_first_sound_needs_only_the_first_bytes(name: str) -> None:
    content = encoded(name, noise(30, FORMATS[name][2]))
    media = announced(len(content))
    media.write(content[: len(content) // 20])
    played = signal_path(Decoder(MediaReader(media)))
    assert next(played).start == 0.0


def test_a_part_that_has_not_arrived_is_waited_for() -> None:
    content = noisy("mp3 CBR", 10)
    media = announced(len(content))
    heard_first, arrived = threading.Event(), []

    def download() -> None:
        media.write(content[:20_000])
        assert heard_first.wait(10)
        for begin in range(20_000, len(content), 5000):
            media.write(content[begin : begin + 5000])
        media.finish()

    writer = threading.Thread(target=download)
    writer.start()
    for block in signal_path(Decoder(MediaReader(media))):
        heard_first.set()
        arrived.append(block)
    writer.join()
    assert np.array_equal(joined(arrived)[: 9 * RATE], joined(blocks(content))[: 9 * RATE])


def test_an_m4a_with_its_table_at_the_end_waits_for_it() -> None:
    content = encoded("m4a", tone(440, 3))
    assert content.index(b"moov") > len(content) // 2
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    played: list[Block] = []
    player = threading.Thread(target=lambda: played.extend(signal_path(Decoder(MediaReader(media)))))
    player.start()
    media.write(content[len(content) // 2 :])
    media.finish()
    player.join()
    assert played[-1].end == pytest.approx(3, abs=0.05)


def test_a_download_that_fails_is_heard_up_to_there_and_then_told() -> None:
    content = noisy("mp3 CBR", 10)
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    media.fail(Unreachable("cut"))
    played: list[Block] = []

    def play() -> None:
        for block in signal_path(Decoder(MediaReader(media))):
            played.append(block)  # noqa: PERF402

    with pytest.raises(Unreachable):
        play()
    assert played[-1].end > 4


def test_a_download_that_fails_before_the_first_sound_is_told_as_it_is() -> None:
    media = Media()
    media.fail(Unreachable("cut"))
    with pytest.raises(Unreachable):
        Decoder(MediaReader(media))


def test_closing_ends_a_wait_for_bytes_from_another_thread() -> None:
    content = noisy("mp3 CBR", 10)
    media = announced(len(content))
    media.write(content[:30_000])
    reader = MediaReader(media)
    first = threading.Event()

    def play() -> None:
        for _ in signal_path(Decoder(reader)):
            first.set()

    player = threading.Thread(target=play)
    player.start()
    assert first.wait(10)
    reader.close()
    player.join(5)
    assert not player.is_alive()
