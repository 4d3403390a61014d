"""The line in which the person says what to look for."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.parser import FIELD_WORDS, LONGEST_QUERY
from playhead.ui.icons import Icons
from playhead.ui.labels import PlainLabel
from playhead.ui.theme import Theme, restyle

PAUSE = 120
"""Milliseconds without a key after which a filter takes effect."""


class FilterLine(QWidget):
    """Text that takes effect while it is typed; what is wrong is underlined, with a sentence below."""

    changed = Signal(str)
    """The text to filter by, a moment after the last key."""
    left = Signal()
    """The person is done here and goes to the rows (Enter or Down)."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._fault: tuple[int, int] | None = None
        self.line = _Line(self)
        """The input itself, for focus and tests."""
        self.line.setObjectName("filterLine")
        self.line.setPlaceholderText(
            "Filter: words, numbers, kind:voicemail, from:+31*, duration:>2m, after:2026-01-01"
        )
        self.line.setAccessibleName("Filter")
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(LONGEST_QUERY * 2)
        self._glass = QAction(self.line)
        self.line.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._sentence = PlainLabel(role="bad")
        self._sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._sentence)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell)
        self.line.textChanged.connect(self._typed)
        self.line.cursorPositionChanged.connect(self._colour)
        self.line.entered.connect(self._leave)
        self.line.escaped.connect(self.clear)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the line; it takes effect at once."""
        self.line.setText(text)
        self._tell()

    def clear(self) -> None:
        """Look for nothing in particular; takes effect at once."""
        self.set_text("")

    def focus(self) -> None:
        """Put the cursor here, everything selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_fault(self, sentence: str, start: int, end: int) -> None:
        """Underline what is wrong, by its letters, and say why; the listing stays as it was."""
        self._fault = (start, end)
        self._sentence.show_text(sentence)
        self._sentence.show()
        restyle(self.line, "invalid", value=True)
        self.line.setAccessibleDescription(sentence)
        self._colour()

    def show_fine(self) -> None:
        """Nothing is wrong (any more)."""
        self._fault = None
        self._sentence.hide()
        restyle(self.line, "invalid", value=False)
        self.line.setAccessibleDescription("")
        self._colour()

    def _dress(self) -> None:
        self._glass.setIcon(self._icons.get("search", "dim"))
        self._colour()

    def _typed(self) -> None:
        self._pause.start()
        self._colour()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.line.text())

    def _leave(self) -> None:
        self._tell()
        self.left.emit()

    def _colour(self) -> None:
        """Field words dim, the fault underlined.

        QLineEdit has no formats of its own; an input method's attributes are its one way to colour a part
        (https://doc.qt.io/qt-6/qinputmethodevent.html#AttributeType-enum).
        """
        text, cursor = self.line.text(), self.line.cursorPosition()
        looks = [(start, end, _format(self._theme.palette.dim)) for start, end in _field_words(text)]
        if self._fault is not None:
            start, end = self._fault
            looks.append((start, max(start + 1, end), _wave(self._theme.palette.bad)))
        attributes = []
        for start, end, look in looks:
            first, last = _units(text[:start]), _units(text[:end])
            kind = QInputMethodEvent.AttributeType.TextFormat
            attributes.append(QInputMethodEvent.Attribute(kind, first - cursor, last - first, look))
        QCoreApplication.sendEvent(self.line, QInputMethodEvent("", attributes))


class _Line(QLineEdit):
    entered = Signal()
    escaped = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.entered.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)


def _field_words(text: str) -> list[tuple[int, int]]:
    """Where the field words with their colons stand: (start, end)."""
    found, place = [], 0
    for part in text.split(" "):
        word = part.lstrip("-(")
        field = word.partition(":")[0].lower()
        if ":" in word and field in FIELD_WORDS:
            start = place + len(part) - len(word)
            found.append((start, start + len(field) + 1))
        place += len(part) + 1
    return found


def _units(text: str) -> int:
    """How many places of Qt's `text` takes: an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(colour: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(colour)
    return look


def _wave(colour: QColor) -> QTextCharFormat:
    look = _format(colour)
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(colour)
    return look
