"""Single values: what fits is taken, what does not is nothing, and nothing raises."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playhead.core.errors import Garbled
from playhead.core.links import is_link
from playhead.core.recording import Recording
from playhead.providers.bird import birdrows
from playhead.providers.bird.birdtranscripts import lines_in
from playhead.providers.convirza import convirzarows
from playhead.providers.reading.rawfields import Copying, Row, kept, moment, number, period, shown
from support.providers.provider_sources import bird_account, convirza_account

BIRD = bird_account("https://api.bird.com")
CONVIRZA = convirza_account("https://platform-api.convirza.com/v3")

SIGNED = "https%3A%2F%2Fmedia.example%2Fa.mp3%3FX-Amz-Signature%3Dabc"


def bird(**changes: object) -> Recording:
    return birdrows.recording(BIRD, {"id": "r1", **changes}, 0, Counter())


@pytest.mark.parametrize(
    "mark", ["\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u2003", "\ufeff", "\u200b", "\n "]
)
def test_a_number_is_read_whatever_stands_around_it(mark: str) -> None:
    for written in (f"{mark}20", f"20{mark}", f"{mark}20.0{mark}"):
        assert number(written) == 20
        assert bird(duration=written).duration == 20
    assert moment(f"{mark}2026-01-19T10:00:00Z{mark}") == datetime(2026, 1, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("PT1M", 60),
        ("PT1H2M3.5S", 3723.5),
        ("P0DT0H1M2S", 62),
        ("P1DT1S", 86_401),
        ("1h2m3.5s", 3723.5),
        ("1m2s", 62),
        ("2m", 120),
        ("PT", None),
        ("P", None),
        ("P1M", None),
        ("P1DT", None),
        ("1500ms", None),
        ("62.5 s", 62.5),
        ("1:02:03", 3723),
        (62.0, 62),
        (-5, None),
        ("-5", None),
        ("-PT1M", None),
        ("P1D", None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        ("9" * 5000, None),
        (True, None),
        ([60], None),
        ({"seconds": 60}, None),
        ("\u0661\u0662", 12),
        ("\u00b2", None),
    ],
)
def test_a_length_is_seconds_however_it_is_written(length: object, expected: float | None) -> None:
    assert bird(duration=length).duration == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-01-19t10:00:00z", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("2026-01-19 10:00:00 UTC", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("2026-01-19 12:00:00 +0200 UTC", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("1768816800", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("1768816800000", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("20260119100000", None),
        ("2016-12-31T23:59:60.5+00:00", datetime(2016, 12, 31, 23, 59, 59, 500000, UTC)),
        ("2026-01-19T10:00:00+99:99", None),
        ("2026-01-19T10:00:00+24:00", None),
        ("0000-01-01T00:00:00Z", None),
        ("10000-01-01T00:00:00Z", None),
        ("2026-02-30T00:00:00Z", None),
        ("2026-01-19T10:00:61Z", None),
        (float("nan"), None),
        (float("inf"), None),
        (-1, None),
        (1e308, None),
        (False, None),
        ([], None),
        ({}, None),
    ],
)
def test_an_odd_moment_is_read_or_is_none(written: object, expected: datetime | None) -> None:
    assert moment(written) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (7, "7"),
        (7.0, "7"),
        (2**53, str(2**53)),
        ("a/b", "a/b"),
        ("a b", "a b"),
        ("\u00e9", "\u00e9"),
        (7.5, None),
        (True, None),
        ([7], None),
        ({"id": 7}, None),
        ("", None),
        (" 7", None),
        (".", None),
        ("..", None),
        ("a\0b", None),
        ("\ud800", None),
        ("r\ufffd", None),
        ("x" * 501, None),
        (SIGNED, None),
        ("https://media.example/1", None),
    ],
)
def test_an_id_is_what_can_be_asked_for(sent: object, expected: str | None) -> None:
    assert Row({"id": sent}).identifier("id") == expected


def test_a_link_in_a_field_that_is_shown_is_nothing() -> None:
    for link in ("https://media.example/a.mp3", SIGNED, "a.mp3?Signature=x", "https:\x00//media.example/a"):
        party = {
            "contact": {"id": link, "identifierValue": link},
            "number": {"callerIdName": link, "number": link},
        }
        found = bird(
            **dict.fromkeys(("source", "direction", "status", "format", "origin", "channelId"), link)
        )
        assert (found.kind, found.direction, found.status, found.format) == ("call", None, None, None)
        assert (found.origin, found.channel) == (None, None)
        assert bird(originator=party, receiver=party).caller is None
        assert bird(originator=party).raw == {"id": "r1", "originator": {"contact": {}, "number": {}}}


NUMBERS = st.integers() | st.integers(-(10**5000), 10**5000) | st.floats()
MARKS = st.sampled_from(
    "\x00\x1c\x1d\x1e\x1f\x85\xa0\u2028\ufeff\u200b\ud800\u0661\u00b2 :.,+-0123456789TZPMSH%/=\\&"
)
TEXTS = st.text() | st.text(MARKS) | st.sampled_from(("PT1M", "1:02", "2026-01-19T10:00:00Z", SIGNED))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
ROWS = st.dictionaries(
    TEXTS | st.sampled_from(("url", "links_2", "name")),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**39), 10**39) | st.floats() | TEXTS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=6,
)
THOROUGH = settings(deadline=None, derandomize=True, max_examples=300, database=None)


@settings(deadline=None, derandomize=True, max_examples=100, database=None)
@given(row=ROWS)
def test_a_row_is_kept_alike_whether_or_not_each_of_its_values_was_looked_at(row: dict[str, object]) -> None:
    looked_at = Copying().of(row, 0)
    assert isinstance(looked_at, dict)
    assert list(kept(row).items()) == list(looked_at.items())


@pytest.mark.slow
@THOROUGH
@given(value=VALUES)
def test_no_reader_of_a_value_raises(value: object) -> None:
    row = Row({"f": value})
    for text in (row.text("f"), row.text("f", 1000), row.identifier("f")):
        assert text is None or (text and not is_link(text))
    assert row.truth("f") in {None, True, False}
    for length in (row.seconds("f"), number(value)):
        assert length is None or length == length  # noqa: PLR0124 -- not a number is no number
    size, when = row.size("f"), row.moment("f")
    assert size is None or size >= 0
    assert when is None or 1 < when.year < 9999
    row.inner("f").inner("g").text("h")
    json.dumps(dict(kept(value)), allow_nan=False).encode()
    if isinstance(value, str):
        period(value)
        shown(value).encode()


@pytest.mark.slow
@THOROUGH
@given(said=VALUES, form=st.sampled_from(("json", "vtt", "srt", "txt")))
def test_no_transcript_raises_but_what_is_none(said: object, form: str) -> None:
    text = said if isinstance(said, str) else kept(said).text
    try:
        lines = lines_in(form, text, 60.0)
    except Garbled:
        return
    for line in lines:
        assert line.end >= line.start >= 0
        line.text.encode()


@pytest.mark.slow
@THOROUGH
@given(
    rows=st.lists(VALUES | st.dictionaries(st.sampled_from(("id", "url", "duration")), VALUES), max_size=5)
)
def test_no_row_is_lost_whatever_the_others_are(rows: list[object]) -> None:
    good = {"id": "good", "url": "https://cdn.example/good.mp3"}
    for place in (0, len(rows)):
        around = [*rows[:place], good, *rows[place:]]
        assert "good" in [each.id for each in birdrows.recordings(BIRD, around, Counter())]
        found = convirzarows.prompts(CONVIRZA, {"prompts": around}, Counter())
        assert "good" in [each.id for each in found.recordings]
        assert len({each.id for each in found.recordings}) == len(found.recordings)
