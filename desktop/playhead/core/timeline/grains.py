"""Grains of time: the years, months, days and hours that the clock of a zone shows.

A period begins when the clock first shows its beginning, as in the query language (`core.finding.moments`):
an hour that the clock shows twice is one of two hours, and a day may have 23 or 25 of them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from typing import Final

from playhead.core.finding.moments import shown

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400
_YEAR: Final = 365.2425 * _DAY


class Grain(Enum):
    """Periods that the calendar is parted into, the shortest first; the value is about how many seconds."""

    MINUTE = 60.0
    QUARTER = 900.0
    """A quarter of an hour."""
    HOUR = 3600.0
    DAY = 1.0 * _DAY
    WEEK = 7.0 * _DAY
    """From Monday on."""
    MONTH = _YEAR / 12
    YEAR = _YEAR
    DECADE = 10 * _YEAR
    CENTURY = 100 * _YEAR

    @property
    def clocked(self) -> bool:
        """True if it is shorter than a day."""
        return self.value < _DAY


_YEARS: Final = {Grain.YEAR: 1, Grain.DECADE: 10, Grain.CENTURY: 100}


def fitting(low: float, high: float, most: int) -> Grain:
    """The finest grain of which about `most` fill the seconds from `low` to `high`."""
    return next((each for each in Grain if (high - low) / each.value <= most), Grain.CENTURY)


def edges(grain: Grain, low: float, high: float, zone: tzinfo) -> Sequence[int]:
    """The beginnings of the periods that hold the seconds (since 1970 UTC) from `low` up to `high`.

    The last one is the end of the last period. `zone` has to know its offset on each date.
    """
    try:
        begin = _floor(grain, local(low, zone).replace(tzinfo=None, fold=0))
        found = [min(_seconds(begin, zone), int(low))]
    except (ValueError, OverflowError):
        return (int(low), max(int(low) + 1, int(high)))
    while found[-1] < high or len(found) < 2:
        try:
            begin = _next(grain, begin)
            edge = _seconds(begin, zone)
        except (ValueError, OverflowError):
            # Before the first year, or behind the last one.
            found.append(max(found[-1] + 1, int(high)))
            break
        if edge > found[-1]:
            # A period that the clock skips as a whole is none.
            found.append(edge)
    return tuple(found)


def period(grain: Grain, low: int, high: int, zone: tzinfo) -> str:
    """The value of `date:` for periods of a grain, from the beginning `low` up to the end `high`."""
    first, last = (_written(grain, local(each, zone)) for each in (low, high - 1))
    return first if first == last else f"{first}..{last}"


def local(seconds: float, zone: tzinfo) -> datetime:
    """The aware moment so many seconds after 1970 UTC, by the clock of `zone`."""
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(zone)


def _floor(grain: Grain, moment: datetime) -> datetime:
    """The beginning of the period of a moment, without its zone."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if grain in _YEARS:
        years = _YEARS[grain]
        return day.replace(year=max(1, day.year - day.year % years), month=1, day=1)
    if grain is Grain.MONTH:
        return day.replace(day=1)
    if grain.clocked:
        minutes = round(grain.value / 60)
        whole = moment.replace(second=0, microsecond=0)
        return whole.replace(minute=whole.minute - whole.minute % minutes)
    return day - timedelta(days=day.weekday()) if grain is Grain.WEEK else day


def _next(grain: Grain, begin: datetime) -> datetime:
    """The beginning of the period that follows."""
    if grain in _YEARS:
        years = _YEARS[grain]
        return begin.replace(year=begin.year - begin.year % years + years)
    if grain is Grain.MONTH:
        return begin.replace(year=begin.year + begin.month // 12, month=begin.month % 12 + 1)
    return begin + timedelta(seconds=grain.value)


def _seconds(begin: datetime, zone: tzinfo) -> int:
    return round((shown(begin.replace(tzinfo=zone)) - _EPOCH).total_seconds())


def _written(grain: Grain, moment: datetime) -> str:
    if grain in _YEARS:
        return f"{moment.year:04}"
    if grain is Grain.MONTH:
        return f"{moment.year:04}-{moment.month:02}"
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    return f"{day}T{moment.hour:02}:{moment.minute:02}" if grain.clocked else day
