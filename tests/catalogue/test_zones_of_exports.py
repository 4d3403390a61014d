"""An export tells the same times whether it is gone on with or looked at again."""

import json
from zoneinfo import ZoneInfo

import pytest

from playhead.catalogue.exportjournal import from_plan
from playhead.core.zone import SystemZone, zone_of


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc"])
def test_a_plan_in_the_journal_without_a_known_zone_is_in_the_computers_own(name: str) -> None:
    kept = from_plan(json.dumps({"folder": "exports", "labels": {}, "zone": name}), ()).zone
    assert isinstance(kept, SystemZone)
    assert isinstance(zone_of(name), SystemZone)


def test_a_plan_in_the_journal_has_its_zone() -> None:
    kept = from_plan(json.dumps({"folder": "exports", "labels": {}, "zone": "Europe/Amsterdam"}), ()).zone
    assert kept == zone_of("Europe/Amsterdam") == ZoneInfo("Europe/Amsterdam")
