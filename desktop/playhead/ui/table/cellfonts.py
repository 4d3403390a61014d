"""The fonts of the table's cells, and their texts laid out once: layout is most of what painting costs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTransform

from playhead.ui.look.labels import plain
from playhead.ui.look.theme import monospace, semibold

KEPT = 4000
"""Texts whose layout is kept: some screens of them."""


class CellFont:
    """One font and the texts that were painted in it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        """The font itself."""
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        """Pixels of a line."""
        self._texts: dict[tuple[str, int], QStaticText] = {}

    def fitted(self, text: str, width: int) -> QStaticText:
        """`text` in one plain line of at most `width` pixels, ending in `…` where there is no room for it."""
        known = self._texts.get((text, width))
        if known is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            shown = self._metrics.elidedText(plain(text), Qt.TextElideMode.ElideRight, width)
            known = QStaticText(shown)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(QTransform(), self.font)
            self._texts[(text, width)] = known
        return known


class CellFonts:
    """The fonts that cells have: the table's own, a heavier one, and one for ids."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self._fonts: dict[tuple[bool, bool], CellFont] = {}

    def of(self, base: QFont, *, mono: bool, heavy: bool) -> CellFont:
        """The font of a cell in a table whose own font is `base`."""
        if base != self._base:
            self._base = QFont(base)
            self._fonts.clear()
        if (mono, heavy) not in self._fonts:
            font = monospace() if mono else base
            self._fonts[mono, heavy] = CellFont(semibold(font) if heavy else QFont(font))
        return self._fonts[mono, heavy]
