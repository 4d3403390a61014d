"""The same sound in several recordings: found as each of them is measured, kept as groups (`kin`).

Audio of equal bytes is one sound. Other sounds are looked for by their landmarks, of which the catalogue has
an index, so that each is compared with few others, however many there are. Sounds that are alike have one
kin, which is the number of the eldest of them. Everything here runs inside somebody's transaction.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

import apsw

from playhead.catalogue.connection import only_row
from playhead.catalogue.rows import from_key
from playhead.core.health.audiofigures import Measured
from playhead.core.health.soundprint import (
    MARKS_PER_SECOND,
    Landmark,
    SoundPrint,
    may_resemble,
    resemblance,
)
from playhead.core.marks import SameSound

MOST_AT_A_LANDMARK: Final = 8
"""Sounds that the index has at one landmark: what so many have is nothing special, or known well."""
LOOKED_FOR: Final = 64
"""Numbers that the index is asked for at once: the fewer landmarks, the more forms of each."""
COMPARED: Final = 12
"""Sounds that one is compared with, those with most landmarks in common first; most by their length alone."""
FEW: Final = 12
"""Landmarks of a recording so short that one of them is enough to compare it with another; of more, two."""
NEAR: Final = 6
"""Hundredths of a second by which landmarks of one lag may differ."""

_MEMBERS = (
    "select health.id from sound cross join health on health.sound = sound.number"
    " where sound.kin = ? and health.id not in (select id from gone)"
)


def keep(connection: apsw.Connection, number: int, measured: Measured, before: int | None) -> None:
    """Note which sound the recording that the catalogue knows as `number` has; `before` is the one it had."""
    sound, kin = _sound_of(connection, measured) if measured.digest else (None, None)
    connection.execute("update health set sound = ? where id = ?", (sound, number))
    if kin is not None:
        _show(connection, kin, number)
    if before is not None and before != sound:
        _leave(connection, before, number)


def sound_before(connection: apsw.Connection, number: int | None) -> int | None:
    """The sound that a recording was known to have."""
    row = connection.execute("select sound from health where id = ?", (number,)).fetchone()
    return None if row is None else row[0]


def groups(connection: apsw.Connection, kins: Collection[int]) -> dict[int, SameSound]:
    """The groups of these kins."""
    ids: dict[int, list[str]] = {}
    if not kins:
        return {}
    for kin, key in connection.execute(
        "select kin, key from carray(?) as wanted cross join search indexed by search_by_same"
        " on kin = wanted.value cross join recording using (id) order by id",
        (apsw.carray(array("q", kins), flags=apsw.SQLITE_CARRAY_INT64),),
    ):
        ids.setdefault(kin, []).append(from_key(key))
    return {kin: SameSound(kin, tuple(found)) for kin, found in ids.items()}


def come_and_gone(connection: apsw.Connection, numbers: Iterable[int]) -> None:
    """Bring the groups of these recordings up to date: their providers no longer have them, or have again."""
    kins = set()
    for number in numbers:
        sound = sound_before(connection, number)
        if sound is not None:
            kins.add(_kin_of(connection, sound))
    for kin in kins:
        _show_all(connection, kin)


def clear(connection: apsw.Connection) -> None:
    """Remove what is left of recordings that were removed: sounds that none has, groups of a single one."""
    lost: list[tuple[Any, ...]] = connection.execute(
        "delete from sound where number not in (select sound from health where sound is not null)"
        " returning kin"
    ).fetchall()
    if lost:
        connection.execute("delete from landmark where sound not in (select number from sound)")
    for kin in {int(kin) for (kin,) in lost}:
        _index_again(connection, kin)
    connection.execute(
        "update search set kin = null where kin in"
        " (select kin from search where kin is not null group by kin having count(*) = 1)"
    )


def _sound_of(connection: apsw.Connection, measured: Measured) -> tuple[int, int]:
    """The number of what was measured, and its kin; compared with others when its print comes first."""
    known = connection.execute(
        "select number, kin, print is null from sound where digest = ?", (measured.digest,)
    ).fetchone()
    if known is None:
        known = only_row(
            connection,
            "insert into sound (number, digest, kin) select next, ?, next from"
            " (select ifnull(max(number), 0) + 1 as next from sound) returning number, kin, true",
            (measured.digest,),
        )
    sound, kin, unheard = known
    if unheard and measured.soundprint is not None:
        connection.execute(
            "update sound set print = ? where number = ?", (measured.soundprint.to_bytes(), sound)
        )
        kin = _compare(connection, sound, kin, measured.soundprint)
    return sound, kin


def _compare(connection: apsw.Connection, sound: int, kin: int, own: SoundPrint) -> int:
    """Join the kin of a sound with that of others that are alike; its kin. It comes into the index."""
    landmarks = own.landmarks
    met = _met(connection, landmarks)
    crowded = Counter(number for number, *_ in met)
    _index(connection, sound, [each for each in landmarks if crowded[each.number] < MOST_AT_A_LANDMARK])
    likely = _likely(met, 1 if len(landmarks) <= FEW else 2)
    if not likely:
        return kin
    rows: list[tuple[Any, ...]] = connection.execute(
        "select number, print from carray(?) as wanted cross join sound on number = wanted.value"
        " where kin <> ?",
        (apsw.carray(array("q", likely), flags=apsw.SQLITE_CARRAY_INT64), kin),
    ).fetchall()
    for other, kept in rows:
        lag = likely[other] / MARKS_PER_SECOND
        if may_resemble(own, kept, lag):
            its = _kin_of(connection, other)
            found = None if its == kin else to_print(kept)
            if found is not None and resemblance(own, found, lag) is not None:
                kin = _join(connection, kin, its)
    return kin


def _met(connection: apsw.Connection, landmarks: Sequence[Landmark]) -> list[tuple[int, int, int]]:
    """Entries of the index at landmarks: their number, a sound, and how much later it has them."""
    bits = max(0, (LOOKED_FOR // max(1, len(landmarks))).bit_length() - 1)
    places = {probe: each.at for each in landmarks for probe in each.probes(bits)}
    if not places:
        return []
    rows: list[tuple[Any, ...]] = connection.execute(
        "select landmark.number, sound, at from carray(?) as probe"
        " cross join landmark on landmark.number = probe.value",
        (apsw.carray(array("q", sorted(places)), flags=apsw.SQLITE_CARRAY_INT64),),
    ).fetchall()
    return [(number, sound, at - places[number]) for number, sound, at in rows]


def _likely(met: Iterable[tuple[int, int, int]], votes: int) -> dict[int, int]:
    """The sounds that landmarks speak for, at least so many at one lag; and that lag, in their unit."""
    apart: dict[int, list[int]] = {}
    for _, sound, lag in met:
        apart.setdefault(sound, []).append(lag)
    found = []
    for sound, lags in apart.items():
        if len(lags) >= votes:
            number, lag = max((sum(abs(each - lag) <= NEAR for each in lags), lag) for lag in lags)
            if number >= votes:
                found.append((-number, sound, lag))
    return {sound: lag for _, sound, lag in sorted(found)[:COMPARED]}


def _join(connection: apsw.Connection, one: int, other: int) -> int:
    """Make two groups one; its kin."""
    low, high = min(one, other), max(one, other)
    seen = [_shown(connection, kin) for kin in (low, high)]
    connection.execute("update sound set kin = ? where kin = ?", (low, high))
    connection.execute("update search set kin = ? where kin = ?", (low, high))
    if not all(seen):
        _show_all(connection, low)
    return low


def _index(connection: apsw.Connection, sound: int, landmarks: Iterable[Landmark]) -> None:
    connection.executemany(
        "insert or ignore into landmark values (?, ?, ?)",
        sorted((each.number, sound, each.at) for each in landmarks),
    )


def _index_again(connection: apsw.Connection, kin: int) -> None:
    """Let sounds of a group take the places in the index that others have left."""
    left: list[tuple[Any, ...]] = connection.execute(
        "select number, print from sound where kin = ? limit ?", (kin, MOST_AT_A_LANDMARK)
    ).fetchall()
    for sound, kept in left:
        found = to_print(kept)
        if found is not None:
            _index(connection, sound, found.landmarks)


def _show(connection: apsw.Connection, kin: int, number: int) -> None:
    """Let a recording be found in its group, which is asked as a whole only until it is shown."""
    if _shown(connection, kin):
        connection.execute(
            "update search set kin = ? where id = ? and id not in (select id from gone)", (kin, number)
        )
    else:
        _show_all(connection, kin)


def _show_all(connection: apsw.Connection, kin: int) -> None:
    """Let the recordings of a group be found, if there are two of them that are not gone."""
    if len(connection.execute(f"{_MEMBERS} limit 2", (kin,)).fetchall()) > 1:
        connection.execute(
            f"update search set kin = ? where id in ({_MEMBERS}) and kin is not ?", (kin, kin, kin)
        )
        connection.execute(
            f"update search set kin = null where kin = ? and id not in ({_MEMBERS})", (kin, kin)
        )
    else:
        connection.execute("update search set kin = null where kin = ?", (kin,))


def _leave(connection: apsw.Connection, sound: int, number: int) -> None:
    """A recording that had this sound has another one, or nobody knows which."""
    kin = _kin_of(connection, sound)
    now = sound_before(connection, number)
    if now is None or _kin_of(connection, now) != kin:
        connection.execute("update search set kin = null where id = ? and kin = ?", (number, kin))
    _show_all(connection, kin)
    (left,) = only_row(connection, "select exists (select 1 from health where sound = ?)", (sound,))
    if not left:
        _drop(connection, sound)
        _index_again(connection, kin)


def _drop(connection: apsw.Connection, sound: int) -> None:
    found = to_print(only_row(connection, "select print from sound where number = ?", (sound,))[0])
    numbers = {each.number for each in found.landmarks} if found is not None else set()
    connection.executemany(
        "delete from landmark where number = ? and sound = ?", [(number, sound) for number in sorted(numbers)]
    )
    connection.execute("delete from sound where number = ?", (sound,))


def _shown(connection: apsw.Connection, kin: int) -> bool:
    return connection.execute("select 1 from search where kin = ? limit 1", (kin,)).fetchone() is not None


def _kin_of(connection: apsw.Connection, sound: int) -> int:
    return int(only_row(connection, "select kin from sound where number = ?", (sound,))[0])


def to_print(kept: bytes | None) -> SoundPrint | None:
    """The print that was kept, if one of today's form was."""
    with suppress(ValueError):
        return None if kept is None else SoundPrint.from_bytes(bytes(kept))
    return None
