"""Painting of a waveform: all of it, or only what has changed; or a sentence in its place."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap, QRegion

from playhead.ui.look.palette import Palette
from playhead.ui.waveform.faultmarks import paint_faults
from playhead.ui.waveform.sight import Sight
from playhead.ui.waveform.timescale import TimeScale
from playhead.ui.waveform.waveformdrawing import (
    HANDLE,
    hover_tip,
    lane_pictures,
    paint_head,
    paint_hover,
    paint_lanes,
    paint_names,
    paint_ruler,
)
from playhead.ui.waveform.waveformmarks import (
    paint_heard,
    paint_loop,
    paint_overview,
    paint_pins,
    paint_said,
    paint_shade,
)


class WaveformPainting:
    """Keeps the lanes as two pictures, played and unplayed, until it is told that they are out of date."""

    def __init__(self) -> None:
        self._pictures: tuple[QPixmap, QPixmap] | None = None

    def forget(self) -> None:
        """The lanes look different from now on."""
        self._pictures = None

    def paint(
        self,
        painter: QPainter,
        region: QRegion,
        scale: TimeScale,
        sight: Sight,
        palette: Palette,
        font: QFont,
    ) -> None:
        """Paint what lies in `region`."""
        loop = sight.loop
        if self._pictures is None or self._pictures[0].devicePixelRatio() != scale.ratio:
            self._pictures = lane_pictures(scale, palette, sight.outline, sight.silences)
        head = scale.x(sight.position)
        paint_lanes(painter, scale, self._pictures, head)
        paint_shade(painter, scale, palette, loop)
        paint_faults(painter, scale, palette, sight.faults)
        if region.intersects(scale.heard):
            paint_heard(painter, scale, palette, sight.heard)
        if region.boundingRect().left() < scale.area.left():
            paint_names(painter, scale, palette, font)
        if region.intersects(scale.ruler):
            paint_ruler(painter, scale, palette, font, region)
        paint_loop(painter, scale, palette, font, loop)
        paint_said(painter, scale, palette, sight.said)
        paint_pins(painter, scale, palette, sight.pins)
        if sight.hovered is not None:
            paint_hover(painter, scale, palette, font, sight.hovered)
        if scale.shows(min(sight.position, scale.duration)):
            paint_head(painter, scale, palette, head)
        if scale.zoomed:
            paint_overview(painter, scale, palette, loop, sight.position)


def head_region(scale: TimeScale, old: float, new: float) -> QRegion:
    """Region that changes when the playhead goes from one second to another."""
    before, after = scale.x(old), scale.x(new)
    region = QRegion()
    if before != after:
        left, right = int(min(before, after)) - HANDLE - 2, int(max(before, after)) + HANDLE + 3
        region += QRect(left, 0, right - left, scale.ruler.top() + 2)
    if scale.zoomed:
        strip = scale.overview
        for x in {int(scale.overview_x(old)), int(scale.overview_x(new))}:
            region += QRect(x - 2, strip.top() - 3, 5, strip.height() + 6)
    return region


def hover_region(scale: TimeScale, font: QFont, x: int) -> QRegion:
    """Region of the thin line under the pointer and its time."""
    tip = hover_tip(scale, font, x)
    return QRegion(tip.united(QRect(x, 0, 1, scale.ruler.top())).adjusted(-1, -1, 1, 1))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A sentence, of something that went wrong if it `failed`; or a sign that media is on its way."""

    sentence: str
    failed: bool = False
    loading: bool = False

    @property
    def words(self) -> str:
        """All of it for a screen reader."""
        return "Loading" if self.loading else self.sentence

    def paint(self, painter: QPainter, area: QRect, palette: Palette) -> None:
        """Paint it where the lanes would be."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.lane)
        painter.drawRoundedRect(area, 6, 6)
        text = "Loading…" if self.loading else self.sentence
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 32)
        painter.setPen(palette.bad if self.failed else palette.dim)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
        if self.loading:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.line)
            painter.drawRoundedRect(
                QRect(area.left() + 16, area.center().y() + 20, area.width() - 32, 2), 1, 1
            )


LOADING: Final = Placeholder("", loading=True)
