"""Announcements of the listing: how many match and of what, and the end of a search."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from playhead.core.finding.query import Query
from playhead.core.session import Session
from playhead.core.text import shortened
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingstate import LIST_JOB, ListingState
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.look.announcing import announce, spoken

SETTLES_IN: Final = 300
"""Milliseconds without a change after which a listing is taken for settled."""
_LONGEST: Final = 200
"""Letters of a filter that are said."""
_PATIENCE: Final = 6
"""Times that this is waited for while pages are still being loaded."""


class ListingAnnouncer(QObject):
    """Says once of each filter what came of it, when the person has typed it and the rows are there."""

    def __init__(
        self, session: Session, state: ListingState, status: ListingStatus, line: FilterLine
    ) -> None:
        super().__init__(state)
        self._session = session
        self._state = state
        self._status = status
        self._line = line
        self._told: Query | None = None
        self._searched: Query | None = None
        """What the rest was searched for last, until that is told."""
        self._waited = 0
        self._settling = QTimer(self, singleShot=True, interval=SETTLES_IN)
        self._settling.timeout.connect(self._look)
        state.changed.connect(self._change)
        line.rested.connect(self._change)

    def _change(self) -> None:
        if self._state.searching:
            self._searched = self._state.query
        self._waited = 0
        self._settling.start()

    def _look(self) -> None:
        """Say what there is to say, unless it is still on its way."""
        if self._state.searching or not self._line.resting or self._status.counting:
            return
        if self._session.jobs.running(LIST_JOB) and self._waited < _PATIENCE:
            self._waited += 1
            self._settling.start()
            return
        query = self._state.query
        searched, self._searched = query == self._searched, None
        faulty = self._line.faulty
        if (faulty and self._line.typed) or not (searched or query != self._told):
            return
        if query.empty and not self._state.listing.loaded:
            return
        self._told = query
        what = "Searched the rest" if searched else "All recordings" if query.empty else _said(query)
        if faulty:
            what = f"{what}, without what cannot be understood"
        announce(self._line.line, f"{what}: {spoken(self._status.coverage_sentence())}")


def _said(query: Query) -> str:
    """The text of a filter, as whole as anybody wants to hear it."""
    return shortened(query.text.strip(), _LONGEST)
