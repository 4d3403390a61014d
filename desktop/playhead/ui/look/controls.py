"""Controls of forms: a choice of several values, a date, a section that unfolds, small buttons."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QDate, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)
from typing_extensions import override

from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import as_tip, plain


class DropDown(QComboBox):
    """One of several values.

    WORKAROUND Qt 6 (QAccessibleTableCell::state): the current line of its list claims the focus for a screen
    reader, though the list is closed. So a closed list has none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._opened = False
        self.view().selectionModel().currentChanged.connect(self._let_go)

    @override
    def showPopup(self) -> None:
        self._opened = True
        self.view().setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn()))
        super().showPopup()

    @override
    def hidePopup(self) -> None:
        super().hidePopup()
        self._opened = False
        self._let_go()

    def _let_go(self) -> None:
        if not self._opened:
            self.view().setCurrentIndex(QModelIndex())


class ChoiceBox(QComboBox):
    """Any number of values; none chosen means any."""

    changed = Signal()
    """The person chose, or took a choice back."""

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        """`values` are what can be chosen, with the words for each."""
        super().__init__()
        self._name = name
        self._words = dict(values)
        self._chosen: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = _StayingMenu(self)
        self._menu.setAccessibleName(name)
        self._menu.triggered.connect(self._take)
        self._show()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that are chosen."""
        return self._chosen

    def offer(self, values: Sequence[str]) -> None:
        """Offer these besides those that are known already."""
        self._words |= {each: each for each in values if each not in self._words}

    def show_chosen(self, values: Sequence[str]) -> None:
        """Show these as chosen; nobody is told. What is not offered can be taken back, and is gone then."""
        self._chosen = tuple(values)
        self._show()

    def _fill(self) -> None:
        self._menu.clear()
        unknown = {each: each for each in self._chosen if each not in self._words}
        for value, words in (unknown | self._words).items():
            action = self._menu.addAction(plain(words).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.setData(value)
        if self._menu.isEmpty():
            self._menu.addAction("Nothing is known to choose from").setEnabled(False)

    def _take(self, action: QAction) -> None:
        value = action.data()
        rest = tuple(each for each in self._chosen if each != value)
        self._chosen = (*rest, value) if action.isChecked() else rest
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.setToolTip(as_tip(self._said) if self._chosen else "")
        self.setAccessibleName(f"{self._name}: {self._said}")
        self.update()

    @property
    def _said(self) -> str:
        return plain(", ".join(self._words.get(each, each) for each in self._chosen)) or "any"

    @override
    def showPopup(self) -> None:
        self._fill()
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, box, self).width() - 4
        painter = QStylePainter(self)
        painter.drawComplexControl(control, option)
        text = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        option.currentText = text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class _StayingMenu(QMenu):
    """A menu that a click or Space leaves open, so that several can be chosen at once."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not _turn(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not _turn(self.activeAction()):
            super().keyPressEvent(event)


def _turn(action: QAction | None) -> bool:
    """Choose `action`, if it is there and a choice; whether it was."""
    if action is None or not action.isCheckable():
        return False
    action.trigger()
    return True


_WRITTEN = "yyyy-MM-dd"
_CARET = 6
"""Pixels that QLineEdit keeps free around its text, and for the caret behind it."""


class DateField(QLineEdit):
    """`2026-03-14`, `2026-03`, `yesterday`, …; `textEdited` tells of a day that was pointed at, too."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setPlaceholderText("2026-03-14")
        action = self.addAction(icons.get("chevron-down", "dim"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText("Calendar")
        action.setToolTip("Calendar  Alt+Down")
        action.setShortcut("Alt+Down")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._open)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Calendar")
        calendar = _calendar()
        written = QDate.fromString(self.text(), _WRITTEN)
        if written.isValid():
            calendar.setSelectedDate(written)
        held = QWidgetAction(menu)
        held.setDefaultWidget(calendar)
        menu.addAction(held)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(self._take)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(self._take)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.selectAll()
        self.insert(day.toString(_WRITTEN))
        self.editingFinished.emit()

    @override
    def sizeHint(self) -> QSize:
        """So wide that a whole date can be read."""
        metrics = self.fontMetrics()
        around = self.minimumSizeHint().width() - metrics.maxWidth()
        width = around + metrics.horizontalAdvance(self.placeholderText()) + _CARET
        return QSize(width, super().sizeHint().height())


def _calendar() -> QCalendarWidget:
    """A calendar in the palette's colours; Qt's own has red weekends and black arrows on any ground."""
    made = QCalendarWidget()
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(day, made.weekdayTextFormat(Qt.DayOfWeek.Monday))
    for name, arrow in (
        ("qt_calendar_prevmonth", Qt.ArrowType.LeftArrow),
        ("qt_calendar_nextmonth", Qt.ArrowType.RightArrow),
    ):
        button = made.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(QIcon())
            button.setArrowType(arrow)
    return made


class Disclosure(QWidget):
    """A name to click, and below it the rows while they are wanted."""

    def __init__(self, icons: Icons, name: str, rows: Iterable[QWidget]) -> None:
        super().__init__()
        self._icons = icons
        self._button = QToolButton()
        self._button.setText(name)
        self._button.setObjectName("advancedButton")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setProperty("disclosure", "true")
        self._button.setCheckable(True)
        self._button.toggled.connect(self._disclose)
        self._rows = QWidget()
        below = QVBoxLayout(self._rows)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        for row in rows:
            below.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rows)
        self._disclose()

    def reveal(self, widget: QWidget) -> None:
        """Unfold, if `widget` is folded away here."""
        if self._rows.isAncestorOf(widget):
            self._button.setChecked(True)

    def _disclose(self) -> None:
        shown = self._button.isChecked()
        self._button.setIcon(self._icons.get("chevron-down" if shown else "chevron-right", "dim"))
        self._rows.setVisible(shown)


def name_box(box: QComboBox, name: str, parent: QWidget) -> None:
    """Give a box of `parent` that no label stands beside a name for a screen reader.

    WORKAROUND Qt 6 on Unix (QAccessibleComboBox::text): the name of a box is its value there, and a screen
    reader learns what it is for from the label whose buddy it is.
    """
    box.setAccessibleName(name)
    label = QLabel(name, parent)
    label.setBuddy(box)
    label.hide()


def tool_button(icon: QIcon, name: str, *, side: int = 16, width: int = 0) -> QToolButton:
    """A button with an icon of `side` pixels that leaves the keyboard where it is when clicked.

    It is `width` pixels wide and high; without one, as large as the style makes it.
    """
    button = QToolButton()
    button.setIcon(icon)
    button.setIconSize(QSize(side, side))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if width:
        button.setFixedSize(width, width)
    call(button, name)
    return button


def call(button: QToolButton, name: str) -> None:
    """Give a button another name."""
    button.setAccessibleName(name)
    button.setToolTip(name)
    # A screen reader that has read the tool tip as the description is told of no other one.
    button.setAccessibleDescription(name)
