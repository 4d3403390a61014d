"""The line under the table: what the table speaks of, and what is selected."""

from collections.abc import Sequence
from html import escape
from itertools import product

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from playhead.core import figures
from playhead.ui.look.labels import PlainLabel, plain
from playhead.ui.look.theme import as_panel


class StatusLine(QWidget):
    """The coverage sentence, *Search the rest*, and the sum of the selection."""

    search_rest_asked = Signal()
    stop_asked = Signal()
    undated_asked = Signal()
    """The person wants to see the recordings without a date."""
    new_asked = Signal()
    """The person wants to see the recordings that came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        as_panel(self)
        self.sentence = PlainLabel()
        """What the table speaks of."""
        self._note = PlainLabel(role="dim")
        self.search_rest = QPushButton("Search the rest")
        self.search_rest.setObjectName("searchRestButton")
        self.search_rest.setProperty("link", "true")
        self.search_rest.clicked.connect(self._press)
        self._undated = _link(self.undated_asked)
        self._new = _link(self.new_asked)
        self.selection = PlainLabel(role="dim")
        """What is selected."""
        self._chosen: tuple[str, ...] = ("",)
        """What is selected, ever shorter."""
        self._notes: tuple[str, ...] = ("",)
        """What is said besides, ever shorter."""
        self._without_date: tuple[str, ...] = ("",)
        """How many have no date, ever shorter."""
        self._progress: tuple[str, ...] = ()
        """How the search goes, ever shorter."""
        self._searching = False
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(8)
        row.addWidget(self.sentence)
        row.addWidget(self._note)
        row.addWidget(self._undated)
        row.addWidget(self.search_rest)
        row.addStretch(1)
        row.addWidget(self._new)
        row.addWidget(self.selection)
        self.setFixedHeight(34)
        self.show_rest(possible=False)

    @property
    def new(self) -> str:
        """Text on newer recordings."""
        return self._new.text() if self._new.isVisibleTo(self) else ""

    @property
    def undated(self) -> str:
        """Text on recordings without a date."""
        return self._undated.text() if self._undated.isVisibleTo(self) else ""

    def show_undated(self, number: int) -> None:
        """Say how many of the rows have no date, and lead to them; nothing of none."""
        said = figures.number(number)
        name = f"Go to the {said} without a date" if number else ""
        if self._undated.accessibleName() != name:
            self._undated.setAccessibleName(name)
        self._without_date = (f"{said} without a date", f"{said} undated", "") if number else ("",)
        self._make_room()

    def show_sentence(self, sentence: str, *notes: str) -> None:
        """Say what the table speaks of.

        The first of `notes` for which there is room is said after it, more quietly, unless progress is.
        """
        self.sentence.show_text(sentence)
        self._notes = (*notes, "")
        self._make_room()

    def show_progress(self, *forms: str) -> None:
        """Say how a search goes, in place of the note: the first of `forms` for which there is room.

        The last one is said in any case. Without any, the note is said again.
        """
        self._progress = forms
        self._make_room()

    def explain(self, sentences: Sequence[str]) -> None:
        """Show in the tool tip of the line a paragraph for each account."""
        self.setToolTip("<br>".join(escape(plain(each)) for each in sentences))

    def show_rest(self, *, possible: bool, searching: bool = False) -> None:
        """Offer to load what is not loaded yet, or to stop doing so."""
        self._searching = searching
        self.search_rest.setText("Stop" if searching else "Search the rest")
        self.search_rest.setVisible(possible or searching)
        self._make_room()

    def show_new(self, sentence: str, *, leads: bool = True) -> None:
        """Say what is new, nothing if `sentence` is empty; `leads`: whether a click shows it."""
        self._new.setText(sentence)
        self._new.setEnabled(leads)
        self._new.setVisible(bool(sentence))
        self._make_room()

    def show_selection(self, *forms: str) -> None:
        """Say what is selected: the first of `forms` for which there is room, else the last."""
        self._chosen = forms or ("",)
        self._make_room()

    def _make_room(self) -> None:
        """Say less where there is no room for all: what the table speaks of should not be cut.

        The note goes before anything of the selection does, the progress only after it became short.
        """
        notes = self._progress or self._notes
        self.setAccessibleDescription(f"{self.sentence.whole} {notes[0]}".strip())
        forms = product(self._chosen, self._without_date, [f"· {note}" if note else "" for note in notes])
        # Measured, not tried: a screen reader is told of each text that a label has.
        said = next((each for each in forms if self._width_with(*each) <= self.width()), None)
        self._show(*said or (self._chosen[-1], self._without_date[-1], f"· {notes[-1]}" if notes[-1] else ""))

    def _width_with(self, chosen: str, undated: str, note: str) -> int:
        """Pixels that the line takes with these texts beside what else it shows."""
        shown = (each for each in (self.sentence, self.search_rest, self._new) if not each.isHidden())
        widths = [each.sizeHint().width() for each in shown]
        widths.append(self.selection.width_of(chosen))
        if note:
            widths.append(self._note.width_of(note))
        if undated:
            link, metrics = self.search_rest, self.search_rest.fontMetrics()
            around = link.sizeHint().width() - metrics.horizontalAdvance(link.text())
            widths.append(metrics.horizontalAdvance(undated) + around)
        edges = self._row.contentsMargins()
        return sum(widths) + self._row.spacing() * (len(widths) - 1) + edges.left() + edges.right()

    def _show(self, chosen: str, undated: str, note: str) -> None:
        for label, text in ((self._note, note), (self.selection, chosen)):
            if label.whole != text:
                label.show_text(text)
                label.setMinimumWidth(label.sizeHint().width() if text else 0)
        self._note.setVisible(bool(note))
        self._undated.setText(undated)
        self._undated.setVisible(bool(undated))

    def _press(self) -> None:
        (self.stop_asked if self._searching else self.search_rest_asked).emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()


def _link(asked: SignalInstance) -> QPushButton:
    """A button that looks like a link, and is not there until it says something."""
    button = QPushButton()
    button.setProperty("link", "true")
    button.clicked.connect(asked)
    button.hide()
    return button
