"""What of a waveform is under the pointer, and what dragging it makes of the loop."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt

from playhead.ui.waveform.loop import Loop
from playhead.ui.waveform.timescale import TimeScale

_REACH: Final = 4
"""Points beside a line at which it can still be taken."""
_STILL: Final = 3
"""Points that a hand moves while it clicks."""


class Grip(Enum):
    """What a press of the left button takes hold of."""

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
    """What is under a point: an end of the loop, the overview, the ruler, else the lanes."""
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
