"""Line over a transcript: how many hits it has and which is looked at, and a text to look for in it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from playhead.core.figures import number
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel

_LONGEST: Final = 200
"""Letters of a text to look for."""
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class HitLine(QWidget):
    """The count of hits with buttons to the next and the one before; a text field while one is looked for."""

    find_asked = Signal(str)
    """A text to look for; empty when the person is done with that."""
    stepped = Signal(int)
    """To the next hit (1), or the one before (-1)."""
    left = Signal()
    """The person closed the text field."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.field = _Field()
        """The text to look for."""
        self._count = PlainLabel(role="small")
        self._before = tool_button(icons.get("chevron-up", "dim"), "The hit before")
        self._next = tool_button(icons.get("chevron-down", "dim"), "The next hit")
        self._find = tool_button(icons.get("search", "dim"), "Search in this transcript (Ctrl+Shift+F)")
        self._close = tool_button(icons.get("clear", "dim"), "Close the search")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        row.addStretch(0)
        for button in (self._before, self._next, self._find, self._close):
            row.addWidget(button)
        self.field.textChanged.connect(self.find_asked)
        self.field.stepped.connect(self.stepped)
        self.field.left.connect(self.close_search)
        self._before.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._find.clicked.connect(self.begin)
        self._close.clicked.connect(self.close_search)
        self.field.hide()
        self._close.hide()
        self.setFixedHeight(max(self.field.sizeHint().height(), self._find.sizeHint().height()))
        self.show_count("")

    @property
    def searching(self) -> str:
        """The text that is looked for; empty if none is."""
        return "" if self.field.isHidden() else self.field.text().strip()

    @property
    def told(self) -> str:
        """The words on how many hits there are."""
        return self._count.whole

    def begin(self) -> None:
        """Let a text be typed."""
        self._turn(open_=True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_search(self) -> None:
        """Look for no text any more."""
        if not self.field.isHidden():
            self._turn(open_=False)
            self.field.clear()
            self.find_asked.emit("")
            self.left.emit()

    def show_place(self, place: int, hits: int) -> None:
        """Tell that the hit number `place` (from 0; -1: none) is looked at, of so many."""
        self.show_count(
            f"{number(place + 1)} of {number(hits)}" if place >= 0 else _hits(hits), several=hits > 0
        )

    def show_count(self, text: str, *, several: bool = False) -> None:
        """Say this of the hits; with buttons that go through them if there are any."""
        self._count.show_text(text)
        for button in (self._before, self._next):
            button.setVisible(several)

    def _turn(self, *, open_: bool) -> None:
        self.field.setVisible(open_)
        self._close.setVisible(open_)
        self._find.setVisible(not open_)


class _Field(QLineEdit):
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("transcriptSearch")
        self.setAccessibleName("Search in this transcript")
        self.setPlaceholderText("Search in this transcript")
        self.setMaxLength(_LONGEST)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case key if key in _ENTER:
                self.stepped.emit(-1 if shift else 1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)


def _hits(count: int) -> str:
    return f"{number(count)} {'hit' if count == 1 else 'hits'}" if count else "No hits"
