"""Periods of the calendar, in zones whose clocks are put forward and back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.moments import date_span
from playhead.core.timeline.grains import Grain, edges, fitting, local, period
from support.hypothesis_profiles import tries

ZONES = (
    "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu",
    "Pacific/Apia", "Africa/Casablanca", "UTC",
)  # fmt: skip


@tries(150)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR]),
    st.integers(788_000_000, 2_082_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(1, 40),
)
def test_what_a_period_is_called_in_the_filter_is_that_period(
    name: str, grain: Grain, moment: datetime, number: int
) -> None:
    zone = ZoneInfo(name)
    low = int(moment.timestamp())
    found = edges(grain, low, low + number * grain.value, zone)
    assert found[0] <= low < found[1]
    assert found[-2] < low + number * grain.value <= found[-1]
    for start, end in pairwise(found):
        first, last = date_span(period(grain, start, end, zone), moment.astimezone(zone))
        assert (first and first.timestamp(), last and last.timestamp()) == (start, end)
    whole = date_span(period(grain, found[0], found[-1], zone), moment.astimezone(zone))
    assert [each and each.timestamp() for each in whole] == [found[0], found[-1]]


def test_an_hour_that_the_clock_shows_twice_is_one_of_two_hours_and_a_skipped_one_is_none() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    back = datetime(2026, 10, 25, tzinfo=zone).timestamp()
    found = edges(Grain.HOUR, back, back + 6 * 3600, zone)
    assert [end - start for start, end in pairwise(found)] == [3600, 3600, 7200, 3600, 3600]
    forth = datetime(2026, 3, 29, tzinfo=zone).timestamp()
    found = edges(Grain.HOUR, forth, forth + 4 * 3600, zone)
    assert [local(each, zone).hour for each in found] == [0, 1, 3, 4, 5]
    days = edges(Grain.DAY, forth, forth + 2 * 86_400, zone)
    assert [(end - start) / 3600 for start, end in pairwise(days)] == [23, 24, 24]


@pytest.mark.parametrize(
    ("span", "grain"),
    [
        (timedelta(minutes=50), Grain.MINUTE),
        (timedelta(hours=10), Grain.QUARTER),
        (timedelta(days=3), Grain.HOUR),
        (timedelta(days=90), Grain.DAY),
        (timedelta(days=400), Grain.WEEK),
        (timedelta(days=3650), Grain.MONTH),
        (timedelta(days=36_500), Grain.YEAR),
        (timedelta(days=365_000), Grain.DECADE),
        (timedelta(days=3_650_000), Grain.CENTURY),
    ],
)
def test_bars_are_as_fine_as_fit(span: timedelta, grain: Grain) -> None:
    assert fitting(0, span.total_seconds(), 125) is grain


def test_the_first_and_the_last_year_have_an_end() -> None:
    first = datetime.min.replace(tzinfo=UTC).timestamp()
    last = datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp()
    for zone in (ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo"), UTC):
        for grain in Grain:
            for start in (first, last):
                found = edges(grain, start, start + 1, zone)
                assert found[0] <= start < found[-1]
        ages = edges(Grain.CENTURY, first, last, zone)
        assert list(ages) == sorted(set(ages))
