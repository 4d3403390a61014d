"""Picture of the loudness of a recording over time, in which one can go to a moment."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from playhead.core.figures import clock
from playhead.core.health.faults import Fault
from playhead.core.health.healthlimits import LevelLimits
from playhead.core.health.soundcourse import NOTHING, SoundCourse, lufs
from playhead.ui.inspector.loudnessdrawing import (
    HEIGHT,
    LoudnessScale,
    levels_at,
    paint_cursor,
    paint_limits,
    paint_loudness,
    paint_names,
    paint_times,
)
from playhead.ui.look.announcing import announce
from playhead.ui.look.theme import Theme
from playhead.ui.waveform.faultmarks import fault_at, paint_faults
from playhead.ui.wording import faultwords
from playhead.ui.wording.healthwords import share
from playhead.ui.wording.words import spoken_time

_STEPS: Final = 40
"""Steps that a key takes from one end to the other."""
_LEAST_STEP: Final = 0.5
_KEYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LoudnessPicture(QWidget):
    """Lanes with the loudness of each channel, the limits that it is judged by, and marks at faults.

    A click goes to a moment; so does Enter, where the arrow keys have come to. What can be seen is said in
    words as its description.
    """

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._course = SoundCourse((), ())
        self._seconds = 0.0
        self._limits = LevelLimits(quiet=0.0, loud=0.0)
        self._faults: tuple[Fault, ...] = ()
        self._playing: float | None = None
        self._at: float | None = None
        """The moment under the pointer, or to which keys have come."""
        self.setObjectName("loudnessPicture")
        self.setAccessibleName("Loudness over time")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def scale(self) -> LoudnessScale:
        """The geometry of now."""
        return LoudnessScale(self.width(), self._seconds, len(self._course.loudness))

    def show_course(
        self, course: SoundCourse, seconds: float, limits: LevelLimits, faults: tuple[Fault, ...]
    ) -> None:
        """Show a recording of so many seconds, which is judged by these limits."""
        self._course, self._seconds, self._limits, self._faults = course, seconds, limits, faults
        self._at = None
        self.setAccessibleDescription(self._words())
        self.update()

    def show_position(self, seconds: float | None) -> None:
        """Show the moment that is heard; None while another recording plays, or none."""
        before, self._playing = self._playing, seconds
        places = [None if each is None else round(self.scale.x(each)) for each in (before, seconds)]
        if places[0] != places[1]:
            self.update()

    def _words(self) -> str:
        quiet, loud = self._limits.quiet, self._limits.loud
        sides = [_side(line, name) for line, name in zip(self._course.loudness, self._names, strict=True)]
        told = [*sides, f"Limits {quiet:g} and {loud:g} LUFS", faultwords.faults(self._faults)]
        return ". ".join(part for part in told if part)

    @property
    def _names(self) -> Sequence[str]:
        return faultwords.SIDES if len(self._course.loudness) > 1 else ("",)[: len(self._course.loudness)]

    def _moment(self, seconds: float) -> str:
        """Description of a moment: `1:02 · left -23.5 LUFS · right silent · clipped on the left`."""
        levels = levels_at(self._course, seconds)
        told = [
            f"{name} {'silent' if level is None else f'{level:.0f} LUFS'}".strip()
            for name, level in zip(self._names, levels, strict=True)
        ]
        fault = fault_at(self.scale, self._faults, self.scale.x(seconds))
        return " · ".join([clock(seconds), *told, *([faultwords.fault(fault)] if fault else [])])

    # ---------------------------------------------------------------------------------------- its ways

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        scale, palette = self.scale, self._theme.palette
        with QPainter(self) as painter:
            paint_loudness(painter, scale, palette, self._course)
            paint_limits(painter, scale, palette, self._limits, self.font())
            paint_faults(painter, scale, palette, self._faults)
            paint_names(painter, scale, palette, self.font())
            paint_times(painter, scale, palette, self.font())
            if self._playing is not None:
                paint_cursor(painter, scale, palette, self._playing, strong=True)
            if self._at is not None:
                paint_cursor(painter, scale, palette, self._at, strong=False)
            if self.hasFocus():
                painter.setPen(palette.focus)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._seconds > 0:
            self.sought.emit(self.scale.at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self.scale.at(event.position().x()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._go(None)
        super().focusOutEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._moment(self.scale.at(event.pos().x())), self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        here = self._at if self._at is not None else self._playing or 0.0
        if plain and key in _KEYS:
            self._say(here + _KEYS[key] * max(_LEAST_STEP, self._seconds / _STEPS))
        elif plain and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._say(0.0 if key == Qt.Key.Key_Home else self._seconds)
        elif plain and key in _ENTER and self._seconds > 0:
            self.sought.emit(here)
        else:
            event.ignore()

    def _say(self, seconds: float) -> None:
        self._go(min(max(0.0, seconds), self._seconds))
        if self._at is not None:
            announce(self, self._moment(self._at).replace(" · ", ", "))

    def _go(self, seconds: float | None) -> None:
        if seconds != self._at:
            self._at = seconds
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)


def _side(line: bytes, name: str) -> str:
    """The course of one channel in words."""
    heard = [level for level in line if level != NOTHING]
    if not heard:
        return f"{name} silent".strip().capitalize()
    loudest = min(heard)
    middle = lufs(sorted(heard)[len(heard) // 2])
    when = spoken_time(line.index(loudest) / 2)
    told = [f"mostly {middle:.0f} LUFS", f"loudest {lufs(loudest):.0f} LUFS at {when}"]
    if silent := line.count(NOTHING):
        told.append(f"silent {share(silent / len(line))}")
    return f"{name.capitalize()} {', '.join(told)}".strip()
