"""A line for a date as the query language writes it, with a calendar to point at one."""

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidgetAction
from typing_extensions import override

from playhead.ui.look.icons import Icons

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
