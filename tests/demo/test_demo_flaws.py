"""The demo has recordings of every verdict, and measuring finds the values that were put into them."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playhead.core.health.audiofigures import AudioFigures
from playhead.core.health.contradictions import contradictions
from playhead.core.health.verdicts import VERDICTS, Verdict, judge
from playhead.core.recording import Recording
from playhead.demo.audio import AudioShelf, Clip
from playhead.demo.prompts import Prompts
from playhead.demo.recordings import BirdRecordings
from playhead.sound.analysis import AudioAnalysis
from support.audio.arriving_media import arrived

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"
SHELF = AudioShelf(RESOURCES)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KNOWN: Mapping[str, tuple[Callable[[AudioFigures], float | None], float]] = {
    "silence": (lambda found: found.silence, 0.01),
    "talk_right": (lambda found: found.right, 0.01),
    "likeness": (lambda found: found.likeness, 0.001),
    "clipped": (lambda found: found.clipped, 0.0005),
    "decoded": (lambda found: found.seconds, 0.05),
    "damaged": (lambda found: found.damaged, 0.05),
}
"""How a known value is read from the figures, and how far from it they may be."""


def measured(clip: Clip) -> AudioFigures:
    _, found = asyncio.run(AudioAnalysis().draw(arrived(SHELF.audio(clip, "some-id")), lambda _: None))
    assert found is not None
    return found.figures


def told(clip: Clip) -> Recording:
    """The recording as a provider tells it."""
    return Recording(
        account="demo", id="1", provider="bird", kind=clip.kind, duration=float(int(clip.seconds)),
        format=clip.format, stereo=clip.channels == 2,
    )  # fmt: skip


@pytest.mark.parametrize("clip", SHELF.flawed, ids=lambda clip: f"{clip.verdict} {clip.file}")
def test_a_flaw_has_its_verdict_and_its_known_values(clip: Clip) -> None:
    found = measured(clip)
    assert judge(found, told(clip)) == clip.verdict
    for name, value in clip.known.items():
        if name == "softer":
            continue
        read, tolerance = KNOWN[name]
        assert read(found) == pytest.approx(value, abs=tolerance), name


@pytest.mark.parametrize(
    ("file", "base"), [("too-quiet.mp3", "booking.ogg"), ("quiet-prompt.mp3", "welcome.mp3")]
)
def test_what_was_made_softer_is_softer_by_so_much(file: str, base: str) -> None:
    clip = next(each for each in SHELF.flawed if each.file == file)
    sound = next(each for each in SHELF.clips if each.file == base)
    before, after = measured(sound).lufs, measured(clip).lufs
    assert before is not None
    assert after is not None
    # Another rate and another codec have a say in it, too.
    assert before - after == pytest.approx(clip.known["softer"], abs=1.5)


def test_one_that_is_said_to_be_wav_and_is_mp3_is_told() -> None:
    clip = next(each for each in SHELF.flawed if each.verdict == Verdict.FINE)
    assert [str(each) for each in contradictions(measured(clip), told(clip))] == ["said WAV, is MP3"]


def test_what_has_no_flaw_is_fine() -> None:
    for clip in SHELF.clips:
        if clip.seconds < 10:
            assert judge(measured(clip), told(clip)) is Verdict.FINE, clip.file


def test_every_verdict_is_met_among_the_newest_hundred_calls_and_most_are_fine() -> None:
    bird = BirdRecordings(5000, 1, NOW, SHELF)
    clips = [bird.clip(bird.sketch(serial)) for serial in range(4900, 5000)]
    found = Counter(clip.verdict for clip in clips if clip is not None)
    assert found.keys() == set(VERDICTS)
    assert found[Verdict.FINE] > 70
    first = [clip for clip in clips if clip is not None][-5:]
    assert {clip.verdict for clip in first} == {Verdict.FINE}


def test_prompts_have_flaws_of_their_own() -> None:
    prompts = Prompts(300, 1, NOW, SHELF)
    found = Counter(prompts.clip(place).verdict for place in range(300))
    assert found.keys() == {"fine", "too-quiet", "too-loud", "cut-off", "no-sound"}
