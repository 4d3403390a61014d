"""Changing the words of a query: the text of one condition more or less, and of a form."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playhead.core.finding.form import Ends, Form, read, write
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from playhead.core.finding.queryediting import condition, pieces, with_value, without_value
from playhead.core.recording import Party, Recording
from support.fakes import BIRD, CONVIRZA, NOON, recording

ACCOUNTS = (BIRD, CONVIRZA)


@pytest.mark.parametrize(
    ("text", "field", "value", "narrowed"),
    [
        ("", "status", "failed", "status:failed"),
        ("maria", "from", "+31 20 555 0101", 'maria from:"+31 20 555 0101"'),
        (
            'account:"EU support" kind:call maria',
            "kind",
            "voicemail",
            'account:"EU support" kind:voicemail maria',
        ),
        ("status:failed,available x -status:absent", "status", "available", "status:available x"),
        ("after:2026-01-01 x before:2026-02-01", "date", "2026-01-05", "date:2026-01-05 x"),
        ("is:starred -is:stereo", "is", "stereo", "is:starred is:stereo"),
        ("with:maria", "with", "eva", "with:maria with:eva"),
        ("name:wel -name:test", "name", "Welcome", "name:Welcome -name:test"),
        ("a OR b", "status", "failed", "status:failed (a OR b)"),
        (
            "(status:failed OR status:absent)",
            "status",
            "failed",
            "(status:failed OR status:absent) status:failed",
        ),
        ('a "b', "status", "failed", 'status:failed a "b'),
        ("a) (b", "status", "failed", "status:failed a) (b"),
        ("020 kind:call 555 0101 kind:voicemail", "kind", "call", "020 kind:call 555 0101"),
        ("020 kind:call kind:call 555", "status", "x", "020 kind:call kind:call 555 status:x"),
        ("x", "name", 'The "big" one', 'x name:"The *big* one"'),
        ("x", "name", "a,b", 'x name:"a,b"'),
        ("x", "name", "", "x"),
    ],
)
def test_a_value_is_filtered_by_in_the_place_of_what_it_makes_superfluous(
    text: str, field: str, value: str, narrowed: str
) -> None:
    assert with_value(text, field, value) == narrowed


@pytest.mark.parametrize(
    ("text", "field", "value", "narrowed"),
    [
        ("", "status", "failed", "-status:failed"),
        ("x", "from", "Maria V", 'x -from:"Maria V"'),
        ("-status:failed x", "status", "absent", "-status:failed,absent x"),
        ("status:failed,available", "status", "Failed", "status:available"),
        ("status:failed x", "status", "failed", "x -status:failed"),
        ("name:wel", "name", "Welcome", "name:wel -name:Welcome"),
        ("020 status:failed 555 0101", "status", "failed", '020 "555" 0101 -status:failed'),
        ("-date:2026-01-01", "date", "2026-01-02", "-date:2026-01-01 -date:2026-01-02"),
        ("a or b", "status", "failed", "-status:failed (a or b)"),
        ("x", "status", "", "x"),
    ],
)
def test_a_value_is_excluded_and_leaves_the_sets_that_ask_for_it(
    text: str, field: str, value: str, narrowed: str
) -> None:
    assert without_value(text, field, value) == narrowed


@pytest.mark.parametrize(
    ("text", "form", "rest"),
    [
        ("", Form(), ""),
        ('maria "two words" -eva', Form(words='maria "two words" -eva'), ""),
        ("date:last30d", Form(period=Ends("last30d", "last30d")), ""),
        ("after:2026-01-01 before:2026-02-01", Form(period=Ends("2026-01-01", "2026-01-31")), ""),
        ("before:yesterday", Form(), "before:yesterday"),
        ('from:+31*,"Maria V"', Form(chosen={"from": ("+31*", "Maria V")}), ""),
        (
            "kind:calls,voicemail direction:incoming",
            Form(chosen={"kind": ("call", "voicemail"), "direction": ("in",)}),
            "",
        ),
        ("kind:call kind:prompt", Form(chosen={"kind": ("call",)}), "kind:prompt"),
        ("duration:>2m duration:<=5m", Form(length=Ends(">2m", "5m")), ""),
        ("duration:30s..5m", Form(length=Ends("30s", "5m")), ""),
        ("duration:90", Form(), "duration:90"),
        ("is:starred -is:heard -is:stereo", Form(flags=("starred", "-stereo")), "-is:heard"),
        ("-status:failed (a OR b) x", Form(words="x"), "-status:failed (a OR b)"),
        ("maria - 020 0101", Form(words="maria 020 0101"), "-"),
        ("020 kind:call  555  0101", Form(words='020 "555" 0101', chosen={"kind": ("call",)}), ""),
        ("020 - 0205  550101", Form(words='020 "0205 550101"'), "-"),
        ("x kind:call 020  0101", Form(words="x 020  0101", chosen={"kind": ("call",)}), ""),
        ("a OR kind:call", Form(), "a OR kind:call"),
        ('kind:call "', Form(), 'kind:call "'),
    ],
)
def test_a_form_reads_what_it_has_fields_for_and_keeps_the_rest(text: str, form: Form, rest: str) -> None:
    assert read(text) == (form, rest)


@pytest.mark.parametrize(
    ("form", "rest", "text"),
    [
        (Form(), "", ""),
        (Form(), "a OR b", "a OR b"),
        (Form(chosen={"kind": ("call",)}), "a OR b", "kind:call (a OR b)"),
        (Form(chosen={"kind": ("call",)}, words="x"), "-status:failed", "kind:call x -status:failed"),
        (Form(words="kind:call (x"), "", '"kind:call" "(x"'),
        (Form(words='a "b'), "", 'a "b"'),
        (Form(words="a or b"), "", '"a" "or" "b"'),
        (Form(period=Ends("2026-01-01")), "", "date:2026-01-01.."),
        (Form(period=Ends("a b", ")")), "", 'date:"a b..)"'),
        (Form(length=Ends("2m", "<5m")), "", "duration:2m.. duration:<5m"),
        (Form(flags=("starred", "-unheard")), "", "is:starred -is:unheard"),
        (Form(flags=("transcript", "transcribed")), "", "has:transcript is:transcribed"),
        (Form(flags=("-transcript",)), "", "-has:transcript"),
    ],
)
def test_a_form_is_written_as_a_query(form: Form, rest: str, text: str) -> None:
    assert write(form, rest) == text


RECORDINGS = (
    recording(0),
    recording(1, kind="voicemail", status="failed", direction="outgoing", duration=120.0),
    recording(2, caller=Party(number="+31205550101", name="Maria V"), duration=121.0),
    recording(3, callee=Party(number="0205550101"), started=NOON - timedelta(days=40), stereo=True),
    recording(4, name="welcome 020 555", status="available", duration=None, started=None),
    recording(5, name="or kind:call", duration=30.0, started=NOON - timedelta(days=1)),
)

atoms = st.sampled_from(
    (
        "maria",
        "-welcome",
        '"maria v"',
        "020",
        "555",
        "0101",
        "+31",
        "or",
        "OR",
        "-",
        "kind:call",
        "kind:voicemails,call",
        "-kind:call",
        "status:failed",
        "status:available,failed",
        "-status:failed",
        "direction:in",
        "direction:outgoing",
        'from:"maria v"',
        "to:020*",
        "with:555",
        'account:"Bird EU"',
        "date:last30d",
        "after:2026-01-01",
        "before:2026-12-31",
        "before:yesterday",
        "date:..2026-03-14",
        "duration:>2m",
        "duration:<=2m",
        "duration:30s..2m",
        "duration:90s,120s",
        "is:stereo",
        "-is:stereo",
        "is:stereo,playable",
        "(maria OR 020)",
        "-(kind:call status:failed)",
        "name:wel*",
    )
)
queries = st.lists(atoms, max_size=6).map(" ".join)


def found(text: str) -> tuple[Recording, ...] | None:
    """The recordings that a query finds; None for one that cannot be understood."""
    try:
        query = parse(text, NOON, ACCOUNTS)
    except QueryError:
        return None
    return tuple(each for each in RECORDINGS if matches(query.node, each))


@given(queries)
def test_what_a_form_read_and_wrote_means_the_same(text: str) -> None:
    before = found(text)
    assume(before is not None)
    form, rest = read(text)
    after = found(write(form, rest))
    # A range that ends before it begins finds nothing, or is said to be one.
    assert after == before or (after is None and before == ())


@given(queries)
def test_a_form_reads_what_it_wrote(text: str) -> None:
    form, rest = read(text)
    assert read(write(form, rest)) == (form, rest)


@given(queries, st.sampled_from(("kind", "status", "direction", "name")), st.sampled_from(RECORDINGS))
def test_a_value_that_a_row_has_leaves_that_row_and_only_rows_that_were_there(
    text: str, field: str, row: Recording
) -> None:
    before = found(text)
    value = str(getattr(row, field) or "")
    assume(before is not None and row in before and value)
    after = found(with_value(text, field, value))
    assert after is not None
    assert row in after
    assert {each.id for each in after} <= {each.id for each in before or ()}
    without = found(without_value(text, field, value)) or ()
    assert row not in without


@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    form, rest = read(text)
    write(form, rest)
    with_value(text, "name", text)
    without_value(text, "from", text)
    if (parts := pieces(text)) is not None:
        assert all(part.text in text for part in parts)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=Welcome 1", 'name:"=Welcome 1"'),
        ('=she said "hi", (twice)', 'name:"=she said ”hi”, (twice)"'),
        ("=5*", "name:=5*"),
        ("=two\nlines", "name:=two␊lines"),
        ("=", "name:="),
    ],
)
def test_a_value_that_is_to_be_all_of_it_keeps_every_sign(value: str, written: str) -> None:
    assert condition("name", value) == written
    whole = value.removeprefix("=")
    node = parse(written, NOON).node
    named = (recording(1, name=each) for each in (whole, f"{whole} and more", None))
    assert [matches(node, each) for each in named] == [True, False, not whole]
