"""How common groups of letters are in the index of words: the rare ones lead to few recordings, and soon."""

from collections.abc import Sequence

import apsw

from playhead.catalogue.connection import only_row

_LOOK = 1_000
"""Recordings with a group after which one knows how common it is: a tenth of a millisecond."""
_COMMON = 0.1
"""Of groups that so large a share of the recordings has, none tells more than another."""
_ENOUGH = 3
"""Groups of a word that leave few others: each takes as long as all recordings that have it."""
_WORTH = 4.0
"""How many times as common as the rarest a group may be, to be worth looking for as well."""


class Rarity:
    """Which groups of a word to look for in the index: a superset of the matches, found in less time."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        (self._last,) = only_row(connection, "select id from indexed")
        self._shares: dict[str, float] = {}

    def telling(self, groups: Sequence[str]) -> Sequence[str]:
        """Those of `groups` (each as an expression of the index) that narrow the search; never none."""
        if len(groups) < 2:
            return groups
        shares = {group: self._share(group) for group in groups}
        least = min(shares.values())
        if least > _COMMON:
            return [min(groups, key=shares.__getitem__)]
        rarest = sorted(groups, key=shares.__getitem__)[:_ENOUGH]
        return [group for group in rarest if shares[group] <= _WORTH * least]

    def _share(self, group: str) -> float:
        """What part of the recordings has the group, going by the first of them."""
        if group not in self._shares:
            number, last = only_row(
                self._connection,
                "select count(*), max(id) from (select rowid as id from words where words match ? limit ?)",
                (group, _LOOK),
            )
            self._shares[group] = number / max(1, last if number == _LOOK else self._last)
        return self._shares[group]
