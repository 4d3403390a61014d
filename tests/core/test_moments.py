"""Dates as a person writes them, in the zone and the season that they mean."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.matching import matches
from playhead.core.finding.moments import DateError, date_span
from playhead.core.finding.parser import parse
from playhead.core.finding.query import All, Span
from playhead.core.zone import SystemZone
from support.fakes import NOON, recording

WINTER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def central_europe(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemZone]:
    """A computer in Central Europe: one hour ahead of UTC, two in summer."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone while it runs")
    # The rule itself rather than Europe/Berlin: not every computer has the list of zones.
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield SystemZone()
    monkeypatch.undo()
    time.tzset()


def span(text: str, now: datetime = NOON) -> tuple[str, str]:
    """Both ends in UTC, as text; `-` for an open one."""
    start, end = (
        each.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if each else "-" for each in date_span(text, now)
    )
    return start, end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01T00:00", "2027-01-01T00:00"),
        ("2026-02", "2026-02-01T00:00", "2026-03-01T00:00"),
        ("2024-02", "2024-02-01T00:00", "2024-03-01T00:00"),
        ("2026-12", "2026-12-01T00:00", "2027-01-01T00:00"),
        ("2026-3-4", "2026-03-04T00:00", "2026-03-05T00:00"),
        (" 2026-03-14T09:30 ", "2026-03-14T09:30", "2026-03-14T09:31"),
        ("2026-03-14 9:30", "2026-03-14T09:30", "2026-03-14T09:31"),
        ("today", "2026-03-14T00:00", "2026-03-15T00:00"),
        ("Yesterday", "2026-03-13T00:00", "2026-03-14T00:00"),
        ("last30d", "2026-02-12T00:00", "2026-03-15T00:00"),
        ("last30days", "2026-02-12T00:00", "2026-03-15T00:00"),
        ("last1month", "2026-02-14T00:00", "2026-03-15T00:00"),
        ("2w", "2026-02-28T00:00", "2026-03-15T00:00"),
        ("last5h", "2026-03-14T07:00", "2026-03-15T00:00"),
        ("last1m", "2026-02-14T00:00", "2026-03-15T00:00"),
        ("last3m", "2025-12-14T00:00", "2026-03-15T00:00"),
        ("last1y", "2025-03-14T00:00", "2026-03-15T00:00"),
        ("last0d", "2026-03-14T00:00", "2026-03-15T00:00"),
        ("2026-01..2026-02", "2026-01-01T00:00", "2026-03-01T00:00"),
        ("2026-01-05..2026-01-05", "2026-01-05T00:00", "2026-01-06T00:00"),
        ("last7d..yesterday", "2026-03-07T00:00", "2026-03-14T00:00"),
        ("2026..", "2026-01-01T00:00", "-"),
        ("..2026", "-", "2027-01-01T00:00"),
        ("0001", "0001-01-01T00:00", "0002-01-01T00:00"),
        ("saturday", "2026-03-14T00:00", "2026-03-15T00:00"),
        ("Sunday", "2026-03-08T00:00", "2026-03-09T00:00"),
        ("monday..friday", "2026-03-09T00:00", "2026-03-14T00:00"),
        ("thisweek", "2026-03-09T00:00", "2026-03-16T00:00"),
        ("lastweek", "2026-03-02T00:00", "2026-03-09T00:00"),
        ("thismonth", "2026-03-01T00:00", "2026-04-01T00:00"),
        ("lastmonth", "2026-02-01T00:00", "2026-03-01T00:00"),
        ("thisyear", "2026-01-01T00:00", "2027-01-01T00:00"),
        ("lastyear", "2025-01-01T00:00", "2026-01-01T00:00"),
        ("9:30", "2026-03-14T09:30", "2026-03-14T09:31"),
    ],
)
def test_a_date_covers(text: str, start: str, end: str) -> None:
    first, last = span(text)
    assert (first.rjust(len(start), "0"), last.rjust(len(end), "0")) == (start, end)


def test_a_month_ago_from_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert span("last1m", datetime(2026, 3, 31, tzinfo=UTC))[0] == "2026-02-28T00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-29",
        "2026-00",
        "2026-13-01",
        "2026-03-14T24:00",
        "2026-03-14T09:60",
        "0000",
        "9999",
        "9999-12-31",
        "last9999y",
        "last30",
        "lastday",
        "24:00",
        "9:60",
        "30",
        "14.03.26",
        "..",
        "...",
        "2026..2025",
        "2025..2026..2027",
        "." * 3000,
    ],
)
def test_this_is_no_date(text: str) -> None:
    with pytest.raises(DateError, match=r"\.$"):
        date_span(text, NOON)


@given(st.text(alphabet="0123456789-.:tlasdhwmy ", max_size=20))
def test_any_text_is_a_span_or_no_date(text: str) -> None:
    try:
        start, end = date_span(text, NOON)
    except DateError:
        return
    assert start is not None or end is not None
    assert start is None or end is None or start < end


def test_days_begin_at_midnight_of_the_season_they_are_in(central_europe: SystemZone) -> None:
    winter, summer = WINTER.astimezone(central_europe), NOON.replace(month=7).astimezone(central_europe)
    for now in (winter, summer):
        assert span("2026-07-14", now) == ("2026-07-13T22:00", "2026-07-14T22:00")
        assert span("2026-01-14", now) == ("2026-01-13T23:00", "2026-01-14T23:00")
        assert span("2026-07-14T09:30", now) == ("2026-07-14T07:30", "2026-07-14T07:31")
        assert span("2026", now) == ("2025-12-31T23:00", "2026-12-31T23:00")
    assert span("last6m", winter)[0] == "2026-05-21T22:00"


def test_the_days_when_the_clock_changes_have_23_and_25_hours(central_europe: SystemZone) -> None:
    now = WINTER.astimezone(central_europe)
    assert span("2026-03-29", now) == ("2026-03-28T23:00", "2026-03-29T22:00")
    assert span("2026-10-25", now) == ("2026-10-24T22:00", "2026-10-25T23:00")
    after_the_change = datetime(2026, 10, 25, 10, 20, tzinfo=UTC).astimezone(central_europe)
    assert span("today", after_the_change) == ("2026-10-24T22:00", "2026-10-25T23:00")
    assert span("last12h", after_the_change)[0] == "2026-10-24T22:00"


def test_a_query_means_the_days_of_the_persons_zone(central_europe: SystemZone) -> None:
    node = parse("on:2026-07-14", WINTER.astimezone(central_europe)).node
    assert isinstance(node, All)
    assert isinstance(day := node.nodes[0], Span)
    assert day.low == datetime(2026, 7, 13, 22, 0, tzinfo=UTC).timestamp()
    assert day.high == datetime(2026, 7, 14, 22, 0, tzinfo=UTC).timestamp()


def test_every_moment_comes_back_from_the_persons_zone(central_europe: SystemZone) -> None:
    begin = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    for quarters in range(12):
        moment = begin + timedelta(minutes=15 * quarters)
        there = moment.astimezone(central_europe)
        assert there.astimezone(UTC) == moment
        assert there.tzname() == ("CEST" if quarters < 4 else "CET")


def test_years_that_no_clock_knows_have_an_offset_too(central_europe: SystemZone) -> None:
    for year in (1, 1900, 9999):
        assert isinstance(datetime(year, 1, 1, tzinfo=central_europe).utcoffset(), timedelta)
    assert datetime(9999, 12, 31, tzinfo=UTC).astimezone(central_europe).utcoffset() is not None


def found(text: str, zone: str) -> list[str]:
    """The quarters of an hour, in UTC, around a change of the clock that a query finds."""
    now = datetime(2026, 6, 1, tzinfo=ZoneInfo(zone))
    begin = CHANGES[zone, text[text.index("2026") :][:7]]
    stamps = [begin + timedelta(minutes=15 * step) for step in range(-24, 24)]
    node = parse(text, now).node
    return [f"{each:%H:%M}" for each in stamps if matches(node, recording(1, started=each))]


CHANGES = {
    ("Europe/Amsterdam", "2026-10"): datetime(2026, 10, 25, 1, tzinfo=UTC),
    ("Europe/Amsterdam", "2026-03"): datetime(2026, 3, 29, 1, tzinfo=UTC),
    ("America/New_York", "2026-11"): datetime(2026, 11, 1, 6, tzinfo=UTC),
    ("America/Havana", "2026-11"): datetime(2026, 11, 1, 5, tzinfo=UTC),
    ("America/Havana", "2026-03"): datetime(2026, 3, 8, 5, tzinfo=UTC),
    ("Australia/Lord_Howe", "2026-04"): datetime(2026, 4, 4, 15, tzinfo=UTC),
    ("Australia/Lord_Howe", "2026-10"): datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    ("UTC", "2026-10"): datetime(2026, 10, 25, 1, tzinfo=UTC),
}


@pytest.mark.parametrize(
    ("zone", "text", "minutes"),
    [
        ("Europe/Amsterdam", "on:2026-10-25T02:30", ["00:30", "01:30"]),
        ("Europe/Amsterdam", "date:2026-10-25T02:30..2026-10-25T02:30", ["00:30", "01:30"]),
        (
            "Europe/Amsterdam",
            "date:2026-10-25T02:45..2026-10-25T02:59",
            ["00:45", "01:00", "01:15", "01:30", "01:45"],
        ),
        (
            "Europe/Amsterdam",
            "date:2026-10-25T01:45..2026-10-25T02:00",
            ["23:45", "00:00", "00:15", "00:30", "00:45", "01:00"],
        ),
        ("America/New_York", "on:2026-11-01T01:15", ["05:15", "06:15"]),
        ("America/Havana", "on:2026-11-01T00:15", ["04:15", "05:15"]),
        ("Australia/Lord_Howe", "on:2026-04-05T01:45", ["14:45", "15:15"]),
        ("Australia/Lord_Howe", "on:2026-04-05T02:15", ["15:45"]),
        ("UTC", "on:2026-10-25T02:30", ["02:30"]),
        ("Europe/Amsterdam", "date:2026-03-29T01:45..2026-03-29T02:30", ["00:45"]),
        ("Europe/Amsterdam", "date:2026-03-29T02:30..2026-03-29T03:15", ["01:00", "01:15"]),
        ("Europe/Amsterdam", "on:2026-03-29T02:30", ["01:30"]),
        ("America/Havana", "date:2026-03-08T00:15..2026-03-08T01:00", ["05:00"]),
        ("Australia/Lord_Howe", "date:2026-10-04T02:15..2026-10-04T02:30", ["15:30"]),
    ],
)
def test_a_time_is_every_moment_at_which_the_clock_shows_it(zone: str, text: str, minutes: list[str]) -> None:
    assert found(text, zone) == minutes


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "month"), CHANGES)
def test_whatever_the_clock_shows_of_a_recording_finds_it(zone: str, month: str) -> None:
    now = datetime(2026, 6, 1, tzinfo=ZoneInfo(zone))
    for step in range(-180, 180):
        moment = CHANGES[zone, month] + timedelta(minutes=step)
        row = recording(1, started=moment)
        shown = f"{moment.astimezone(now.tzinfo):%Y-%m-%dT%H:%M}"
        for text in (
            f"on:{shown}",
            f"date:{shown}..{shown}",
            f"date:..{shown}",
            f"after:{shown}",
            f"on:{shown[:10]}",
        ):
            assert matches(parse(text, now).node, row), text
        assert not matches(
            parse(f"on:{shown}", now).node, recording(2, started=moment + timedelta(minutes=1))
        )


def test_days_that_begin_while_the_clock_changes_lie_side_by_side() -> None:
    now = datetime(2026, 6, 1, tzinfo=ZoneInfo("America/Havana"))
    for one, other in (("2026-03-07", "2026-03-08"), ("2026-10-31", "2026-11-01")):
        end, start = date_span(one, now)[1], date_span(other, now)[0]
        assert end is not None
        assert start is not None
        assert end.timestamp() == start.timestamp()
