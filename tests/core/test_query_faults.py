"""What is said in the filter line of what cannot be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.fields import FIELDS
from playhead.core.finding.parser import DEEPEST_NESTING, LONGEST_QUERY, parse
from playhead.core.finding.query import Flag, Word
from playhead.core.recording import KINDS
from support.fakes import NOON
from support.loading.query_scene import ACCOUNTS, fault_in, meaning, refused, underlined


def test_a_percentage_that_is_none_is_answered_with_what_is_allowed() -> None:
    assert refused("heard:half").sentence == (
        "“half” is not a part of a recording. Write heard:<50%, heard:>=90% or heard:10%..50%."
    )
    assert refused("heard:..").sentence == "Write a percentage before or after the two dots."


def test_an_unknown_flag_is_answered_with_those_there_are() -> None:
    assert "is:starred, is:unheard, is:noted" in refused("is:purple").sentence


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
        ("has:wings", "has:wings"),
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("transcribed:yes", "is:transcribed or has:transcript"),
        ("-transcribed:yes", "-is:transcribed or -has:transcript"),
        ("transcript:false", "-has:transcript"),
        ("starred:yes", "is:starred"),
        ("Favourite:TRUE", "is:starred"),
        ("stared:1", "is:starred"),
        ("unstarred:yes", "-is:starred"),
        ("exported:no", "-is:exported"),
        ("-exported:no", "is:exported"),
        ("measured:no", "-is:measured"),
        ("clipped:yes", "health:clipped"),
        ("heard:no", "is:unheard"),
        ("heard:yes", "-is:unheard"),
        ("played:yes", "-is:unheard"),
        ("no:transcript", "-has:transcript"),
        ("without:note", "-has:note"),
        ("not:starred", "-is:starred"),
        ("-no:note", "has:note"),
        ("voicemail:yes", "kind:voicemail"),
        ("incoming:true", "direction:in"),
        ("is:incoming", "direction:in"),
        ("is:voicemail", "kind:voicemail"),
        ("is:one-sided", "health:one-sided"),
        ("is:stared", "is:starred"),
        ("is:not-starred", "-is:starred"),
        ("is:heard", "-is:unheard"),
        ("has:starred", "is:starred"),
        ("has:transcription", "is:transcribed or has:transcript"),
    ],
)
def test_a_condition_as_others_write_it_is_answered_with_how_it_is_written_here(
    typed: str, meant: str
) -> None:
    asked = refused(typed).sentence.partition(" Did you mean ")[2].partition(" ?")[0]
    assert asked == meant
    for each in filter(None, asked.split(" or ")):
        assert fault_in(each) is None


@pytest.mark.parametrize("flag", [*Flag, *KINDS])
def test_no_flag_written_as_a_field_goes_without_an_answer(flag: str) -> None:
    for typed in (f"{flag}:yes", f"{flag}:no", f"no:{flag}", f"has:{flag}", f"is:{flag}"):
        fault = fault_in(typed)
        assert fault is None or "Did you mean " in fault.sentence


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
    for field in FIELDS:
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
        *(f"{word}:" for word in FIELDS),
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
