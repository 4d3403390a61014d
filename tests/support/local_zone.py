"""Living in another part of the world for the length of a test."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

REGIONS = {
    "Europe/Amsterdam": "CET",
    "America/New_York": "EST",
    "Europe/London": "GMT",
    "America/Denver": "MST",
    "Asia/Kolkata": "IST",
    "Australia/Lord_Howe": "+11",
}
"""Regions, and what their systems call the time of January."""


@contextmanager
def living_in(monkeypatch: pytest.MonkeyPatch, region: str) -> Iterator[None]:
    """Set the clock of the process to `region`; skips where that cannot be done."""
    if sys.platform == "win32":
        pytest.skip("the zone of a process cannot be set")
    monkeypatch.setenv("TZ", region)
    time.tzset()
    try:
        yield
    finally:
        monkeypatch.undo()
        time.tzset()
