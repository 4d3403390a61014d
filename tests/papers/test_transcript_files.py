"""Transcripts are WebVTT that players read, and text that people read."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from playhead.core.transcript import Line, Transcript
from playhead.papers.transcriptfiles import names, texts, to_vtt, to_words
from support.exports.export_examples import SPOKEN, kept

TIMING = re.compile(r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})")


def cues(text: str) -> list[tuple[float, float, str]]:
    """Start, end and payload of every cue; fails if it is no WebVTT."""
    head, *blocks = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    found = []
    for block in blocks:
        timing, payload = block.split("\n")
        match = TIMING.fullmatch(timing)
        assert match, timing
        times = [int(part) for part in match.groups()]
        start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (times[:4], times[4:]))
        assert start < end
        assert "-->" not in payload
        assert not re.search(r"<(?!v [^<>]*>)|&(?!amp;|lt;|gt;)", payload), payload
        found.append((start, end, payload))
    assert found == sorted(found, key=lambda cue: cue[0])
    return found


def test_every_line_becomes_a_cue_with_its_speaker_as_its_voice() -> None:
    assert cues(to_vtt(SPOKEN)) == [
        (0.5, 2.0, "<v left>Good day &amp; &lt;welcome&gt;"),
        (2.0, 2.001, "<v right>Hello there --&gt; you"),
    ]


def test_the_text_has_times_speakers_and_the_summary() -> None:
    assert to_words(SPOKEN).splitlines() == [
        "Summary: A refund is asked for.",
        "",
        "0:00  left:  Good day & <welcome>",
        "0:02  right:  Hello there --> you",
    ]


def test_lines_without_times_are_given_none(tmp_path: Path) -> None:
    untold = Transcript(id="t", locale=None, lines=(Line(start=0.0, end=0.0, text="Hello", speaker="agent"),))
    outcome = replace(kept(tmp_path, 1), transcript=untold)
    assert dict(texts(outcome)) == {".txt": "agent:  Hello\n"}


@given(st.lists(st.tuples(st.floats(-5, 4e5), st.floats(-5, 4e5), st.text(), st.none() | st.text())))
def test_whatever_was_said_is_valid(lines: list[tuple[float, float, str, str | None]]) -> None:
    said = (Line(start=start, end=end, text=text, speaker=who) for start, end, text, who in lines)
    cues(to_vtt(Transcript(id="t", locale=None, lines=tuple(said))))


def test_two_recordings_of_one_stem_have_transcripts_of_their_own(tmp_path: Path) -> None:
    outcomes = [
        kept(tmp_path, number, path=path)
        for number, path in enumerate(["a/x.mp3", "a/X.wav", "b/x.mp3", "y"])
    ]
    assert list(names(outcomes).values()) == ["a/x", "a/X.wav", "b/x", "y"]
