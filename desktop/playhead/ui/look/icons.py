"""Playhead's own icons: drawings in one colour that take the palette's, sharp at every scale."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from playhead.ui.look.palette import Palette
from playhead.ui.look.theme import Theme


class Tint(StrEnum):
    """Colour of the palette that an icon takes."""

    TEXT = "text"
    DIM = "dim"
    ACCENT = "accent"
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    ON_ACCENT = "on_accent"

    def of(self, palette: Palette) -> QColor:
        """That colour in `palette`."""
        color: QColor = getattr(palette, self.value)
        return color


class Icons:
    """Gives the icons in `folder` (`play.svg`, …) by name.

    An icon is asked for once and follows the theme from then on: it looks at the palette whenever it is
    painted. Drawings use `currentColor`. One that is missing is an empty icon.
    """

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._drawings: dict[str, bytes | None] = {}
        self._icons: dict[tuple[str, Tint], QIcon] = {}
        self._keeper = QObject()

    def get(self, name: str, role: Tint | str = Tint.TEXT) -> QIcon:
        """The icon called `name`, tinted by `role` (`text dim accent good attention bad on_accent`)."""
        tint = Tint(role)
        if (name, tint) not in self._icons:
            drawing = self._drawing(name)
            self._icons[name, tint] = QIcon() if drawing is None else self._drawn(drawing, tint)
        return self._icons[name, tint]

    def pixmap(
        self, name: str, role: Tint | str = Tint.TEXT, *, size: int = 16, ratio: float = 1.0
    ) -> QPixmap:
        """The icon as a picture of `size` pixels for a screen of `ratio`; empty if it is missing."""
        return self.get(name, role).pixmap(QSize(size, size), ratio)

    def _drawn(self, drawing: bytes, tint: Tint) -> QIcon:
        engine = _Engine(drawing, tint, self._theme)
        # WORKAROUND PySide6 6.11: an icon and its engine that become garbage in one cycle are both asked to
        # destroy the engine, which ends the process. A reference that the collector cannot follow keeps the
        # engine out of the garbage until the icon is gone.
        self._keeper.destroyed.connect(lambda _gone=None, _engine=engine: None)
        return QIcon(engine)

    def _drawing(self, name: str) -> bytes | None:
        if name not in self._drawings:
            try:
                self._drawings[name] = (self._folder / f"{name}.svg").read_bytes()
            except OSError:
                self._drawings[name] = None
        return self._drawings[name]


class IconLabel(QWidget):
    """An icon that stands by itself, `size` pixels wide and high; it follows the theme, too."""

    def __init__(self, icon: QIcon, *, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon: QIcon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        with QPainter(self) as painter:
            self._icon.paint(painter, self.rect(), Qt.AlignmentFlag.AlignCenter, mode)


class _Engine(QIconEngine):
    """Draws one drawing in one tint; keeps each picture it has made."""

    def __init__(self, drawing: bytes, tint: Tint, theme: Theme) -> None:
        super().__init__()
        self._drawing = drawing
        self._tint = tint
        self._theme = theme
        self._pictures: dict[tuple[int, int, str], QPixmap] = {}

    def _picture(self, width: int, height: int, mode: QIcon.Mode) -> QPixmap:
        palette = self._theme.palette
        color = (palette.disabled if mode is QIcon.Mode.Disabled else self._tint.of(palette)).name()
        key = (width, height, color)
        if key not in self._pictures:
            picture = QPixmap(width, height)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            tinted = self._drawing.replace(b"currentColor", color.encode())
            QSvgRenderer(QByteArray(tinted)).render(painter, _square(width, height))
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        width, height = (max(1, round(side * scale)) for side in (size.width(), size.height()))
        picture = QPixmap(self._picture(width, height, mode))
        picture.setDevicePixelRatio(scale)
        return picture

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._drawing, self._tint, self._theme)


def _square(width: int, height: int) -> QRectF:
    side = min(width, height)
    return QRectF((width - side) / 2, (height - side) / 2, side, side)
