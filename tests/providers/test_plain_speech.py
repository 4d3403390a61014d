"""Plain text and JSON without times tell who said what; when it was said is never invented."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.transcript import Line, Side
from playhead.providers.bird.birdtranscripts import lines_in
from playhead.providers.reading.plainspeech import plain_speech
from playhead.providers.reading.spoken import untimed
from support.hypothesis_profiles import tries


def told(lines: tuple[Line, ...]) -> list[tuple[float, float, str | None, str]]:
    return [(line.start, line.end, line.speaker, line.text) for line in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Agent: Hello\nCaller: I want\r\na refund\rAgent: Note: 10:30\n",
            [(0, 0, "Agent", "Hello"), (0, 0, "Caller", "I want a refund"), (0, 0, "Agent", "Note: 10:30")],
        ),
        (
            "[00:01] Agent: Hello\n[00:05.5] Caller: Hi\n",
            [(1, 5.5, "Agent", "Hello"), (5.5, 60, "Caller", "Hi")],
        ),
        ("A (0:01): Hello\nB (1:00:02): Hi", [(1, 3602, "A", "Hello"), (3602, 3602, "B", "Hi")]),
        ("0:00  left:  Good day\n0:02  right:  Hi", [(0, 2, "left", "Good day"), (2, 60, "right", "Hi")]),
        ("00:01 Hello\n00:03 - there\n\nyou", [(1, 3, None, "Hello"), (3, 60, None, "there you")]),
        (
            "[00:00:01.500 --> 00:00:02.000]  Hello\n[00:02.500 --> 01:00:03.000]  Agent: Hi\n",
            [(1.5, 2, None, "Hello"), (2.5, 3603, "Agent", "Hi")],
        ),
        ("00:01 - 00:02 Hello\n00:03 - 00:05 - there", [(1, 2, None, "Hello"), (3, 5, None, "there")]),
        ("[0:01-0:02] A: Hello\n(0:03 – 0:05) B: Hi", [(1, 2, "A", "Hello"), (3, 5, "B", "Hi")]),
        ("A [0:01 → 0:02]: Hello\nB (0:03 -> 0:05): Hi", [(1, 2, "A", "Hello"), (3, 5, "B", "Hi")]),
        ("0:01 - 0:04 Hello\nand you\n0:02 - 0:01 Hi", [(1, 4, None, "Hello and you"), (2, 2, None, "Hi")]),
        (
            "0:01 - When?\n0:03 - 10:30 would be fine\n0:07 - Fine",
            [(1, 3, None, "When?"), (3, 7, None, "10:30 would be fine"), (7, 60, None, "Fine")],
        ),
        ("客服：您好\n客户：我要退款", [(0, 0, "客服", "您好"), (0, 0, "客户", "我要退款")]),
        ("Hello\n\nand\nthere: you", [(0, 0, None, "Hello and there: you")]),
        ("One: a\nTwo: b\nThree: c", [(0, 0, None, "One: a Two: b Three: c")]),
        ("see https://x at 10:30\n", [(0, 0, None, "see https://x at 10:30")]),
        ("[00:00.000 --> 00:02.000] Hello", [(0, 2, None, "Hello")]),
        (" \n", []),
        ("0:01 - \n0:01 - \n", []),
    ],
)  # fmt: skip
def test_plain_text_is_parted_by_who_and_when(
    text: str, lines: list[tuple[float, float, str | None, str]]
) -> None:
    assert told(plain_speech(text, 60.0)) == lines


@pytest.mark.parametrize(
    "said",
    [
        {"segments": [{"speaker": "Agent", "text": "Hello"}, {"speaker": "Caller", "text": "Hi"}]},
        {"utterances": ["Agent: Hello", "Caller: Hi"]},
        {"text": "Agent: Hello\nCaller: Hi"},
        "Agent: Hello\nCaller: Hi",
        {"words": [{"speaker": "Agent", "word": "Hello"}, {"speaker": "Caller", "word": "Hi"}]},
    ],
)
def test_json_without_times_tells_who_said_what(said: object) -> None:
    assert told(plain_speech(untimed(said), 60.0)) == [(0, 0, "Agent", "Hello"), (0, 0, "Caller", "Hi")]


def test_channels_of_json_without_times_are_sides() -> None:
    said = {"segments": [{"channel": 0, "text": "Hello"}, {"channel": 1, "text": "Hi"}]}
    assert [line.side for line in plain_speech(untimed(said), None)] == [Side.LEFT, Side.RIGHT]


@pytest.mark.parametrize(
    "text",
    [
        (
            "WEBVTT - a call\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\n1\n"
            "00:01.000 --> 00:02.000 align:start\nHello\n\n100:00:01.000 --> 100:00:02.000\nlate\n"
        ),
        "00:00:01,000 --> 00:00:02,000\nHello\n2\n100:00:01,000 --> 100:00:02,000\nlate",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_subtitles_are_read_however_they_are_laid_out(text: str, ending: str) -> None:
    lines = lines_in("vtt", text.replace("\n", ending), None)
    assert told(lines) == [(1, 2, None, "Hello"), (360_001, 360_002, None, "late")]


def test_json_that_is_no_transcript_says_nothing() -> None:
    assert untimed(json.loads('{"odd": [1, {"deep": null}]}')) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Agent: hi\n" * 100_000,
        "Agent: hi\n" * 50_000 + "and on and on\n" * 49_000,
        "0:01 hi\n" * 50_000 + "and on and on\n" * 49_000,
    ],
    ids=["remarks", "a long remark", "a long remark with a time"],
)
def test_a_long_text_takes_no_time(text: str) -> None:
    # If each row looked at all before it, these would take minutes.
    assert sum(len(line.text) for line in plain_speech(text, None)) >= 200_000


PARTS = st.sampled_from(["0:01", "00:01:02.5", " - ", " --> ", "[", "]", "(", "A", ":", "\n", "：", "B: "])
TEXTS = st.lists(PARTS | st.text(max_size=3), max_size=25).map("".join)


@tries(300)
@given(text=TEXTS, duration=st.none() | st.floats(0, 99))
def test_no_text_is_too_odd_to_be_read(text: str, duration: float | None) -> None:
    lines = plain_speech(text, duration)
    assert all(0 <= line.start <= line.end and line.text for line in lines)
