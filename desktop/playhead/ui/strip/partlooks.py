"""Looks of the parts of a timeline: colours that differ in brightness and in their stripes as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from playhead.core.timeline.timeline import FAULTY, FINE, REST, Split
from playhead.ui.look.palette import Palette, mix


@dataclass(frozen=True, slots=True)
class PartLook:
    """A colour, and how it is striped, by which it is told without the colour."""

    colour: QColor
    drawn: int = 0
    """Pixels of each stripe; 0 if there are none."""
    left: int = 0
    """Pixels between two."""

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """Fill a rectangle."""
        if not self.drawn:
            painter.fillRect(room, self.colour)
            return
        painter.fillRect(room, _faint(self.colour))
        bottom, step = room.bottom(), self.drawn + self.left
        while bottom > room.top():
            top = max(room.top(), bottom - self.drawn)
            painter.fillRect(QRectF(room.left(), top, room.width(), bottom - top), self.colour)
            bottom -= step


_FAINT: Final = 0.68


def _faint(colour: QColor) -> QColor:
    fainter = QColor(colour)
    fainter.setAlphaF(_FAINT)
    return fainter


def looks(split: Split, names: Sequence[str], palette: Palette) -> tuple[PartLook, ...]:
    """The looks of the parts of these names, in their order."""
    rest = PartLook(mix(palette.dim, palette.ground, 0.35))
    if split is Split.HEALTH:
        known = {FAULTY: PartLook(palette.bad, 2, 1), FINE: PartLook(palette.good), REST: rest}
        return tuple(known[name] for name in names)
    colours = (
        PartLook(palette.accent),
        PartLook(palette.right, 2, 1),
        PartLook(palette.good, 1, 1),
        PartLook(palette.text, 1, 2),
    )
    return tuple(rest if name == REST else colours[place] for place, name in enumerate(names))
