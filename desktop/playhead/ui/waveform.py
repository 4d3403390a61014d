"""The shape of the sound: one lane per channel, a time ruler, and the playhead that can be dragged."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from playhead.core.peaks import Peaks
from playhead.ui.labels import plain
from playhead.ui.theme import Theme
from playhead.ui.timescale import HEIGHT, TimeScale
from playhead.ui.waveformdrawing import (
    HANDLE,
    bars_picture,
    hover_tip,
    paint_head,
    paint_hover,
    paint_loading,
    paint_names,
    paint_ruler,
    paint_sentence,
)
from playhead.ui.words import spoken_time

EMPTY: Final = "Nothing is playing. Choose a recording and press Enter."


class _Face(Enum):
    EMPTY = auto()
    LOADING = auto()
    FAILED = auto()
    SHAPE = auto()


class Waveform(QWidget):
    """Shows peaks as they grow, and where in them the player is; `sought` gives seconds.

    The bars are kept as two pictures, played and unplayed, so that a tick of the player only copies a strip.
    """

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = _Face.EMPTY
        self._sentence = EMPTY
        self._peaks: Peaks | None = None
        self._stated_duration = 0.0
        self._position = 0.0
        self._dragged: float | None = None
        self._hovered: int | None = None
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self._ringed = False
        """Whether the keyboard came here by itself, and its ring is drawn."""
        self.setObjectName("waveform")
        self.setAccessibleName("Waveform")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._redraw)
        self._describe()

    @property
    def sentence(self) -> str:
        """What is said in place of a shape; empty while there is one."""
        return "" if self._face is _Face.SHAPE else self._sentence

    @property
    def duration(self) -> float:
        """Seconds from the left end to the right one: as stated, or as far as the peaks reach."""
        return max(self._stated_duration, self._peaks.duration if self._peaks else 0.0)

    @property
    def position(self) -> float:
        """Seconds at which the playhead is drawn: where it is dragged to, else where the player is."""
        return self._position if self._dragged is None else self._dragged

    @property
    def shaped(self) -> bool:
        """Whether there are peaks to look at and to seek in."""
        return self._face is _Face.SHAPE

    def begin(self) -> None:
        """Forget the last recording and await another's media."""
        self._forget()
        self._show(_Face.LOADING, "")

    def show_empty(self, sentence: str = EMPTY) -> None:
        """Nothing is loaded; say what to do."""
        self._forget()
        self._show(_Face.EMPTY, sentence)

    def show_loading(self) -> None:
        """Media is on its way again; peaks that are there stay."""
        if not self.shaped:
            self._show(_Face.LOADING, "")

    def show_failed(self, sentence: str) -> None:
        """Nothing can be shown, and why."""
        self._show(_Face.FAILED, sentence)

    def show_peaks(self, peaks: Peaks) -> None:
        """Show the peaks so far; call it again as they grow."""
        self._peaks = peaks
        self._face = _Face.SHAPE
        self._redraw()
        self._describe()

    def show_duration(self, seconds: float) -> None:
        """Scale to the whole recording although only its beginning may have arrived."""
        self._stated_duration = max(0.0, seconds)
        self._redraw()
        self._describe()

    def show_position(self, seconds: float) -> None:
        """Move the playhead; cheap enough for every tick of the player."""
        if seconds == self._position:
            return
        before, whole = self._head(), int(self._position)
        self._position = max(0.0, seconds)
        after = self._head()
        if before != after:
            # In two parts: after a seek the strip between them is wide, and its bars change colour.
            self._update_strip(min(before, after), max(before, after))
        if int(self._position) != whole:
            self._describe()

    def _forget(self) -> None:
        self._peaks = None
        self._stated_duration = 0.0
        self._position = 0.0

    def _show(self, face: _Face, sentence: str) -> None:
        self._face = face
        self._sentence = plain(sentence)
        self._dragged = None
        self._redraw()
        self._describe()

    def _redraw(self) -> None:
        self._pictures = None
        self.update()

    def _describe(self) -> None:
        if self._face is _Face.LOADING:
            words = "Loading"
        elif self._face is not _Face.SHAPE:
            words = self._sentence
        else:
            words = f"Position {spoken_time(self.position)} of {spoken_time(self.duration)}"
        self.setAccessibleDescription(words)

    def _seek(self, seconds: float) -> None:
        if self._face is _Face.SHAPE and self.duration > 0:
            wanted = min(max(0.0, seconds), self.duration)
            self.show_position(wanted)
            self.sought.emit(wanted)

    @property
    def _scale(self) -> TimeScale:
        channels = len(self._peaks.channels) if self._peaks is not None else 2
        return TimeScale(self.width(), self.duration, channels)

    def _head(self) -> int:
        return self._scale.x(self.position)

    def _update_strip(self, left: int, right: int) -> None:
        self.update(left - HANDLE - 2, 0, right - left + 2 * HANDLE + 4, self.height())

    # ------------------------------------------------------------------------------------ painting

    def _paint_shape(self, painter: QPainter, peaks: Peaks, clip: QRect) -> None:
        scale, palette, ratio = self._scale, self._theme.palette, self.devicePixelRatioF()
        if self._pictures is None or self._pictures[0].devicePixelRatio() != ratio:
            unplayed_colors = (palette.left_unplayed, palette.right_unplayed)
            self._pictures = (
                bars_picture(scale, palette, peaks, (palette.accent, palette.right), ratio),
                bars_picture(scale, palette, peaks, unplayed_colors, ratio),
            )
        area, head = scale.area, self._head()
        played, unplayed = self._pictures
        painter.save()
        painter.setClipRect(clip & QRect(0, 0, head, self.height()))
        painter.drawPixmap(area.topLeft(), played)
        painter.setClipRect(clip & QRect(head, 0, self.width() - head, self.height()))
        painter.drawPixmap(area.topLeft(), unplayed)
        painter.restore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        scale, palette = self._scale, self._theme.palette
        if self._face is _Face.LOADING:
            paint_loading(painter, scale.area, palette)
        elif self._face is not _Face.SHAPE or self._peaks is None:
            color = palette.bad if self._face is _Face.FAILED else palette.dim
            paint_sentence(painter, scale.area, palette, self._sentence, color)
        else:
            self._paint_shape(painter, self._peaks, event.rect())
            paint_names(painter, scale, palette, self.font())
            paint_ruler(painter, scale, palette, self.font())
            if self._hovered is not None:
                paint_hover(painter, scale, palette, self.font(), self._hovered)
            paint_head(painter, scale, palette, self._head())
        if self._ringed:
            painter.setPen(palette.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(scale.area).adjusted(-2.5, -2.5, 1.5, 1.5), 6, 6)

    # -------------------------------------------------------------------------------- mouse and keys

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._face is _Face.SHAPE and self.duration > 0:
            self._drag_to(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._drag_to(event.position().x())
        self._hover_at(round(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._dragged is not None:
            wanted, self._dragged = self._dragged, None
            self._seek(wanted)
            self.update()

    def _drag_to(self, x: float) -> None:
        before = self._head()
        self._dragged = self._scale.seconds(x)
        after = self._head()
        self._update_strip(min(before, after), max(before, after))
        self._describe()

    def _hover_at(self, x: int | None) -> None:
        area = self._scale.area
        inside = self._face is _Face.SHAPE and x is not None and area.left() <= x <= area.right()
        before, self._hovered = self._hovered, x if inside else None
        for place in (before, self._hovered):
            if place is not None:
                self.update(
                    hover_tip(self._scale, self.font(), place)
                    .united(QRect(place, 0, 1, self.height()))
                    .adjusted(-1, -1, 1, 1)
                )

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover_at(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = 30.0 if far else 5.0
        match event.key():
            case Qt.Key.Key_Left:
                self._seek(self._position - step)
            case Qt.Key.Key_Right:
                self._seek(self._position + step)
            case Qt.Key.Key_Home:
                self._seek(0.0)
            case Qt.Key.Key_End:
                self._seek(self.duration)
            case _:
                super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())
