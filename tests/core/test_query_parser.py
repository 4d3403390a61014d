"""The filter line: what is typed, what it means, and what is said of what cannot be meant."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import BIRD, CONVIRZA, NOON
from playhead.core.account import Account
from playhead.core.finding.parser import DEEPEST_NESTING, FIELD_WORDS, LONGEST_QUERY, parse
from playhead.core.finding.query import (
    All,
    Either,
    Field,
    Flag,
    Is,
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

ACCOUNTS = (BIRD, CONVIRZA)


def meaning(text: str, accounts: Sequence[Account] = ()) -> Node:
    """The tree of a query; of one condition, that condition."""
    node = parse(text, NOON, accounts).node
    return node.nodes[0] if isinstance(node, All) and len(node.nodes) == 1 else node


def fault_in(text: str) -> QueryError | None:
    """The fault that is found in a query, if any."""
    try:
        parse(text, NOON, ACCOUNTS)
    except QueryError as error:
        return error
    return None


def refused(text: str) -> QueryError:
    """The fault that is found in a query."""
    fault = fault_in(text)
    assert fault is not None
    return fault


def underlined(text: str) -> str:
    """The part of a query that its fault is about."""
    fault = refused(text)
    return text[fault.start : fault.end]


def seconds(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("text", ["", " ", "\t\n "])
def test_nothing_typed_matches_everything(text: str) -> None:
    assert parse(text, NOON).empty


def test_words_must_all_be_there() -> None:
    assert meaning("Maria  JOÃO") == All((Word("maria"), Word("joao")))


def test_quotes_make_a_phrase_and_take_a_word_literally() -> None:
    assert meaning('"exact Phrase"') == Word("exact phrase")
    assert meaning('"OR"') == Word("or")
    assert meaning('"from:x"') == Word("from:x")
    assert meaning('"-5"') == Word("-5")
    assert meaning('"(a)"') == Word("(a)")


def test_a_word_that_looks_like_a_number_is_also_looked_for_in_numbers() -> None:
    assert meaning("3197") == Word("3197", digits="3197")
    assert meaning("+31") == Word("+31", digits="31")
    assert meaning("0031") == Word("0031", digits="31")
    assert meaning("020-555") == Word("020-555", digits="20555")
    assert meaning('"(020) 555 0199"') == Word("(020) 555 0199", digits="205550199")
    assert meaning("31") == Word("31")
    assert meaning("000") == Word("000")


def test_a_word_is_also_looked_for_in_the_labels_of_accounts() -> None:
    assert meaning("support", ACCOUNTS) == Word("support", accounts=(BIRD.id,))


def test_a_minus_leaves_out() -> None:
    assert meaning("-maria") == Not(Word("maria"))
    assert meaning('-"two words"') == Not(Word("two words"))
    assert meaning("-status:failed") == Not(Match(Field.STATUS, "failed", Way.WHOLE))
    assert meaning("-5551234") == Not(Word("5551234", digits="5551234"))
    assert meaning("-+31") == Not(Word("+31", digits="31"))
    assert meaning("-(a OR b)") == Not(Either((All((Word("a"),)), All((Word("b"),)))))


def test_a_minus_alone_is_a_word() -> None:
    assert meaning("-") == Word("-")
    assert meaning("welcome - (sales)") == All((Word("welcome"), Word("-"), All((Word("sales"),))))


def test_or_binds_less_than_words_side_by_side() -> None:
    assert meaning("a b OR c") == Either((All((Word("a"), Word("b"))), All((Word("c"),))))
    assert meaning("(a OR b) c") == All((Either((All((Word("a"),)), All((Word("b"),)))), Word("c")))
    assert meaning("a or b") == meaning("a OR b")


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        "🎧",
        "*",
        "'; drop table recording; --",
        "a",
        "ß",
        "\x00",
        "\u202e",
        "\ud800",
        "NEAR/3",
        "^a",
        "𝕏",
    ],
)
def test_odd_characters_are_words_like_any_other(text: str) -> None:
    assert not parse(text, NOON).empty


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("provider:Bird", Match(Field.PROVIDER, "bird", Way.WHOLE)),
        ("kind:Voicemails", Match(Field.KIND, "voicemail", Way.WHOLE)),
        ("direction:in", Match(Field.DIRECTION, "incoming", Way.WHOLE)),
        ("direction:OUTGOING", Match(Field.DIRECTION, "outgoing", Way.WHOLE)),
        ("status:Available", Match(Field.STATUS, "available", Way.WHOLE)),
        ("format:mp*", Match(Field.FORMAT, "mp*", Way.WILD)),
        ("name:Über", Match(Field.NAME, "uber", Way.PART)),
        ('name:"a, b"', Match(Field.NAME, "a, b", Way.PART)),
        ("NAME:x:y", Match(Field.NAME, "x:y", Way.PART)),
        ("id:5B74", Match(Field.ID, "5b74", Way.PART)),
        ("channel:880d", Match(Field.CHANNEL, "880d", Way.PART)),
        ("call:50fa", Match(Field.CALL, "50fa", Way.PART)),
        ("is:Stereo", Is(Flag.STEREO)),
        ("is:starred", Is(Flag.STARRED)),
        ("-is:unheard", Not(Is(Flag.UNHEARD))),
        ("is:noted", Is(Flag.NOTED)),
        ("note:Rückzahlung", Match(Field.NOTE, "ruckzahlung", Way.PART)),
        ('note:"asked for*refund"', Match(Field.NOTE, "asked for*refund", Way.WILD)),
        ('account:"eu support"', Match(Field.ACCOUNT, BIRD.id, Way.WHOLE)),
        ("account:market", Match(Field.ACCOUNT, CONVIRZA.id, Way.WHOLE)),
        ("account:convirza-1", Match(Field.ACCOUNT, CONVIRZA.id, Way.WHOLE)),
    ],
)
def test_fields_compare_as_their_kind_of_value_asks(text: str, node: Node) -> None:
    assert meaning(text, ACCOUNTS) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("from:3197", Number(Field.FROM, "3197", Way.PART)),
        ("to:5", Number(Field.TO, "5", Way.PART)),
        ("from:0205550199", Number(Field.FROM, "205550199", Way.PART)),
        ('from:"020 555"', Number(Field.FROM, "20555", Way.PART)),
        ("from:+31", Number(Field.FROM, "31", Way.START)),
        ("from:0031", Number(Field.FROM, "31", Way.START)),
        ("with:+31205550199", Number(Field.WITH, "31205550199", Way.WHOLE)),
        ("with:0031205550199", Number(Field.WITH, "31205550199", Way.WHOLE)),
        ("from:+31*", Number(Field.FROM, "31*", Way.WILD)),
        ("from:0031*", Number(Field.FROM, "31*", Way.WILD)),
        ("from:020*", Number(Field.FROM, "*20*", Way.WILD)),
        ("from:*0199", Number(Field.FROM, "*0199", Way.WILD)),
        ("from:Maria", Match(Field.FROM, "maria", Way.PART)),
        ("from:mar*", Match(Field.FROM, "mar*", Way.WILD)),
        ("from:anonymous", Match(Field.FROM, "anonymous", Way.PART)),
    ],
)
def test_a_side_is_a_number_or_a_name(text: str, node: Node) -> None:
    assert meaning(text) == node


def test_values_with_commas_between_are_alternatives() -> None:
    one, other = Match(Field.KIND, "voicemail", Way.WHOLE), Match(Field.KIND, "prompt", Way.WHOLE)
    assert meaning("kind:voicemail,prompt") == Either((one, other))
    assert meaning("kind:,voicemail,,prompts,") == Either((one, other))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("duration:90", 90, 91),
        ("duration:2m", 120, 121),
        ("duration:1.5m", 90, 91),
        ("duration:1h30m", 5400, 5401),
        ("duration:2m30", 150, 151),
        ("duration:2min", 120, 121),
        ("duration:2:30", 150, 151),
        ("duration:1:02:30", 3750, 3751),
        ("duration:>=2m", 120, None),
        ("duration:>2m", 120.001, None),
        ("duration:<2m", None, 120),
        ("duration:<=2m", None, 120.001),
        ("duration:30s..5m", 30, 300.001),
        ("duration:30s..", 30, None),
        ("duration:..5m", None, 300.001),
    ],
)
def test_durations_are_ranges_of_seconds(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.DURATION, low, high)


OVER_HALF = math.nextafter(0.5, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("heard:50", 0.5, 0.51),
        ("heard:50%", 0.5, 0.51),
        ("heard:0", 0, 0.01),
        ("heard:>=50%", 0.5, None),
        ("heard:>50%", OVER_HALF, None),
        ("heard:<50", None, 0.5),
        ("heard:<=50%", None, OVER_HALF),
        ("heard:12.5%..50%", 0.125, OVER_HALF),
        ("heard:12.5..", 0.125, None),
        ("heard:..50%", None, OVER_HALF),
        ('heard:"< 50 %"', None, 0.5),
    ],
)
def test_what_was_heard_is_a_range_of_percentages(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.HEARD, low, high)


def test_a_percentage_that_is_none_is_answered_with_what_is_allowed() -> None:
    assert refused("heard:half").sentence == (
        "“half” is not a part of a recording. Write heard:<50%, heard:>=90% or heard:10%..50%."
    )
    assert refused("heard:..").sentence == "Write a percentage before or after the two dots."


def test_an_unknown_flag_is_answered_with_those_there_are() -> None:
    assert "is:starred, is:unheard, is:noted" in refused("is:purple").sentence


def test_dates_are_ranges_of_moments() -> None:
    day, next_day = seconds(2026, 3, 14), seconds(2026, 3, 15)
    assert meaning("on:2026-03-14") == Span(Measure.DATE, day, next_day)
    assert meaning("date:today") == Span(Measure.DATE, day, next_day)
    assert meaning("after:2026-03-14") == Span(Measure.DATE, day, None)
    assert meaning("before:2026-03-14") == Span(Measure.DATE, None, day)
    assert meaning("date:2026-03-14..") == Span(Measure.DATE, day, None)
    assert meaning("date:..2026-03-14") == Span(Measure.DATE, None, next_day)
    assert meaning('on:"2026-03-14 09:30"') == Span(
        Measure.DATE, seconds(2026, 3, 14, 9, 30), seconds(2026, 3, 14, 9, 31)
    )


def test_days_with_commas_between_are_alternatives() -> None:
    one, other = meaning("on:2026-03-14"), meaning("on:2026-03-01")
    assert meaning("on:2026-03-14,2026-03-01") == Either((one, other))
    assert meaning("-date:2026-03-14,2026-03-01") == Not(Either((one, other)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("size:>1MB", 1_000_001, None),
        ("size:>=1MB", 1_000_000, None),
        ("size:<500kB", None, 500_000),
        ("size:<=500k", None, 500_001),
        ("size:1MB", 1_000_000, 2_000_000),
        ("size:1.5MB", 1_500_000, 1_600_000),
        ("size:1mib", 1_048_576, 2_097_152),
        ("size:0", 0, 1),
        ("size:12bytes", 12, 13),
        ("size:1.5", 2, 3),
        ("size:1MB..2GB", 1_000_000, 2_000_000_001),
        ("size:..1kB", None, 1001),
        ("size:1tb..", 10**12, None),
    ],
)
def test_sizes_are_ranges_of_bytes(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.SIZE, low, high)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("maria*", "maria"),
        ("*maria*", "maria"),
        ("wel*me", "(wel me)"),
        ("a or b", "a OR b"),
        ("a or b or c", "a OR b OR c"),
        ("(a or b) c", "(a OR b) c"),
        ("a Or (b c)", "a OR (b c)"),
        ("or", '"or"'),
        ("a or", 'a "or"'),
        ("or a", '"or" a'),
        ("(a or) b", '(a "or") b'),
        ("a or or b", 'a "or" OR b'),
    ],
)
def test_one_can_write_the_same_in_two_ways(text: str, same: str) -> None:
    assert meaning(text) == meaning(same)


def test_a_star_in_quotes_is_a_star() -> None:
    assert meaning('"wel*me"') == Word("wel*me")
    assert meaning("*") == Word("*")


def test_a_number_with_spaces_is_one_number() -> None:
    assert meaning("+31 20 555 0123") == Word("+31 20 555 0123", "31205550123")
    assert meaning("maria 020 555-0123 sales") == All(
        (Word("maria"), Word("020 555-0123", "205550123"), Word("sales"))
    )


@pytest.mark.parametrize("text", ["2026 1234 4567", "+31 20", "020", "020 maria", '+31 "20" 5550123', "0 1"])
def test_numbers_side_by_side_are_otherwise_things_of_their_own(text: str) -> None:
    node = meaning(text)
    words = node.nodes if isinstance(node, All) else (node,)
    assert len(words) == len(text.split())


FORMS = {"020 555 0123": ("31205550123", "0205550123"), "+31205550123": ("31205550123", "0205550123")}


def test_a_number_is_looked_for_in_every_form_that_it_may_be_written_in() -> None:
    def readings(typed: str) -> tuple[str, ...]:
        return FORMS.get(typed, ())

    def found(text: str) -> Node:
        return parse(text, NOON, ACCOUNTS, readings).conditions[0]

    national = Number(Field.FROM, "0205550123", Way.WHOLE)
    assert found("from:+31205550123") == Either((Number(Field.FROM, "31205550123", Way.WHOLE), national))
    assert found('from:"020 555 0123"') == Number(Field.FROM, "205550123", Way.PART)
    assert found("020 555 0123") == Word("020 555 0123", "205550123")
    assert found("+31205550123") == Either(
        (Word("+31205550123", "31205550123"), Number(Field.WITH, "0205550123", Way.WHOLE))
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('maria "three', '"three'),
        ("maria (a b", "("),
        ("maria a) b", ")"),
        ("maria ()", "("),
        ("-()", "-("),
        ("a OR", "OR"),
        ("OR a", "OR"),
        ("a OR OR b", "OR"),
        ('maria ""', '""'),
        ("maria from:", "from:"),
        ('maria from:""', 'from:""'),
        ("maria from:,,", "from:,,"),
        ("maria -from: b", "-from:"),
        ("maria remark:refund", "remark:refund"),
        ("http://example.com", "http://example.com"),
        ("provider:acme", "provider:acme"),
        ("account:nobody", "account:nobody"),
        ("kind:fax", "kind:fax"),
        ("direction:up", "direction:up"),
        ("is:purple", "is:purple"),
        ("a on:2026-02-30 b", "on:2026-02-30"),
        ("on:2026-13", "on:2026-13"),
        ("on:0000", "on:0000"),
        ("on:9999", "on:9999"),
        ("on:soon", "on:soon"),
        ("date:..", "date:.."),
        ("date:2026..2025", "date:2026..2025"),
        ("date:2025..2026..2027", "date:2025..2026..2027"),
        ("after:2025..2026", "after:2025..2026"),
        ("date:last9999y", "date:last9999y"),
        ("duration:", "duration:"),
        ("duration:long", "duration:long"),
        ("duration:>", "duration:>"),
        ("duration:..", "duration:.."),
        ("duration:5m..2m", "duration:5m..2m"),
        ("heard:", "heard:"),
        ("heard:all", "heard:all"),
        ("heard:101%", "heard:101%"),
        ("heard:<-5%", "heard:<-5%"),
        ("heard:..", "heard:.."),
        ("heard:90%..10%", "heard:90%..10%"),
        ("note:", "note:"),
        ("duration:1h30", "duration:1h30"),
        ("duration:-5", "duration:-5"),
        ("duration:" + "9" * 400 + ":00", "duration:" + "9" * 400 + ":00"),
    ],
)
def test_a_fault_is_underlined(text: str, part: str) -> None:
    assert underlined(text) == part


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("state", "status"),
        ("formt", "format"),
        ("dur", "duration"),
        ("accuont", "account"),
        ("Diraction", "direction"),
        ("caller", "from"),
        ("since", "after"),
        ("type", "kind"),
        ("phone", "with"),
    ],
)
def test_an_unknown_field_is_answered_with_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert f"Did you mean {meant}: ?" in refused(f"{typed}:x").sentence


def test_an_unknown_field_that_is_like_none_is_answered_with_how_to_look_for_a_colon() -> None:
    sentence = refused("http://example.com").sentence
    assert sentence == ("There is no field called “http”. To search for a colon, put quotes around it.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('maria "three', "A quotation mark is missing."),
        ("(maria", "This bracket is not closed."),
        ("maria)", "This bracket closes nothing."),
        ("()", "There is nothing in these brackets."),
        ("from:", "Write what to look for after “from:”."),
        ("on:2026-02-30", "There is no such date: 2026-02-30."),
        ("date:2026-03..2026-01", "The range ends before it begins: 2026-03..2026-01."),
        ("after:2026-01,2026-02", "“after:” takes one date. For a range write date:2026-03-01..2026-03-14."),
        ("duration:5m..2m", "The range ends before it begins: 5m..2m."),
        ("size:2MB..1MB", "The range ends before it begins: 2MB..1MB."),
        ("size:big", "“big” is not a size. Write 500kB, 1.5MB or 2GB."),
        ("size:..", "Write a size before or after the two dots."),
        ("a OR", "OR needs something on both sides."),
        ("x" * 10_000, "This is too long to be a filter (over 2000 characters)."),
    ],
)
def test_what_cannot_be_understood_is_answered_with_what_is_wrong(text: str, sentence: str) -> None:
    assert refused(text).sentence == sentence


def test_an_unknown_account_is_answered_with_those_there_are() -> None:
    assert "“EU support”, “Marketing”" in refused("account:nobody").sentence


def test_a_sentence_stays_short_whatever_was_typed() -> None:
    for field in FIELD_WORDS:
        fault = fault_in(f"{field}:{'x' * 1900}")
        assert fault is None or len(fault.sentence) < 250
    assert len(refused("x" * 1900 + ":y").sentence) < 250


def test_what_was_pasted_by_mistake_is_refused_whole() -> None:
    text = "maria " * 1667
    assert len(text) > LONGEST_QUERY
    assert underlined(text) == text


def test_brackets_within_brackets_have_an_end() -> None:
    assert meaning("(" * DEEPEST_NESTING + "a" + ")" * DEEPEST_NESTING) == Word("a")
    assert "too many brackets" in refused("(" * 500 + "a" + ")" * 500).sentence


@pytest.mark.parametrize(
    "text", ["on:" + "." * 1900, "(-" * 900, '"' * 1999, "a OR " * 399 + "a", "from:" + "*" * 1900]
)
def test_a_long_oddity_is_understood_or_refused(text: str) -> None:
    fault = fault_in(text)
    assert fault is None or fault.sentence


_PIECES = st.sampled_from(
    [
        *(f"{word}:" for word in FIELD_WORDS),
        *'()":-*+.,<>= %_',
        "..",
        " OR ",
        "31",
        "00",
        "2026-03-14",
        "1h",
        "50%",
        "mp3",
        "é🎧",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=25).map("".join))
def test_any_text_is_a_query_or_a_fault_within_it(text: str) -> None:
    fault = fault_in(text)
    if fault is None:
        assert parse(text, NOON, ACCOUNTS).text == text
    else:
        assert 0 <= fault.start < fault.end <= len(text)
        assert fault.sentence.endswith(".")
