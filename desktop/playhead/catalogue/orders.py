"""Orders as SQL: of a whole listing, and of the stretches that it consists of, to begin it without the rest.

Missing values come last both ways, and so does what has no date; ties are newest first. Newest first if all
else fails.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

import apsw

from playhead.catalogue import healthrows
from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.conditions import (
    ALWAYS,
    EXPORTED,
    GONE,
    HEARD,
    NEVER,
    STARRED,
    Condition,
    each_once,
    every,
)
from playhead.catalogue.rows import UNDATED, to_micros
from playhead.core.finding.query import Measure, Order, Span

HEARD_SHARE = "case when duration > 0 then min(1.0, seconds / duration) else 1.0 end"
"""Share that was heard, where tables `heard` and `search` speak of one recording (see `Spans.share`)."""


_LATEST = datetime.max.replace(tzinfo=UTC)
DATED = Condition(f"newest < {UNDATED}")
WITHOUT_DATE = Condition(f"newest = {UNDATED}")


def certain(not_before: datetime | None) -> Condition:
    """Rows that are not older than a moment, and those without a date; all of them if there is no moment.

    Before the latest moment there is nothing is certain, which goes for the undated as well.
    """
    if not_before is None:
        return ALWAYS
    if not_before == _LATEST:
        return NEVER
    return Condition(f"(newest <= ? or {WITHOUT_DATE.sql})", (-to_micros(not_before),))


def within(span: Span) -> Condition:
    """Rows whose measure lies in the span."""
    match span.measure:
        case Measure.DATE:
            # One upper bound: of two, SQLite might end its walk along the index at the wrong one.
            bounds = [DATED if span.low is None else Condition("newest <= ?", (-first_micros(span.low),))]
            if span.high is not None:
                bounds.append(Condition("newest > ?", (-first_micros(span.high),)))
            return every(bounds)
        case Measure.DURATION:
            return every([Condition("duration is not null"), _between("duration", span)])
        case Measure.SIZE:
            return every([Condition("size is not null"), _between("size", span)])
        case Measure.HEARD:
            return _heard(span)
        case _:
            column = healthrows.COLUMNS[span.measure]
            return every([Condition(f"{column} is not null"), _between(column, span)])


def _between(measure: str, span: Span) -> Condition:
    bounds = []
    if span.low is not None:
        bounds.append(Condition(f"{measure} >= ?", (float(span.low),)))
    if span.high is not None:
        bounds.append(Condition(f"{measure} < ?", (float(span.high),)))
    return every(bounds)


def _heard(span: Span) -> Condition:
    """Only what was heard at all is computed; of everything else the share is 0."""
    between = _between(f"({HEARD_SHARE})", span)
    heard = "select heard.id from heard join search using (id) where"
    if (span.low is None or span.low <= 0) and (span.high is None or span.high > 0):
        return Condition(f"id not in ({heard} not {between.sql})", between.values)
    return Condition(f"id in ({heard} {between.sql})", between.values)


def first_micros(seconds: float) -> int:
    """The first microsecond that is not before `seconds` when it is itself expressed in (rounded) seconds."""
    largest = 2**62
    if not math.isfinite(seconds) or abs(seconds) > largest / 10**6:
        return -largest if seconds < 0 else largest
    micros = math.ceil(Fraction(seconds) * 10**6)
    while micros / 10**6 < seconds:
        micros += 1
    while (micros - 1) / 10**6 >= seconds:
        micros -= 1
    return micros


NEWEST_FIRST = "newest, account, place, id"
_OLDEST_FIRST = "newest desc, account desc, place desc, id desc"
NEWEST_INDEX = "search_newest"
LARGE = 20_000
"""Recordings that can be sorted in the time of a few frames; of more, the order of a column is kept."""
_FEW_VALUES = 50
COLUMNS: dict[str, str] = {
    "ended": "ended",
    "created": "created",
    "duration": "duration",
    "name": "coalesce(name, filename)",
    "kind": "kind",
    "direction": "direction",
    "status": "status",
    "format": "format",
    "from": "coalesce(from_name, from_address, from_anonymous)",
    "to": "coalesce(to_name, to_address, to_anonymous)",
    "from_number": "coalesce(from_digits, from_address)",
    "to_number": "coalesce(to_digits, to_address)",
    "provider": "provider",
    "size": "size",
    "stereo": "stereo",
    "transcribed": "transcribed",
    "id": "ident",
    "call": "call",
    "channel": "channel",
    **{column: column for column in healthrows.COLUMNS.values()},
    "same": "kin",
}
"""Expressions over table `search`."""
MEASURED = frozenset(healthrows.COLUMNS.values())
"""Those that only measured recordings have."""
_OF_FEW = frozenset({*MEASURED, "kin"})
"""Those whose indexes are there from the start, and have no other recordings."""
TIME = "newest"
"""The name of the order by time, where it is kept."""
RANKED: dict[str, str] = {
    TIME: "newest",
    **{
        column: value
        for column, value in COLUMNS.items()
        if column not in {"kind", "status", "format", "same"}
    },
}
"""Those whose order is kept in a large catalogue (see module `ranking`); of the others there are indexes."""
_ACCOUNT = "(select folded from account where key = search.account)"
_MARKS: dict[str, tuple[str, str]] = {
    "starred": (STARRED, f"(id in ({STARRED}))"),
    "heard": (HEARD, f"(select {HEARD_SHARE} from heard where heard.id = search.id)"),
    "exported": (EXPORTED, "(select max(moment) from exported where id = search.id)"),
    "gone": (GONE, "(select moment from gone where id = search.id)"),
}
"""SELECTs of the few recordings with such a mark, and what they are sorted by."""
_NOTHING_IS_LEAST = frozenset({"starred", "heard"})
"""Marks whose absence is a value like another: not missing, but the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows that come before those of the next stretch."""

    condition: Condition = ALWAYS
    sort: str = NEWEST_FIRST
    """The ORDER BY list within it."""
    lead: str = ""
    """The expression that it is sorted by before all else, if it is not by time."""
    descending: bool = False
    index: str = ""
    """The index that gives its rows in order (of `lead`, if that is set)."""
    dated: bool | None = None
    """True if all its rows have a moment, False if none has."""
    way: SearchWay | None = None
    """The way to its recordings, if there are few."""


def is_by_time(order: Order) -> bool:
    """Say whether an order is that of `NEWEST_INDEX`, or the reverse."""
    return order.column not in COLUMNS and order.column not in _MARKS and order.column != "account"


def order_by(order: Order) -> str:
    """The ORDER BY list of a whole listing."""
    if is_by_time(order):
        return f"{WITHOUT_DATE.sql}, {_by_time(order)}"
    if order.column in _MARKS:
        _, value = _MARKS[order.column]
        if order.column in _NOTHING_IS_LEAST:
            value = f"ifnull({value}, 0.0)"
    elif order.column == "account":
        value = _ACCOUNT
    else:
        value = COLUMNS[order.column]
    return _led(value, order)


def stretches(connection: apsw.Connection, order: Order) -> Sequence[Stretch]:
    """The stretches of a listing, in order."""
    if order.column in _MARKS:
        return _by_mark(order)
    if order.column == "account":
        direction = "desc" if order.descending else "asc"
        accounts = connection.execute(f"select key from account order by folded {direction}")
        return [
            Stretch(condition=Condition("account = ?", (key,)), index="search_account") for (key,) in accounts
        ]
    if is_by_time(order):
        return by_time(order)
    value = COLUMNS[order.column]
    index = index_of(order.column) if has_index(connection, order.column) else ""
    known = Stretch(
        condition=Condition(f"{value} is not null"),
        sort=_led(value, order),
        lead=value,
        descending=order.descending,
        index=index,
    )
    if value in _OF_FEW:
        # By ids, so that of the others only the index of time is read; if there are others at all.
        there = f"from search indexed by {index} where {value} is not null"
        others = f"(select count(*) {there}) < (select ifnull(sum(number), 0) from tally)"
        unmeasured = Condition(f"({others} and id not in (select id {there}))")
        return [known, Stretch(condition=unmeasured, index=NEWEST_INDEX)]
    return [known, Stretch(condition=Condition(f"{value} is null"), index=index)]


def by_time(order: Order) -> Sequence[Stretch]:
    """The stretches of a listing by time: what has a date, and what has none."""
    conditions = ((DATED, True), (WITHOUT_DATE, False))
    return [
        Stretch(condition=condition, sort=_by_time(order), index=NEWEST_INDEX, dated=dated)
        for condition, dated in conditions
    ]


def by_value(connection: apsw.Connection, stretch: Stretch) -> Sequence[Stretch]:
    """The same rows as stretches of one value each, where the index lacks their order and values are few.

    The index goes through ties the other way if it is read from its end; ties of many values are few.
    """
    if not (stretch.index and stretch.lead and stretch.descending):
        return [stretch]
    lead, search = stretch.lead, f"search indexed by {stretch.index}"
    values = connection.execute(
        f"with recursive met(value) as (select max({lead}) from {search} where {lead} is not null union all"
        f" select (select max({lead}) from {search} where {lead} < value) from met where value is not null"
        " limit ?) select value from met where value is not null",
        (_FEW_VALUES + 1,),
    ).fetchall()
    if len(values) > _FEW_VALUES:
        return [stretch]
    return [Stretch(condition=Condition(f"{lead} = ?", value), index=stretch.index) for value in values]


def index_of(column: str) -> str:
    """The name of the index that sorts by a column of `COLUMNS`."""
    return f"search_by_{column}"


def has_index(connection: apsw.Connection, column: str) -> bool:
    """Say whether there is one, of what the column is sorted by today."""
    return bool(
        connection.execute(
            "select 1 from sqlite_schema where type = 'index' and name = ? and lower(sql) = ?",
            (index_of(column), making_of(column)),
        ).fetchone()
    )


def making_of(column: str) -> str:
    """The statement that makes the index of a column."""
    value = COLUMNS[column]
    partly = f" where {value} is not null" if value in _OF_FEW else ""
    return f"create index {index_of(column)} on search ({value}, newest, account, place){partly}"


def _by_mark(order: Order) -> Sequence[Stretch]:
    ids, value = _MARKS[order.column]
    marked = Stretch(
        condition=Condition(f"id in ({ids})"),
        sort=_led(value, order),
        way=SearchWay((Condition(each_once(ids)),)),
    )
    plain = Stretch(condition=Condition(f"id not in ({ids})"), index=NEWEST_INDEX)
    first = order.descending or order.column not in _NOTHING_IS_LEAST
    return [marked, plain] if first else [plain, marked]


def _by_time(order: Order) -> str:
    return _OLDEST_FIRST if order.column == "started" and not order.descending else NEWEST_FIRST


def _led(value: str, order: Order) -> str:
    return f"{value} {'desc' if order.descending else 'asc'} nulls last, {NEWEST_FIRST}"
