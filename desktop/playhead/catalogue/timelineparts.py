"""Parts of a timeline in SQL, and the keys of its moments with them."""

from dataclasses import dataclass

import apsw

from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import only_row
from playhead.catalogue.orders import DATED, WITHOUT_DATE
from playhead.core.health.verdicts import Verdict
from playhead.core.timeline.timekeys import STEP
from playhead.core.timeline.timeline import FAULTY, FINE, REST, Split

_MOST = 4
"""Parts that are told apart, besides the rest."""


@dataclass(frozen=True, slots=True)
class Parting:
    """The parts that recordings belong to."""

    names: tuple[str, ...]
    part: Condition
    """The place of a recording's part among the names."""
    measured: str = ""
    """FROM and WHERE of the only recordings that may be of another part than the first, if they are few."""


def parting_of(connection: apsw.Connection, split: Split) -> Parting:
    """The parts of a timeline."""
    if split is Split.HEALTH:
        judged = f"case health when {Verdict.FINE.rank} then 1 else 2 end"
        return Parting(
            (REST, FINE, FAULTY),
            Condition(f"case when health is null then 0 else {judged} end"),
            "search indexed by search_by_health where health is not null",
        )
    column = split.value
    known = connection.execute(
        f"select {column} from tally where {column} <> '' group by 1 having sum(number) > 0"
        " order by sum(number) desc, 1 limit ?",
        (_MOST,),
    )
    names = tuple(name for (name,) in known)
    if not names:
        return Parting((REST,), Condition("0"))
    cases = " ".join(f"when ? then {place}" for place in range(len(names)))
    return Parting((*names, REST), Condition(f"case {column} {cases} else {len(names)} end", names))


def keys_of(
    connection: apsw.Connection, parting: Parting, source: Condition, condition: Condition
) -> tuple[bytes, int]:
    """The keys of the recordings of a FROM for which a condition is true, and how many have no date.

    In rising order, eight bytes each, the highest first.
    """
    part = parting.part
    packed, undated = only_row(
        connection,
        f"select unhex(group_concat(printf('%016x', newest * {STEP} + part), '') filter (where {DATED.sql})),"
        f" count(*) filter (where {WITHOUT_DATE.sql}) from"
        f" (select newest, {part.sql} as part from {source.sql} where {condition.sql} order by newest)",
        (*part.values, *source.values, *condition.values),
    )
    return packed or b"", int(undated)
