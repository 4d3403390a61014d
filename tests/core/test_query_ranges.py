"""Lengths, percentages, sizes and dates in the filter line are ranges."""

import math
from datetime import UTC, datetime

import pytest

from playhead.core.finding.query import Either, Measure, Not, Span
from support.loading.query_scene import meaning


def seconds(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("duration:90", 90, 91),
        ("duration:2m", 120, 121),
        ("duration:1.5m", 90, 91),
        ("duration:1h30m", 5400, 5401),
        ("duration:2m30", 150, 151),
        ("duration:2min", 120, 121),
        ("duration:2:30", 150, 151),
        ("duration:1:02:30", 3750, 3751),
        ("duration:>=2m", 120, None),
        ("duration:>2m", 120.001, None),
        ("duration:<2m", None, 120),
        ("duration:<=2m", None, 120.001),
        ("duration:30s..5m", 30, 300.001),
        ("duration:30s..", 30, None),
        ("duration:..5m", None, 300.001),
        ("duration:30s..<1m", 30, 60),
        ("duration:>30s..1m", 30.001, 60.001),
    ],
)
def test_durations_are_ranges_of_seconds(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.DURATION, low, high)


OVER_HALF = math.nextafter(0.5, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("heard:50", 0.5, 0.51),
        ("heard:50%", 0.5, 0.51),
        ("heard:0", 0, 0.01),
        ("heard:>=50%", 0.5, None),
        ("heard:>50%", OVER_HALF, None),
        ("heard:<50", None, 0.5),
        ("heard:<=50%", None, OVER_HALF),
        ("heard:12.5%..50%", 0.125, OVER_HALF),
        ("heard:12.5..", 0.125, None),
        ("heard:..50%", None, OVER_HALF),
        ('heard:"< 50 %"', None, 0.5),
    ],
)
def test_what_was_heard_is_a_range_of_percentages(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.HEARD, low, high)


def test_dates_are_ranges_of_moments() -> None:
    day, next_day = seconds(2026, 3, 14), seconds(2026, 3, 15)
    assert meaning("on:2026-03-14") == Span(Measure.DATE, day, next_day)
    assert meaning("date:today") == Span(Measure.DATE, day, next_day)
    assert meaning("after:2026-03-14") == Span(Measure.DATE, day, None)
    assert meaning("before:2026-03-14") == Span(Measure.DATE, None, day)
    assert meaning("date:2026-03-14..") == Span(Measure.DATE, day, None)
    assert meaning("date:..2026-03-14") == Span(Measure.DATE, None, next_day)
    assert meaning('on:"2026-03-14 09:30"') == Span(
        Measure.DATE, seconds(2026, 3, 14, 9, 30), seconds(2026, 3, 14, 9, 31)
    )


def test_days_with_commas_between_are_alternatives() -> None:
    one, other = meaning("on:2026-03-14"), meaning("on:2026-03-01")
    assert meaning("on:2026-03-14,2026-03-01") == Either((one, other))
    assert meaning("-date:2026-03-14,2026-03-01") == Not(Either((one, other)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("size:>1MB", 1_000_001, None),
        ("size:>=1MB", 1_000_000, None),
        ("size:<500kB", None, 500_000),
        ("size:<=500k", None, 500_001),
        ("size:1MB", 1_000_000, 2_000_000),
        ("size:1.5MB", 1_500_000, 1_600_000),
        ("size:1mib", 1_048_576, 2_097_152),
        ("size:0", 0, 1),
        ("size:12bytes", 12, 13),
        ("size:1.5", 2, 3),
        ("size:1MB..2GB", 1_000_000, 2_000_000_001),
        ("size:..1kB", None, 1001),
        ("size:1tb..", 10**12, None),
    ],
)
def test_sizes_are_ranges_of_bytes(text: str, low: float | None, high: float | None) -> None:
    assert meaning(text) == Span(Measure.SIZE, low, high)
