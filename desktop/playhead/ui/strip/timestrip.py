"""The strip: bars for the periods in which recordings were, to be pointed at, dragged over and zoomed."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from playhead.ui.look.announcing import announce, spoken
from playhead.ui.look.labels import as_tip
from playhead.ui.look.theme import Theme
from playhead.ui.strip.stripkeys import press
from playhead.ui.strip.strippainting import (
    missing_room,
    paint_level_name,
    paint_missing,
    paint_sentence,
    paint_strip,
)
from playhead.ui.strip.stripscale import StripScale
from playhead.ui.strip.stripsight import StripSight, Subject
from playhead.ui.wording import stripwords

_ROWS: Final = 5.5
"""Lines of letters that the whole strip is as high as."""
_NOTCH: Final = 120.0
"""Eighths of a degree of one notch of a wheel."""
_PER_NOTCH: Final = 1.25


class TimeStrip(QWidget):
    """Shows a timeline as bars, as fine as its width allows.

    What the person marks is shown at once; what they choose is signalled.
    """

    chosen = Signal(str)
    """A period to narrow to, as the value of `date:`."""
    stepped_back = Signal()
    """The last choice is to be taken back."""
    looked = Signal()
    """Other bars are shown, of other periods."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sight = StripSight()
        """State that is shown."""
        self.takes_back = False
        """Whether there is a choice to be taken back."""
        self._missing = ""
        """Sentence on what is not loaded."""
        self._pressed: int | None = None
        """The bar that the button went down on."""
        self._hovered: int | None = None
        self._sentence = ""
        self.setObjectName("timeStrip")
        self.setAccessibleName("Timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        theme.changed.connect(self.update)

    @property
    def scale(self) -> StripScale:
        """The geometry of now."""
        line = self.fontMetrics().height()
        return StripScale(self.width(), self.height(), self.sight.low, self.sight.high, line)

    def show_subject(self, subject: Subject) -> None:
        """Show another timeline; a closer look stays where it still shows anything."""
        self._look(self.sight.shown(subject, self.scale.most))

    @property
    def says_missing(self) -> bool:
        """True if there is room to say within the hatched part what is not loaded."""
        unloaded = self.sight.subject.unloaded
        if not self.sight.bars or unloaded is None:
            return False
        return missing_room(self.scale, unloaded, self._missing, self.fontMetrics()) is not None

    def show_missing(self, sentence: str) -> None:
        """Say why a part is hatched."""
        if sentence != self._missing:
            self._missing = sentence
            self.update()

    def show_sentence(self, text: str) -> None:
        """Say what stands in the place of bars, if there are none."""
        if text != self._sentence:
            self._sentence = text
            self.update()

    # ------------------------------------------------------------------------------- what is asked for

    def step(self, by: int, *, extend: bool) -> None:
        """Go so many bars on; from nowhere to the newest one with recordings."""
        sight = self.sight
        if sight.cursor is None:
            filled = [place for place, bar in enumerate(sight.bars) if bar.number]
            self._point(filled[-1] if filled else None, extend=False)
        else:
            self._point(sight.cursor + by, extend=extend)

    def go_to_end(self, place: int, *, extend: bool) -> None:
        """Go to the first bar (0) or the last (-1)."""
        self._point(place % len(self.sight.bars) if self.sight.bars else None, extend=extend)

    def turn(self, pages: int) -> None:
        """Look at what lies beside."""
        way = pages * 0.9 * (self.sight.high - self.sight.low)
        self._look(self.sight.looked(self.sight.low + way, self.sight.high + way, self.scale.most))
        self._say_view()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Look closer by `factor`, or farther if it is below 1, at a second; without one at the cursor."""
        sight = self.sight
        if not sight.bars:
            return
        low, high = sight.low, sight.high
        if at is None:
            bar = None if sight.cursor is None else sight.bars[sight.cursor]
            at = (low + high) / 2 if bar is None else (bar.start + bar.end) / 2
        before = at if sight.cursor is not None else None
        self._look(sight.looked(at - (at - low) / factor, at + (high - at) / factor, self.scale.most))
        if before is not None:
            self.sight = self.sight.pointed(self.sight.at(before))
            self.update()
        self._say_view()

    def narrow(self) -> bool:
        """Narrow to what is marked; true if anything is."""
        text = self.sight.marked_period()
        if text:
            self.sight = self.sight.pointed(None)
            self.chosen.emit(text)
        return bool(text)

    def step_back(self) -> bool:
        """Unmark, or look at the whole again, or take the last choice back; true if any of these was done."""
        sight = self.sight
        if self._pressed is not None or sight.cursor is not None:
            self._pressed = None
            self._set(sight.pointed(None))
        elif sight.zoomed:
            self._look(sight.looked(float("-inf"), float("inf"), self.scale.most))
            self._say_view()
        elif self.takes_back:
            self.stepped_back.emit()
        else:
            return False
        return True

    # -------------------------------------------------------------------------------------- its ways

    def _point(self, place: int | None, *, extend: bool) -> None:
        self._set(self.sight.pointed(place, extend=extend))
        announce(self, spoken(self.sight.said(whole=True)))

    def _set(self, sight: StripSight) -> None:
        if sight != self.sight:
            self.sight = sight
            self.update()

    def _look(self, sight: StripSight) -> None:
        self.sight = sight
        self._hovered = None
        self.update()
        self.looked.emit()

    def _say_view(self) -> None:
        sight = self.sight
        if self.hasFocus() and sight.bars:
            whole = stripwords.period(sight.grain, int(sight.low), int(sight.high), sight.subject.zone)
            announce(self, f"{stripwords.GRAINS[sight.grain]}, {whole}")

    def _place_at(self, point: QPointF) -> int | None:
        if not self.sight.bars:
            return None
        inside = min(max(0.0, point.x()), self.width() - 1.0)
        return self.sight.at(self.scale.second(inside))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        palette, scale = self._theme.palette, self.scale
        with QPainter(self) as painter:
            if self.sight.bars:
                paint_strip(painter, scale, self.sight, palette)
                paint_level_name(painter, scale, self.sight.most, palette)
                paint_missing(painter, scale, self.sight, self._missing, palette)
            if not self.sight.most:
                paint_sentence(painter, scale.area, self._sentence, palette)
            if self.hasFocus():
                painter.setPen(palette.focus)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.sight.bars:
            self._pressed = self._place_at(event.position())
            self._set(self.sight.pointed(self._pressed))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if self._pressed is not None and place is not None:
            self._set(self.sight.pointed(self._pressed).pointed(place, extend=True))
            self._show_tip(event.globalPosition(), self.sight.said())
        elif place != self._hovered:
            self._hovered = place
            if QToolTip.isVisible():
                self._show_tip(event.globalPosition(), self._tip(place))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._pressed is not None:
            self._pressed = None
            QToolTip.hideText()
            if self.sight.promising:
                self.narrow()
            else:
                self._set(self.sight.pointed(None))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if not self.sight.bars:
            event.ignore()
        elif abs(turned.x()) > abs(turned.y()):
            way = -turned.x() / _NOTCH * 0.1 * (self.sight.high - self.sight.low)
            self._look(self.sight.looked(self.sight.low + way, self.sight.high + way, self.scale.most))
        else:
            self.zoom(_PER_NOTCH ** (turned.y() / _NOTCH), self.scale.second(event.position().x()))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tip(QPointF(event.globalPos()), self._tip(self._place_at(QPointF(event.pos()))))
            return True
        return super().event(event)

    def _show_tip(self, point: QPointF, text: str) -> None:
        QToolTip.showText(point.toPoint(), as_tip(text), self)

    def _tip(self, place: int | None) -> str:
        return "" if place is None else self.sight.pointed(place).said()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press(self, event):
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        }:
            self._set(self.sight.pointed(None))
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look(self.sight.fitted(self.scale.most))

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, round(_ROWS * self.fontMetrics().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())
