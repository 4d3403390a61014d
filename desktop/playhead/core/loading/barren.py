"""Telling a list that goes on from one that only seems to: pages without anything new."""

from datetime import datetime

from playhead.core.page import Arrival, Page

BARREN_PAGES = 10
"""Pages in a row without anything new, after which a list is held to have no end.

A server may well send some empty pages with a token: rows that it filtered out.
"""


class Barren:
    """The pages of one walk through a list, of which those are counted that lead nowhere.

    A page of what the catalogue knew before leads on, too: if there is anything in it that is older than all
    before it, or else that no such page had.
    """

    def __init__(self) -> None:
        self._number = 0
        self._oldest: datetime | None = None
        self._met: set[tuple[str, str]] = set()

    def too_many(self, page: Page, arrival: Arrival) -> bool:
        """Count a page that was stored; whether there are too many now, which begins the counting anew."""
        self._number = 0 if self._leads_on(page, arrival) else self._number + 1
        if self._number < BARREN_PAGES:
            return False
        self._number = 0
        return True

    def _leads_on(self, page: Page, arrival: Arrival) -> bool:
        moments = [each.moment for each in page.recordings if each.moment is not None]
        oldest = min(moments, default=None)
        is_older = oldest is not None and (self._oldest is None or oldest < self._oldest)
        if is_older:
            self._oldest = oldest
        if arrival.new or is_older:
            return True
        unmet = {each.key for each in page.recordings} - self._met
        self._met |= unmet
        return bool(unmet)
