"""Reading dates as a person writes them."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta

from playhead.core.latepattern import late_pattern
from playhead.core.text import fold, shortened


class DateError(ValueError):
    """A sentence that says why the text is not a date."""


_DAY = late_pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{1,2}:\d{2}(?::\d{2})?))?")
_OTHER_DAY = late_pattern(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:,?[t ](\d{1,2}:\d{2}(?::\d{2})?))?")
_MONTH = late_pattern(r"(\d{4})-(\d{1,2})")
_YEAR = late_pattern(r"\d{4}")
_TIME = late_pattern(r"\d{1,2}:\d{2}(?::\d{2})?")
_LAST = late_pattern(r"(?:last)?(\d{1,4})(?:([hdwmy])|(hour|day|week|month|year)s?)")
_CALENDAR = late_pattern(r"(this|last)(week|month|year)")
_NEAR = ("today", "yesterday")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {"d": 1, "w": 7}
_SECOND = timedelta(seconds=1)

Ends = tuple[datetime | None, datetime | None]
"""A span: from the first moment up to, not including, the second; None is an open end."""


def date_span(text: str, now: datetime) -> Ends:
    """The moments that `text` covers: from the first up to, not including, the second; None is an open end.

    Understands `2026`, `2026-03`, `2026-03-14`, `2026-03-14T09:30`, `14.03.2026`, `14/3/2026` and `3/14/2026`
    (if it can be only one of these two), `09:30` (of today), `today`, `yesterday`,
    `monday` (the latest one, which may be today), `thisweek`, `lastmonth` (week, month, year; weeks begin on
    Mondays), `last30d` (also `30d`, `last30days`; h, d, w, m, y), and `A..B`, `A..`, `..B`. Dates are those
    of the zone of `now`, which has to know its offset on each date, as `SystemZone` does. Raises `DateError`.
    """
    spans = date_spans(text, now)
    return spans[0][0], spans[-1][1]


def date_spans(text: str, now: datetime) -> tuple[Ends, ...]:
    """The same, of a time that the clock shows twice both: the spans that `text` covers, in order.

    A range reaches from the first time that the clock shows its begin to the last that it shows its end; what
    the clock skips ends where it does. A time alone that it skips is as much later as it is put forward.
    """
    written = fold(text).replace("...", "..").strip()
    first, dots, last = written.partition("..")
    if dots and not first and not last:
        raise DateError("Write a date before or after the two dots.")
    try:
        found = _one(first, now) if first == last or not dots else (_between(first, last, now),)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateError):
            raise
        raise DateError(f"There is no such date: {shortened(text, 40)}.") from None
    if any(start is not None and end is not None and not _before(start, end) for start, end in found):
        fault = "The range ends before it begins" if dots else "There is no such date"
        raise DateError(f"{fault}: {shortened(text, 40)}.")
    return found


def _between(first: str, last: str, now: datetime) -> Ends:
    """From the first time that the clock shows `first` to the last that it shows `last`."""
    start = _one(first, now)[0][0] if first else None
    begin, end = _one(last, now)[-1] if last else (None, None)
    low, high = start, end
    if start is not None and _is_skipped(start):
        low = _first_after(start)
    if begin is not None and _is_skipped(begin):
        high = _first_after(begin)
    # Of a range that is skipped as a whole nothing would be left.
    return (start, end) if low is not None and low == high else (low, high)


def _one(written: str, now: datetime) -> tuple[Ends, ...]:
    """The time that `written`, which is no range, covers: two spans, if the clock shows it twice."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if _TIME.fullmatch(written):
        return _time(today, written)
    if found := _DAY.fullmatch(written):
        return _day(today, (found[1], found[2], found[3]), found[4])
    if found := _OTHER_DAY.fullmatch(written):
        return _day(today, _reordered(found[1], found[3], found[4], found[2]), found[5])
    start, end = _days(written, now, today)
    # A midnight that the clock skips is the moment at which it does.
    return ((shown(start), shown(end)),)


def _days(written: str, now: datetime, today: datetime) -> tuple[datetime, datetime]:
    """A span longer than a day, or known by a name."""
    if named := _named(written, today):
        return named
    if found := _LAST.fullmatch(written):
        return _back(now, today, int(found[1]), found[2] or found[3][0]), today + timedelta(days=1)
    if found := _MONTH.fullmatch(written):
        first = today.replace(year=int(found[1]), month=int(found[2]), day=1)
        return first, first + timedelta(days=monthrange(first.year, first.month)[1])
    if _YEAR.fullmatch(written):
        first = today.replace(year=int(written), month=1, day=1)
        return first, first.replace(year=first.year + 1)
    fault = f"“{shortened(written, 40)}” is not a date. Write" if written else "Write a date:"
    raise DateError(f"{fault} 2026-03-14, 2026-03, today, lastweek or last30d.")


def _day(today: datetime, day: tuple[str, str, str], clock: str | None) -> tuple[Ends, ...]:
    """A day, given as year, month and day, or a minute or second of it."""
    year, month, number = map(int, day)
    first = today.replace(year=year, month=month, day=number)
    if clock is None:
        return ((shown(first), shown(first + timedelta(days=1))),)
    return _time(first, clock)


def _time(day: datetime, clock: str) -> tuple[Ends, ...]:
    """A minute or second of a day: twice, if the clock shows it twice; one that it skips is an hour later."""
    hour, minute, *second = map(int, clock.split(":"))
    first = day.replace(hour=hour, minute=minute, second=second[0] if second else 0)
    again = first.replace(fold=1)
    passes = (first, again) if _before(first, again) else (first,)
    long = timedelta(seconds=1) if second else timedelta(minutes=1)
    return tuple((each, _elapsed(each, long)) for each in passes)


def _before(one: datetime, other: datetime) -> bool:
    """True if one moment is before the other: aware ones of one zone compare the hands of its clock."""
    return one.timestamp() < other.timestamp()


def _is_skipped(moment: datetime) -> bool:
    """True if the clock is put forward past this time, and never shows it."""
    later, earlier = moment.replace(fold=1).utcoffset(), moment.replace(fold=0).utcoffset()
    return later is not None and earlier is not None and later > earlier


def _first_after(skipped: datetime) -> datetime:
    """The moment at which the clock is put forward past a time that it skips."""
    low, high = (skipped.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    offset = low.astimezone(skipped.tzinfo).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        if middle.astimezone(skipped.tzinfo).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.astimezone(skipped.tzinfo)


def shown(midnight: datetime) -> datetime:
    """The moment at which the clock first shows a time (fold 0), or at which it is put forward past it."""
    return _first_after(midnight) if _is_skipped(midnight) else midnight


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
    """The span of a name that depends on today; None if it is none."""
    if found := _CALENDAR.fullmatch(written):
        return _calendar(today, found[2], back=found[1] == "last")
    if written in WEEKDAYS:
        back = (today.weekday() - WEEKDAYS.index(written)) % 7
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
