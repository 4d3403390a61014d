"""The line under the table: what the table speaks of, and what is selected."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from playhead.ui.look.labels import PlainLabel, plain
from playhead.ui.look.theme import as_panel


class StatusLine(QWidget):
    """The coverage sentence, *Search the rest*, and the sum of the selection."""

    search_rest_asked = Signal()
    stop_asked = Signal()
    new_asked = Signal()
    """The person wants to see the recordings that came at the top."""

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
        self._new = QPushButton()
        self._new.setProperty("link", "true")
        self._new.clicked.connect(self.new_asked)
        self._new.hide()
        self.selection = PlainLabel(role="dim")
        """What is selected."""
        self._chosen = ("", "")
        """What is selected, and the same in brief."""
        self._searching = False
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(8)
        row.addWidget(self.sentence)
        row.addWidget(self._note)
        row.addWidget(self.search_rest)
        row.addStretch(1)
        row.addWidget(self._new)
        row.addWidget(self.selection)
        self.setFixedHeight(34)
        self.show_rest(possible=False)

    @property
    def new(self) -> str:
        """What is offered of newer recordings."""
        return self._new.text() if self._new.isVisibleTo(self) else ""

    def show_sentence(self, sentence: str, note: str = "") -> None:
        """Say what the table speaks of; `note` is said after it, more quietly."""
        self.sentence.show_text(sentence)
        self._note.show_text(f"· {note}" if note else "")
        self.setAccessibleDescription(f"{sentence} {note}".strip())
        self._make_room()

    def explain(self, sentences: Sequence[str]) -> None:
        """What is told to who points at the line: a paragraph for each account."""
        self.setToolTip("<br>".join(escape(plain(each)) for each in sentences))

    def show_rest(self, *, possible: bool, searching: bool = False) -> None:
        """Offer to load what is not loaded yet, or to stop doing so."""
        self._searching = searching
        self.search_rest.setText("Stop" if searching else "Search the rest")
        self.search_rest.setVisible(possible or searching)
        self._make_room()

    def show_new(self, sentence: str) -> None:
        """Offer recordings that are newer than what is shown; nothing if `sentence` is empty."""
        self._new.setText(sentence)
        self._new.setVisible(bool(sentence))
        self._make_room()

    def show_selection(self, sentence: str, brief: str = "") -> None:
        """Say what is selected, or only `brief` where there is no room for more."""
        self._chosen = (sentence, brief or sentence)
        self._make_room()

    def _make_room(self) -> None:
        """Say less where there is no room for all: what the table speaks of should not be cut."""
        sentence, brief = self._chosen
        self._note.setVisible(bool(self._note.whole))
        self._show_chosen(sentence)
        if self._row.sizeHint().width() > self.width():
            self._note.hide()
        if self._row.sizeHint().width() > self.width():
            self._show_chosen(brief)

    def _show_chosen(self, text: str) -> None:
        self.selection.show_text(text)
        self.selection.setMinimumWidth(self.selection.sizeHint().width())

    def _press(self) -> None:
        (self.stop_asked if self._searching else self.search_rest_asked).emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
