"""Choosing: what the window says about the rows that are selected."""

from collections.abc import Callable

from playhead.core.jobs import Jobs
from playhead.core.loading.library import Library
from playhead.core.ports import Catalogue, Clock, Totals
from playhead.core.recording import Recording
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from playhead.ui.wording import words


class Choosing:
    """Keeps inspector, export button and the sum in the status line true to the selection.

    `whole` says what all rows are: `that match`, `loaded that match`.
    """

    def __init__(
        self,
        window: Window,
        model: RecordingModel,
        catalogue: Catalogue,
        library: Library,
        jobs: Jobs,
        clock: Clock,
        whole: Callable[[], str],
    ) -> None:
        self._window = window
        self._model = model
        self._catalogue = catalogue
        self._library = library
        self._jobs = jobs
        self._clock = clock
        self._whole = whole
        window.table.chosen.connect(self.show)

    def show(self) -> None:
        """Say it anew."""
        table = self._window.table
        number = table.selected_count()
        self._window.export_button.setText(f"Export {words.number(number)}" if number else "Export")
        self._window.export_button.setEnabled(number > 0)
        recording = self._model.recording(table.currentIndex().row())
        if recording is None:
            self._window.inspector.clear()
        else:
            self._show_recording(recording)
        self._jobs.cancel("totals")
        alone = self._alone(number)
        self._say(number, alone)
        if number and alone is None:
            self._jobs.start("totals", self._add_up(number))

    def _show_recording(self, recording: Recording) -> None:
        source = self._library.source(recording.account)
        label = source.account.label if source else ""
        self._window.inspector.show_recording(recording, label, self._clock())

    def _alone(self, number: int) -> Totals | None:
        """The sum of one row, which is known without asking."""
        rows = self._window.table.selected_rows() if number == 1 else []
        recording = self._model.recording(rows[0]) if rows else None
        return None if recording is None else Totals(1, recording.duration or 0.0, recording.size or 0)

    async def _add_up(self, number: int) -> None:
        totals = await self._catalogue.totals(self._window.table.selected_ids())
        self._say(number, totals)

    def _say(self, number: int, totals: Totals | None) -> None:
        brief = f"{words.number(number)} selected" if number else ""
        self._window.status.show_selection(self._sentence(number, totals), brief)

    def _sentence(self, number: int, totals: Totals | None) -> str:
        if not number:
            return ""
        table = self._window.table
        everything = table.selection.everything and number == len(self._model.ids) and number > 1
        which = f"all {words.number(number)} {self._whole()}" if everything else words.number(number)
        parts = [f"{which} selected"]
        if totals is not None and totals.seconds:
            parts.append(words.length(totals.seconds))
        if totals is not None and totals.bytes:
            parts.append(words.size(totals.bytes))
        return " · ".join(parts)
