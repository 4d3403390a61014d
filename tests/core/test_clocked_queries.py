"""Hours of the day and days of the week in a filter, by the person's clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from playhead.core.finding.form import read, write
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from support.fakes import recording

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 1, 12, tzinfo=ZONE)


def found(text: str, *moments: str) -> list[str]:
    """The moments, by the clock of the zone, of recordings that match."""
    node = parse(text, NOW).node
    return [
        each
        for each in moments
        if matches(
            node, recording(1, started=datetime.fromisoformat(each).replace(tzinfo=ZONE).astimezone(UTC))
        )
    ]


SUNDAY, MONDAY, SUMMER = "2026-03-01T23:59:59", "2026-03-02T00:00:00", "2026-07-06T14:30:00"


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("hour:14", [SUMMER]),
        ("hour:14:00", [SUMMER]),
        ("hour:13..15", [SUMMER]),
        ("hour:23,0", [SUNDAY, MONDAY]),
        ("hour:22..1", [SUNDAY, MONDAY]),
        ("-hour:14", [SUNDAY, MONDAY]),
        ("weekday:monday", [MONDAY, SUMMER]),
        ("weekday:Mondays", [MONDAY, SUMMER]),
        ("weekday:mo", [MONDAY, SUMMER]),
        ("weekday:weekend", [SUNDAY]),
        ("weekday:sat..mon hour:0", [MONDAY]),
        ("weekday:workdays hour:9..17", [SUMMER]),
    ],
)
def test_hours_and_weekdays_are_those_of_the_clock_in_summer_and_in_winter(
    text: str, matched: list[str]
) -> None:
    assert found(text, SUNDAY, MONDAY, SUMMER) == matched


def test_an_hour_that_the_clock_shows_twice_is_found_both_times() -> None:
    node = parse("hour:2 weekday:sunday", NOW).node
    for fold in (0, 1):
        moment = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold).astimezone(UTC)
        assert matches(node, recording(1, started=moment))


def test_what_has_no_date_has_no_hour() -> None:
    node = parse("hour:0..23", NOW).node
    assert not matches(node, recording(1, started=None, created=None))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hour:25", "“25” is no hour. Write hour:14 or hour:9..17."),
        ("hour:9..", "“9..” is no hour. Write hour:14 or hour:9..17."),
        ("weekday:t", "“t” is no day of the week. Write weekday:monday or weekday:mon..fri."),
        (
            "time:14",
            "There is no field called “time”. Did you mean hour: ? To search for a colon, put quotes around it.",  # noqa: E501 - a sentence
        ),
    ],
)
def test_what_is_no_hour_and_no_day_is_said(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as fault:
        parse(text, NOW)
    assert fault.value.sentence == sentence


def test_the_form_has_the_days_of_the_week_and_keeps_hours_as_they_are_written() -> None:
    form, rest = read("weekday:Mon,fridays hour:9..17")
    assert (dict(form.chosen), rest) == ({"weekday": ("monday", "friday")}, "hour:9..17")
    assert write(form, rest) == "weekday:monday,friday hour:9..17"
    assert read("weekday:mon..fri")[0].chosen == {"weekday": ("mon..fri",)}


def test_a_clock_that_was_put_back_and_forward_within_two_weeks_is_known_in_between() -> None:
    zone = ZoneInfo("America/Argentina/Tucuman")
    moment = datetime(2004, 6, 5, 12, tzinfo=UTC)
    node = parse(f"hour:{moment.astimezone(zone).hour}", datetime(2026, 3, 1, tzinfo=zone)).node
    assert matches(node, recording(1, started=moment))
