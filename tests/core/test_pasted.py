"""What is pasted is what is meant, whatever signs, letters and marks came along with it."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.account import Account
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from playhead.core.finding.queryediting import pieces, text_of
from playhead.core.finding.syntax import as_meant
from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of, fold, international_digits
from playhead.providers.bird.bird import BIRD_ADDRESS

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ACCOUNT = Account(id="a", provider="bird", label="EU Süpport", base_url=BIRD_ADDRESS)
UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2064\u2066\u2067\u2068\u2069\ufe0f\ufeff\U000e0041\0\ud800"
)
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x24FF, categories=["L"])


def call(number: str = "", who: str = "", **changes: object) -> Recording:
    """A call from `number`."""
    caller = Party(number=number or None, name=who or None)
    fields: dict[str, object] = {"account": "a", "id": "1", "provider": "bird", "caller": caller}
    return Recording(**{**fields, **changes})  # type: ignore[arg-type]


def finds(query: str, recording: Recording) -> bool:
    return matches(parse(query, NOW, (ACCOUNT,)).node, recording)


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize(
    "query", ["{0}+1415{0}5550179{0}", "from:{0}+14155550179{0}", "{0}ma{0}ria{0}", "{0}"]
)
def test_marks_that_nobody_sees_say_nothing(query: str, mark: str) -> None:
    assert finds(query.format(mark), call("+14155550179", "Maria"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lukasz", "Łukasz"),
        ("soren", "Søren"),
        ("dorde", "Đorđe"),
        ("thora", "Þóra"),
        ("aegir", "Ægir"),
        ("oeuvre", "Œuvre"),
        ("ışık", "Işık"),
        ("isik", "IŞIK"),
        ("ısparta", "ISPARTA"),
        ("istanbul", "İstanbul"),
        ("strasse", "STRAẞE"),
        ("malmo", "Malmö"),
        ("οδυσσευς", "ΟΔΥΣΣΕΎΣ"),
        ("еж", "Ёж"),
        ("ｆｕｌｌ", "Full"),
        ("o'brien", "O’Brien"),
        ("o’brien", "O'Brien"),
        ("o'brien", "OꞌBrien"),
        ("jean-luc", "Jean‑Luc"),
        ("jean-luc", "Jean゠Luc"),
        ("col.legi", "Col·legi"),
        ("jean–luc", "Jean-Luc"),
        ("שלום", "שָׁלוֹם"),
        ("مرحبا", "مَرْحَبًا"),
    ],
)
def test_a_name_is_found_as_its_letters_are_typed_anywhere(typed: str, name: str) -> None:
    assert finds(typed, call(who=name))
    assert finds(f"name:{typed}", call(name=name))


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("ハ", "パ"), ("и", "й"), ("क", "कि"), ("i", "o")])
def test_letters_that_a_mark_makes_another_letter_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "query",
    [
        "“refund now”",
        "„refund now“",
        "«refund now»",
        "＂refund now＂",
        "‹refund now›",
        "‹ refund now ›",
        "›refund now‹",
        "‚refund now‘",
        "‚refund now’",
        "❨refund or nothing❩",
        "–status:failed",
        "⁻status:failed",
        "₋status:failed",
        "staTUS：available",
        "ıs:playable",
        "KİND:call",
        "−status:failed",
        "name：refund",
        "（refund or nothing）",
        "account:“EU süpport”",
        "account:“eu support”",
        "duration：＞2m",
        "duration:≥2m",
        "kind:call，voicemail",
    ],
)
def test_twins_of_the_signs_of_a_filter_are_those_signs(query: str) -> None:
    recording = call(name="Refund now", status="available", duration=150.0)
    assert finds(query, recording)


def test_a_fault_is_said_of_the_place_where_it_was_typed() -> None:
    with pytest.raises(QueryError) as caught:
        parse("\u200bfine \u202a“bad", NOW)
    assert (caught.value.start, caught.value.end) == (7, 11)


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("duration:>1,5m", 91.0, 60.0),
        ("duration:1,5m..2,5m", 100.0, 60.0),
        ("duration:<0,5m", 29.0, 31.0),
        ("duration:30s,2m", 120.0, 60.0),
        ("duration:1,5m,10m", 600.0, 300.0),
        ("duration:>１,５m", 91.0, 60.0),
        ("duration:0,125s", 0.125, 2.0),
    ],
)
def test_a_decimal_comma_is_a_decimal(query: str, found: float, not_found: float) -> None:
    assert finds(query, call(duration=found))
    assert not finds(query, call(duration=not_found))


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("duration:1,5", "Write 1.5 for one"),
        ("duration:>1,5", "Write 1.5 for one"),
        ("size:<1.500kB", "Write 1.5kB or 1500kB"),
        ("size:<1,500kB", "Write 1.5kB or 1500kB"),
        ("heard:<12,5", "Write 12.5 for one"),
        ("duration:1:30,5", "Write 1:30,5s for several"),
        ("size:>1\u202f500\u202fkB", "Write 500kB"),
    ],
)
def test_an_amount_that_can_be_two_is_refused_with_how_to_write_it(query: str, advice: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, NOW)
    assert advice in caught.value.sentence


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("duration:>12 min 40 s", "duration:>12m40s"),
        ("duration:1\u202fh\u202f03\u202fmin", "duration:1h03m"),
        ("duration:>1,5 h", "duration:>1.5h"),
        ("-size:>1,5 MB", "-size:>1.5MB"),
        ("size:480 kB..2 MB", "size:480kB..2MB"),
        ("size:480 kB,2 MB maria", "size:480kB,2MB maria"),
        ("heard:10 %..50\u00a0%", "heard:10%..50%"),
        ("on:2026-03-14 09:30", "on:2026-03-14T09:30"),
        ("date:2026-03-14 09:30:12..14.3.2026 10:30", "date:2026-03-14T09:30:12..2026-03-14T10:30"),
        ("after:14.3.2026 09:30", "after:2026-03-14T09:30"),
        ("date:thısweek", "date:thisweek"),
        ("duration:2m 2026", 'duration:2m "2026"'),
    ],
)
def test_amounts_and_moments_are_read_as_the_table_shows_them(shown: str, typed: str) -> None:
    assert parse(shown, NOW).node == parse(typed, NOW).node


def test_a_second_is_a_span_of_one_second() -> None:
    moment = datetime(2026, 3, 14, 8, 30, 12, tzinfo=UTC)
    for second in (11, 12, 13):
        found = finds("on:2026-03-14 09:30:12", call(started=moment.replace(second=second)))
        assert found == (second == 12)


@pytest.mark.parametrize("text", ["duration:>2 x m", "size:2 x MB", "on:2026-03-14 x 09:30", "heard:5 x 3%"])
def test_what_stood_apart_from_a_value_stays_apart_when_a_word_between_is_taken_out(text: str) -> None:
    value, _, rest = pieces(text) or ()
    kept = text_of((value, rest))
    assert [fold(each.value or each.text) for each in pieces(kept) or ()] == [
        f'"{value.value}"',
        fold(rest.text),
    ]


def test_a_share_with_a_decimal_comma_is_read() -> None:
    assert parse("heard:<12,5%", NOW).node == parse("heard:<12.5%", NOW).node
    assert parse("size:<1,5MB", NOW).node == parse("size:<1.5MB", NOW).node


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+31205550142;ext=12", "31205550142"),
        ("tel:+31-20-555-0142;ext=12", "31205550142"),
        ("#31#0612345678", "0612345678"),
        ("*21*+31205550142#", "31205550142"),
        ("+1 (415) 555-0132 x4", "14155550132"),
        ("+1 415 555 0132 ext. 4", "14155550132"),
        ("+49 30 901820 Durchwahl 5", "4930901820"),
        ("sip:1001@10.20.30.40", "1001"),
        ("sip:[2001:db8::1]:5060", ""),
        ("sip:pbx:5060", ""),
        ("*82-415-555-0132", "4155550132"),
        ("+31·20·555·0142", "31205550142"),
        ("sip:+31205550142@10.0.0.5", "31205550142"),
        ("sip:+31205550142@10.0.0.5:5060;transport=udp", "31205550142"),
        ("Maria <sip:+31205550142@pbx.example>", "31205550142"),
        ("+31 (0)20 555 0142", "31205550142"),
        ("0031205550142", "31205550142"),
        ("maria@10.20.30.40", ""),
        ("5b74ee9e", ""),
    ],
)
def test_the_digits_of_an_address_are_those_of_its_number_alone(written: str, digits: str) -> None:
    assert digits_of(written) == digits
    if digits.startswith("31"):
        assert finds("from:+31205550142", call(written))


@pytest.mark.parametrize(
    "pasted",
    [
        "+31 20 555 0142 Durchwahl 5",
        "+31205550142 toestel 5",
        "+31 20 555 0142 poste 5",
        "+31 20 555 0142 доб. 5",
        "+31205550142内線5",
        "+31205550142#5",
        "+31205550142,,5#",
        "<sip:+31205550142@10.0.0.5>",
        "callto:+31 20 555 0142",
        "#31#+31 20 555 0142",
        "*31#+31205550142",
        "+31·20·555·0142",
        "'+31 20 555 0142",
    ],
)
def test_a_number_is_pasted_with_whatever_stands_around_it(pasted: str) -> None:
    for query in (pasted, f"from:{pasted}"):
        assert finds(query, call("+31205550142"))
        assert not finds(query, call("+31205550143"))
        assert not finds(f"-{query}", call("+31205550142"))
    assert finds(pasted, call(pasted))


@pytest.mark.parametrize("host", ["from:3040", "from:5060", "from:10203040"])
def test_the_figures_of_a_host_are_no_number(host: str) -> None:
    assert not finds(host, call("sip:1001@10.20.30.40:5060"))


@pytest.mark.parametrize(
    "written",
    ["+31205550142;ext=12", "#31#0612345678", "+1 (415) 555-0132 x4", "sip:1001@10.20.30.40", "0612345678"],
)
def test_what_is_no_whole_number_with_its_country_is_shown_as_it_came(written: str) -> None:
    assert international_digits(written) == ""


@given(st.text(LETTERS, max_size=6))
def test_case_and_form_make_no_difference_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    for letter in text:
        upper = letter.upper()
        if upper.lower() == letter.lower():
            assert fold(upper) == fold(letter)


@given(st.text(max_size=8), st.sampled_from(UNSEEN), st.integers(0, 8))
def test_an_unseen_mark_anywhere_changes_nothing(text: str, mark: str, place: int) -> None:
    marked = text[:place] + mark + text[place:]
    assert fold(marked) == fold(text)
    assert as_meant(marked).text == as_meant(text).text
    assert digits_of(marked) == digits_of(text)


@pytest.mark.parametrize(
    ("zone", "query", "moments"),
    [
        ("Europe/Amsterdam", "date:2026-10-25T02:59..2026-10-25T02:59", ["00:59", "01:59"]),
        ("Europe/Amsterdam", "on:2026-10-25T02:30", ["00:30", "01:30"]),
        ("Europe/Amsterdam", "date:2026-10-25T02:00..2026-10-25T02:59", ["00:00", "00:59", "01:00", "01:59"]),
        ("America/New_York", "date:2026-11-01T01:00..2026-11-01T01:59", ["05:00", "05:59", "06:00", "06:59"]),
        ("America/Havana", "date:2026-11-01T00:00..2026-11-01T00:59", ["04:00", "05:59"]),
        ("Australia/Lord_Howe", "on:2026-04-05T01:45", ["14:45", "15:15"]),
        ("UTC", "on:2026-10-25T02:30", ["02:30"]),
    ],
)
def test_the_hour_that_comes_twice_is_asked_for_both_times(zone: str, query: str, moments: list[str]) -> None:
    now = NOW.astimezone(ZoneInfo(zone))
    day = query.partition(":")[2][:10]
    if zone == "Australia/Lord_Howe":
        day = "2026-04-04"
    for each in moments:
        moment = datetime.fromisoformat(f"{day}T{each}").replace(tzinfo=UTC)
        assert matches(parse(query, now).node, call(started=moment)), each
    outside = datetime.fromisoformat(f"{day}T{moments[-1]}").replace(tzinfo=UTC)
    assert not matches(parse(query, now).node, call(started=outside.replace(hour=outside.hour + 2)))


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"])
def test_an_hour_that_is_left_out_in_spring_is_no_fault(zone: str) -> None:
    now = NOW.astimezone(ZoneInfo(zone))
    for day, minute in (("2026-03-29", "02:30"), ("2026-03-08", "02:30"), ("2026-10-04", "02:15")):
        start, end = (parse(f"{word}:{day}T{minute}", now).node for word in ("after", "on"))
        assert start != end


def test_today_at_a_minute_works_on_the_day_when_the_clock_is_set_back() -> None:
    now = datetime(2026, 10, 25, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    query = parse("date:02:00..02:59", now)
    for hour in (0, 1):
        assert matches(query.node, call(started=datetime(2026, 10, 25, hour, 30, tzinfo=UTC)))
