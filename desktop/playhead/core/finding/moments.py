"""Reading dates as a person writes them."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from playhead.core.text import shortened, western


class DateError(ValueError):
    """A sentence that says why the text is not a date."""


_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{1,2}):(\d{2}))?")
_OTHER_DAY = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:,?[t ](\d{1,2}):(\d{2}))?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_LAST = re.compile(r"(?:last)?(\d{1,4})([hdwmy])")
_CALENDAR = re.compile(r"(this|last)(week|month|year)")
_NEAR = ("today", "yesterday")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"d": 1, "w": 7}


def date_span(text: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The moments that `text` covers: from the first up to, not including, the second; None is an open end.

    Understands `2026`, `2026-03`, `2026-03-14`, `2026-03-14T09:30`, `14.03.2026`, `14/3/2026` and `3/14/2026`
    (if it can be only one of these two), `09:30` (of today), `today`, `yesterday`,
    `monday` (the latest one, which may be today), `thisweek`, `lastmonth` (week, month, year; weeks begin on
    Mondays), `last30d` (also `30d`; h, d, w, m, y), and `A..B`, `A..`, `..B`. Dates are those of the zone of
    `now`, which has to know its offset on each date, as `SystemZone` does. Raises `DateError`.
    """
    written = western(text).strip().lower()
    try:
        if ".." not in written:
            return _one(written, now)
        first, _, last = written.partition("..")
        if not first and not last:
            raise DateError("Write a date before or after the two dots.")
        start = _one(first, now)[0] if first else None
        end = _one(last, now)[1] if last else None
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateError):
            raise
        raise DateError(f"There is no such date: {shortened(text, 40)}.") from None
    # By the moments themselves: the hands of a clock that is set back show the same twice.
    if start is not None and end is not None and start.timestamp() >= end.timestamp():
        raise DateError(f"The range ends before it begins: {shortened(text, 40)}.")
    return start, end


def _one(written: str, now: datetime) -> tuple[datetime, datetime]:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    tomorrow = today + timedelta(days=1)
    if named := _named(written, today):
        return named
    if found := _TIME.fullmatch(written):
        return _minute(today.replace(hour=int(found[1]), minute=int(found[2])))
    if found := _LAST.fullmatch(written):
        return _back(now, today, int(found[1]), found[2]), tomorrow
    if found := _DAY.fullmatch(written):
        return _day(today, (found[1], found[2], found[3]), found[4], found[5])
    if found := _OTHER_DAY.fullmatch(written):
        return _day(today, _reordered(found[1], found[3], found[4], found[2]), found[5], found[6])
    if found := _MONTH.fullmatch(written):
        first = today.replace(year=int(found[1]), month=int(found[2]), day=1)
        return first, first + timedelta(days=monthrange(first.year, first.month)[1])
    if _YEAR.fullmatch(written):
        first = today.replace(year=int(written), month=1, day=1)
        return first, first.replace(year=first.year + 1)
    fault = f"“{shortened(written, 40)}” is not a date. Write" if written else "Write a date:"
    raise DateError(f"{fault} 2026-03-14, 2026-03, today, lastweek or last30d.")


def _day(
    today: datetime, day: tuple[str, str, str], hour: str | None, minute: str | None
) -> tuple[datetime, datetime]:
    """A day, given as year, month and day, or a minute of it."""
    year, month, number = map(int, day)
    first = today.replace(year=year, month=month, day=number)
    if hour is None or minute is None:
        return first, first + timedelta(days=1)
    return _minute(first.replace(hour=int(hour), minute=int(minute)))


def _minute(moment: datetime) -> tuple[datetime, datetime]:
    """A minute of the clock, both times over if the clock shows it twice because it is set back."""
    last = moment.replace(fold=1)
    # Of an hour that is left out in spring, the second reading would come before the first.
    if last.timestamp() < moment.timestamp():
        last = moment
    return moment, _elapsed(last, timedelta(minutes=1))


def _reordered(first: str, second: str, year: str, sign: str) -> tuple[str, str, str]:
    """Year, month and day of `14.3.2026`, or of `14/3/2026` or `3/14/2026`.

    Between two slashes some write the month first, some the day. A filter has to mean the same on every
    computer, so whoever writes what can be both is asked.
    """
    both = int(first) <= 12 and int(second) <= 12 and int(first) != int(second)
    if sign == "/" and both:
        one, other = (f"{year}-{month:0>2}-{day:0>2}" for day, month in ((first, second), (second, first)))
        raise DateError(f"{first}/{second}/{year} can be two days. Write {one} or {other}.")
    month_first = sign == "/" and int(second) > 12
    return (year, first, second) if month_first else (year, second, first)


def _named(written: str, today: datetime) -> tuple[datetime, datetime] | None:
    """What a name that depends on today stands for; None if it is none."""
    if found := _CALENDAR.fullmatch(written):
        return _calendar(today, found[2], back=found[1] == "last")
    if written in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(written)) % 7
    elif written in _NEAR:
        back = _NEAR.index(written)
    else:
        return None
    day = today - timedelta(days=back)
    return day, day + timedelta(days=1)


def _calendar(today: datetime, unit: str, *, back: bool) -> tuple[datetime, datetime]:
    """The week, month or year of today, or the one before it."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=7)
    if unit == "year":
        first = today.replace(year=today.year - back, month=1, day=1)
        return first, first.replace(year=first.year + 1)
    this = today.replace(day=1)
    first = (this - timedelta(days=1)).replace(day=1) if back else this
    return first, first + timedelta(days=monthrange(first.year, first.month)[1])


def _back(now: datetime, today: datetime, number: int, unit: str) -> datetime:
    """So long before `now`: hours to the full hour, anything longer to the beginning of the day."""
    if unit == "h":
        return _elapsed(now, timedelta(hours=-number)).replace(minute=0, second=0, microsecond=0)
    if unit in _DAYS:
        return today - timedelta(days=number * _DAYS[unit])
    months = number * (12 if unit == "y" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return today.replace(year=year, month=month + 1, day=min(today.day, monthrange(year, month + 1)[1]))


def _elapsed(moment: datetime, time: timedelta) -> datetime:
    """So much real time later: adding to an aware datetime moves the clock's hands instead."""
    return (moment.astimezone(UTC) + time).astimezone(moment.tzinfo)
