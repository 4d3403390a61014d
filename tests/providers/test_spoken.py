"""Finding what was said in JSON whose shape nobody has documented."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.errors import Garbled
from playhead.core.transcript import Line
from playhead.providers.reading.spoken import spoken, untimed
from support.hypothesis_profiles import tries

EXPECTED = (
    Line(start=0.5, end=2.0, text="Hello there.", speaker="A"),
    Line(start=2.5, end=4.0, text="Hi.", speaker="B"),
)


def pieces(**names: str) -> list[dict[str, object]]:
    """The expected lines under other names; a name that ends in `ms` gets milliseconds."""
    return [
        {
            name: round(value * 1000) if name.lower().endswith("ms") and isinstance(value, float) else value
            for name, value in {
                names.get("start", "start"): line.start,
                names.get("end", "end"): line.end,
                names.get("text", "text"): line.text,
                names.get("speaker", "speaker"): line.speaker,
            }.items()
        }
        for line in EXPECTED
    ]


@pytest.mark.parametrize(
    "said",
    [
        pieces(),
        {"segments": pieces()},
        {"id": "t", "data": {"transcript": {"utterances": pieces(text="transcript")}}},
        {"lines": pieces(start="startTime", end="endTime", text="content", speaker="role")},
        {"lines": pieces(start="start_time", end="end_time", speaker="speaker_label")},
        {"lines": pieces(start="startMs", end="endMs")},
        {"lines": pieces(start="start_in_ms", end="end_in_ms")},
        {"segments": [{**row, "words": pieces(text="word")} for row in pieces()]},
        {"words": pieces(text="word"), "segments": pieces()},
        {"segments": [row | {"start": row["start"], "end": str(row["end"])} for row in pieces()]},
        {"segments": [{**row, "start": f"{row['start']}s", "end": f"PT{row['end']}S"} for row in pieces()]},
        {
            "segments": [
                {**row, "start": f"00:00:0{row['start']}", "end": f"00:0{row['end']}"} for row in pieces()
            ]
        },
        {"segments": list(reversed(pieces()))},
        {"parts": [{"segments": pieces()[:1]}, {"segments": pieces()[1:]}]},
        {"phrases": [{"nBest": [{"display": row.pop("text")}, {"display": "?"}], **row} for row in pieces()]},
        {
            "segments": [
                {"position": {"start": row.pop("start"), "end": row.pop("end")}, **row} for row in pieces()
            ]
        },
    ],
    ids=str,
)
def test_timed_text_is_found_however_it_is_named(said: object) -> None:
    assert spoken(json.loads(json.dumps(said)), 4.5) == EXPECTED


@pytest.mark.parametrize("duration", [None, 300.0])
def test_milliseconds_are_told_from_seconds(duration: float | None) -> None:
    rows = [{"start": 500, "end": 2000, "text": "One"}, {"start": 150000, "end": 290000, "text": "Two"}]
    assert [(line.start, line.end) for line in spoken(rows, duration)] == [(0.5, 2.0), (150.0, 290.0)]
    seconds = [{"start": 5, "end": 7, "text": "One"}, {"start": 150, "end": 290, "text": "Two"}]
    assert [(line.start, line.end) for line in spoken(seconds[:1], duration)] == [(5.0, 7.0)]
    assert [(line.start, line.end) for line in spoken(seconds, 300.0)] == [(5.0, 7.0), (150.0, 290.0)]


@pytest.mark.parametrize("duration", [22.0, None])
@pytest.mark.parametrize("part", [0.25, 0])
def test_long_lines_are_in_seconds_even_if_the_provider_says_that_the_call_was_shorter(
    duration: float | None, part: float
) -> None:
    rows = [
        {"start": part, "end": 61, "text": "Hello"},
        {"start": 62, "end": 130, "text": "I want a refund"},
        {"start": 131, "end": 131, "text": "Bye"},
    ]
    assert [line.start for line in spoken(rows, duration)] == [part, 62, 131]
    assert [line.start for line in spoken([{"start": 62, "text": "Hello"}], duration)] == [62]


@pytest.mark.parametrize("duration", [22.0, 3.0, None])
def test_times_with_a_fraction_are_never_milliseconds(duration: float | None) -> None:
    rows = [{"start": 500.5, "end": 2000, "text": "One"}, {"start": 150000, "end": 290000, "text": "Two"}]
    assert [line.start for line in spoken(rows, duration)] == [500.5, 150000]


@pytest.mark.parametrize("duration", [22.0, 3.0, None])
def test_words_with_whole_milliseconds_are_told_by_how_long_they_take(duration: float | None) -> None:
    said = ["I", "would", "like", "to", "have", "a", "refund", "of", "my", "extraordinarily", "late", "order"]
    words = [
        {"start": 300 * place, "end": 300 * place + 250, "word": word} for place, word in enumerate(said)
    ]
    assert [(line.start, line.end) for line in spoken({"words": words}, duration)] == [(0.0, 3.55)]


def test_a_lone_begin_is_in_milliseconds_if_it_is_far_behind_the_end() -> None:
    assert [line.start for line in spoken([{"start": 5000, "text": "Hello"}], 60.0)] == [5.0]


@pytest.mark.parametrize(
    ("start", "seconds"),
    [
        ("0,5", 0.5),
        ("500ms", 0.5),
        ("500 msec", 0.5),
        ("500 milliseconds", 0.5),
        ("0.5 sec", 0.5),
        ("0,5 seconds", 0.5),
        (-0.01, 0.0),
        ("-0.01", 0.0),
        ("-10ms", 0.0),
        (None, 0.0),
        (-7, 0.0),
        ("soon", 0.0),
        (float("nan"), 0.0),
        ({"at": 1}, 0.0),
    ],
)
def test_words_whose_time_is_odd_are_kept(start: object, seconds: float) -> None:
    odd = {"start": start, "end": 1.5, "text": "I want a refund"}
    rows = [odd, {"start": 1.5, "end": 2, "text": "please"}]
    assert [(line.start, line.text) for line in spoken({"segments": rows}, 9.0)] == [
        (seconds, "I want a refund"),
        (1.5, "please"),
    ]


def test_words_without_a_time_are_where_the_words_before_them_are() -> None:
    rows: list[dict[str, object]]
    rows = [{"start": 1.5, "end": 2, "text": "One"}, {"text": "Two"}, {"start": 2.5, "text": "Three"}]
    assert [(line.start, line.text) for line in spoken({"segments": rows}, 9.0)] == [
        (1.5, "One"),
        (1.5, "Two"),
        (2.5, "Three"),
    ]
    words = [{**row, "word": row["text"]} for row in rows]
    assert [line.text for line in spoken({"words": words}, 9.0)] == ["One Two Three"]
    late = [{"start": None, "end": 1500, "text": "Hello"}, {"start": 1500, "end": 2500, "text": "Bye"}]
    assert [(line.start, line.end) for line in spoken(late, 9.0)] == [(0.0, 1.5), (1.5, 2.5)]


def test_a_duration_gives_the_end() -> None:
    rows = [{"start": 1.0, "duration": 2.5, "text": "One"}, {"start": 9.0, "text": "Two"}]
    assert [(line.start, line.end) for line in spoken(rows, 10.0)] == [(1.0, 3.5), (9.0, 9.0)]


@pytest.mark.parametrize(
    ("channels", "speakers"),
    [
        ([0, 1], ["left", "right"]),
        ([1, 2], ["left", "right"]),
        (["0", "1"], ["left", "right"]),
        (["agent", "caller"], ["agent", "caller"]),
        ([0, 0], [None, None]),
        ([None, True], [None, None]),
    ],
)
def test_channels_are_sides(channels: list[object], speakers: list[str | None]) -> None:
    rows = [{"start": place, "channel": channel, "text": "Hi"} for place, channel in enumerate(channels)]
    assert [line.speaker for line in spoken(rows, 9.0)] == speakers
    tree = {"streams": [{"channel": row.pop("channel"), "segments": [row]} for row in rows]}
    assert [line.speaker for line in spoken(tree, 9.0)] == speakers


def test_a_named_speaker_is_better_than_a_side_and_a_side_than_a_number() -> None:
    rows = [
        {"start": 0, "channel": 0, "speaker": "Ann", "text": "Hi"},
        {"start": 1, "channel": 1, "speaker": 7, "text": "Hi"},
    ]
    assert [line.speaker for line in spoken(rows, 9.0)] == ["Ann", "right"]


def test_words_become_lines_where_the_speaker_changes_or_pauses_or_ends() -> None:
    words = [
        ("Hello", 0.0, 0.4, "0"),
        ("there", 0.5, 0.9, "0"),
        (".", None, None, "0"),
        ("So", 1.0, 1.2, "0"),
        ("Yes", 1.3, 1.5, "1"),
        ("well", 4.0, 4.2, "1"),
    ]
    items = [
        {"start_time": start, "end_time": end, "speaker_label": who, "alternatives": [{"content": word}]}
        for word, start, end, who in words
    ]
    assert spoken({"results": {"transcripts": [{"transcript": "Hello."}], "items": items}}, 5.0) == (
        Line(start=0.0, end=0.9, text="Hello there.", speaker="0"),
        Line(start=1.0, end=1.2, text="So", speaker="0"),
        Line(start=1.3, end=1.5, text="Yes", speaker="1"),
        Line(start=4.0, end=4.2, text="well", speaker="1"),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"segments": []},
        {"results": {"utterances": []}},
        {"segments": [{"start": 0, "end": 1, "text": ""}, {"start": 1, "end": 2, "text": " \n"}]},
        {"text": "", "segments": [{"start": 0, "end": 1, "text": None, "words": []}]},
        {"segments": [{"text": ""}]},
        [{"start": 0, "end": 1, "text": ""}],
        {"channels": [{"alternatives": [{"transcript": "", "words": []}]}]},
    ],
)
def test_a_list_without_words_is_silence(said: object) -> None:
    assert spoken(said, 4.5) == ()


@pytest.mark.parametrize(
    "said",
    [
        None,
        "text",
        {},
        [],
        {"text": "All of it."},
        {"text": ""},
        [{"text": ""}],
        {"segments": [{"text": "", "start": 0}, {"text": "Hello"}]},
        {"results": [{"from": "+31205550100", "to": "+31205550101", "text": "a message"}]},
        {"results": [{"startedAt": "2026-03-01T00:00:00Z", "text": "a row"}]},
        {"results": [{"timestamp": 1_770_000_000, "text": "a row"}]},
        {"results": [{"start": float("inf"), "text": "never"}, {"start": -1, "text": "before"}]},
        {"results": [{"start": 10**400, "text": "never"}, {"start": True, "text": "yes"}]},
    ],
    ids=str,
)
def test_what_is_no_transcript_is_garbled(said: object) -> None:
    with pytest.raises(Garbled):
        spoken(said, 4.5)


@pytest.mark.slow
def test_many_words_without_times_to_tell_them_apart_take_no_time() -> None:
    # If each looked at all the others, these would take minutes.
    words = [{"start": 0, "word": "a"} for _ in range(20_000)]
    assert sum(len(line.text.split()) for line in spoken({"words": words}, None)) == 20_000


KEYS = st.sampled_from(
    [
        "start",
        "end",
        "startMs",
        "duration",
        "text",
        "word",
        "words",
        "segments",
        "alternatives",
        "channel",
        "time",
        "speaker",
        "left",
        "right",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("00:01.5")
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner),
    max_leaves=25,
)


@tries(500)
@given(said=ANYTHING, duration=st.none() | st.floats(0, 1e5))
def test_nothing_is_too_odd_to_be_looked_at(said: object, duration: float | None) -> None:
    assert isinstance(untimed(said), str)
    try:
        lines = spoken(said, duration)
    except Garbled:
        return
    assert all(0 <= line.start <= line.end < math.inf and line.text for line in lines)
