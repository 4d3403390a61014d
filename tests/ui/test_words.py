"""Numbers, moments, states and titles as the person reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playhead.core import errors, figures
from playhead.core.account import Account
from playhead.core.loading.coverage import Coverage
from playhead.core.recording import Party, Recording
from playhead.ui.wording import words
from support.fakes import BIRD, CONVIRZA, NOON, recording

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HERE = NOON.astimezone(AMSTERDAM)
THIN = "\N{NARROW NO-BREAK SPACE}"


def coverage(account: Account = BIRD, **changes: object) -> Coverage:
    given: dict[str, object] = {"exhausted": False, "begun": True} | changes
    return Coverage(account=account, **given)  # type: ignore[arg-type]


def test_thousands_are_set_apart_by_a_space_that_does_not_break() -> None:
    assert [figures.number(each) for each in (0, 999, 1204, 1_000_000)] == [
        "0",
        "999",
        f"1{THIN}204",
        f"1{THIN}000{THIN}000",
    ]


def test_a_count_agrees_with_its_noun() -> None:
    assert words.count(1, "recording") == "1 recording"
    assert words.count(0, "recording") == "0 recordings"
    assert words.count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("seconds", "read", "spoken", "in_words"),
    [
        (0, "0:00", "0 seconds", "0 s"),
        (59.9, "0:59", "59 seconds", "1 min 00 s"),
        (61, "1:01", "1 minute 1 second", "1 min 01 s"),
        (252, "4:12", "4 minutes 12 seconds", "4 min 12 s"),
        (3727, "1:02:07", "1 hour 2 minutes 7 seconds", "1 h 02 min"),
        (360_000, "100:00:00", "100 hours", "100 h 00 min"),
    ],
)
def test_a_duration_is_read_like_a_clock_and_said_in_words(
    seconds: float, read: str, spoken: str, in_words: str
) -> None:
    assert figures.clock(seconds) == read
    assert words.spoken_time(seconds) == spoken
    assert words.length(seconds) == in_words


def test_a_clock_never_goes_below_zero() -> None:
    assert figures.clock(-3) == "0:00"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (480_000, "480 kB"),
        (999_600, "1.0 MB"),
        (1_234_567, "1.2 MB"),
        (123_456_789, "123 MB"),
        (1.2e9, "1.2 GB"),
        (5e15, "5000 TB"),
    ],
)
def test_a_size_is_in_decimal_units_with_two_or_three_digits(value: float, read: str) -> None:
    assert words.size(value) == read


@pytest.mark.parametrize(
    ("when", "read"),
    [
        (datetime(2026, 3, 14, 11, 2, tzinfo=UTC), "Today 12:02"),
        (datetime(2026, 3, 13, 23, 30, tzinfo=UTC), "Today 00:30"),
        (datetime(2026, 3, 13, 22, 30, tzinfo=UTC), "Yesterday 23:30"),
        (datetime(2026, 3, 2, 8, 12, tzinfo=UTC), "2 Mar 09:12"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1 Jan 00:30"),
        (datetime(2025, 7, 1, 8, 0, tzinfo=UTC), "1 Jul 2025"),
        (datetime(2026, 3, 15, 11, 0, tzinfo=UTC), "15 Mar 12:00"),
    ],
)
def test_a_moment_is_short_and_in_the_persons_own_zone(when: datetime, read: str) -> None:
    assert words.moment(when, HERE) == read


def test_a_moment_in_summer_is_told_in_summer_time_though_it_is_winter_now() -> None:
    summer = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
    assert words.exact_moment(summer, HERE) == "1 Jul 2025, 10:00:00 CEST"
    assert words.full_moment(summer, HERE) == "Tuesday 1 July 2025, 10:00:00 CEST"
    assert words.full_moment(NOON, HERE) == "Saturday 14 March 2026, 13:00:00 CET"
    assert words.exact_moment(NOON, HERE) == "Today 13:00:00 CET"


def test_the_hour_that_comes_twice_is_told_apart_by_its_zone() -> None:
    first, second = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert words.exact_moment(first, HERE) == "26 Oct 2025, 02:30:00 CEST"
    assert words.exact_moment(second, HERE) == "26 Oct 2025, 02:30:00 CET"


def states() -> Iterator[tuple[Coverage, str, str]]:
    """A coverage, the chip it gives, and what the sentence says of it."""
    yield coverage(begun=False), "not loaded yet", "more may exist at EU support"
    yield coverage(begun=False, loading=True), "asking…", "asking EU support"
    yield coverage(), "more exist", "more exist at EU support"
    yield coverage(horizon=NOON), "loaded to today 13:00 · more exist", "more exist at EU support"
    yield (
        coverage(horizon=NOON - timedelta(days=40)),
        "loaded to 2 Feb · more exist",
        "more exist at EU support",
    )
    yield (
        coverage(horizon=NOON - timedelta(days=400)),
        "loaded to 7 Feb 2025 · more exist",
        "more exist at EU support",
    )
    yield coverage(ordered=False), "not newest first · more exist", "more exist at EU support"
    yield coverage(exhausted=True), "complete", "everything is loaded"
    yield coverage(exhausted=True, as_of=NOON), "complete · 13:00", "everything is loaded"
    yield coverage(exhausted=True, as_of=NOON - timedelta(days=1)), "complete", "everything is loaded"
    yield coverage(failure=errors.Refused()), "key refused", "EU support could not be asked"
    yield (
        coverage(failure=errors.Unreachable("network"), begun=False),
        "not reachable",
        "EU support could not be asked",
    )


@pytest.mark.parametrize(("state", "chip", "said"), list(states()))
def test_every_state_of_an_account_has_a_chip_and_a_place_in_the_sentence(
    state: Coverage, chip: str, said: str
) -> None:
    assert words.health(state, HERE)[1] == chip
    assert words.coverage_sentence(5, 7, [state], filtered=False) == f"7 loaded · {said}"


def test_the_colours_of_health_tell_what_needs_the_person() -> None:
    assert words.health(coverage(), HERE)[0] == "good"
    assert words.health(coverage(begun=False), HERE)[0] == "busy"
    assert words.health(coverage(failure=errors.Limited()), HERE) == ("attention", "too many requests")
    assert words.health(coverage(failure=errors.VaultLocked()), HERE) == ("bad", "keyring closed")
    assert words.health(coverage(failure=errors.Garbled("html")), HERE) == ("bad", "odd answer")


def test_an_account_that_has_to_wait_says_until_when() -> None:
    assert words.health(coverage(), HERE, waiting=12.4) == ("attention", "asked to wait · goes on in 12 s")
    assert words.health(coverage(), HERE, waiting=0.2)[1] == "asked to wait · goes on in 1 s"


def test_a_filter_says_how_many_match_in_how_many() -> None:
    open_ones = [coverage()]
    sentence = words.coverage_sentence(37, 1204, open_ones, filtered=True)
    assert sentence == f"37 match in 1{THIN}204 loaded · more exist at EU support"
    assert words.coverage_sentence(1, 9, open_ones, filtered=True).startswith("1 matches in 9 loaded")
    done = [coverage(exhausted=True)]
    assert (
        words.coverage_sentence(0, 9, done, filtered=True) == "0 match in 9 loaded · nothing else can match"
    )


def test_accounts_in_different_states_are_told_apart_in_one_sentence() -> None:
    accounts = [
        coverage(),
        coverage(CONVIRZA, failure=errors.Unavailable()),
        coverage(BIRD, begun=False, loading=True),
    ]
    assert words.coverage_sentence(3, 3, accounts, filtered=False) == (
        "3 loaded · more exist at EU support · asking EU support · Marketing could not be asked"
    )


def test_many_accounts_are_counted_and_long_labels_cut() -> None:
    def named(label: str) -> Coverage:
        return coverage(Account(id=label, provider=BIRD.provider, label=label, base_url=BIRD.base_url))

    three = words.coverage_sentence(1, 1, [named(each) for each in "ABC"], filtered=False)
    assert three == "1 loaded · more exist at A, B and C"
    four = words.coverage_sentence(1, 1, [named(each) for each in "ABCD"], filtered=False)
    assert four == "1 loaded · more exist at 4 accounts"
    long = words.coverage_sentence(1, 1, [named("x" * 200)], filtered=False)
    assert long == f"1 loaded · more exist at {'x' * 23}…"


def test_without_an_account_only_the_count_is_said() -> None:
    assert words.coverage_sentence(0, 0, [], filtered=False) == "0 loaded"


def test_a_recording_is_called_by_its_name_else_by_what_it_is() -> None:
    assert words.title(recording(0, name="Welcome EN", kind="prompt")) == "Welcome EN"
    assert words.title(recording(0)) == "Call · incoming"
    assert words.title(recording(0, kind="voicemail", direction=None)) == "Voicemail"
    assert words.title(recording(0, kind="jingle", direction=None)) == "Jingle"
    assert words.title(recording(0, kind="", direction=None)) == "Recording"


def test_where_there_is_room_the_other_side_is_named() -> None:
    incoming = recording(0, caller=Party(name="Maria Example", number="+31205550101"))
    assert words.long_title(incoming) == "Incoming call from Maria Example"
    outgoing = recording(0, direction="outgoing", callee=Party(number="+31205550102"))
    assert words.long_title(outgoing) == "Outgoing call to +31 20 555 0102"
    assert words.long_title(recording(0, caller=None)) == "Call · incoming"


@pytest.mark.parametrize(
    ("side", "read"),
    [
        (None, ""),
        (Party(), ""),
        (Party(anonymous=True), "anonymous"),
        (Party(number="31205550101"), "+31 20 555 0101"),
        (Party(number="0205550101"), "0205550101"),
        (Party(number="0101"), "0101"),
        (Party(number="sip:desk@example.com", line="sip"), "sip:desk@example.com"),
        (Party(name="Maria", anonymous=True), "Maria"),
    ],
)
def test_a_side_is_a_name_or_a_number_or_said_to_be_anonymous(side: Party | None, read: str) -> None:
    assert words.party(side) == read


def test_a_call_that_does_not_name_a_side_says_unknown_but_a_prompt_has_none() -> None:
    assert words.cell_party(recording(0), None) == "unknown"
    assert words.cell_party(recording(0, kind="prompt"), None) == ""


def test_what_cannot_be_heard_says_why() -> None:
    assert words.unplayable(recording(0)) == ""
    assert words.unplayable(recording(0, fault="Its id is missing.")) == "Its id is missing."
    assert "still in progress" in words.unplayable(recording(0, status="Ongoing"))
    assert "no audio" in words.unplayable(recording(0, status="absent"))
    assert "“failed”" in words.unplayable(recording(0, status="failed"))


def test_a_screen_reader_hears_a_row_as_one_sentence() -> None:
    heard = words.spoken(recording(0, status="failed"), "Bird", HERE, "3 of 120")
    assert heard == (
        "3 of 120, Call · incoming, Bird, 14 March 2026 13:00, 30 s, from +31 970 044 99436,"
        " to +351 919 150 029, failed, The provider says “failed”; there is no audio for this recording."
    )


def test_a_screen_reader_hears_name_and_number_of_a_side_and_that_there_is_no_date() -> None:
    maria = Party(name="Maria", number="+31205550123")
    bare = Recording(account="a", id="b", provider="bird", caller=maria, callee=Party(name="Support"))
    heard = words.spoken(bare, "Bird", HERE, "1 of 1", "starred")
    assert heard == "1 of 1, Call, Bird, no date, from Maria +31 20 555 0123, to Support, starred"


def test_the_place_of_a_row_tells_if_more_exist() -> None:
    assert words.place_in(1, 45, more=False) == "2 of 45"
    assert words.place_in(1, 45, more=True) == "2 of 45 shown, more exist"
