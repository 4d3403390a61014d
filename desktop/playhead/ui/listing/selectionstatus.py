"""Sentences in the status line about the selected rows."""

import asyncio
from collections.abc import Callable

from playhead.core import figures
from playhead.core.ports import Totals
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from playhead.ui.wording.selectionwords import selection_forms

PATIENCE = 0.1
"""Seconds that the sum of a selection may take before the selection is said without it."""


class SelectionStatus:
    """Keeps inspector, export button and the sum in the status line true to the selection.

    `whole` says what all rows are: `that match`, `loaded that match`, `shown`.
    """

    def __init__(
        self, session: Session, window: Window, model: RecordingModel, whole: Callable[[], str]
    ) -> None:
        self._session = session
        self._window = window
        self._model = model
        self._whole = whole
        self._grows = False
        """Whether it was said last of everything: when more comes, that stands until the sum is known."""
        window.table.chosen.connect(self.show)

    def show(self) -> None:
        """Say it anew."""
        table = self._window.table
        number = table.selected_count()
        self._window.export_button.setText(f"Export {figures.number(number)}" if number else "Export")
        self._window.export_button.setEnabled(number > 0)
        recording = self._model.recording(table.currentIndex().row())
        if recording is None:
            self._window.inspector.clear()
        else:
            self._show_recording(recording)
        self._session.jobs.cancel("totals")
        alone = self._alone(number)
        if not (self._grows and self._everything(number)):
            self._say(number, alone)
        if number and alone is None:
            self._session.jobs.start("totals", self._add_up(number))

    def _show_recording(self, recording: Recording) -> None:
        source = self._session.library.connected(recording.account)
        label = source.account.label if source else ""
        self._window.inspector.show_recording(recording, label, self._session.clock())

    def _alone(self, number: int) -> Totals | None:
        """The sum of one row, which is known without asking."""
        rows = self._window.table.selected_rows() if number == 1 else []
        recording = self._model.recording(rows[0]) if rows else None
        if recording is None:
            return None
        length, size = recording.duration, recording.size
        return Totals(1, length or 0.0, size or 0, int(length is not None), int(size is not None))

    async def _add_up(self, number: int) -> None:
        adding = asyncio.ensure_future(self._session.catalogue.totals(self._window.table.selected_ids()))
        try:
            await asyncio.wait({adding}, timeout=PATIENCE)
            if not adding.done():
                self._say(number, None)
            self._say(number, await adding)
        finally:
            adding.cancel()

    def _everything(self, number: int) -> bool:
        return self._window.table.selection.everything and number == len(self._model.ids) and number > 1

    def _say(self, number: int, totals: Totals | None) -> None:
        self._grows = self._everything(number)
        scope = self._whole() if self._grows else None
        self._window.status.show_selection(*selection_forms(number, totals, scope))
