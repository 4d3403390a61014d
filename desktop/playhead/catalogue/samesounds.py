"""The same sound in several recordings: found as each of them is measured, kept as groups (`kin`).

Audio of equal bytes is one sound. Other sounds are looked for by their landmarks, of which the catalogue has
an index, so that each is compared with few others, however many there are. Sounds that are alike have one
kin, which is the number of one of them. A sound that no recording has which is not gone joins nothing: where
one goes, those that are left of its group are compared with one another. Everything here runs inside
somebody's transaction.
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
from playhead.core.health.landmarks import PER_SECOND, STRETCH, Landmark
from playhead.core.health.soundprint import SoundPrint, may_resemble, resemblance, resembles
from playhead.core.marks import SameSound

MOST_AT_A_LANDMARK: Final = 8
"""Sounds that the index has at one landmark: what so many have is nothing special, or known well."""
MOST_STRANGERS: Final = 200
"""Sounds that the index has at landmarks of which nothing but the nearest blocks are the same."""
INDEXED: Final = 12
"""Landmarks of a sound that are in the index: each is a page that is read, and one that is written."""
COMPARED: Final = 12
"""Sounds that one is compared with, those with most landmarks in common first; most by their length alone."""
COMPARED_ANEW: Final = 60
"""Sounds of a group that are compared with one another when one leaves it. Larger groups stay as they are:
that would take seconds, and of so many there is hardly ever a single one that holds them together."""
NEAR: Final = 6
"""Hundredths of a second by which landmarks of one lag may differ."""

_MEMBERS = (
    "select health.id from sound cross join health on health.sound = sound.number"
    " where sound.kin = ? and health.id not in (select id from gone)"
)


def keep(connection: apsw.Connection, number: int, measured: Measured, before: int | None) -> None:
    """Note which sound the recording that the catalogue knows as `number` has; `before` is the one it had."""
    sound, is_heard = _sound_of(connection, measured) if measured.digest else (None, False)
    connection.execute("update health set sound = ? where id = ?", (sound, number))
    if before is not None and before != sound:
        _leave(connection, [before])
    if sound is not None and not _is_gone(connection, number):
        is_first = sound != before and not _is_there(connection, sound, number)
        kin = _arrive(connection, sound) if is_first or is_heard else _kin_of(connection, sound)
        _show(connection, kin, number)


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


def come(connection: apsw.Connection, number: int) -> None:
    """Bring the group of a recording up to date that its provider has again."""
    sound = sound_before(connection, number)
    if sound is not None:
        if not _is_there(connection, sound, number):
            _arrive(connection, sound)
        _show_all(connection, _kin_of(connection, sound))


def go(connection: apsw.Connection, numbers: Iterable[int]) -> None:
    """Bring the groups of recordings up to date that their providers no longer have."""
    sounds = {sound_before(connection, number) for number in numbers}
    _leave(connection, [sound for sound in sounds if sound is not None])


def clear(connection: apsw.Connection) -> None:
    """Remove what is left of recordings that were removed: sounds that none has, groups of a single one."""
    lost: list[tuple[Any, ...]] = connection.execute(
        "delete from sound where number not in (select sound from health where sound is not null)"
        " returning kin"
    ).fetchall()
    if lost:
        connection.execute("delete from landmark where sound not in (select number from sound)")
    for kin in {int(kin) for (kin,) in lost}:
        _group_anew(connection, kin)
    connection.execute(
        "update search set kin = null where kin in"
        " (select kin from search where kin is not null group by kin having count(*) = 1)"
    )


def _sound_of(connection: apsw.Connection, measured: Measured) -> tuple[int, bool]:
    """The number of what was measured, and whether it has a print only now."""
    own = measured.soundprint
    known = connection.execute(
        "select number, print is null from sound where digest = ?", (measured.digest,)
    ).fetchone()
    if known is None:
        return _new(connection, measured.digest, own), own is not None
    sound, is_unheard = known
    if is_unheard and own is not None:
        connection.execute("update sound set print = ? where number = ?", (own.to_bytes(), sound))
        return sound, True
    return sound, False


def _new(connection: apsw.Connection, digest: bytes, own: SoundPrint | None) -> int:
    """The number of a sound that nobody knew."""
    row = only_row(
        connection,
        "insert into sound (number, digest, kin, print) select next, ?, next, ? from"
        " (select ifnull(max(number), 0) + 1 as next from sound) returning number",
        (digest, None if own is None else own.to_bytes()),
    )
    return int(row[0])


def _arrive(connection: apsw.Connection, sound: int) -> int:
    """Join the kin of a sound with that of others that are alike; its kin. It comes into the index."""
    kin, kept = only_row(connection, "select kin, print from sound where number = ?", (sound,))
    own = to_print(kept)
    return int(kin) if own is None else _compare(connection, sound, int(kin), own)


def _compare(connection: apsw.Connection, sound: int, kin: int, own: SoundPrint) -> int:
    landmarks = own.landmarks[:INDEXED]
    met = _met(connection, landmarks)
    index(connection, sound, own, _rare(landmarks, met))
    likely = _likely(met, own)
    if not likely:
        return kin
    rows: list[tuple[Any, ...]] = connection.execute(
        "select number, kin, print from carray(?) as wanted cross join sound on number = wanted.value"
        " where kin <> ?",
        (apsw.carray(array("q", likely), flags=apsw.SQLITE_CARRAY_INT64), kin),
    ).fetchall()
    joined, was_shown = set[int](), bool(rows) and _shown(connection, kin)
    for other, its, kept in rows:
        if its not in joined and resembles(own, kept, likely[other] / PER_SECOND):
            joined.add(its)
            kin = _join(connection, kin, its)
    if len(joined) + was_shown > 1:
        _show_all(connection, kin)
    return kin


_Met = tuple[Landmark, int, int, int, int]
"""One of the own landmarks; the number of another one, the sound that has it, how much later it comes, in
hundredths of a second, and how long the envelope of that sound is."""


def _met(connection: apsw.Connection, landmarks: Sequence[Landmark]) -> list[_Met]:
    """The sounds that have a landmark that is alike in what is nearest."""
    asked: dict[int, list[Landmark]] = {}
    for each in landmarks:
        for begin in each.stretches():
            asked.setdefault(begin, []).append(each)
    if not asked:
        return []
    rows: list[tuple[Any, ...]] = connection.execute(
        "select wanted.value, landmark.number, sound, at, length from carray(?) as wanted"
        f" cross join landmark on landmark.number between wanted.value and wanted.value + {STRETCH - 1}",
        (apsw.carray(array("q", sorted(asked)), flags=apsw.SQLITE_CARRAY_INT64),),
    ).fetchall()
    return [
        (own, number, sound, at - own.at, length)
        for begin, number, sound, at, length in rows
        for own in asked[begin]
    ]


def _rare(landmarks: Sequence[Landmark], met: Iterable[_Met]) -> list[Landmark]:
    """The landmarks that not many have."""
    strangers, alike = Counter[int](), Counter[int]()
    for own, number, *_ in met:
        if own.number ^ number < STRETCH:
            strangers[own.at] += 1
            alike[own.at] += own.is_like(number)
    return [
        each
        for each in landmarks
        if strangers[each.at] < MOST_STRANGERS and alike[each.at] < MOST_AT_A_LANDMARK
    ]


def _likely(met: Iterable[_Met], own: SoundPrint) -> dict[int, int]:
    """The sounds that landmarks speak for, and the lag for which they do most, in hundredths of a second.

    One is enough if what is farther away is alike as well; otherwise it takes two of them at one lag.
    """
    spoken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for mark, number, sound, lag, length in met:
        spoken.setdefault((sound, length), []).append((lag, 1 + mark.is_like(number)))
    found = []
    for (sound, length), lags in spoken.items():
        lag, weight = lags[0]
        if len(lags) > 1:
            weight, lag = max(
                (sum(more for each, more in lags if abs(each - lag) <= NEAR), lag) for lag, _ in lags
            )
        if weight > 1 and may_resemble(own, length, lag / PER_SECOND):
            found.append((-weight, sound, lag))
    return {sound: lag for _, sound, lag in sorted(found)[:COMPARED]}


def _join(connection: apsw.Connection, one: int, other: int) -> int:
    """Make two groups one; its kin. Those that were not shown, as they were alone, are not yet."""
    low, high = min(one, other), max(one, other)
    connection.execute("update sound set kin = ? where kin = ?", (low, high))
    connection.execute("update search set kin = ? where kin = ?", (low, high))
    return low


def index(connection: apsw.Connection, sound: int, known: SoundPrint, landmarks: Iterable[Landmark]) -> None:
    """Let a sound be found at these landmarks."""
    length = len(known.envelope)
    connection.executemany(
        "insert or ignore into landmark values (?, ?, ?, ?)",
        sorted((each.number, sound, each.at, length) for each in landmarks),
    )


def _index_again(connection: apsw.Connection, kin: int) -> None:
    """Let sounds of a group take the places in the index that others have left."""
    left: list[tuple[Any, ...]] = connection.execute(
        "select number, print from sound where kin = ? limit ?", (kin, MOST_AT_A_LANDMARK)
    ).fetchall()
    for sound, kept in left:
        found = to_print(kept)
        if found is not None:
            index(connection, sound, found, found.landmarks[:INDEXED])


def _show(connection: apsw.Connection, kin: int, number: int) -> None:
    """Let a recording be found in its group, which is asked as a whole only until it is shown."""
    if _shown(connection, kin):
        connection.execute(
            "update search set kin = ? where id = ? and id not in (select id from gone)", (kin, number)
        )
    elif _has_several(connection, kin):
        connection.execute(f"update search set kin = ? where id in ({_MEMBERS})", (kin, kin))


def _show_all(connection: apsw.Connection, kin: int) -> None:
    """Let the recordings of a group be found, if there are two of them that are not gone."""
    if _has_several(connection, kin):
        connection.execute(
            f"update search set kin = ? where id in ({_MEMBERS}) and kin is not ?", (kin, kin, kin)
        )
        connection.execute(
            f"update search set kin = null where kin = ? and id not in ({_MEMBERS})", (kin, kin)
        )
    else:
        connection.execute("update search set kin = null where kin = ?", (kin,))


def _has_several(connection: apsw.Connection, kin: int) -> bool:
    """True of a group that has two recordings which are not gone."""
    return len(connection.execute(f"{_MEMBERS} limit 2", (kin,)).fetchall()) > 1


def _leave(connection: apsw.Connection, sounds: Iterable[int]) -> None:
    """Recordings that had these sounds are gone, have others, or nobody knows which."""
    lost = dict[int, bool]()
    for sound in sounds:
        kin = _kin_of(connection, sound)
        lost[kin] = lost.get(kin, False) or not _is_there(connection, sound)
        (left,) = only_row(connection, "select exists (select 1 from health where sound = ?)", (sound,))
        if not left:
            _unindex(connection, sound)
            connection.execute("delete from sound where number = ?", (sound,))
    for kin, is_less in lost.items():
        if is_less:
            _group_anew(connection, kin)
        else:
            _show_all(connection, kin)


def _group_anew(connection: apsw.Connection, kin: int) -> None:
    """Make groups of those that are left of one, as they are alike without what has left it."""
    sounds: list[int] = [
        number
        for (number,) in connection.execute(
            "select number from sound where kin = ? order by number limit ?", (kin, COMPARED_ANEW + 1)
        )
    ]
    if len(sounds) > COMPARED_ANEW:
        _show_all(connection, kin)
        _index_again(connection, kin)
        return
    here = [sound for sound in sounds if _is_there(connection, sound)]
    connection.execute("update search set kin = null where kin = ?", (kin,))
    for sound in set(sounds) - set(here):
        _unindex(connection, sound)
        connection.execute("update sound set kin = number where number = ?", (sound,))
    groups = _alike(connection, here)
    connection.executemany(
        "update sound set kin = ? where number = ?",
        [(group[0], sound) for group in groups for sound in group],
    )
    for eldest, *_ in groups:
        _show_all(connection, eldest)
        _index_again(connection, eldest)


def _alike(connection: apsw.Connection, sounds: Sequence[int]) -> list[list[int]]:
    """The sounds in groups of those that are alike, each from its eldest on."""
    prints = {sound: _print_of(connection, sound) for sound in sounds} if len(sounds) > 1 else {}
    left, groups = list(sounds), []
    while left:
        group = [left.pop(0)]
        for one in group:
            near = [other for other in left if _are_alike(prints[one], prints[other])]
            group += near
            left = [other for other in left if other not in near]
        groups.append(sorted(group))
    return groups


def _are_alike(one: SoundPrint | None, other: SoundPrint | None) -> bool:
    return one is not None and other is not None and resemblance(one, other) is not None


def _unindex(connection: apsw.Connection, sound: int) -> None:
    """Let a sound no longer be found by its landmarks."""
    found = _print_of(connection, sound)
    numbers = {each.number for each in found.landmarks[:INDEXED]} if found is not None else set()
    connection.executemany(
        "delete from landmark where number = ? and sound = ?", [(number, sound) for number in sorted(numbers)]
    )


def _is_there(connection: apsw.Connection, sound: int, but: int | None = None) -> bool:
    """True if a recording `but` that one has the sound, and is not gone."""
    row = connection.execute(
        "select 1 from health where sound = ? and id is not ? and id not in (select id from gone) limit 1",
        (sound, but),
    ).fetchone()
    return row is not None


def _is_gone(connection: apsw.Connection, number: int) -> bool:
    return connection.execute("select 1 from gone where id = ?", (number,)).fetchone() is not None


def _print_of(connection: apsw.Connection, sound: int) -> SoundPrint | None:
    return to_print(only_row(connection, "select print from sound where number = ?", (sound,))[0])


def _shown(connection: apsw.Connection, kin: int) -> bool:
    return connection.execute("select 1 from search where kin = ? limit 1", (kin,)).fetchone() is not None


def _kin_of(connection: apsw.Connection, sound: int) -> int:
    return int(only_row(connection, "select kin from sound where number = ?", (sound,))[0])


def to_print(kept: bytes | None) -> SoundPrint | None:
    """The print that was kept, if one of today's form was."""
    with suppress(ValueError):
        return None if kept is None else SoundPrint.from_bytes(bytes(kept))
    return None
