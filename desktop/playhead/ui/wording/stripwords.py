"""Words of the strip: periods, peaks, parts, and what is not loaded."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Final

from playhead.core.figures import number
from playhead.core.loading.coverage import Unloaded
from playhead.core.timeline.grains import Grain, local
from playhead.core.timeline.timeline import FAULTY, FINE, REST, Bar, Split
from playhead.core.timeline.weeks import HOURS, Week
from playhead.ui.wording.words import DAYS, KIND_WORDS, MONTHS, PLURALS, count

GRAINS: Final = {
    Grain.MINUTE: "by minute",
    Grain.QUARTER: "by quarter of an hour",
    Grain.HOUR: "by hour",
    Grain.DAY: "by day",
    Grain.WEEK: "by week",
    Grain.MONTH: "by month",
    Grain.YEAR: "by year",
    Grain.DECADE: "by decade",
    Grain.CENTURY: "by century",
}
SPLITS: Final = {Split.KIND: "By kind", Split.DIRECTION: "By direction", Split.HEALTH: "By health"}
_DIRECTIONS: Final = {"incoming": "Incoming", "outgoing": "Outgoing"}
_HEALTHS: Final = {FAULTY: "With a fault", FINE: "Fine", REST: "Not measured"}
NOTHING: Final = "No recording matches"
UNDATED: Final = "Nothing that matches has a date"


def part(split: Split, name: str, *, one: bool = False) -> str:
    """A part of the timeline: `Calls` (`Call` for one), `Outgoing`, `Not measured`."""
    if split is Split.HEALTH:
        return _HEALTHS[name]
    if split is Split.DIRECTION:
        return _DIRECTIONS.get(name, name.capitalize()) or "Neither"
    known = KIND_WORDS if one else PLURALS
    return known.get(name, name.capitalize()) or ("Other" if one else "Others")


def period(grain: Grain, start: int, end: int, zone: tzinfo, *, whole: bool = False) -> str:
    """A stretch of one or several periods, to stand alone: `Tue 27 Oct 2026`, `October 2026`.

    With `whole` the names of days and months are written out.
    """
    first, last = local(start, zone), local(end - 1, zone)
    if grain in {Grain.YEAR, Grain.DECADE, Grain.CENTURY}:
        return _span(str(first.year), str(last.year))
    if grain is Grain.MONTH:
        return _span(f"{_month(first, whole=True)} {first.year}", f"{_month(last, whole=True)} {last.year}")
    if not grain.clocked:
        return _span(_day(first, whole=whole), _day(last, whole=whole))
    end_of_last = local(end, zone)
    if grain is Grain.MINUTE and end - start <= round(grain.value):
        return f"{_day(first, whole=whole)}, {first:%H:%M}"
    if first.date() == last.date():
        return f"{_day(first, whole=whole)}, {first:%H:%M} to {end_of_last:%H:%M}"
    return f"{_day(first, whole=whole)}, {first:%H:%M} to {_day(last, whole=whole)}, {end_of_last:%H:%M}"


def on(grain: Grain, bar: Bar, now: datetime, *, whole: bool = False) -> str:
    """A period within a sentence: `on Tue 27 Oct`, `in October 2025`; the year if it is not that of `now`."""
    zone = now.tzinfo
    assert zone is not None
    when = period(grain, bar.start, bar.end, zone, whole=whole)
    if grain is Grain.WEEK:
        when = f"the week of {_date(local(bar.start, zone), whole=whole)}"
    if (
        grain.value < Grain.YEAR.value
        and local(bar.start, zone).year == local(bar.end - 1, zone).year == now.year
    ):
        when = when.replace(f" {now.year}", "")
    return f"{'in' if grain.value >= Grain.WEEK.value else 'on'} {when}"


def peaks(grain: Grain, bars: Sequence[Bar], now: datetime, *, whole: bool = False) -> str:
    """The period with the most recordings: `most on Tue 27 Oct (120)`; empty if there is but one bar.

    `now` has the zone of the person.
    """
    filled = [bar for bar in bars if bar.number]
    if len(filled) < 2:
        return ""
    most = max(filled, key=lambda bar: bar.number)
    if min(filled, key=lambda bar: bar.number).number == most.number:
        return f"{count(most.number, 'recording')} each"
    alike = sum(bar.number == most.number for bar in filled)
    also = f" and {count(alike - 1, 'more time')}" if alike > 1 else ""
    return f"most {on(grain, most, now, whole=whole)} ({number(most.number)}){also}"


def told(
    grain: Grain, start: int, end: int, zone: tzinfo, parts: Iterable[tuple[str, int]], *, whole: bool = False
) -> str:
    """The recordings of a stretch: `Tue 27 Oct 2026: 120 (100 calls, 20 voicemails)`."""
    filled = [(name, each) for name, each in parts if each]
    total = number(sum(each for _, each in filled)) if filled else "none"
    inside = ", ".join(f"{number(each)} {name.lower()}" for name, each in filled) if len(filled) > 1 else ""
    alone = f" {filled[0][0].lower()}" if len(filled) == 1 else ""
    when = period(grain, start, end, zone, whole=whole)
    return f"{when}: {total}{alone}{f' ({inside})' if inside else ''}"


def unloaded(state: Unloaded, zone: tzinfo, *, older: bool) -> str:
    """Words on what is not loaded: `nothing older than 27 Oct 2026 is loaded`; empty if all is.

    `older` tells that something is loaded that is older.
    """
    if state.complete:
        return ""
    if state.anywhere:
        return "not everything is loaded, and what is missing can be of any date"
    if state.since is None:
        # As long as one account has brought nothing, no moment is complete.
        return (
            "nothing is loaded yet" if state.alike and not older else "of some account nothing is loaded yet"
        )
    day = _date(state.since.astimezone(zone), whole=False)
    return f"{'nothing' if state.alike and not older else 'not everything'} older than {day} is loaded"


def undated(value: int) -> str:
    """Number of those without a date: `3 without a date`; empty for none."""
    return f"{number(value)} without a date" if value else ""


def busiest(week: Week) -> str:
    """The hour of the week with the most recordings: `most on Tuesdays, 14:00 to 15:00 (120)`."""
    if not week.most:
        return ""
    places = ((day, hour) for day in range(7) for hour in range(HOURS))
    day, begin = max(places, key=lambda place: week.cells[place[0]][place[1]])
    alike = sum(row.count(week.most) for row in week.cells)
    also = f" and {count(alike - 1, 'more time')}" if alike > 1 else ""
    return f"most on {_hour(day, begin)} ({number(week.most)}){also}"


def hour(day: int, hour: int, value: int) -> str:
    """An hour of the week: `Tuesdays, 14:00 to 15:00: 120`."""
    return f"{_hour(day, hour)}: {number(value) if value else 'none'}"


def _hour(day: int, hour: int) -> str:
    return f"{DAYS[day]}s, {hour:02}:00 to {(hour + 1) % HOURS:02}:00"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _day(moment: datetime, *, whole: bool) -> str:
    name = DAYS[moment.weekday()]
    return f"{name if whole else name[:3]} {moment.day} {_month(moment, whole=whole)} {moment.year}"


def _date(moment: datetime, *, whole: bool) -> str:
    return f"{moment.day} {_month(moment, whole=whole)} {moment.year}"


def _month(moment: datetime, *, whole: bool) -> str:
    name = MONTHS[moment.month - 1]
    return name if whole else name[:3]
