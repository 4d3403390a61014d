"""Choices are read as they were written, by this version or another, and by whoever edited the file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.exports import formats
from playhead.core.exports.choices import MOST_AT_ONCE, Choices, CopyForm, Taken, from_plain, to_plain

CHOICES = st.builds(
    Choices,
    template=st.text(),
    at_once=st.integers(1, MOST_AT_ONCE),
    taken=st.sampled_from(Taken),
    copy=st.none() | st.sampled_from(CopyForm),
    sheets=st.frozensets(st.sampled_from(formats.FORMATS)),
    transcripts=st.booleans(),
    marks=st.booleans(),
    bag=st.booleans(),
    query=st.text(),
    coverage=st.text(),
    person=st.text(),
)


@given(CHOICES)
def test_choices_come_back_from_json(choices: Choices) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(choices)))) == choices


def test_what_stands_in_journals_and_records_since_the_first_version_is_read() -> None:
    written = """{"template": "{id}.{ext}", "at_once": 3, "taken": "replace", "copy": "opus",
        "sheets": ["recordings.csv", "recordings.json"], "transcripts": false, "marks": true, "bag": true,
        "query": "kind:call", "coverage": "Everything."}"""
    choices = Choices(
        template="{id}.{ext}",
        at_once=3,
        taken=Taken.REPLACE,
        copy=CopyForm.OPUS,
        sheets=frozenset({formats.JSON, formats.CSV}),
        transcripts=False,
        marks=True,
        bag=True,
        query="kind:call",
        coverage="Everything.",
    )
    assert from_plain(json.loads(written)) == choices
    assert json.loads(json.dumps(to_plain(choices))) == json.loads(written)


def test_what_is_missing_is_as_usual_and_what_is_not_known_is_left_out() -> None:
    assert from_plain({}) == from_plain({"of another version": {"x": 1}}) == Choices()


def test_no_more_files_are_fetched_at_once_than_may_be() -> None:
    read = [from_plain({"at_once": each}).at_once for each in (-1, 0, 1, 16, 17, 10**9)]
    assert read == [1, 1, 1, 16, 16, 16]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("template", 7),
        ("at_once", "6"),
        ("at_once", True),
        ("taken", "otherwise"),
        ("taken", []),
        ("copy", "mp3"),
        ("sheets", ["other.csv"]),
        ("sheets", [[]]),
        ("sheets", "recordings.csv"),
        ("bag", 1),
        ("query", None),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"is not a valid|is of another kind"):
        from_plain({name: value})
