"""The time zone that the computer is set to, and others by their names."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from typing_extensions import override


class SystemZone(tzinfo):
    """The computer's own zone, with the offset that it has on each date: summer time in summer.

    `datetime.now().astimezone()` has today's offset for every date instead, an hour wrong for half the year.
    """

    @override
    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        if moment is None:
            return None
        try:
            return moment.replace(tzinfo=None).astimezone().utcoffset()
        except (OSError, OverflowError, ValueError):
            # Systems know their offsets for some range of years only; Windows for none before 1970.
            return timedelta(seconds=-time.timezone)

    @override
    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    @override
    def tzname(self, moment: datetime | None) -> str | None:
        if moment is None:
            return None
        try:
            return moment.replace(tzinfo=None).astimezone().tzname()
        except (OSError, OverflowError, ValueError):
            return time.tzname[0]

    @override
    def fromutc(self, moment: datetime) -> datetime:
        utc = moment.replace(tzinfo=UTC)
        try:
            there = utc.astimezone()
        except (OSError, OverflowError, ValueError):
            return moment - timedelta(seconds=time.timezone)
        here = there.replace(tzinfo=self)
        return here if here.utcoffset() == there.utcoffset() else here.replace(fold=1)


def zone_of(name: str) -> tzinfo:
    """The zone of that name; the computer's own if it knows none that is called so."""
    return _region(name) or SystemZone()


def is_zone_name(name: str) -> bool:
    """Tell whether `name` can be one of a zone: of a region, or UTC.

    An abbreviation as `EST` is none: it is of one half of the year, and of several countries.
    """
    return "/" in name or name == "UTC"


def home_zone(name: str, now: datetime) -> tzinfo:
    """The computer's own zone; by the `name` that its system tells, if its clock goes like that this year."""
    zone = _region(name)
    months = (datetime(now.year, month, 15, tzinfo=UTC) for month in range(1, 13))
    here = SystemZone()
    if zone is None or any(
        each.astimezone(zone).utcoffset() != each.astimezone(here).utcoffset() for each in months
    ):
        return here
    return zone


def zone_of_moments(name: str, moments: Iterable[datetime]) -> tzinfo:
    """The zone called `name` in which `moments` were written.

    If `name` is none: the computer's own if it has their offsets, else the offset that all have, else UTC.
    """
    zone = _region(name)
    if zone is not None:
        return zone
    offsets = {(moment.astimezone(UTC), moment.utcoffset()) for moment in moments}
    here = SystemZone()
    if all(moment.astimezone(here).utcoffset() == offset for moment, offset in offsets):
        return here
    found = {offset for _, offset in offsets if offset is not None}
    return timezone(found.pop()) if len(found) == 1 else UTC


def _region(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if is_zone_name(name) else None
    except (ValueError, OSError, LookupError):
        return None
