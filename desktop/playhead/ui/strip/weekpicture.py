"""Picture of the week: a field for each hour of each day, the darker the more recordings began in it."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from playhead.core.timeline.weeks import HOURS, Week
from playhead.ui.look.announcing import announce
from playhead.ui.look.palette import Palette, mix
from playhead.ui.look.theme import Theme
from playhead.ui.strip.strippainting import paint_sentence
from playhead.ui.wording import stripwords
from playhead.ui.wording.words import DAYS

_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEAST: Final = 0.12
"""Share of the colour of a field with a single recording."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_GAP: Final = 8


class WeekPicture(QWidget):
    """Shows seven rows of 24 fields; one that is chosen is signalled."""

    chosen = Signal(int, int)
    """A day of the week, from Monday 0 on, and an hour."""
    stepped_back = Signal()
    """The last choice is to be taken back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.week = Week()
        """Numbers that are shown."""
        self.place: tuple[int, int] | None = None
        """Day and hour that the keys or the pointer have come to."""
        self.takes_back = False
        """Whether there is a choice to be taken back."""
        self._sentence = ""
        self.setObjectName("weekPicture")
        self.setAccessibleName("Hours of the week")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_week(self, week: Week) -> None:
        """Show other numbers."""
        self.week = week
        self.update()

    def show_sentence(self, text: str) -> None:
        """Say what stands in the place of the fields, if there is nothing to count."""
        self._sentence = text
        self.update()

    def field(self, day: int, hour: int) -> QRect:
        """Rectangle of an hour."""
        area = self._area
        left = area.left() + hour * area.width() // HOURS
        right = area.left() + (hour + 1) * area.width() // HOURS
        top, bottom = (area.top() + each * area.height() // 7 for each in (day, day + 1))
        return QRect(left, top, right - left - 1, bottom - top - 1)

    @property
    def _area(self) -> QRect:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("Wed") + _GAP
        return QRect(left, 2, max(HOURS, self.width() - left - 2), self.height() - metrics.height() - 4)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        area = self._area
        if not area.contains(point.toPoint()):
            return None
        day = int((point.y() - area.top()) * 7 / area.height())
        hour = int((point.x() - area.left()) * HOURS / area.width())
        return min(6, day), min(HOURS - 1, hour)

    def _words(self, place: tuple[int, int]) -> str:
        return stripwords.hour(*place, self.week.cells[place[0]][place[1]])

    def _go(self, place: tuple[int, int] | None) -> None:
        if place != self.place:
            self.place = place
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        with QPainter(self) as painter:
            if self.week.number:
                self._paint(painter, palette)
            else:
                paint_sentence(painter, self._area, self._sentence, palette)
            if self.hasFocus():
                painter.setPen(palette.focus)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint(self, painter: QPainter, palette: Palette) -> None:
        area, most = self._area, self.week.most
        faint = mix(palette.ground, palette.text, 0.05)
        for day, row in enumerate(self.week.cells):
            for hour, value in enumerate(row):
                share = _LEAST + (1 - _LEAST) * value / most if value else 0.0
                painter.fillRect(self.field(day, hour), mix(faint, palette.accent, share) if value else faint)
        self._paint_names(painter, area, palette)
        if self.place is not None:
            painter.setPen(palette.text)
            painter.drawRect(self.field(*self.place).adjusted(0, 0, -1, -1))

    def _paint_names(self, painter: QPainter, area: QRect, palette: Palette) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(palette.dim)
        every = 1 if area.height() >= 7 * metrics.ascent() else 2
        for day in range(0, 7, every):
            field = self.field(day, 0)
            middle = QRect(2, field.center().y() - metrics.height() // 2, area.left(), metrics.height())
            painter.drawText(middle, _LEFT, DAYS[day][:3])
        wide = metrics.horizontalAdvance("22:00") + _GAP
        step = next((each for each in (1, 2, 3, 6) if area.width() * each / HOURS > wide), 12)
        for hour in range(0, HOURS, step):
            room = QRect(self.field(0, hour).left(), area.bottom() + 2, wide, metrics.height())
            painter.drawText(room, _LEFT, f"{hour:02}:00")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self._at(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place is not None and self.week.number:
            self.chosen.emit(*place)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else self._words(place), self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        day, hour = self.place or self._busiest
        if plain and key in _STEPS:
            by = _STEPS[key] if self.place is not None else (0, 0)
            self._say(min(6, max(0, day + by[0])), min(HOURS - 1, max(0, hour + by[1])))
        elif plain and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._say(day, 0 if key == Qt.Key.Key_Home else HOURS - 1)
        elif plain and key in _ENTER and self.place is not None:
            self._go(None)
            self.chosen.emit(day, hour)
        elif plain and key == Qt.Key.Key_Escape and self.place is not None:
            self._go(None)
        elif plain and key == Qt.Key.Key_Escape and self.takes_back:
            self.stepped_back.emit()
        else:
            event.ignore()

    @property
    def _busiest(self) -> tuple[int, int]:
        cells = self.week.cells
        places = [(day, hour) for day in range(7) for hour in range(HOURS)]
        return max(places, key=lambda place: cells[place[0]][place[1]])

    def _say(self, day: int, hour: int) -> None:
        self._go((day, hour))
        announce(self, self._words((day, hour)))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go(None)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, round(5.5 * self.fontMetrics().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())
