"""What is offered at the cursor of the filter line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.completion import MOST, begun_word, completions, half_typed, wanted
from playhead.core.finding.fields import FIELDS
from playhead.core.finding.parser import parse
from playhead.core.transcript import Side
from support.fakes import NOON


def at(text: str) -> tuple[str, int]:
    """A text with its cursor, which stands at `|`, or else at the end."""
    before, _, after = text.partition("|")
    return before + after, len(before)


def offered(text: str, *values: str) -> list[str]:
    """The labels that are offered."""
    return [each.label for each in completions(*at(text), values)]


def chosen(text: str, label: str, *values: str) -> str:
    """The text after a completion was chosen."""
    whole, cursor = at(text)
    found = next(each for each in completions(whole, cursor, values) if each.label == label)
    return whole[: found.start] + found.text + whole[found.end :]


def test_every_field_word_has_its_explanation() -> None:
    assert all(field.asks for field in FIELDS.values())


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("fr", ["from:"]),
        ("maria fr", ["from:"]),
        ("-fr", ["from:"]),
        ("(fr", ["from:"]),
        ("(a OR fr", ["from:"]),
        ("ster", ["is:stereo"]),
        ("yest", ["date:yesterday"]),
        ("maria", []),
        ('"fr', []),
        ("kind:v", ["voicemail", "survey"]),
        ("kind:call,v", ["voicemail", "survey"]),
        ("-kind:VOI", ["voicemail"]),
        ("(kind:voi|)", ["voicemail"]),
        ("kind:voicemail", []),
        ("is:st", ["stereo", "starred"]),
        ("direction:", ["in", "out"]),
        ("date:last7d..yes", ["yesterday"]),
        ("after:tod", ["today"]),
        ("duration:>1", [">10m"]),
        ("nonsense:x", []),
    ],
)
def test_words_flags_and_dates_are_offered_where_they_can_stand(text: str, labels: list[str]) -> None:
    assert offered(text) == labels


def test_where_nothing_is_typed_every_field_is_offered_as_far_as_there_is_room() -> None:
    assert offered("") == [f"{field}:" for field in list(FIELDS)[:MOST]]
    assert offered("maria ")[:1] == ["from:"]
    assert [(each.start, each.end) for each in completions("maria ", 6)][:1] == [(6, 6)]


@pytest.mark.parametrize(
    ("text", "field"),
    [("from:", "from"), ("-to:x", "to"), ("(status:a|", "status"), ("kind:", ""), ("maria", ""), ("x:", "")],
)
def test_the_catalogue_is_asked_for_the_values_of_a_field(text: str, field: str) -> None:
    assert wanted(*at(text)) == field


def test_values_that_begin_so_come_before_those_that_hold_it() -> None:
    names = ("anna maria", "maria v", "zoe")
    assert offered("from:mar", *names) == ["maria v", "anna maria"]
    assert offered("from:", *names) == list(names)
    assert offered("from:zoe", *names) == []
    assert offered("account:eu", "EU support", "Marketing EU") == ["EU support", "Marketing EU"]


def test_a_number_is_found_however_it_is_written() -> None:
    assert offered('with:"020 555-01', "+31205550101", "+44") == ["+31205550101"]
    assert offered("with:+3120", "+31205550101") == ["+31205550101"]


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("maria fr| x", "from:", "maria from: x"),
        ("from:mar", "maria v", 'from:"maria v"'),
        ("from:eva,mar| x", "maria v", 'from:eva,"maria v" x'),
        ("from:mar|,eva", "maria v", 'from:"maria v",eva'),
        ("date:2026..la", "last7d", "date:2026..last7d"),
        ("-kind:v", "voicemail", "-kind:voicemail"),
    ],
)
def test_a_completion_takes_the_place_of_what_was_typed(text: str, label: str, after: str) -> None:
    assert chosen(text, label, "maria v") == after


@given(st.text('fromisdate:,."-() aé🎧', max_size=16), st.integers(0, 16), st.lists(st.text(max_size=5)))
def test_whatever_is_typed_completions_lie_within_it(text: str, cursor: int, values: list[str]) -> None:
    for each in completions(text, min(cursor, len(text)), values):
        assert 0 <= each.start <= each.end <= len(text)
        assert each.label


@given(st.sampled_from([field for field in FIELDS if field not in {"note", "id", "call", "channel", "name"}]))
def test_what_is_offered_can_be_understood(field: str) -> None:
    for each in completions(f"{field}:", len(field) + 1):
        parse(f"{field}:{each.text}{'word' if each.text.endswith(':') else ''}", NOON)


@pytest.mark.parametrize(
    "text",
    ["d", "dur", "maria", "maria jo", "maria|", "ma|ria", "duration:>2", "-kind:ca", '"maria', "+31 20 55"],
)
def test_a_word_that_the_cursor_is_in_may_still_grow(text: str) -> None:
    assert half_typed(*at(text))


@pytest.mark.parametrize(
    "text", ["", "maria ", '"maria jo"', "(kind:call)", "maria |jones", "duration:>2m ", "“maria”"]
)
def test_a_word_is_whole_behind_a_blank_or_what_closes_it(text: str) -> None:
    assert not half_typed(*at(text))


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("said:ref", ("ref", None)),
        ("said:Remboursé", ("rembourse", None)),
        ("kind:call said:left:so", ("so", Side.LEFT)),
        ("-said:ref", ("ref", None)),
        ("said:ref|und", ("refund", None)),
        ("said:", None),
        ("said:left:", None),
        ("said:返", None),
        ('said:"cancel my', None),
        ("said:ref*", None),
        ("note:ref", None),
        ("ref", None),
    ],
)
def test_words_of_transcripts_are_offered_for_one_that_is_begun(
    text: str, begun: tuple[str, Side | None] | None
) -> None:
    assert begun_word(*at(text)) == begun


def test_a_word_of_transcripts_is_offered_with_their_number_and_keeps_its_side() -> None:
    said = [("sorry", 1204), ("sold", 1)]
    offered = completions("said:left:so", 12, said=said)
    assert [each.label for each in offered] == ["sorry", "sold"]
    assert offered[0].detail.replace("\N{NARROW NO-BREAK SPACE}", "") == "in 1204 transcripts"
    assert offered[1].detail == "in 1 transcript"
    assert offered[0].text == "left:sorry"
    assert [each.text for each in completions("said:le", 7, said=[("less", 2)])] == ["left:", "less"]
