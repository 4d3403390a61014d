"""What cannot be decoded has figures that say so, by its bytes, as long as these are the same."""

import asyncio
import hashlib

import pytest

from playhead.core.errors import NotAudio, PlayheadError, UnplayedKind, Unreachable
from playhead.core.health.audiofigures import Measured
from playhead.core.health.verdicts import Verdict, judge
from playhead.core.media import Media
from playhead.core.recording import Recording
from playhead.sound.analysis import AudioAnalysis
from support.audio.arriving_media import announced, arrived
from support.audio.tones import encoded, tone

CALL = Recording(account="first", id="1", provider="bird", kind="call")
WAV = encoded("wav PCM", tone(440, 5))
EMPTY = WAV[:40] + b"\0\0\0\0"


def measured(media: Media) -> Measured:
    """The figures of what cannot be decoded, which come with a waveform that is not complete."""
    peaks, found = asyncio.run(AudioAnalysis().draw(media, lambda _: None))
    assert not peaks.complete
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"<html>" * 100, Verdict.BROKEN),
        (bytes(range(256)) * 40, Verdict.BROKEN),
        (b"ID3" + bytes(5_000), Verdict.NO_SOUND),
        (b"fLaC" + bytes(20_000), Verdict.BROKEN),
        (EMPTY, Verdict.NO_SOUND),
    ],
    ids=["page", "noise", "only a tag", "only a header", "no sample"],
)
def test_bytes_that_are_no_sound_are_judged_by_what_they_are(content: bytes, verdict: Verdict) -> None:
    found = measured(arrived(content))
    assert judge(found.figures, CALL) is verdict
    assert found.digest == hashlib.sha256(content).digest()
    assert asyncio.run(AudioAnalysis().digest(arrived(content))) == found.digest


def test_something_else_that_was_not_even_taken_in_is_broken_until_other_bytes_come() -> None:
    media = announced(5_000)
    media.fail(NotAudio("picture"))
    found = measured(media)
    assert found.figures.trouble == "picture"
    assert judge(found.figures, CALL) is Verdict.BROKEN
    assert asyncio.run(AudioAnalysis().digest(media)) == found.digest
    assert asyncio.run(AudioAnalysis().digest(arrived(WAV))) != found.digest


@pytest.mark.parametrize(
    ("failure", "content"), [(Unreachable("cut"), WAV[:100]), (Unreachable("slow"), b"<html>" * 10)]
)
def test_what_did_not_arrive_is_not_judged(failure: PlayheadError, content: bytes) -> None:
    media = announced(100_000)
    media.write(content)
    media.fail(failure)
    with pytest.raises(Unreachable):
        asyncio.run(AudioAnalysis().draw(media, lambda _: None))


def test_a_kind_that_is_only_not_played_here_is_not_judged() -> None:
    with pytest.raises(UnplayedKind):
        asyncio.run(AudioAnalysis().draw(arrived(b"#!EVS_MC1.0\n" + bytes(5_000)), lambda _: None))
