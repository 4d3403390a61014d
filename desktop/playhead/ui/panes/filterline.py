"""The line in which the person says what to look for."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.finding.parser import FIELD_WORDS, LONGEST_QUERY
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, as_tip, plain
from playhead.ui.look.theme import Theme, restyle

PAUSE = 0
"""Milliseconds without a key after which a filter takes effect; a newer one ends what the older asked."""


class FilterLine(QWidget):
    """Text that takes effect while it is typed; what is wrong is underlined, with a sentence below."""

    changed = Signal(str)
    """The text to filter by, a moment after the last key."""
    left = Signal()
    """The person is done here and goes to the rows (Enter or Down)."""
    save_asked = Signal()
    """The filter is to be saved under a name."""
    form_asked = Signal()
    """The form that writes a filter is to come, or to go."""

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
        self._form = _button(self.line, "Filter with a form", "Ctrl+Shift+F", self.form_asked)
        self._star = _button(self.line, "", "Ctrl+S", self.save_asked)
        self._saved_as = ""
        self._sentence = PlainLabel(role="bad")
        self._sentence.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.line)
        self._column.addWidget(self._sentence)
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

    @property
    def caret(self) -> int:
        """Where the cursor stands in the text, in code points."""
        units = self.line.text().encode("utf-16-le", "surrogatepass")
        return len(units[: 2 * self.line.cursorPosition()].decode("utf-16-le", "surrogatepass"))

    @property
    def faulty(self) -> bool:
        """Whether something is wrong with what stands in the line."""
        return self._fault is not None

    def put(self, text: str, start: int, end: int) -> None:
        """Write `text` in the place of the letters from `start` up to `end`, as if it was typed."""
        before = self.line.text()
        self.line.setSelection(_units(before[:start]), _units(before[start:end]))
        self.line.insert(text)

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

    def hold(self, form: QWidget) -> None:
        """Give the form that writes a filter its place below the line."""
        self._column.addWidget(form)

    def show_saved(self, name: str) -> None:
        """Say under which name the filter is saved; empty if it is not."""
        self._saved_as = name
        self._dress()

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
        self._form.setIcon(self._icons.get("filter", "dim"))
        self._star.setIcon(
            self._icons.get(*(("star-filled", "accent") if self._saved_as else ("star", "dim")))
        )
        _name(self._star, f"Saved as “{plain(self._saved_as)}”" if self._saved_as else "Save this filter…")
        self._star.setVisible(bool(self.line.text()))
        self._colour()

    def _typed(self, text: str) -> None:
        self._pause.start()
        self._star.setVisible(bool(text))
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
    focused = Signal(object)
    """It has the focus now (why: Qt.FocusReason)."""
    unfocused = Signal(object)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(event.reason())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.unfocused.emit(event.reason())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.entered.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)


def _button(line: QLineEdit, name: str, keys: str, pressed: SignalInstance) -> QAction:
    """A button at the end of `line`, with a key."""
    action = QAction(line)
    action.setShortcut(keys)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    _name(action, name)
    action.triggered.connect(pressed)
    line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    return action


def _name(action: QAction, name: str) -> None:
    action.setText(name)
    action.setToolTip(f"{as_tip(name)}  {action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)}")


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
