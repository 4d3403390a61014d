"""The time zone that the computer is set to, and others by their names."""

import time
from datetime import UTC, datetime, timedelta, tzinfo
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
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return SystemZone()
