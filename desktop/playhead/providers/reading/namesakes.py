"""Telling recordings apart that one answer gives the same id: each gets one of its own, the same every time.

One of them bears the id alone: the eldest, so that a newer one does not take it away. The others have their
kind before it, as in `voicemail:1`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from playhead.core.recording import Recording

_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of an answer."""

    recording: Recording
    link: str | None
    kind: str | None
    """As the row itself says it; None where only its list does."""

    @property
    def path(self) -> str:
        """Its link without what signs it, which is another in every answer."""
        return (self.link or "").partition("?")[0].partition("#")[0]

    @property
    def mark(self) -> str:
        """Key that tells it from others of its id."""
        return f"{self.recording.kind} {self.path}"


class Namesakes:
    """The rows of an answer, each recording once; `order` is that of kinds, for those without a date.

    Rows are of one recording if they lead to the same place and do not say that they are of two kinds; if one
    has no link, if they are of one kind.
    """

    def __init__(self, order: Sequence[str]) -> None:
        self._order = order
        self._items: list[Item] = []
        self._led: dict[tuple[str, str], dict[str | None, int]] = {}
        self._unled: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], int] = {}

    def add(self, item: Item) -> None:
        """Take a row; of two of one recording the first stays, if it has a link."""
        identity = item.recording.id
        of_kind = (identity, item.recording.kind)
        if item.link is None:
            if of_kind not in self._first:
                self._unled[of_kind] = self._first[of_kind] = len(self._items)
                self._items.append(item)
            return
        there = self._led.setdefault((identity, item.path), {})
        if item.kind in there or None in there or (item.kind is None and there):
            return
        place = self._unled.pop(of_kind, len(self._items))
        there[item.kind] = place
        self._first.setdefault(of_kind, place)
        self._items[place : place + 1] = [item]

    def named(self, owners: Mapping[str, str]) -> tuple[list[Item], Mapping[str, str]]:
        """The rows with ids of their own, in order; and of each shared id the mark of whose it is.

        Whose it is already known to be, of rows that are only a part of all, `owners` says.
        """
        sharing = dict[str, list[int]]()
        for place, item in enumerate(self._items):
            sharing.setdefault(item.recording.id, []).append(place)
        found = dict(owners)
        named = list(self._items)
        taken = set(sharing)
        for identity, places in sharing.items():
            if len(places) == 1 and identity not in owners:
                continue
            places.sort(key=self._age)
            mark = found.setdefault(identity, self._items[places[0]].mark)
            for place in places:
                item = self._items[place]
                if item.mark != mark:
                    named[place] = _renamed(item, taken)
        return [
            replace(item, recording=replace(item.recording, position=place))
            for place, item in enumerate(named)
        ], found

    def _age(self, place: int) -> tuple[datetime, int, str]:
        item = self._items[place]
        kind = item.recording.kind
        rank = self._order.index(kind) if kind in self._order else len(self._order)
        return item.recording.created or _UNDATED, rank, item.mark


def _renamed(item: Item, taken: set[str]) -> Item:
    """`item` with an id that nothing else has."""
    name = f"{item.recording.kind}:{item.recording.id}"
    if name in taken:
        name = f"{name}:{hashlib.sha256(item.mark.encode('utf-8', 'replace')).hexdigest()[:16]}"
    taken.add(name)
    return replace(item, recording=replace(item.recording, id=name))
