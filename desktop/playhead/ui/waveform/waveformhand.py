"""Mouse and wheel on a waveform: what is under the pointer, and what dragging it does."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from playhead.core.figures import clock
from playhead.ui.look.labels import as_tip
from playhead.ui.waveform.faultmarks import fault_at
from playhead.ui.waveform.sight import Sight
from playhead.ui.waveform.timescale import TimeScale
from playhead.ui.waveform.waveformmarks import pin_at, said_at
from playhead.ui.waveform.waveformranges import Loop, View
from playhead.ui.wording import faultwords

_RULER_TIP: Final = "Drag to mark A–B · double click to see the whole recording"
_NOTCH: Final = 120.0
"""Eighths of a degree that a wheel reports for one of its notches."""
_CLOSER: Final = 1.25
"""Factor by which a notch brings closer."""
_ALONG: Final = 0.1
"""Share of what is shown by which a notch moves."""
_REACH: Final = 4
"""Points beside a line at which it can still be taken."""
_STILL: Final = 3
"""Points that a hand moves while it clicks."""


class Grip(Enum):
    """Part that a press of the left button takes hold of."""

    LANES = auto()
    RULER = auto()
    OVERVIEW = auto()
    START = auto()
    END = auto()


_CURSORS: Final = {
    Grip.LANES: Qt.CursorShape.ArrowCursor,
    Grip.RULER: Qt.CursorShape.IBeamCursor,
    Grip.OVERVIEW: Qt.CursorShape.OpenHandCursor,
    Grip.START: Qt.CursorShape.SizeHorCursor,
    Grip.END: Qt.CursorShape.SizeHorCursor,
}


def cursor_of(grip: Grip) -> Qt.CursorShape:
    """The shape of the pointer over it."""
    return _CURSORS[grip]


def grip_at(scale: TimeScale, loop: Loop, x: float, y: float) -> Grip:
    """The part under a point: an end of the loop, the overview, the ruler, else the lanes."""
    if y >= scale.ruler.bottom() and scale.zoomed:
        return Grip.OVERVIEW
    if y >= scale.ruler.top() - 2:
        return Grip.RULER
    ends = [
        (abs(scale.x(seconds) - x), grip)
        for seconds, grip in ((loop.start, Grip.START), (loop.end, Grip.END))
        if seconds is not None and scale.shows(seconds)
    ]
    distance, grip = min(ends, key=lambda end: end[0], default=(_REACH + 1.0, Grip.LANES))
    return grip if distance <= _REACH else Grip.LANES


@dataclass(slots=True)
class Drag:
    """A button held down since point `origin`: on what, at which second now, and the loop of before."""

    grip: Grip
    button: Qt.MouseButton
    origin: float
    at: float
    loop: Loop
    begun: float = -1.0
    """The second at which it began."""

    def __post_init__(self) -> None:
        self.begun = self.at

    def loop_at(self, x: float) -> Loop:
        """The loop, were the button let go at point `x`; as it was while the hand has hardly moved."""
        if abs(x - self.origin) <= _STILL:
            return self.loop
        fixed = self.begun
        if self.grip is Grip.START:
            fixed = self.at if self.loop.end is None else self.loop.end
        elif self.grip is Grip.END and self.loop.start is not None:
            fixed = self.loop.start
        if self.grip is Grip.START and self.loop.end is None:
            return Loop(start=self.at)
        made = Loop.between(fixed, self.at)
        return made if made.pair else self.loop


class Handled(Protocol):
    """The waveform that a hand is in; all seconds are those of the recording."""

    @property
    def sight(self) -> Sight:
        """State that is shown."""

    @property
    def scale(self) -> TimeScale:
        """Geometry in which it is shown."""

    def look(self, view: View) -> None:
        """Show another part."""

    def seek(self, seconds: float) -> None:
        """Play from there."""

    def drag_head(self, seconds: float) -> None:
        """Show the playhead there until it is let go."""

    def drag_loop(self, loop: Loop) -> None:
        """Show a range that is not chosen yet."""

    def choose_loop(self, loop: Loop) -> None:
        """Take a range."""

    def choose_note(self, identifier: int) -> None:
        """Go to a note."""


class Hand:
    """Presses, drags and turns the wheel on a waveform that shows something."""

    def __init__(self, waveform: Handled) -> None:
        self._waveform = waveform
        self._drag: Drag | None = None

    @property
    def holds(self) -> bool:
        """True while a button is held down on something."""
        return self._drag is not None

    def let_go(self) -> None:
        """Forget what was held: it is gone."""
        self._drag = None

    def press(self, event: QMouseEvent) -> None:
        """Take hold of what is under the pointer."""
        x, y = event.position().x(), event.position().y()
        waveform, left = self._waveform, event.button() is Qt.MouseButton.LeftButton
        scale, sight = waveform.scale, waveform.sight
        pin = pin_at(scale, sight.pins, x, y)
        marks = event.button() is Qt.MouseButton.RightButton
        marks = marks or (left and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        if self._drag is not None or not (left or marks):
            return
        if pin is not None and not marks:
            waveform.choose_note(pin.id)
            return
        grip = Grip.RULER if marks else grip_at(scale, sight.loop, x, y)
        self._drag = Drag(grip, event.button(), x, scale.seconds(x), sight.loop)
        self.move(event)

    def move(self, event: QMouseEvent) -> None:
        """Draw along what is held."""
        drag, waveform, x = self._drag, self._waveform, event.position().x()
        if drag is None:
            return
        scale, sight = waveform.scale, waveform.sight
        drag.at = scale.seconds(x)
        match drag.grip:
            case Grip.LANES:
                waveform.drag_head(drag.at)
            case Grip.OVERVIEW:
                wanted = scale.overview_seconds(x) - scale.span / 2
                waveform.look(sight.view.moved(wanted - scale.first, sight.duration))
            case _:
                waveform.drag_loop(drag.loop_at(x))

    def release(self, event: QMouseEvent) -> None:
        """Choose what was drawn to here."""
        drag, waveform = self._drag, self._waveform
        if drag is None or event.button() is not drag.button:
            return
        self._drag = None
        marked = waveform.sight.loop
        if drag.grip is Grip.LANES:
            waveform.seek(drag.at)
        elif marked != drag.loop:
            waveform.drag_loop(drag.loop)
            waveform.choose_loop(marked)

    def press_twice(self, event: QMouseEvent) -> None:
        """Show the whole, if it is the ruler or the overview; else it is a press like another."""
        place = event.position()
        if grip_at(self._waveform.scale, Loop(), place.x(), place.y()) in {Grip.RULER, Grip.OVERVIEW}:
            self._waveform.look(View())
        else:
            self.press(event)

    def turn(self, event: QWheelEvent) -> None:
        """Look closer at what is under the pointer, or move along."""
        waveform, turned = self._waveform, event.angleDelta()
        scale, sight = waveform.scale, waveform.sight
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        along = turned.x() or (turned.y() if shifted else 0)
        if along and abs(along) >= abs(turned.y()):
            way = -along / _NOTCH * _ALONG * scale.span
            waveform.look(sight.view.moved(way, sight.duration))
        elif turned.y():
            at = scale.seconds(event.position().x())
            waveform.look(sight.view.zoomed_by(_CLOSER ** (turned.y() / _NOTCH), at, sight.duration))

    def cursor_at(self, place: QPointF) -> Qt.CursorShape:
        """Shape of the pointer, by which one sees what can be taken hold of."""
        scale, sight = self._waveform.scale, self._waveform.sight
        if pin_at(scale, sight.pins, place.x(), place.y()) is not None:
            return Qt.CursorShape.PointingHandCursor
        return cursor_of(grip_at(scale, sight.loop, place.x(), place.y()))

    def tip_at(self, place: QPointF) -> str:
        """Sentence about the part under the pointer; empty if there is none."""
        scale, sight = self._waveform.scale, self._waveform.sight
        pin = pin_at(scale, sight.pins, place.x(), place.y())
        if pin is not None:
            return as_tip(f"{clock(pin.seconds)} · {pin.text}")
        if scale.area.contains(place.toPoint()):
            said = said_at(scale, sight.said, place.x())
            if said is not None:
                return as_tip(f"{clock(said.seconds)} · {said.text}")
            fault = fault_at(scale, sight.faults, place.x())
            return "" if fault is None else faultwords.fault(fault).capitalize()
        return _RULER_TIP if grip_at(scale, sight.loop, place.x(), place.y()) is Grip.RULER else ""
