"""Zones are found by their names, wherever a name was written down."""

from zoneinfo import ZoneInfo

import pytest

from playhead.core.zone import SystemZone, zone_of


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_of("Europe/Amsterdam") == ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    "name", ["", "Nowhere/Land", "../etc", "/etc/localtime", "a\0b", "Europe", "x" * 5000]
)
def test_a_name_that_no_zone_has_means_the_computers_own(name: str) -> None:
    assert isinstance(zone_of(name), SystemZone)
