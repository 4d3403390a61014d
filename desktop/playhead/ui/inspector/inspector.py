"""Everything that is known of one recording."""

import json
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.marks import Note
from playhead.core.recording import Recording
from playhead.ui.inspector.detaillines import TranscriptAnswer, lines
from playhead.ui.inspector.details import Details
from playhead.ui.inspector.healthpane import HealthPane
from playhead.ui.inspector.notespane import NotesPane
from playhead.ui.inspector.pagetabs import PageTabs
from playhead.ui.inspector.samepane import SamePane
from playhead.ui.inspector.transcriptpane import TranscriptPane
from playhead.ui.look.announcing import announce
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, wrapped
from playhead.ui.look.theme import Theme, as_panel, monospace, restyle
from playhead.ui.table.showing import Showing
from playhead.ui.wording import words

DETAILS, TRANSCRIPT, NOTES, HEALTH, RAW = range(5)
_MARGIN: Final = 16
"""Pixels at the left and at the right."""
_SEARCH: Final = QKeySequence("Ctrl+Shift+F")
_PRESSES: Final = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
_NOTHING: Final = "Choose a recording to see everything that is known of it."


class Inspector(QWidget):
    """The current recording: its fields in words, transcript, notes, health, and the provider's record."""

    copied = Signal(str)
    """What was put on the clipboard, as a few words for a notice."""
    needed = Signal()
    """The person wants to see or write something here, and it may be hidden."""
    said_wanted = Signal()
    """The person looks at the transcript."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        as_panel(self)
        self._title = PlainLabel(role="heading")
        self._subtitle = PlainLabel(role="dim")
        self._why = wrapped(role="attention")
        self._tabs = PageTabs(("Details", "Transcript", "Notes", "Health", "Raw"))
        self._rule = QFrame()
        self._details = Details(theme, icons)
        self.said = TranscriptPane(theme, icons)
        """The transcript."""
        self.notes = NotesPane(icons)
        """What the person wrote."""
        self.health = HealthPane(theme, icons)
        """What was measured of its sound."""
        self.same = SamePane()
        """The recordings with the same sound."""
        self._counted = 0
        """Number of notes."""
        self._named = ("", 0, False)
        """What the tabs were last named and laid out for."""
        self._recording: Recording | None = None
        self._showing: Showing | None = None
        self._answer = TranscriptAnswer.NOT_ASKED
        self._raw = QPlainTextEdit(readOnly=True)
        self._pages = QStackedWidget()
        self._nothing = QWidget()
        self._build()
        self.clear()

    @property
    def page(self) -> int:
        """The page that is looked at: `DETAILS`, `TRANSCRIPT`, `NOTES`, `HEALTH` or `RAW`."""
        return self._tabs.page

    def show_page(self, page: int) -> None:
        """Look at a page, if there is such."""
        self._tabs.show_page(page)

    @property
    def shows_words(self) -> bool:
        """True if the transcript is the page that is looked at."""
        return self._tabs.page == TRANSCRIPT

    def show_recording(self, recording: Recording, showing: Showing) -> None:
        """Show all that is known of `recording`."""
        if self._recording is None or self._recording.key != recording.key:
            self._answer = TranscriptAnswer.NOT_ASKED
        self._recording, self._showing = recording, showing
        self._title.show_text(words.long_title(recording))
        self._subtitle.show_text(showing.origin(recording))
        why = words.unplayable(recording)
        self._why.show_text(why)
        self._why.setVisible(bool(why))
        self._show_details()
        self._tabs.setVisible(True)
        self._rule.setVisible(True)
        self._turn(self._tabs.page)

    def show_answer(self, answer: TranscriptAnswer) -> None:
        """Tell what its provider gave when it was asked for the transcript of the recording."""
        if answer is not self._answer:
            self._answer = answer
            self._show_details()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._recording = None
        self._title.show_text("")
        self._subtitle.show_text("")
        self._why.hide()
        self._tabs.setVisible(False)
        self._rule.setVisible(False)
        self._pages.setCurrentWidget(self._nothing)
        self.show_notes(())

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show what the person wrote of the recording."""
        self.notes.show_notes(notes)
        self._counted = len(notes)
        self._name_notes()

    def offer_words(self, *, possible: bool) -> None:
        """Tell whether a transcript can exist at all for this recording: the page is not there otherwise."""
        self._tabs.offer(TRANSCRIPT, possible=possible)
        self._name_notes()
        self.said.say("No transcript was looked for yet.")

    def turn(self, by: int) -> None:
        """Show the next page (1) or the one before (-1) of those that there are, round and round.

        While all of it is hidden, it comes with the page that was looked at last.
        """
        hidden, chosen = self.isHidden(), self._appear()
        if not hidden:
            self._tabs.step(by)
        if chosen:
            self._tabs.say()

    def see(self, page: int) -> None:
        """Bring a page into sight, if there is a recording and it has such a page."""
        if self._appear():
            self._tabs.show_page(page)

    def write_note(self) -> None:
        """Put the cursor where a new note is written."""
        if self._appear():
            self._tabs.show_page(NOTES)
            self.notes.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        """Take the key that searches in the transcript: elsewhere in the window it is another's."""
        mine = isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == _SEARCH
        if mine and event.type() in _PRESSES and self.shows_words and self.said.transcript is not None:
            if event.type() == QEvent.Type.KeyPress:
                self.said.search()
            event.accept()
            return True
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_notes()

    def _name_notes(self) -> None:
        """Count the notes on their tab; tabs stand closer, or it does without, lest another is cut off."""
        if not self._tabs.count():
            self._named = ("", 0, False)
            return
        said = f"Notes {self._counted}" if self._counted else "Notes"
        self._tabs.setTabToolTip(NOTES, words.count(self._counted, "note") if self._counted else "")
        room = self.contentsRect().width() - 2 * _MARGIN
        wanted = (said, room, self._tabs.isTabVisible(TRANSCRIPT))
        if wanted == self._named:
            return
        self._named = wanted
        for text, narrow in ((said, False), (said, True), ("Notes", True)):
            if self._tabs.tabText(NOTES) != text:
                self._tabs.call(NOTES, text)
            if narrow is not (self._tabs.property("narrow") == "true"):
                restyle(self._tabs, "narrow", "true" if narrow else "false")
            if self._tabs.sizeHint().width() <= room:
                break

    def _appear(self) -> bool:
        """Have the pane shown if it is hidden; false if it holds no recording, which is said."""
        self.needed.emit()
        if self._recording is None:
            announce(self, _NOTHING)
        return self._recording is not None

    def _show_details(self) -> None:
        recording, showing = self._recording, self._showing
        if recording is not None and showing is not None:
            who = showing.provider(recording)
            self._details.show_lines(lines(recording, who, showing.now, self._answer))

    def _turn(self, page: int) -> None:
        if self._recording is None:
            # Its page is seen as soon as there is one.
            return
        self._pages.setCurrentIndex(page)
        if page == RAW:
            # Laying out a long record takes longer than everything else here.
            record = self._recording.raw
            self._raw.setPlainText(json.dumps(dict(record), indent=2, ensure_ascii=False))
        if page == TRANSCRIPT:
            self.said_wanted.emit()

    def _build(self) -> None:
        for page in (self._details, self.health):
            page.copied.connect(self._copy)
        self._raw.setFont(monospace())
        self._raw.setAccessibleName("The provider’s own record, without links")
        raw = QWidget()
        column = QVBoxLayout(raw)
        column.setContentsMargins(0, 8, 0, 0)
        copy = QPushButton("Copy")
        copy.clicked.connect(lambda: self._copy(self._raw.toPlainText(), "The record"))
        row = QHBoxLayout()
        row.addWidget(PlainLabel("As the provider sent it, links left out", role="small"), 1)
        row.addWidget(copy)
        column.addLayout(row)
        column.addWidget(self._raw)
        middle = QVBoxLayout(self._nothing)
        middle.addWidget(wrapped(_NOTHING, role="dim"))
        middle.addStretch(1)
        details = QWidget()
        known = QVBoxLayout(details)
        known.setContentsMargins(0, 0, 0, 0)
        known.addWidget(self._details, 1)
        known.addWidget(self.same)
        for each in (details, self.said, self.notes, self.health, raw, self._nothing):
            self._pages.addWidget(each)
        self._rule.setProperty("hairline", "true")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 16, _MARGIN, 8)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        layout.addWidget(self._why)
        layout.addSpacing(4)
        layout.addWidget(self._tabs)
        layout.addWidget(self._rule)
        layout.addWidget(self._pages, 1)
        self._tabs.turned.connect(self._turn)
        self._tabs.filled.connect(self._name_notes)

    def _copy(self, text: str, name: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(f"{name} copied.")
