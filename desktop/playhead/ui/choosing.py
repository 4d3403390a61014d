"""Choosing: what the window says about the rows that are selected."""

from playhead.core.library import Library
from playhead.core.ports import Clock
from playhead.core.recording import Recording
from playhead.ui import words
from playhead.ui.table import RecordingModel
from playhead.ui.window import Window


class Choosing:
    """Keeps inspector, export button and the count in the status line true to the selection."""

    def __init__(self, window: Window, model: RecordingModel, library: Library, clock: Clock) -> None:
        self._window = window
        self._model = model
        self._library = library
        self._clock = clock
        window.table.chosen.connect(self.show)

    def show(self) -> None:
        """Say it anew."""
        table = self._window.table
        number = table.selected_count()
        self._window.export_button.setText(f"Export {words.number(number)}" if number else "Export")
        self._window.export_button.setEnabled(number > 0)
        row = table.currentIndex().row()
        recording = self._model.recording(row)
        if recording is None:
            self._window.inspector.clear()
        else:
            self._show_recording(recording)
        self._window.status.show_selection(self._selection(number))

    def _show_recording(self, recording: Recording) -> None:
        source = self._library.source(recording.account)
        label = source.account.label if source else ""
        self._window.inspector.show_recording(recording, label, self._clock())

    def _selection(self, number: int) -> str:
        if not number:
            return ""
        if number > 1000:
            return f"{words.number(number)} selected"
        known = [self._model.recording(row) for row in self._window.table.selected_rows()]
        seconds = sum(each.duration or 0 for each in known if each is not None)
        return f"{words.number(number)} selected" + (f" · {words.length(seconds)}" if seconds else "")
