"""The line in which the person says what to look for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.finding.completion import begins_field, half_typed
from playhead.core.finding.fields import FIELDS
from playhead.core.finding.parser import LONGEST_QUERY
from playhead.core.finding.query import QueryError
from playhead.core.finding.syntax import tokens
from playhead.ui.look.announcing import announce
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import as_tip, plain, wrapped
from playhead.ui.look.palette import Palette
from playhead.ui.look.theme import Theme, restyle

PAUSE = 0
"""Milliseconds without a key after which a filter takes effect; a newer one ends what the older asked."""
ROOM = 10 * LONGEST_QUERY
"""Letters that the line takes: enough for whatever is pasted by mistake to be told so."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Milliseconds without a key, and what each is taken for."""

    thought: int = 700
    """The word at the cursor is what the person looks for, among what is loaded."""
    rest: int = 1500
    """The person looks at what came of it; whole words are worth asking a provider for."""


class FilterLine(QWidget):
    """Text that takes effect while it is typed; what is wrong is underlined, with a sentence below.

    Nothing is said against a word that is still being typed, and a provider is asked for none that is half
    typed, however long the person pauses: a blank behind it, Enter or leaving the line says that it is whole.
    """

    changed = Signal(str)
    """The text to filter by, a moment after the last key; once more when the person pauses."""
    rested = Signal()
    """The person has typed nothing for a while, or is done."""
    complained = Signal(str)
    """The sentence that is said of a fault now; empty when nothing is said any more."""
    cleared = Signal(str)
    """The person emptied the line with one key or click: the text that was in it."""
    escaped = Signal()
    """Esc in the empty line: the person wants to leave it."""
    left = Signal()
    """The person is done here and goes to the rows (Enter or Down)."""
    save_asked = Signal()
    """The filter is to be saved under a name."""
    form_asked = Signal()
    """The form that writes a filter is to come, or to go."""

    def __init__(
        self, theme: Theme, icons: Icons, pauses: Pauses = Pauses(), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.typed = False
        """The text was last changed by a key; False: by a choice elsewhere, which is to take effect."""
        self._half_typed = False
        """The person was in the middle of a word at the last key, and has not said since that it is whole."""
        self._fault: QueryError | None = None
        self._said = ""
        """The sentence that is shown of the fault; empty while nothing is said against it."""
        self._offering = False
        self.line = _Line(self)
        """The input itself, for focus and tests."""
        self.line.setObjectName("filterLine")
        self.line.setPlaceholderText(
            "Filter: words, numbers, kind:voicemail, from:+31*, duration:>2m, after:2026-01-01"
        )
        self.line.setAccessibleName("Filter")
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(ROOM)
        self._glass = QAction(self.line)
        self.line.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._form = _button(self.line, self.form_asked)
        self._star = _button(self.line, self.save_asked)
        self._form_key = self._save_key = ""
        self._saved_as = ""
        self.done = False
        """The person left it for the rows, and has written nothing since."""
        self._before = self._last = ""
        """The text before the last change, and after it."""
        self._sentence = wrapped(role="bad")
        self._sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._sentence)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell)
        self._thought = QTimer(self, singleShot=True, interval=pauses.thought)
        self._thought.timeout.connect(self._finish)
        self._rest = QTimer(self, singleShot=True, interval=pauses.rest)
        self._rest.timeout.connect(self.rested)
        self.line.textEdited.connect(self._note_key)
        self.line.textChanged.connect(self._typed)
        self.line.cursorPositionChanged.connect(self._show_fault)
        self.line.unfocused.connect(self._go_elsewhere)
        self.line.entered.connect(self._leave)
        self.line.escaped.connect(self._escape)
        self._name_icons()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text()

    @property
    def caret(self) -> int:
        """The place of the cursor in the text, in code points."""
        units = self.line.text().encode("utf-16-le", "surrogatepass")
        return len(units[: 2 * self.line.cursorPosition()].decode("utf-16-le", "surrogatepass"))

    @property
    def faulty(self) -> bool:
        """True if something is wrong with the text of the line, be it said or not."""
        return self._fault is not None

    @property
    def typing(self) -> bool:
        """True while the last key is so recent that the word at the cursor may still grow."""
        return self._thought.isActive()

    @property
    def resting(self) -> bool:
        """True if no key was pressed for a while."""
        return not self._rest.isActive()

    @property
    def meant(self) -> bool:
        """True if what stands here is worth asking a provider for: whole words, and no key lately."""
        return self.resting and not self._half_typed

    @property
    def unfinished(self) -> bool:
        """True while the person is typing a word that may become the name of a field: `ki`, then `kind:`."""
        return self.typing and begins_field(self.text, self.caret)

    def put(self, text: str, start: int, end: int) -> None:
        """Write `text` in the place of the letters from `start` up to `end`, as if it was typed."""
        before = self.line.text()
        self.line.setSelection(units(before[:start]), units(before[start:end]))
        self.line.insert(text)
        # Whoever offered it knows it whole.
        self._half_typed = False

    def set_text(self, text: str) -> None:
        """Put `text` into the line; it takes effect at once."""
        self.line.setText(text)
        self.typed = False
        self._leave_off()
        self._tell()

    def write_on(self, text: str) -> None:
        """Put `text` into the line as it is chosen elsewhere: it takes effect at once, but more may come."""
        self._write(text, half_typed=False)

    def write_half(self, text: str) -> None:
        """Put `text` into the line as it is typed elsewhere: in the middle of a word, until `believe`."""
        self._write(text, half_typed=True)

    def believe(self) -> None:
        """Take what stands here for what the person means: they are elsewhere, or look at the rows."""
        if not self.meant:
            self._leave_off()
            self._tell()
            self.rested.emit()

    def clear(self) -> None:
        """Look for nothing in particular, as the person asks; takes effect at once."""
        before = self.line.text()
        self.set_text("")
        if before.strip():
            self.cleared.emit(before)

    def focus(self) -> None:
        """Put the cursor here, everything selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_keys(self, form: str, save: str) -> None:
        """Say which keys do what the buttons do."""
        self._form_key, self._save_key = form, save
        self._dress()

    def show_saved(self, name: str) -> None:
        """Say under which name the filter is saved; empty if it is not."""
        self._saved_as = name
        self._dress()

    def show_offered(self, *, offered: bool) -> None:
        """Values for the word at the cursor are offered below the line, or no longer."""
        self._offering = offered
        self._show_fault()

    def show_fault(self, sentence: str, start: int, end: int) -> None:
        """Underline what is wrong, by its letters, and say why; the listing stays as it was.

        A fault in what is being typed is said when the person pauses, and no values are offered.
        """
        self._fault = QueryError(sentence, start, end)
        self._show_fault()

    def show_fine(self) -> None:
        """Nothing is wrong (any more)."""
        self._fault = None
        self._show_fault()

    def _show_fault(self) -> None:
        sentence = "" if self._fault is None or self._quiet(self._fault) else self._fault.sentence
        if sentence != self._said:
            self._said = sentence
            self._sentence.show_text(sentence)
            self._sentence.setVisible(bool(sentence))
            restyle(self.line, "invalid", value=bool(sentence))
            self.line.setAccessibleDescription(sentence)
            announce(self.line, sentence)
            self.complained.emit(sentence)
        self._colour()

    def _quiet(self, fault: QueryError) -> bool:
        """True if nothing is to be said against a fault yet: it is new, or in the word being typed."""
        typing = self.typing
        at_cursor = fault.start <= self.caret <= fault.end
        return (typing and not self._said) or (at_cursor and (typing or self._offering))

    def _dress(self) -> None:
        self._glass.setIcon(self._icons.get("search", "dim"))
        self._form.setIcon(self._icons.get("filter", "dim"))
        self._star.setIcon(
            self._icons.get(*(("star-filled", "accent") if self._saved_as else ("star", "dim")))
        )
        saved = f"Saved as “{plain(self._saved_as)}”" if self._saved_as else "Save this filter…"
        _name(self._star, saved, self._save_key)
        _name(self._form, "Filter with a form", self._form_key)
        self._star.setVisible(bool(self.line.text()))
        self._colour()

    def _name_icons(self) -> None:
        """Let a screen reader say what Qt's own buttons in the line are for."""
        self._glass.setText("Search")
        clear = self.line.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:
            clear.setText("Clear the filter")
            clear.setToolTip("Clear the filter  Esc")
            # Qt may have emptied the line by then, or not yet.
            clear.triggered.connect(lambda: self.cleared.emit(self.text or self._before))

    def _escape(self) -> None:
        if self.line.text():
            self.clear()
        else:
            self.escaped.emit()

    def _note_key(self, text: str) -> None:
        self.typed = True
        # What is too long to be a filter is too long to be looked at for every key.
        self._half_typed = len(text) <= LONGEST_QUERY and half_typed(text, self.caret)
        self._thought.start()
        self._rest.start()

    def _typed(self, text: str) -> None:
        if text != self._last:
            self._before, self._last = self._last, text
            self.done = False
        self._pause.start()
        self._star.setVisible(bool(text))
        self._colour()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.line.text())

    def _leave(self) -> None:
        self._leave_off()
        self._tell()
        self.rested.emit()
        self.done = True
        self.left.emit()

    def _leave_off(self) -> None:
        """No word is being typed any more."""
        self._thought.stop()
        self._rest.stop()
        self._half_typed = False
        self._show_fault()

    def _finish(self) -> None:
        """The person pauses."""
        self._thought.stop()
        self._show_fault()
        self._tell()

    def _write(self, text: str, *, half_typed: bool) -> None:
        self.line.setText(text)
        self._leave_off()
        self._half_typed = self.typed = half_typed
        self._rest.start()
        self._tell()

    def _go_elsewhere(self, reason: Qt.FocusReason) -> None:
        # Who looks something up in another window, or opens a menu, comes back to the word.
        if reason not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self.believe()

    def _colour(self) -> None:
        """Field words dim, the fault underlined.

        QLineEdit has no formats of its own; an input method's attributes are its one way to colour a part
        (https://doc.qt.io/qt-6/qinputmethodevent.html#AttributeType-enum).
        """
        text, cursor = self.line.text(), self.line.cursorPosition()
        fault = (self._fault.start, self._fault.end) if self._said and self._fault is not None else None
        looks = parts(text, cursor, fault, self._theme.palette)
        QCoreApplication.sendEvent(self.line, QInputMethodEvent("", looks))


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


def _button(line: QLineEdit, pressed: SignalInstance) -> QAction:
    """A button at the end of `line`."""
    action = QAction(line)
    action.triggered.connect(pressed)
    line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    return action


def _name(action: QAction, name: str, key: str) -> None:
    action.setText(name)
    action.setToolTip(f"{as_tip(name)}  {key}".rstrip())


def parts(
    text: str, cursor: int, fault: tuple[int, int] | None, palette: Palette
) -> Sequence[QInputMethodEvent.Attribute]:
    """The looks of `text` in a line with its cursor at `cursor` (as Qt counts); `fault` is in code points."""
    # What is too long to be a filter is too long to be looked at for every key.
    words = tokens(text) if len(text) <= LONGEST_QUERY else ()
    heads = [token.head for token in words if token.field in FIELDS]
    looks = [(start, end, _format(palette.dim)) for start, end in heads]
    if fault is not None:
        start, end = fault
        looks.append((start, max(start + 1, end), _wave(palette.bad)))
    kind = QInputMethodEvent.AttributeType.TextFormat
    found = []
    for start, end, look in looks:
        first, last = units(text[:start]), units(text[:end])
        found.append(QInputMethodEvent.Attribute(kind, first - cursor, last - first, look))
    return found


def units(text: str) -> int:
    """The number of Qt's places that `text` takes: an emoji takes two."""
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
