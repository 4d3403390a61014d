"""A form that writes the same query as the filter line, and reads it back."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.finding.form import Ends, Form, read, write
from playhead.core.finding.query import Flag
from playhead.core.finding.queryediting import quoted_value
from playhead.core.finding.syntax import as_meant, values_of
from playhead.core.health.verdicts import VERDICT_WORDS
from playhead.core.recording import KINDS
from playhead.core.session import Session
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.look.controls import ChoiceBox, DateField, DropDown
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import as_panel
from playhead.ui.wording.words import DAYS, KIND_WORDS

CUSTOM: Final = "…"
PERIODS: Final = (
    ("any time", ""),
    ("today", "today"),
    ("yesterday", "yesterday"),
    ("this week", "thisweek"),
    ("last week", "lastweek"),
    ("last 7 days", "last7d"),
    ("last 30 days", "last30d"),
    ("this month", "thismonth"),
    ("last month", "lastmonth"),
    ("this year", "thisyear"),
    ("last year", "lastyear"),
    ("last 12 months", "last12m"),
    ("from … to", CUSTOM),
)
_SIDES: Final = (("from", "From"), ("to", "To"), ("with", "Either side"))
_COLUMNS: Final = 4
_FEWER: Final = 3
"""Columns where there is no room for the others."""
LOWEST = 80
"""Pixels of height that it keeps in the lowest window: a field with its caption, and the edge of the next."""
_DATED: Final = (1, 2)
"""The columns in which dates are."""


class _Scroll(QScrollArea):
    """Fields at their whole height, scrolled to the one that has the focus where the window is too low."""

    def __init__(self, fields: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._fields = fields
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(fields)
        fields.setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        return self._fields.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._fields.minimumSizeHint()
        return QSize(least.width(), min(least.height(), LOWEST))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_focused()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # The fields stand otherwise: with them the height changes that this asks for.
            self.updateGeometry()
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize:
            self._show_focused()
        return done

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._fields.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)


class QueryForm(QFrame):
    """One field for each thing that is asked often; what has no field is named and left as it is."""

    written = Signal(str)
    """The query as the person changed it by choosing something."""
    typed = Signal(str)
    """The query with what the person is typing in a field."""
    entered = Signal()
    """What is typed in a field is whole: the person left it."""
    left = Signal()
    """The person is done with the form (Enter or Esc): what it says has taken effect already."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        as_panel(self)
        self.setObjectName("queryForm")
        self.setAccessibleName("Filter form")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._rest = ""
        self._last: str | None = None
        """The text that is shown, or was written, last."""
        self.period = DropDown()
        for words, value in PERIODS:
            self.period.addItem(words, value)
        self.since, self.until = DateField(icons), DateField(icons)
        self.words = QLineEdit(placeholderText="words, “a phrase”")
        self.said = QLineEdit(placeholderText="a phrase in the transcript")
        self.sides = {word: QLineEdit(placeholderText="number or name") for word, _ in _SIDES}
        self.shortest = QLineEdit(placeholderText="30s")
        self.longest = QLineEdit(placeholderText="5m")
        self.choices = {
            "account": ChoiceBox("Account", {}),
            "kind": ChoiceBox("Kind", {kind: KIND_WORDS.get(kind, kind) for kind in KINDS}),
            "direction": ChoiceBox("Direction", {"in": "incoming", "out": "outgoing"}),
            "status": ChoiceBox("Status", {}),
            "format": ChoiceBox("Format", {}),
            "health": ChoiceBox("Health", {str(each): name for each, name in VERDICT_WORDS.items()}),
            "weekday": ChoiceBox("Weekday", {each.lower(): each for each in DAYS}),
        }
        """The fields where something is chosen, by field word, for tests."""
        self.flags = ChoiceBox("Marks", _flag_words())
        self.also = PlainLabel(role="small")
        """Says what the form has no field for."""
        self._grid = QGridLayout()
        self._columns = 0
        self._cells: list[QWidget] = []
        self._build()
        self._listen()
        self.hide()

    def offer(self, field: str, values: Sequence[str]) -> None:
        """Offer these values of a field besides those that are known."""
        self.choices[field].offer(values)

    def show_text(self, text: str) -> None:
        """Show the query in the fields; nobody is told."""
        if text == self._last:
            return
        self._last = text
        form, self._rest = read(text)
        self._show_period(form.period)
        self.words.setText(form.words)
        self.said.setText(form.said)
        for word, line in self.sides.items():
            line.setText(_listed(form.chosen.get(word, ())))
        for word, box in self.choices.items():
            box.show_chosen(form.chosen.get(word, ()))
        self.shortest.setText(form.length.low)
        self.longest.setText(form.length.high)
        self.flags.show_chosen(form.flags)
        self.also.show_text(f"also: {self._rest}")
        self.also.setVisible(bool(self._rest))

    def _build(self) -> None:
        cells: Sequence[tuple[str, QWidget]] = (
            ("Period", self.period),
            ("First day", self.since),
            ("Last day", self.until),
            ("Account", self.choices["account"]),
            *((caption, self.sides[word]) for word, caption in _SIDES),
            ("Words", self.words),
            ("Said", self.said),
            ("Kind", self.choices["kind"]),
            ("Direction", self.choices["direction"]),
            ("Status", self.choices["status"]),
            ("Format", self.choices["format"]),
            ("Health", self.choices["health"]),
            ("Weekday", self.choices["weekday"]),
            ("At least", self.shortest),
            ("At most", self.longest),
            ("Marks and properties", self.flags),
        )
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for caption, widget in cells:
            label = QLabel(caption)
            label.setProperty("role", "small")
            label.setBuddy(widget)
            if not widget.accessibleName():
                widget.setAccessibleName(caption)
            widget.setMinimumWidth(64)
            dated = isinstance(widget, DateField)
            wide = QSizePolicy.Policy.Preferred if dated else QSizePolicy.Policy.Ignored
            widget.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(label)
            column.addWidget(widget)
            self._cells.append(cell)
        self._arrange(_FEWER)
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(12, 6, 12, 10)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self.also)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_Scroll(fields))
        self.setMinimumWidth(self.minimumSizeHint().width())

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for place, cell in enumerate(self._cells):
            row, column = divmod(place, columns)
            # The last field takes what is left of its row.
            wide = columns - column if cell is self._cells[-1] else 1
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, row, column, 1, wide)
        # Where there is room all columns are alike; where there is not, those of the dates come first.
        alike = columns == _COLUMNS
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(alike or column == 0))
        for column in _DATED:
            self._grid.setColumnMinimumWidth(column, self.since.sizeHint().width() if alike else 0)

    def _listen(self) -> None:
        self.period.activated.connect(self._choose_period)
        ends = (self.since, self.until, self.shortest, self.longest)
        for line in (*ends, self.words, self.said, *self.sides.values()):
            line.textEdited.connect(lambda: self.typed.emit(self._text()))
            line.editingFinished.connect(self.entered)
        for box in (*self.choices.values(), self.flags):
            box.changed.connect(self._choose)

    def _show_period(self, period: Ends) -> None:
        place = self.period.findData(period.low) if period.low == period.high else -1
        self.period.setCurrentIndex(place if place >= 0 else self.period.findData(CUSTOM))
        self.since.setText("" if place >= 0 else period.low)
        self.until.setText("" if place >= 0 else period.high)

    def _choose_period(self) -> None:
        if self.period.currentData() == CUSTOM:
            self.since.setFocus()
            return
        self.since.clear()
        self.until.clear()
        self._choose()

    def _period(self) -> Ends:
        since, until = self.since.text().strip(), self.until.text().strip()
        if since or until:
            self.period.setCurrentIndex(self.period.findData(CUSTOM))
            return Ends(since, until)
        preset = str(self.period.currentData())
        return Ends() if preset == CUSTOM else Ends(preset, preset)

    def _choose(self) -> None:
        self.written.emit(self._text())

    def _text(self) -> str:
        """The query that the fields say."""
        chosen: Mapping[str, tuple[str, ...]] = {
            **{word: box.chosen for word, box in self.choices.items()},
            **{word: _values(line.text()) for word, line in self.sides.items()},
        }
        form = Form(
            words=self.words.text().strip(),
            chosen={word: values for word, values in chosen.items() if values},
            period=self._period(),
            length=Ends(self.shortest.text().strip(), self.longest.text().strip()),
            said=self.said.text().strip(),
            flags=self.flags.chosen,
        )
        self._last = write(form, self._rest)
        return self._last

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = _COLUMNS if event.size().width() >= _COLUMNS * self.since.sizeHint().width() else _FEWER
        if columns != self._columns:
            self._arrange(columns)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _listed(values: Sequence[str]) -> str:
    """Values as the person writes them in a line: with commas between them."""
    return ", ".join(quoted_value(each) if "," in each else each for each in values)


def _values(text: str) -> tuple[str, ...]:
    found = (each.strip() for each in values_of("", as_meant(text).text))
    return tuple(each for each in found if each)


def _flag_words() -> Mapping[str, str]:
    return {**{str(flag): str(flag) for flag in Flag}, **{f"-{flag}": f"not {flag}" for flag in Flag}}


class FormSync:
    """Opens and closes the form, and keeps line and form alike."""

    def __init__(self, session: Session, line: FilterLine, form: QueryForm) -> None:
        self._session = session
        self._line = line
        self.form = form
        line.changed.connect(self.form.show_text)
        self.form.written.connect(line.write_on)
        self.form.typed.connect(line.write_half)
        self.form.entered.connect(line.believe)
        self.form.left.connect(self._close)

    def turn(self) -> None:
        """Open the form, or close it."""
        if not self.form.isHidden():
            self._close()
            return
        self.form.show_text(self._line.text)
        self.form.offer("account", self._session.library.labels)
        self.form.show()
        self.form.period.setFocus()
        self._session.jobs.start("form", self._ask())

    def _close(self) -> None:
        self._line.line.setFocus()
        self.form.hide()

    async def _ask(self) -> None:
        for field in ("status", "format"):
            self.form.offer(field, await self._session.catalogue.recordings.values(field))
