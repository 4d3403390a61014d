"""A small line over the table that asks for a date."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.labels import wrapped

WIDTH = 320
"""Pixels."""
HINT = "A day, month or time: 2026-03-14, 14.03.2026, 2026-03, yesterday, 30d, 2026-03-14T09:30"


class JumpLine(QFrame):
    """Appears over what it belongs to; Enter asks, Escape or another place to type puts it away."""

    asked = Signal(str)
    """The text of a date."""
    load_asked = Signal()
    """What is not there yet is to be loaded."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("jumpLine")
        self.setProperty("panel", "true")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._over = over
        self.line = QLineEdit()
        """The input itself."""
        self.line.setObjectName("jumpDate")
        self.line.setAccessibleName("Date to go to")
        self.line.setPlaceholderText("Go to a date")
        self._sentence = wrapped(HINT, role="dim")
        self._load = QPushButton("Load down to there")
        self._load.setObjectName("loadDownButton")
        self._load.clicked.connect(self._ask_for_more)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self.line, self._sentence, self._load):
            column.addWidget(widget)
        self.line.returnPressed.connect(lambda: self.asked.emit(self.line.text()))
        self.line.textEdited.connect(lambda _text: self.say(HINT))
        self.line.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """Sentence below the line."""
        return self._sentence.whole

    def appear(self) -> None:
        """Show it in the middle of the upper edge, ready to type."""
        self.say(HINT)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def say(self, sentence: str, *, more: bool = False) -> None:
        """Say something about the date; with `more`, offer to load down to it."""
        self._sentence.show_text(sentence)
        self.line.setAccessibleDescription(sentence)
        self._load.setVisible(more)
        self.setFixedSize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        self.move(max(0, (self._over.width() - WIDTH) // 2), 40)

    def put_away(self) -> None:
        """Go, and give the keys back."""
        self.hide()
        self._over.setFocus()

    def _ask_for_more(self) -> None:
        self.put_away()
        self.load_asked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
        # The button is pressed with the pointer, or Tab leads to it.
        elif (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.TabFocusReason
            and not self._load.underMouse()
        ):
            self.hide()
        return super().eventFilter(watched, event)
