"""What a query means for one recording."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding import fields
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import (
    All,
    Either,
    Match,
    Measure,
    Node,
    Not,
    Number,
    QueryError,
    Span,
    Way,
    Word,
)
from playhead.core.marks import NO_MARKS, Marks, Note, Spans
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Line, Side, Transcript
from support.fakes import BIRD, CONVIRZA, NOON, recording


def found(text: str, candidate: Recording) -> bool:
    return matches(parse(text, NOON, (BIRD, CONVIRZA)).node, candidate)


CALL = recording(
    0,
    name="Über uns",
    caller=Party(name="João", number="3197004499436", identity="+31 97004499436"),
    callee=Party(number="020 555 0199"),
    channel="880d8171",
    call="50fa2203",
    conference="c0ffee",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "uber",
        "UNS joao",
        '"über uns"',
        "+31",
        "0031970",
        "970-044",
        "0205550199",
        "support",
        "provider:bird",
        "account:support",
        "kind:call,prompt",
        "from:+31*",
        "from:0031*",
        "from:*9436",
        "from:+31970",
        "from:+3197004499436",
        "from:joao",
        "to:20555",
        "with:0199",
        "with:3197",
        "direction:in",
        "status:avail*",
        "after:2026-03-14",
        "before:2026-03-15",
        "on:2026-03-14",
        "date:last30d",
        "duration:30s",
        "duration:>29s",
        "duration:30s..5m",
        "format:mp3",
        "is:stereo",
        "is:playable",
        "-is:mono",
        "-is:anonymous",
        "name:uns",
        "name:ü*s",
        "channel:880D",
        "call:50fa",
        "id:id-0",
        "-status:failed",
        "(maria OR joao) -maria",
        "-maria -(maria uber)",
    ],
)
def test_it_is_found_by(text: str) -> None:
    assert found(text, CALL)


@pytest.mark.parametrize(
    "text",
    [
        "maria",
        '"uns über"',
        "+32",
        "marketing",
        "provider:convirza",
        "kind:prompt",
        "from:20555",
        "from:+97",
        "from:+3197*0",
        "to:joao",
        "direction:out",
        "status:avail",
        "after:2026-03-15",
        "before:2026-03-14",
        "date:yesterday",
        "duration:>30s",
        "duration:29s",
        "format:mp",
        "is:transcribed",
        "is:mono",
        "name:uns*x",
        "-joao",
        "-(joao uber)",
    ],
)
def test_it_is_not_found_by(text: str) -> None:
    assert not found(text, CALL)


@pytest.mark.parametrize(
    "text", ["from:+", "duration:>=0", "date:1970..", "name:*", "is:mono", "is:stereo", "status:*"]
)
def test_what_a_recording_does_not_have_matches_nothing(text: str) -> None:
    bare = Recording(account=BIRD.id, id="1", provider=BIRD.provider)
    assert not found(text, bare)
    assert found("-" + text, bare)


def kept(text: str, marks: Marks = NO_MARKS, transcript: str | None = None, **changes: object) -> bool:
    said = None if transcript is None else spoken(transcript)
    return matches(parse(text, NOON).node, recording(0, **changes), marks, said)


def spoken(text: str) -> Transcript:
    """A transcript of lines, each with the side that says it before a colon if that is known."""
    lines = list[Line]()
    for at, line in enumerate(text.splitlines()):
        side, colon, words = line.partition(": ")
        known = Side(side) if colon else None
        lines.append(Line(start=at, end=at + 1, text=words if colon else line, side=known))
    return Transcript(id="t", locale=None, lines=tuple(lines))


def notes(*texts: str) -> Marks:
    return Marks(notes=tuple(Note(id=n, text=text, made=NOON) for n, text in enumerate(texts)))


def test_words_are_also_found_in_notes_and_in_the_transcript() -> None:
    for text in ("refund", "REFÜND stereo-free", '"a refund"', "mp3 refund"):
        assert kept(text, notes("hello", "wants a Refünd, stereo-free"))
        assert kept(text, transcript="I want a refund.\nOn something stereo-free.")
    assert kept("refund angry", notes("angry"), "a refund")
    assert not kept("refund", notes("re", "fund"), "re\nfund")
    assert not kept("-refund", notes("refund"))


def test_note_asks_notes_only() -> None:
    assert kept("note:refund", notes("a refund"))
    assert kept("note:a*d", notes("hello", "a refund"))
    assert not kept("note:refund", NO_MARKS, "a refund")
    assert not kept("note:mp3", notes("a refund"))


def test_marks_are_asked_for_by_flags() -> None:
    assert kept("is:starred is:unheard -is:noted", Marks(starred=True))
    assert kept("-is:starred -is:unheard", Marks(heard=Spans.of([(3, 4)])))
    assert kept("is:noted is:unheard", notes(""))
    assert kept("-is:starred is:unheard -is:noted")


@pytest.mark.parametrize(
    "text",
    [
        "heard:50",
        "heard:>=50%",
        "heard:<=50%",
        "heard:>49.9%",
        "heard:<51%",
        "heard:10%..50%",
        "heard:50..90",
    ],
)
def test_half_of_it_was_heard(text: str) -> None:
    assert kept(text, Marks(heard=Spans.of([(0, 10), (20, 25), (5, 10)])))


@pytest.mark.parametrize("text", ["heard:<50%", "heard:>50%", "heard:49", "heard:51..", "is:unheard"])
def test_not_half_of_it_was_heard(text: str) -> None:
    assert not kept(text, Marks(heard=Spans.of([(0, 15)])))


@pytest.mark.parametrize("percent", range(101))
def test_a_whole_percentage_is_found_by_its_number(percent: int) -> None:
    marks = Marks(heard=Spans.of([(0, percent)]))
    for text in (f"heard:{percent}", f"heard:>={percent}%", f"heard:<={percent}%", f"-heard:>{percent}"):
        assert kept(text, marks, duration=100.0)


def test_of_an_unknown_length_nothing_or_all_was_heard() -> None:
    for duration in (None, 0.0):
        assert kept("heard:0 heard:<1%", duration=duration)
        assert kept("heard:100%", Marks(heard=Spans.of([(0, 1)])), duration=duration)


def test_anonymous_callers_are_found_on_either_side() -> None:
    hidden = recording(1, caller=Party(anonymous=True), callee=None)
    for text in ("is:anonymous", "anonymous", "from:anonymous", "with:anonymous", "-to:anonymous"):
        assert found(text, hidden)


def test_characters_that_mean_something_to_sql_are_plain_characters() -> None:
    named = recording(1, name="100%_safe?[x]")
    assert found("name:100%_s", named)
    assert found("name:*[x]", named)
    assert not found("name:1%e*", named)
    assert not found("name:?00*", named)


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    assert not found("name:" + "*a" * 900, recording(1, name="a" * 899 + "b" * 5000))


_LETTERS = st.text(alphabet="ab*", max_size=8)


@given(_LETTERS, st.text(alphabet="ab", min_size=1, max_size=8))
def test_stars_stand_for_any_characters(pattern: str, name: str) -> None:
    node = Match(fields.NAME, pattern, Way.WILD)
    assert matches(node, recording(1, name=name)) == fnmatch.fnmatchcase(name, pattern)


_OPTIONAL_NUMBERS = st.none() | st.floats(0, 100)
_LEAVES: st.SearchStrategy[Node] = (
    st.builds(Word, st.sampled_from(["a", "mp3", "bird", ""]), st.sampled_from(["", "3197", "9"]))
    | st.builds(
        Match,
        st.sampled_from([each for each in fields.FIELDS.values() if each.columns]),
        st.sampled_from(["a", "call", "*a*", ""]),
        st.sampled_from(Way),
    )
    | st.builds(
        Number,
        st.sampled_from([fields.FROM, fields.TO, fields.WITH]),
        st.sampled_from(["31", "3*6"]),
        st.sampled_from(Way),
    )
    | st.builds(Span, st.sampled_from(Measure), _OPTIONAL_NUMBERS, _OPTIONAL_NUMBERS)
)
NODES = st.recursive(
    _LEAVES,
    lambda nodes: (
        st.builds(Not, nodes)
        | st.builds(All, st.lists(nodes, max_size=3).map(tuple))
        | st.builds(Either, st.lists(nodes, max_size=3).map(tuple))
    ),
    max_leaves=6,
)
_TEXTS = st.none() | st.sampled_from(["a", "call", "Á b"])
_PARTIES = st.none() | st.builds(
    Party, name=_TEXTS, number=st.none() | st.just("+31 97 6"), anonymous=st.booleans()
)
RECORDINGS = st.builds(
    Recording,
    account=st.just(BIRD.id),
    id=st.sampled_from(["a", "9"]),
    provider=st.just(BIRD.provider),
    name=_TEXTS,
    status=_TEXTS,
    format=_TEXTS,
    caller=_PARTIES,
    callee=_PARTIES,
    duration=_OPTIONAL_NUMBERS,
    started=st.none() | st.just(NOON),
)


@given(NODES, RECORDINGS)
def test_not_is_the_opposite(node: Node, candidate: Recording) -> None:
    assert matches(Not(node), candidate) is not matches(node, candidate)


@given(NODES, NODES, RECORDINGS)
def test_not_both_is_either_not(one: Node, other: Node, candidate: Recording) -> None:
    neither = matches(Not(All((one, other))), candidate)
    assert neither == matches(Either((Not(one), Not(other))), candidate)


@given(st.text(alphabet='ab1+*"-(): ', max_size=12), RECORDINGS)
def test_a_query_and_its_exclusion_never_both_match(text: str, candidate: Recording) -> None:
    try:
        plain, excluded = parse(text, NOON).node, parse(f"-({text})", NOON).node
    except QueryError:
        return
    assert matches(plain, candidate) is not matches(excluded, candidate)
