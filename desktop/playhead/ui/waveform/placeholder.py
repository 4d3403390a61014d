"""What stands in the place of a waveform while there is no shape to show."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from playhead.ui.look.palette import Palette


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
