"""Page of the preferences on which the limits of health are changed."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits, MidWord
from playhead.ui.look.controls import DropDown
from playhead.ui.look.labels import keep_lines, wrapped
from playhead.ui.look.theme import restyle
from playhead.ui.wording.limitwords import (
    LIMIT_LINES,
    LIMITS_HINT,
    MID_WORD,
    MID_WORD_SOURCE,
    MID_WORDS,
    LimitFigure,
    LimitLine,
    disorder,
    judged_anew,
)

_WIDTH = 64
"""Pixels of a number."""


class LimitsPage(QWidget):
    """A line for each verdict with its numbers; below, where the usual ones are from, or what is wrong.

    A number takes effect when it is left or Return is pressed; one that makes no sense does not.
    """

    changed = Signal(object)
    """`HealthLimits` with another number in them."""

    def __init__(self, limits: HealthLimits) -> None:
        super().__init__()
        self.setObjectName("limitsPage")
        self._limits = limits
        self._fields: list[LimitField] = []
        self._said = wrapped(role="dim")
        self._said.setObjectName("limitsSentence")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(3, 1)
        for line in LIMIT_LINES:
            self._add_line(line)
        self._mid_word = DropDown()
        self._mid_word.setObjectName("midWordBox")
        for text, value in MID_WORDS:
            self._mid_word.addItem(text, value)
        self._mid_word.activated.connect(lambda: self._take(mid_word=MidWord(self._mid_word.currentData())))
        self._mid_word.setToolTip(MID_WORD_SOURCE)
        self._mid_word.setAccessibleDescription(MID_WORD_SOURCE)
        self._mid_word.installEventFilter(self)
        place = self._add_label(MID_WORD, self._mid_word)
        self._grid.addWidget(self._mid_word, place, 2, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._reset = QPushButton("Reset to defaults")
        self._reset.setObjectName("resetLimitsButton")
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(self._reset_all)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addStretch(1)
        column.addLayout(foot)
        keep_lines(self._said, 3)
        self._say(LIMITS_HINT)
        self._show()

    def show_judged(self, changed: int) -> None:
        """Say that all is judged by what was chosen, unless something is wrong."""
        if self._said.property("role") != "bad":
            self._say(judged_anew(changed))

    def _add_line(self, line: LimitLine) -> None:
        fields = [LimitField(line, figure) for figure in line.figures]
        self._fields += fields
        for field in fields:
            field.textEdited.connect(lambda _text, at=field: self._judge(at))
            field.editingFinished.connect(lambda at=field: self._finish(at))
            field.installEventFilter(self)
        first, *further = fields
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(first.figure.unit))
        for field in further:
            if field.figure.before:
                row.addWidget(QLabel(field.figure.before))
            row.addWidget(field)
            row.addWidget(QLabel(field.figure.unit))
        row.addStretch(1)
        place = self._add_label(line.name, first)
        self._grid.addWidget(QLabel(first.figure.before), place, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(first, place, 2)
        self._grid.addLayout(row, place, 3)

    def _add_label(self, name: str, field: QWidget) -> int:
        """Begin a line; its place in the grid."""
        label = QLabel(name)
        label.setBuddy(field)
        place = self._grid.rowCount()
        self._grid.addWidget(label, place, 0)
        return place

    def _show(self) -> None:
        for field in self._fields:
            if not field.invalid:
                field.show_limits(self._limits)
        self._mid_word.setCurrentIndex(max(0, self._mid_word.findData(self._limits.mid_word)))
        self._reset.setEnabled(self._limits != USUAL_LIMITS)

    def _judge(self, field: "LimitField") -> float | None:
        """The number that stands in a line; says what is wrong if it is none."""
        try:
            value = field.figure.read(field.text())
            problem = disorder(field.figure.name, value, self._limits)
        except ValueError as fault:
            value, problem = 0.0, str(fault)
        field.mark(invalid=bool(problem))
        self._say(problem or field.line.source, wrong=bool(problem))
        return None if problem else value

    def _finish(self, field: "LimitField") -> None:
        if field.text() == field.figure.shown(self._limits):
            return
        value = self._judge(field)
        if value is not None:
            self._take(**{field.figure.name: value})

    def _take(self, **changes: object) -> None:
        limits = replace(self._limits, **changes)  # type: ignore[arg-type]  # a field and a value that it takes
        if limits != self._limits:
            self._limits = limits
            self._show()
            self.changed.emit(limits)
            for field in self._fields:
                if field.invalid:
                    # It may have waited for the number that was changed now.
                    self._finish(field)

    def _reset_all(self) -> None:
        for field in self._fields:
            field.mark(invalid=False)
        self._say(LIMITS_HINT)
        self._limits = USUAL_LIMITS
        self._show()
        self.changed.emit(USUAL_LIMITS)
        # The button can be pressed no more, and the keys are to stay on this page.
        self._fields[0].setFocus()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        role = "bad" if wrong else "dim"
        if self._said.property("role") != role:
            restyle(self._said, "role", role)
        self._said.show_text(sentence)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            if isinstance(watched, LimitField):
                self._judge(watched)
            elif watched is self._mid_word:
                self._say(MID_WORD_SOURCE)
        return super().eventFilter(watched, event)


class LimitField(QLineEdit):
    """One number of the limits."""

    def __init__(self, line: LimitLine, figure: LimitFigure) -> None:
        super().__init__()
        self.line = line
        self.figure = figure
        self.setObjectName(f"{figure.name}Line")
        self.setFixedWidth(_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        name = line.name.replace("&", "")
        self.setAccessibleName(" ".join(filter(None, (f"{name},", figure.before, figure.unit))))
        self.setToolTip(line.source)
        self.setAccessibleDescription(line.source)

    def show_limits(self, limits: HealthLimits) -> None:
        """Show the number that holds."""
        self.setText(self.figure.shown(limits))

    @property
    def invalid(self) -> bool:
        """True if the number makes no sense, and is not taken."""
        return bool(self.property("invalid") == "true")

    def mark(self, *, invalid: bool) -> None:
        """Show if the number makes no sense."""
        wrong = "true" if invalid else "false"
        if self.property("invalid") != wrong:
            restyle(self, "invalid", wrong)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Else the dialog would be closed by it.
            event.accept()
