"""Sentences in the status line about the selected rows."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from playhead.core import figures
from playhead.core.errors import Superseded
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Totals
from playhead.ui.inspector.inspector import Inspector
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.look.announcing import announce, spoken
from playhead.ui.wording.listingwords import selection_forms

PATIENCE = 0.1
"""Seconds that the sum of a selection may take before the selection is said without it."""


class SelectionStatus:
    """Keeps inspector, export button and the sum in the status line true to the selection."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        status: StatusLine,
        inspector: Inspector,
        export_button: QPushButton,
        listing: ListingStatus,
    ) -> None:
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._status = status
        self._inspector = inspector
        self._export_button = export_button
        self._listing = listing
        self._grows = False
        """Whether it was said last of everything: when more comes, that stands until the sum is known."""
        self._said: tuple[int, Totals | None] = (0, None)
        """Number and sum of the rows as they were said last."""
        self._announced = 0
        """Number of selected rows that a screen reader was told of last."""
        self._seen = True
        """Whether any of them was in view then."""
        pane.table.chosen.connect(self.show)
        pane.table.scrolled.connect(self._look)

    def show(self) -> None:
        """Say it anew."""
        table = self._table
        number = table.selected_count()
        self._export_button.setText(f"Export {figures.number(number)}" if number else "Export")
        self._export_button.setEnabled(number > 0)
        recording = self._model.recording(table.currentIndex().row())
        if recording is None:
            self._inspector.clear()
        else:
            self._show_recording(recording)
        self._session.jobs.cancel("totals")
        alone = self._alone(number)
        if number < 2:
            self._announced = number
        if not (self._grows and self._everything(number)):
            self._say(number, alone)
        if number and alone is None:
            self._session.jobs.start("totals", self._add_up(number))

    def _look(self) -> None:
        """Other rows are in view: those that are selected may have come into it, or left it."""
        if self._said[0] and self._table.selection_in_view is not self._seen:
            self._say(*self._said)

    def _show_recording(self, recording: Recording) -> None:
        self._inspector.show_recording(recording, replace(self._model.showing, now=self._session.clock()))

    def _alone(self, number: int) -> Totals | None:
        """The sum of one row, which is known without asking."""
        rows = self._table.selected_rows() if number == 1 else []
        recording = self._model.recording(rows[0]) if rows else None
        if recording is None:
            return None
        length, size = recording.length, recording.size
        return Totals(1, length or 0.0, size or 0, int(length is not None), int(size is not None))

    async def _add_up(self, number: int) -> None:
        adding = asyncio.ensure_future(self._session.catalogue.listings.totals(self._table.selected_ids()))
        try:
            await asyncio.wait({adding}, timeout=PATIENCE)
            if not adding.done():
                self._say(number, None)
            with suppress(Superseded):
                self._say(number, await adding)
            self._announce()
        finally:
            adding.cancel()

    def _announce(self) -> None:
        """Tell a screen reader of several rows, once their number stays for a moment."""
        number, totals = self._said
        if number > 1 and number != self._announced and self._table.hasFocus():
            announce(self._table, spoken(self._forms(number, totals)[0]))
        self._announced = number

    def _forms(self, number: int, totals: Totals | None) -> tuple[str, ...]:
        scope = self._listing.whole() if self._everything(number) else None
        return selection_forms(number, totals, scope, seen=self._seen)

    def _everything(self, number: int) -> bool:
        return self._table.selection.everything and number == len(self._model.ids) and number > 1

    def _say(self, number: int, totals: Totals | None) -> None:
        self._grows = self._everything(number)
        self._said, self._seen = (number, totals), self._table.selection_in_view
        self._status.show_selection(*self._forms(number, totals))
