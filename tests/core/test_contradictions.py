"""What is said of a recording is compared with what its sound is, and told where it is otherwise."""

from dataclasses import replace

import pytest

from playhead.core.errors import Garbled, NotAudio, PlayheadError, UnplayedKind, Unreachable
from playhead.core.health.audiofigures import AudioFigures
from playhead.core.health.contradictions import contradictions, essence
from playhead.core.health.undecodable import trouble_of, undecoded
from playhead.core.health.verdicts import SoundHealth, Verdict, judge
from playhead.core.recording import Recording
from playhead.ui.wording import healthwords
from support.health.figures_examples import figures

CALL = Recording(account="first", id="1", provider="bird", kind="call", duration=120.0)
WAV, MP3 = figures(container="wav"), figures(container="mp3", codec="mp3")
OPUS = figures(container="ogg", codec="opus", rate=48_000)
M4A = figures(container="mov,mp4,m4a,3gp,3g2,mj2", codec="aac")


def told(found: AudioFigures, **said: object) -> list[str]:
    """What is otherwise than said of a call in stereo."""
    recording = replace(CALL, **said)  # type: ignore[arg-type]  # a test names fields that there are
    return [str(each) for each in contradictions(found, recording)]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (WAV, "wav"), (WAV, ".WAV"), (WAV, "audio/x-wav"), (WAV, "ulaw"), (MP3, "mp3"), (MP3, "audio/mpeg"),
        (OPUS, "ogg"), (OPUS, "opus"), (M4A, "m4a"), (M4A, "aac"), (M4A, "mp4"),
        (MP3, "bin"), (MP3, "application/octet-stream"), (MP3, ""), (figures(), "mp3"),
    ],
)  # fmt: skip
def test_what_is_as_said_or_nobody_knows_contradicts_nothing(found: AudioFigures, said: str) -> None:
    assert told(found, format=said) == []


@pytest.mark.parametrize(
    ("found", "said", "otherwise"),
    [
        (MP3, "wav", "said WAV, is MP3"),
        (WAV, "audio/mpeg", "said MP3, is WAV"),
        (WAV, "opus", "said Opus, is WAV"),
        (M4A, "mp3", "said MP3, is MPEG-4"),
        (figures(container="xyz", codec="odd"), "mp3", "said MP3, is xyz"),
    ],
)
def test_another_kind_of_file_than_said_is_told(found: AudioFigures, said: str, otherwise: str) -> None:
    assert told(found, format=said) == [otherwise]


def test_provider_ending_and_host_are_all_listened_to() -> None:
    assert told(MP3, format="mp3", filename="call.wav") == ["said WAV, is MP3"]
    assert told(replace(MP3, media_type="audio/ogg"), format="mp3") == ["said Ogg, is MP3"]


def test_rate_and_channels_are_compared_where_somebody_says_them() -> None:
    assert told(WAV, stereo=True) == []
    assert told(WAV, stereo=False) == ["said mono, is stereo"]
    assert told(replace(WAV, count=1), stereo=True) == ["said stereo, is mono"]
    raw = replace(WAV, media_type="audio/x-wav;rate=16000;channels=1")
    assert told(raw) == ["said 16 kHz, is 8 kHz", "said mono, is stereo"]


def test_of_a_media_type_only_what_is_compared_is_kept() -> None:
    assert essence('Audio/L16; name="call of somebody.wav"; Rate=16000; channels=2') == (
        "audio/l16;rate=16000;channels=2"
    )
    assert essence("https://example.com/audio") == essence("") == essence("wav") == ""


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (NotAudio("page"), "page"),
        (Garbled("broken"), "broken"),
        (Garbled("audio"), "audio"),
        (Garbled("empty"), "empty"),
        (Garbled("changed"), ""),
        (UnplayedKind("EVS file"), ""),
        (Unreachable("cut"), ""),
    ],
)
def test_only_bytes_that_stay_so_are_a_trouble_of_the_recording(error: PlayheadError, trouble: str) -> None:
    assert trouble_of(error) == trouble


@pytest.mark.parametrize(
    ("trouble", "verdict", "because"),
    [
        ("page", Verdict.BROKEN, "The provider sent a web page, which is not audio."),
        ("broken", Verdict.BROKEN, "It cannot be decoded, and perhaps is no audio."),
        ("audio", Verdict.BROKEN, "It cannot be decoded, and perhaps is no audio."),
        ("empty", Verdict.NO_SOUND, "There is no sound in the file."),
        ("soundless", Verdict.NO_SOUND, "There is no sound in the file."),
    ],
)
def test_what_cannot_be_decoded_is_broken_and_what_is_empty_has_no_sound(
    trouble: str, verdict: Verdict, because: str
) -> None:
    found = undecoded(trouble)
    assert judge(found, CALL) is verdict
    assert healthwords.reason(SoundHealth(found, verdict), CALL) == because
    assert AudioFigures.from_text(found.to_text()) == found


def test_the_words_on_an_encoding_say_what_was_said_instead() -> None:
    assert healthwords.encoding(WAV, CALL) == "WAV, 8 kHz, stereo"
    assert healthwords.encoding(MP3, replace(CALL, format="wav", stereo=False)) == (
        "MP3, 8 kHz, stereo (said WAV, mono)"
    )
    assert healthwords.encoding(undecoded("broken"), CALL) == ""
