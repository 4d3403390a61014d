"""Groups of recordings that are the same sound: `core.stores.SameSounds` in the catalogue."""

from collections.abc import Sequence
from typing import Any, Final

import apsw

from playhead.catalogue.connection import snapshot
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, number_of
from playhead.catalogue.samesounds import to_print
from playhead.core.health.soundprint import Resemblance, resemblance
from playhead.core.recording import Recording
from playhead.core.stores import Twin

MOST: Final = 60
"""Others that are compared and given: more than anybody looks through, in a fraction of a second."""


class SameSoundStore:
    """The others in the group of a recording."""

    def __init__(self, counting: Desk) -> None:
        self._counting = counting

    async def others(self, recording: Recording) -> Sequence[Twin]:
        """The other recordings with its sound, at most `MOST`: equal bytes, then the most alike first."""
        return await self._counting.run_while_wanted(_others, recording)


def _others(connection: apsw.Connection, recording: Recording) -> Sequence[Twin]:
    with snapshot(connection):
        number = number_of(connection, recording)
        own = connection.execute(
            "select search.kin, health.sound, print from search join health using (id)"
            " join sound on sound.number = health.sound where search.id = ?",
            (number,),
        ).fetchone()
        if own is None:
            return ()
        kin, sound, kept = own
        rows: list[tuple[Any, ...]] = connection.execute(
            f"select health.sound, print, recording.id, account.id, recording.key, {TOLD}, measured"
            " from search indexed by search_by_same cross join health using (id)"
            " join sound on sound.number = health.sound"
            " join recording on recording.id = search.id join account on account.key = recording.account"
            " where search.kin = ? and search.id <> ? order by health.sound <> ?, newest limit ?",
            (kin, number, sound, MOST),
        ).fetchall()
    mine = to_print(kept)
    alike: dict[int, Resemblance | None] = {sound: Resemblance(1.0, 0.0)}
    twins = []
    for other, its, identifier, *known in rows:
        if other not in alike:
            theirs = to_print(its)
            alike[other] = resemblance(mine, theirs) if mine is not None and theirs is not None else None
        twins.append(Twin(identifier, from_row(*known), other == sound, alike[other]))
    return sorted(twins, key=_closeness)


def _closeness(twin: Twin) -> tuple[bool, float]:
    return not twin.exact, -twin.resemblance.share if twin.resemblance is not None else 0.0
