"""Zones are found by their names, wherever a name was written down."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from playhead.core.zone import SystemZone, home_zone, zone_of, zone_of_moments
from support.local_zone import REGIONS, living_in


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_of("Europe/Amsterdam") == ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    "name", ["", "Nowhere/Land", "../etc", "/etc/localtime", "a\0b", "Europe", "EST", "GMT", "x" * 5000]
)
def test_a_name_that_no_zone_has_means_the_computers_own(name: str) -> None:
    assert isinstance(zone_of(name), SystemZone)


@pytest.mark.parametrize("region", REGIONS)
def test_the_computers_own_zone_has_the_name_that_its_system_tells(
    monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    with living_in(monkeypatch, region):
        assert home_zone(region, datetime.now(UTC)) == ZoneInfo(region)


def test_a_name_that_is_not_of_the_zone_that_the_clock_goes_by_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with living_in(monkeypatch, "Europe/Amsterdam"):
        for name in ("Europe/London", "Asia/Kolkata", "CET", "CET-1CEST", "", "Nowhere/Land"):
            assert isinstance(home_zone(name, datetime.now(UTC)), SystemZone)


@pytest.mark.parametrize(("region", "name"), list(REGIONS.items()))
def test_moments_of_one_season_are_those_of_the_computer_that_has_their_offset(
    monkeypatch: pytest.MonkeyPatch, region: str, name: str
) -> None:
    """An abbreviation was written by earlier versions, as the one of the day of writing."""
    january = datetime(2026, 1, 15, 9, 0, tzinfo=ZoneInfo(region))
    july = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
    with living_in(monkeypatch, region):
        there = zone_of_moments(name, [january])
        assert july.astimezone(there).utcoffset() == july.astimezone(ZoneInfo(region)).utcoffset()


def test_moments_from_elsewhere_keep_their_offset_and_those_of_many_offsets_are_in_utc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    january, july = (datetime(2026, month, 1, 12, tzinfo=ZoneInfo("America/New_York")) for month in (1, 7))
    with living_in(monkeypatch, "Asia/Kolkata"):
        assert zone_of_moments("EST", [january]) == timezone(timedelta(hours=-5))
        assert zone_of_moments("EST", [january, july]) is UTC
        assert isinstance(zone_of_moments("", []), SystemZone)
        assert zone_of_moments("America/New_York", [january]) == ZoneInfo("America/New_York")
