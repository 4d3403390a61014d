"""Notes of a recording: read, written and changed in the inspector."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.figures import clock
from playhead.core.marks import Note
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import as_panel

LONGEST = 2000
"""Letters of a note."""


class NotesPane(QWidget):
    """The notes of the current recording, oldest place first, and a line to add one."""

    added = Signal(str, object)
    """A new note, and the second that the line named when it was begun; None is the recording as such."""
    changed = Signal(int, str)
    removed = Signal(int)
    sought = Signal(float)
    """The time of a note was clicked."""
    left = Signal()
    """The person is done with the line."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._notes: tuple[Note, ...] = ()
        self._place: float | None = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._empty = wrapped("No notes yet. Press N while you listen, or write below.", role="dim")
        inner = QWidget()
        as_panel(inner)
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 8, 0, 8)
        inside.addWidget(self._empty)
        inside.addLayout(self._list)
        inside.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.line = _Edit("New note")
        """Where a new note is written."""
        self.line.setObjectName("noteLine")
        self.line.returnPressed.connect(self._add)
        self.line.left.connect(self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addWidget(self.line)
        self.begin(None)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Values that are shown."""
        return self._notes

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these notes; what is being written stays, also in a note that is being changed."""
        found = tuple(sorted(notes, key=lambda note: (note.at is None, note.at or 0.0, note.id)))
        if found == self._notes:
            return
        self._notes = found
        while (item := self._list.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for note in self._notes:
            row = _Row(note, self._icons)
            row.changed.connect(self.changed)
            row.removed.connect(self.removed)
            row.sought.connect(self.sought)
            self._list.addWidget(row)
        self._empty.setVisible(not self._notes)

    def begin(self, seconds: float | None) -> None:
        """Say where a new note will belong: a second of what plays, or the recording as a whole."""
        self._place = seconds
        where = f"Add a note at {clock(seconds)}" if seconds is not None else "Add a note"
        self.line.setPlaceholderText(where)

    def show_place(self, seconds: float | None) -> None:
        """Say it anew as the recording plays on; a note that is being written stays where it was begun."""
        if not self.line.text():
            self.begin(seconds)

    def _add(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if text:
            self.added.emit(text, self._place)


class _Row(QFrame):
    """One note: its time, its text, and what changes or removes it."""

    changed = Signal(int, str)
    removed = Signal(int)
    sought = Signal(float)

    def __init__(self, note: Note, icons: Icons) -> None:
        super().__init__()
        self._note = note
        self._text = wrapped(note.text)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._edit = _Edit("Change the note")
        self._edit.hide()
        self._edit.left.connect(self._stop)
        self._edit.returnPressed.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._time(note), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._edit, 1)
        for icon, name, act in (("note", "Change", self._begin), ("clear", "Remove", self._remove)):
            button = tool_button(icons.get(icon, "dim"), f"{name} this note", side=14)
            button.setAccessibleName(f"{name} the note “{note.text[:40]}”")
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _time(self, note: Note) -> QWidget:
        if note.at is None:
            return QWidget()
        button = QPushButton(clock(note.at))
        button.setProperty("link", "true")
        button.setAccessibleName(f"Go to {clock(note.at)}")
        at = note.at
        button.clicked.connect(lambda: self.sought.emit(at))
        return button

    def _begin(self) -> None:
        self._edit.setText(self._note.text)
        self._text.hide()
        self._edit.show()
        self._edit.setFocus()

    def _keep(self) -> None:
        text = self._edit.text().strip()
        self._stop()
        if text and text != self._note.text:
            self.changed.emit(self._note.id, text)

    def _stop(self) -> None:
        self._edit.hide()
        self._text.show()

    def _remove(self) -> None:
        self.removed.emit(self._note.id)


class _Edit(QLineEdit):
    """A line that Esc leaves as it was."""

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(maxLength=LONGEST)
        self.setAccessibleName(name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
