"""Marks over lanes of sound where it is clipped, damaged or breaks off, each with a shape of its own."""

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from playhead.core.health.faults import Fault, FaultKind
from playhead.ui.look.palette import Palette

_STRIP: Final = 3.0
"""Points of the strip at the upper edge of a lane that clips."""
_NARROWEST: Final = 3.0
_TOOTH: Final = 4.0
"""Points of a tooth of the torn edge."""
_REACH: Final = 4
"""Points beside a mark at which it is still meant."""


class Lanes(Protocol):
    """Geometry of lanes that are looked at: pixels of their seconds."""

    @property
    def area(self) -> QRect:
        """All of them."""

    @property
    def lanes(self) -> tuple[QRect, ...]:
        """Each of them."""

    def x(self, seconds: float) -> float:
        """The point of a moment."""

    def shows(self, seconds: float) -> bool:
        """True if a moment is between the two ends."""


def paint_faults(painter: QPainter, scale: Lanes, palette: Palette, faults: Sequence[Fault]) -> None:
    """The marks of all faults that are in sight."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(scale.area, Qt.ClipOperation.IntersectClip)
    for fault in faults:
        stretch = _stretch(scale, fault)
        if stretch.right() < scale.area.left() or stretch.left() > scale.area.right() + 1:
            continue
        match fault.kind:
            case FaultKind.CLIPPED:
                _paint_clipped(painter, scale, palette, fault, stretch)
            case FaultKind.DAMAGED:
                _paint_damaged(painter, palette, stretch)
            case FaultKind.ENDS:
                _paint_torn(painter, scale, palette, scale.x(fault.start))
    painter.restore()


def fault_at(scale: Lanes, faults: Sequence[Fault], x: float) -> Fault | None:
    """The fault whose mark is at a point from the left, the shortest if there are several."""
    there = [
        fault
        for fault in faults
        if _stretch(scale, fault).left() - _REACH <= x <= _stretch(scale, fault).right() + _REACH
    ]
    return min(there, key=lambda fault: fault.end - fault.start, default=None)


def _stretch(scale: Lanes, fault: Fault) -> QRectF:
    area = scale.area
    left, right = scale.x(fault.start), scale.x(fault.end)
    width = max(_NARROWEST, right - left)
    return QRectF(min(left, max(left, area.right() + 1 - width)), area.top(), width, area.height())


def _paint_clipped(painter: QPainter, scale: Lanes, palette: Palette, fault: Fault, stretch: QRectF) -> None:
    """A bar along the upper edge of the lane, as if its waves were cut off there."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.bad)
    for channel, lane in enumerate(scale.lanes):
        if not fault.channels or channel in fault.channels:
            painter.drawRect(QRectF(stretch.left(), lane.top(), stretch.width(), _STRIP))


def _paint_damaged(painter: QPainter, palette: Palette, stretch: QRectF) -> None:
    """Hatching through all lanes, between two lines."""
    painter.fillRect(stretch, QBrush(palette.bad, Qt.BrushStyle.BDiagPattern))
    for x in (stretch.left(), stretch.right() - 1):
        painter.fillRect(QRectF(x, stretch.top(), 1, stretch.height()), palette.bad)


def _paint_torn(painter: QPainter, scale: Lanes, palette: Palette, x: float) -> None:
    """A torn edge: the sound goes no further."""
    area = scale.area
    edge = min(x, area.right() + 1.0) - 1
    teeth = QPolygonF()
    y, out = float(area.top()), False
    while y <= area.bottom() + 1 + _TOOTH:
        teeth.append(QPointF(edge - (_TOOTH if out else 0), y))
        y, out = y + _TOOTH, not out
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.bad, 2))
    painter.drawPolyline(teeth)
