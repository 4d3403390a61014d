"""Breadth of an export: how many files go at once, by what is seen of line and servers."""

import math

from playhead.core.errors import Limited, ProviderError, Unavailable, Unreachable

FIRST = 6
"""Files of which bytes should arrive at any time: then the line has something to do when one ends.

So many go at once before anything is known.
"""
_WEIGHT = 0.25
"""Share that a new file has in what is known."""
_LINK = 1.0
"""Seconds that the answer with a link may take."""
_OWN = 0.03
"""Seconds of waiting that are the program's own, not the line's."""
_SHORTEST = 0.005
"""Seconds below which nothing is measured."""


class Breadth:
    """Number of files that go at once, up to `most`.

    A file waits first, for its link and its host, and the line is idle meanwhile; so the more go at once, the
    longer that is beside the time in which its bytes arrive. Each file that came allows one more, a server
    that falters half as many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._limit = FIRST
        self._waited = 0.0
        self._arrived = 0.0

    @property
    def number(self) -> int:
        """Files that may go at once now."""
        wanted = FIRST
        if self._arrived:
            wanted = round(FIRST * (1 + self._waited / self._arrived))
        return max(1, min(wanted, self._limit, self._most))

    @property
    def ahead(self) -> int:
        """Files that will begin while the link to one of them is asked for."""
        seconds = self._waited + self._arrived
        wanted = math.ceil(_LINK * self.number / seconds) if seconds else self._most
        return max(1, min(self._most, wanted))

    def fetched(self, waited: float, arrived: float) -> None:
        """Note a file that came: seconds before its first byte, and from that to its last."""
        waited, arrived = max(0.0, waited - _OWN), max(_SHORTEST, arrived)
        weight = _WEIGHT if self._arrived else 1.0
        self._waited += weight * (waited - self._waited)
        self._arrived += weight * (arrived - self._arrived)
        self._limit = min(self._most, self._limit + 1)

    def faltered(self, error: ProviderError) -> None:
        """Note a file that did not come, if that may be because there were too many."""
        if isinstance(error, Limited | Unavailable) or (
            isinstance(error, Unreachable) and error.reason in {"timeout", "slow"}
        ):
            self._limit = max(1, self.number // 2)
