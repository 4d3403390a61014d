"""The same sound is recognised in another codec, at another level, with noise and cut; other sound is not."""

import io
from collections.abc import Callable
from functools import cache
from itertools import combinations

import av
import numpy as np
import pytest

from playhead.catalogue.samesounds import INDEXED
from playhead.core.health.landmarks import STRETCH
from playhead.core.health.soundprint import SoundPrint, resemblance
from playhead.demo.audio import AudioShelf, Clip
from playhead.runparts import resources
from playhead.sound.healthgauge import HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from playhead.sound.soundprinting import sound_print
from support.audio.arriving_media import arrived
from support.audio.tones import FORMATS, Wave, encoded

SHELF = AudioShelf(resources() / "demo")
CLIPS = {clip.file: SHELF.audio(clip, "0") for clip in SHELF.clips}
SAID = ("opening-hours.mp3", "invoice-question.mp3", "door-code.wav")
"""A prompt of 6 s, and calls of one and of two sides."""
TEN_DB = 10 ** (-10 / 20)


def printed(content: bytes) -> SoundPrint:
    gauge = HealthGauge()
    for _ in outlines(MediaReader(arrived(content)), gauge=gauge):
        pass
    assert gauge.soundprint is not None
    return gauge.soundprint


@cache
def original(name: str) -> SoundPrint:
    return printed(CLIPS[name])


def decoded(content: bytes, rate: int) -> Wave:
    """All channels as one."""
    resampler = av.AudioResampler("fltp", "mono", rate)
    with av.open(io.BytesIO(content), "r") as container:
        parts = [
            part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)
        ]
    return np.concatenate(parts).astype(np.float64)


def noisy(wave: Wave) -> Wave:
    """With noise 20 dB below it."""
    noise = np.random.default_rng(1).normal(0, np.sqrt(np.mean(wave**2)) / 10, len(wave))
    return np.clip(wave + noise, -1, 1)


FORMS: dict[str, tuple[str, Callable[[Wave, int], Wave], float]] = {
    "mp3, softer": ("mp3 at 8 kHz", lambda wave, _: wave * TEN_DB, 0.0),
    "opus": ("ogg Opus", lambda wave, _: wave, 0.0),
    "mu-law with noise": ("wav mu-law", lambda wave, _: noisy(wave), 0.0),
    "AMR, softer, front cut": ("AMR", lambda wave, rate: wave[round(1.237 * rate) :] * TEN_DB, 1.237),
    "mp3, end cut": ("mp3 CBR", lambda wave, rate: wave[: -round(1.5 * rate)], 0.0),
}
"""Another format, what becomes of the sound, and how many seconds are missing at the front."""


def is_led_to(one: SoundPrint, other: SoundPrint) -> bool:
    """True if the index of landmarks leads from one to the other."""
    places = {each.number & -STRETCH: each.number for each in other.landmarks[:INDEXED]}
    return any(
        begin in places and own.is_like(places[begin])
        for own in one.landmarks[:INDEXED]
        for begin in own.stretches()
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_same_sound_is_recognised_in_another_form_and_beside_its_place(form: str) -> None:
    name, changed, missing = FORMS[form]
    rate = FORMATS[name][2]
    for clip in SAID:
        other = printed(encoded(name, changed(decoded(CLIPS[clip], rate), rate)))
        found = resemblance(other, original(clip))
        assert found is not None
        assert (clip, found.share > 0.94, abs(found.lag - missing) < 0.05) == (clip, True, True)
        back = resemblance(original(clip), other)
        assert back is not None
        assert abs(back.lag + missing) < 0.05
        assert SoundPrint.from_bytes(other.to_bytes()) == other
        assert is_led_to(other, original(clip))
        assert is_led_to(original(clip), other)


def test_no_two_clips_of_the_demo_are_taken_for_one_sound() -> None:
    wrong = [
        pair
        for pair in combinations(CLIPS, 2)
        if resemblance(original(pair[0]), original(pair[1])) is not None
    ]
    assert wrong == []


@pytest.mark.parametrize("copy", SHELF.copies, ids=lambda clip: f"{clip.kind} {clip.file}")
def test_a_copy_in_the_demo_is_the_sound_that_it_was_made_of(copy: Clip) -> None:
    base = next(each for each in SHELF.clips if copy.lines[0].text == each.lines[0].text)
    assert resemblance(printed(SHELF.audio(copy, "1")), original(base.file)) is not None


def held(*stretches: tuple[float, int]) -> bytes:
    """Levels that stay what they are for so many seconds."""
    return b"".join(bytes([level]) * round(seconds * 100) for seconds, level in stretches)


RINGING = (held((1, 40), (4, 150)), held((2, 36), (4, 140)), held((0.4, 36), (0.2, 140), (0.4, 36), (2, 140)))


@pytest.mark.parametrize(
    "levels",
    [
        b"",
        held((10, 255)),
        held((10, 60)),
        held((0.8, 90), (0.1, 30), (9, 130)),
        bytes(np.random.default_rng(1).integers(100, 112, 1500).astype(np.uint8)),
        *(cadence * 5 for cadence in RINGING),
        held((0.5, 36), (0.5, 140)) * 12,
    ],
    ids=[
        "nothing",
        "silence",
        "tone",
        "click",
        "noise",
        "ringing",
        "ringing in the US",
        "in the UK",
        "engaged",
    ],
)
def test_of_what_is_not_speech_nothing_is_claimed(levels: bytes) -> None:
    assert sound_print([levels]).landmarks == ()


def test_two_calls_that_ring_alike_and_go_on_otherwise_are_not_one_sound() -> None:
    first, second = (
        np.random.default_rng(seed).integers(45, 120, 70).astype(np.uint8).repeat(10).tobytes()
        for seed in (1, 2)
    )
    ringing = RINGING[0] * 8
    assert resemblance(sound_print([ringing + first]), sound_print([ringing + first])) is not None
    assert resemblance(sound_print([ringing + first]), sound_print([ringing + second])) is None


@pytest.mark.parametrize("kept", [b"", b"PHS1", b"PHS0" + bytes(20), b"PHS1" + bytes(6) + b"no zlib"])
def test_what_is_no_print_is_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match="not the sound print"):
        SoundPrint.from_bytes(kept)
