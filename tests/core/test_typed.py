"""The filter line is read as it is meant, and keeps what was typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playhead.core.finding import fields
from playhead.core.finding.completion import completions
from playhead.core.finding.form import read, write
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Match, Number, Way, Word
from playhead.core.finding.queryediting import literal, pieces, quoted_value, with_value
from playhead.core.finding.syntax import as_meant
from playhead.core.recording import Party
from playhead.core.text import fold
from support.fakes import NOON, recording
from support.loading.query_scene import meaning, refused, underlined

TWINS = "“”„‟«»＂「」‘’‚′`´‐‑–—−－：，（）＞≥…\u00a0\u3000\u00ad\u200b\u202a\ufe0f\ud800\0"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“refund now”", '"refund now"'),
        ("„refund now“", '"refund now"'),
        ("«\u00a0refund now\u202f»", '"refund now"'),
        ("»refund now«", '"refund now"'),
        ("”refund now”", '"refund now"'),
        ("「refund now」", '"refund now"'),
        ("＂refund now＂", '"refund now"'),
        ('“refund now"', '"refund now"'),
        ('"refund now”', '"refund now"'),
        ('"the “best” one"', '"the “best” one"'),
        ('"a” b"', '"a” b"'),
        ("“the «best» one”", '"the «best» one"'),
        ("“a – b”", '"a – b"'),
        ("a – b", "a - b"),
        ("ｋｉｎｄ：call，（a）", "kind:call,(a)"),
        ("duration:≥٢m", "duration:>=2m"),
    ],
)
def test_signs_are_those_that_are_meant_except_in_quotation_marks(typed: str, meant: str) -> None:
    assert as_meant(typed).text == meant


@given(st.text(st.sampled_from(TWINS + 'ab "-:') | st.characters(), max_size=12))
def test_every_letter_knows_its_place(typed: str) -> None:
    meant = as_meant(typed)
    assert as_meant(meant.text).text == meant.text
    assert len(meant.places) == len(meant.text) + 1
    assert list(meant.places) == sorted(meant.places)
    for place in range(len(typed) + 1):
        assert 0 <= meant.at(place) <= len(meant.text)
    if '"' not in meant.text:
        assert fold(meant.text) == fold(typed)


def test_a_fault_is_where_it_was_typed() -> None:
    assert underlined("\u200b“a” duration：≥\u00adlong x") == "duration：≥\u00adlong"
    assert underlined("a\u200bb “c") == "“c"


def test_a_link_or_an_extension_that_is_pasted_means_the_number() -> None:
    whole = Number(fields.FROM, "31205550142", Way.WHOLE)
    for number in (
        "+31205550142;ext=12",
        "+31 20 555 0142 x12",
        "+31 20 555 0142 ext. 12",
        "tel:+31205550142;ext=12",
        "sip:+31205550142@192.0.2.1",
        "+31205550142@192.0.2.1",
    ):
        assert meaning(f"from:{number}") == whole
    assert meaning("+1 (415) 555-0132 x4") == Word("+1 (415) 555-0132 x4", "14155550132")
    assert meaning("sip:+31205550142@192.0.2.1") == Number(fields.WITH, "31205550142", Way.WHOLE)
    assert meaning("sip:1001@192.0.2.1") == Match(fields.WITH, "sip:1001@192.0.2.1")
    assert meaning("-from:1001@192.0.2.1") == meaning("-from:“1001@192.0.2.1”")


ADDRESSES = (
    "+31205550142",
    "+31205550142;ext=12",
    "+1 (415) 555-0132 x4",
    "#31#0612345678",
    "*21*0612345678#",
    "*100#",
    "sip:1001@10.20.30.40",
    "sip:+31205550142@10.0.0.5",
    "“Maria” <sip:1001@10.20.30.40>",
    "Tel. +31 20 555 0142",
    "+31205550142 / +31205550143",
    "0205550142 / 0205550143",
    "1-800-FLOWERS",
    "agent1001",
    "5b74ee9e-0000-4000-8000-0000000a6bbd",
    "+31\u20112055\u200b50142",
    "الخط ٣١٩٧",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_found_by_itself(address: str) -> None:
    row = recording(1, caller=Party(number=address))
    other = recording(2, caller=Party(number="+442079460100"))
    node = parse(with_value("", "from", address), NOON).node
    assert matches(node, row)
    assert not matches(node, other)


@example("\x7f=")
@example("\u200b==")
@given(st.text(st.sampled_from(TWINS) | st.characters(), min_size=1, max_size=10))
def test_every_name_is_found_by_itself(name: str) -> None:
    if not fold(name).strip(' *",-()') or "*" in fold(name):
        return
    named = recording(1, name=name)
    assert matches(parse(f"name:{quoted_value(literal(name))}", NOON).node, named)


def test_what_was_typed_stays_when_something_is_added() -> None:
    assert (
        with_value("“refund”  Łukasz –kind：call", "status", "failed")
        == "“refund” Łukasz –kind：call status:failed"
    )
    parts = pieces("“a b” –kind：call，prompt （c）") or ()
    assert [part.text for part in parts] == ["“a b”", "–kind：call，prompt", "（c）"]
    assert (parts[1].negated, parts[1].field, parts[1].values) == (True, "kind", ("call", "prompt"))


def test_the_form_shows_what_was_meant() -> None:
    typed = "–is：stereo kind：call “a b” duration:≥1,5m"
    form, rest = read(typed)
    assert (form.flags, form.chosen["kind"], form.length.low, rest) == (("-stereo",), ("call",), "1,5m", "")
    rows = [
        recording(number, name=name, stereo=number % 2 == 0, duration=30.0 * number)
        for number, name in enumerate(("a b", "b a") * 6)
    ]
    before, after = parse(typed, NOON).node, parse(write(form, rest), NOON).node
    assert [matches(before, row) for row in rows] == [matches(after, row) for row in rows]


def test_completions_stand_where_it_was_typed() -> None:
    (first, *_) = completions("\u200b–ki", 4)
    assert (first.text, first.start, first.end) == ("kind:", 2, 4)
    (first, *_) = completions("kind：\u00advoi", 9)
    assert (first.text, first.start, first.end) == ("voicemail", 6, 9)
    assert [
        each.text for each in completions("from:3120", 9, ("+31 20 555 01 42", "sip:1001@31.20.0.1"))
    ] == ['"+31 20 555 01 42"']


def test_nothing_is_read_as_another_filter() -> None:
    for text in (
        "size:>1,500,000",
        "size:1,500.5MB",
        "size:1.500,5MB",
        "size:>1.234.567",
        "duration:1,2",
        "duration:1,5,2,5",
        "duration:1.5,2.5",
        "duration:>1,5",
        "duration:1,500s",
        "heard:10,50%",
        "heard:12,5..50%",
    ):
        assert "Write" in refused(text).sentence
    assert meaning("duration:1:30,2:30") == meaning("duration:90s,150s")
    assert meaning("duration:2m,1,5m") == meaning("duration:120s,1.5m")
    assert meaning("duration:30s…5m") == meaning("duration:30s..5m")
    assert meaning("date:2026-01…2026-02") == meaning("date:2026-01..2026-02")
