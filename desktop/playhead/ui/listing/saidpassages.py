"""Sentences in which it was said, below the rows in view: read while the filter asks what was said."""

from typing import Final

from PySide6.QtCore import QObject

from playhead.core.finding.speechhits import sought
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState

_JOB: Final = "passages"
_AHEAD: Final = 20
"""Rows before and after those in view that are read with them."""


class SaidPassages(QObject):
    """Reads for the rows in view where it was said, and lets the table show the first sentence of each."""

    def __init__(self, session: Session, state: ListingState, pane: ListingPane) -> None:
        super().__init__(state)
        self._session = session
        self._state = state
        self._table = pane.table
        self._model = pane.model
        state.shown.connect(self._begin)
        pane.table.scrolled.connect(self._look)
        pane.model.dataChanged.connect(self._look)

    def _begin(self) -> None:
        """Read all anew: another filter, or transcripts that were not there before."""
        asked = bool(sought(self._state.query))
        self._table.show_passages(on=asked)
        if asked:
            self._session.jobs.start(_JOB, self._read(anew=True))
        else:
            self._session.jobs.cancel(_JOB)

    def _look(self) -> None:
        """Read what came into view."""
        missing = sought(self._state.query) and any(
            not self._model.has_passage(each) for each in self._in_view()
        )
        if missing and not self._session.jobs.running(_JOB):
            self._session.jobs.start(_JOB, self._read(anew=False))

    def _in_view(self) -> list[Recording]:
        rows = self._table.visible_rows
        near = range(max(0, rows.start - _AHEAD), rows.stop + _AHEAD)
        return [found for row in near if (found := self._model.recording(row)) is not None]

    async def _read(self, *, anew: bool) -> None:
        query, first = self._state.query, anew
        while True:
            wanted = [each for each in self._in_view() if first or not self._model.has_passage(each)]
            if not wanted or query != self._state.query:
                return
            first = False
            found = await self._session.transcripts.passages(wanted, query)
            if query == self._state.query:
                firsts = [next(iter(passages), None) for passages in found]
                self._model.show_passages({each.key: one for each, one in zip(wanted, firsts, strict=True)})
