"""Panel over the table with the values of one column, for the keyboard first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from playhead.core.finding.grouping import NOTHING, Counted
from playhead.ui.look.announcing import announce
from playhead.ui.look.buttons import press_button
from playhead.ui.look.controls import DropDown, tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import Theme
from playhead.ui.table.column import Column
from playhead.ui.table.showing import Showing
from playhead.ui.values.histogram import Histogram
from playhead.ui.values.valuelist import ValueList
from playhead.ui.values.valueorder import ArrangedValues, ValueOrder
from playhead.ui.values.valuerows import ValueRows
from playhead.ui.values.valueslayout import MARGIN, ValuesLayout
from playhead.ui.wording import valuewords

_GAP: Final = 6
_SAID_AFTER: Final = 300
"""Milliseconds without another change after which what is there is said."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_TURNS: Final = {int(Qt.Key.Key_PageDown): 1, int(Qt.Key.Key_PageUp): -1}


class ValuesPanel(QFrame):
    """One types to search, goes through with the arrows; Enter filters, with Ctrl it leaves out.

    Space ticks in the list, so that several are chosen together. Esc closes it.
    """

    column_chosen = Signal(object)
    """The `Column` whose values are wanted."""
    order_changed = Signal()
    """Another `order` is wanted."""
    filter_asked = Signal()
    """Filter by what is ticked, or by the current value."""
    exclude_asked = Signal()
    """The same is to be left out."""
    copy_asked = Signal()
    closed = Signal()

    def __init__(self, columns: Sequence[Column], theme: Theme, icons: Icons, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._columns = [each for each in columns if each.values is not None]
        self.setObjectName("valuesPanel")
        self.setAccessibleName("Values of a column")
        self.setAutoFillBackground(True)
        self.rows = ValueRows(self)
        """The values, as they are shown."""
        self.list = ValueList(self.rows, theme)
        self._histogram = Histogram(self.rows, theme)
        self._column = DropDown()
        self._column.setAccessibleName("Column")
        self._column.setToolTip("Ctrl+Page Down: the next column; Ctrl+Page Up: the one before")
        for each in self._columns:
            self._column.addItem(each.title or "State")
        self.line = QLineEdit()
        """Where one types what to look for among the values."""
        self.line.setObjectName("valueSearch")
        self.line.setPlaceholderText("Search the values")
        self.line.setAccessibleName("Search the values")
        self.line.setClearButtonEnabled(True)
        self._by_count, self._by_value = _segment("By count", "first"), _segment("By value", "last")
        self._copy = QPushButton("Copy")
        self._copy.setAccessibleName("Copy as table")
        self._copy.setToolTip("Copy as table, for a spreadsheet")
        self._filter, self._exclude = QPushButton("Filter"), QPushButton("Exclude")
        self._filter.setProperty("primary", "true")
        self._filter.setToolTip("Enter")
        self._exclude.setToolTip("Ctrl+Enter; the values stay open")
        self._close = tool_button(icons.get("clear", "dim"), "Close the values")
        self._sentence = wrapped(role="dim")
        self._speak = QTimer(self, singleShot=True, interval=_SAID_AFTER)
        self._layout = self._lay_out()
        self._connect()
        over.installEventFilter(self)
        self.hide()

    @property
    def order(self) -> ValueOrder:
        """The order that is wanted, and what is looked for."""
        return ValueOrder(self._by_value.isChecked(), self.line.text())

    @property
    def column(self) -> Column:
        """The column whose values are shown."""
        return self._columns[self._column.currentIndex()]

    @property
    def sentence(self) -> str:
        """Sentence on all of them."""
        return self._sentence.whole

    @property
    def meant(self) -> list[str]:
        """Keys of the values that are ticked, or of the current one."""
        if self.rows.ticked:
            return list(self.rows.ticked)
        return [self.rows.keys[self.list.current]] if 0 <= self.list.current < len(self.rows.keys) else []

    @property
    def focused(self) -> bool:
        """True if the keyboard is here."""
        return any(each.hasFocus() for each in (self, *self.findChildren(QWidget)))

    def appear(self, column: Column) -> None:
        """Show the values of a column, ready to type."""
        if not self.isVisible():
            self.line.clear()
        self.choose(column)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, column: Column) -> None:
        """Turn to a column; where it has an order of its own, that is what one sees first."""
        self._column.setCurrentIndex(self._columns.index(column))
        kind = column.values
        (self._by_value if kind is not None and kind.ordered else self._by_count).setChecked(True)
        self._place()

    def show_values(
        self, showing: Showing, counted: Counted, values: ArrangedValues, axis: Sequence[str] = ()
    ) -> None:
        """Show counted values in an order, and those of the histogram in theirs; the current one stays."""
        same = self.rows.column is self.column and self.list.current >= 0
        before = self.rows.keys[self.list.current] if same else None
        self.rows.show(self.column, showing, counted, values)
        self.list.go_to(0 if before is None else max(0, self.rows.row_of(before)))
        self._histogram.show_keys(axis)
        self._show_choice()

    def say(self, sentence: str) -> None:
        """Say how many values there are, and of what."""
        self._sentence.show_text(sentence)
        self.list.setAccessibleDescription(sentence)
        if self.isVisible():
            self._speak.start()

    def put_away(self) -> None:
        """Go, and give the keys back."""
        if self.isVisible():
            self.closed.emit()
            self.hide()

    def _lay_out(self) -> ValuesLayout:
        order = _line(self.line, self._by_count, self._by_value)
        group = QButtonGroup(self)
        for button in (self._by_count, self._by_value):
            group.addButton(button)
        head, foot = _line(self._column, self._copy, self._close), _line(None, self._exclude, self._filter)
        return ValuesLayout(self, (head, order), self._histogram, self.list, (self._sentence, foot))

    def _connect(self) -> None:
        self._column.activated.connect(lambda place: self.column_chosen.emit(self._columns[place]))
        self.line.textChanged.connect(lambda _text: self.order_changed.emit())
        self._by_value.toggled.connect(lambda _on: self.order_changed.emit())
        self._copy.clicked.connect(self.copy_asked)
        self._close.clicked.connect(self.put_away)
        self._filter.clicked.connect(self.filter_asked)
        self._exclude.clicked.connect(self.exclude_asked)
        self._histogram.pointed.connect(lambda key: self.list.go_to(self.rows.row_of(key)))
        self.list.filter_asked.connect(self.filter_asked)
        self.list.exclude_asked.connect(self.exclude_asked)
        self.list.typed.connect(self._type)
        self.list.left.connect(self.put_away)
        self.list.selectionModel().currentChanged.connect(self._mark)
        self.rows.ticked_changed.connect(self._show_choice)
        self._speak.timeout.connect(lambda: announce(self.list, self.sentence))
        self.line.installEventFilter(self)

    def _mark(self) -> None:
        row = self.list.current
        self._histogram.mark(self.rows.keys[row] if 0 <= row < len(self.rows.keys) else NOTHING)

    def _show_choice(self) -> None:
        ticked = list(self.rows.ticked)
        self._filter.setText(valuewords.choose("Filter", ticked))
        self._exclude.setText(valuewords.choose("Exclude", ticked))
        for button in (self._filter, self._exclude, self._copy):
            button.setEnabled(bool(self.rows.keys))

    def _type(self, letters: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setText(self.line.text() + letters)

    def _place(self) -> None:
        """Lie at the end of the rows, over all of their height."""
        room, kind = self._over.rect().adjusted(MARGIN, 0, -MARGIN, -MARGIN), self.column.values
        width = self._layout.fit(room.size(), charted=kind is not None and kind.ordered)
        left = room.left() if self.isRightToLeft() else room.right() + 1 - width
        self.setGeometry(left, MARGIN // 2, width, room.height())

    def _turn(self, by: int) -> None:
        """Turn to the next column, or to the one before."""
        self.column_chosen.emit(self._columns[(self._column.currentIndex() + by) % len(self._columns)])

    def _press(self, event: QKeyEvent) -> bool:
        """True if a key in the line was meant for the list."""
        key, control = event.key(), bool(event.modifiers() & _CONTROL)
        if control and key in _TURNS:
            self._turn(_TURNS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.exclude_asked if control else self.filter_asked).emit()
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        elif key == Qt.Key.Key_Space and control and self.list.current >= 0:
            self.rows.tick(self.list.current)
        elif self.list.step(key):
            announce(self.line, self.rows.spoken(self.list.current))
        else:
            return False
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what nothing here has a use for: the table below has one for Enter and the arrows."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            press_button(event, ticks=False)
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that are for the list; Esc in the table, which this lies over."""
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if watched is self.line:
            return self._press(event)
        left = event.key() == Qt.Key.Key_Escape and self.isVisible()
        if left:
            self.put_away()
        return left

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self._theme.palette.edge)
            painter.setBrush(self._theme.palette.ground)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _line(first: QWidget | None, *others: QWidget) -> QWidget:
    """A line of controls, the first as wide as there is room; without one they stand at the end."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    if first is None:
        layout.addStretch(1)
    else:
        layout.addWidget(first, 1)
    for place, each in enumerate(others):
        joined = place > 0 and each.property("segment") is not None
        layout.addSpacing(0 if joined else _GAP)
        layout.addWidget(each)
    return line


def _segment(text: str, place: str) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    button.setProperty("segment", place)
    return button
