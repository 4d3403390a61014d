"""Keys of the waveform; those of the loop are actions of the window."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from playhead.ui.waveform.sight import Sight
from playhead.ui.waveform.timescale import TimeScale
from playhead.ui.waveform.waveformranges import View

STEP: Final = 5.0
LEAP: Final = 30.0
_CLOSER: Final = 1.5
"""Factor by which a key brings closer."""
_PAGE: Final = 0.9
"""Share of what is shown by which a page moves."""


class Keyed(Protocol):
    """The waveform that has the keyboard; all seconds are those of the recording."""

    @property
    def sight(self) -> Sight:
        """State that is shown."""

    @property
    def scale(self) -> TimeScale:
        """Geometry in which it is shown."""

    def seek(self, seconds: float) -> None:
        """Play from there."""

    def look(self, view: View) -> None:
        """Show another part."""

    def zoom(self, factor: float) -> None:
        """Look closer, or farther if `factor` is below 1."""

    def choose_note(self, identifier: int) -> None:
        """Go to a note."""


Action = Callable[[Keyed], None]


def _skip(seconds: float) -> Action:
    return lambda waveform: waveform.seek(waveform.sight.played + seconds)


def _turn(pages: float) -> Action:
    def act(waveform: Keyed) -> None:
        way = pages * _PAGE * waveform.scale.span
        waveform.look(waveform.sight.view.moved(way, waveform.sight.duration))

    return act


def _zoom(factor: float) -> Action:
    return lambda waveform: waveform.zoom(factor)


def _go_to_note(by: int) -> Action:
    def act(waveform: Keyed) -> None:
        found = waveform.sight.note_beside(by)
        if found is not None:
            waveform.choose_note(found.id)

    return act


_PLAIN: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Left: _skip(-STEP),
    Qt.Key.Key_Right: _skip(STEP),
    Qt.Key.Key_Home: lambda waveform: waveform.seek(0.0),
    Qt.Key.Key_End: lambda waveform: waveform.seek(waveform.sight.duration),
}
_ZOOMED: Final[dict[Qt.Key, Action]] = {Qt.Key.Key_PageUp: _turn(-1), Qt.Key.Key_PageDown: _turn(1)}
"""Of use only where not the whole recording is shown."""
_SHIFTED: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Left: _skip(-LEAP),
    Qt.Key.Key_Right: _skip(LEAP),
}
_CONTROLLED: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Left: _go_to_note(-1),
    Qt.Key.Key_Right: _go_to_note(1),
}
# Where these stand, and whether with Shift, is another matter on every keyboard.
_ANYHOW: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Plus: _zoom(_CLOSER),
    Qt.Key.Key_Equal: _zoom(_CLOSER),
    Qt.Key.Key_Minus: _zoom(1 / _CLOSER),
    Qt.Key.Key_Underscore: _zoom(1 / _CLOSER),
}


def action_of(event: QKeyEvent, *, zoomed: bool) -> Action | None:
    """Action of a key on a waveform, of which only a part is shown if it is `zoomed`; None if it has none."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
        return None
    if key in _ANYHOW:
        return _ANYHOW[key]
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CONTROLLED.get(key)
    if held == Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(key)
    if held:
        return None
    return _PLAIN.get(key) or (_ZOOMED.get(key) if zoomed else None)
