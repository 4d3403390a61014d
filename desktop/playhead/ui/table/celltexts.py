"""Texts of cells, laid out once in their font: layout is most of what painting costs."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTextLayout, QTransform

from playhead.core.finding.marking import Marking, Parts
from playhead.core.finding.query import EVERYTHING
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import moved, readable
from playhead.ui.look.theme import monospace, semibold

KEPT = 4000
"""Texts whose layout is kept: some screens of them."""
_SMALLER = 2
"""Pixels by which a second text is smaller than the first."""


@dataclass(frozen=True, slots=True)
class LaidText:
    """A text in one line, ready to be drawn."""

    text: QStaticText
    width: float
    """Pixels."""
    marks: tuple[QRectF, ...]
    """The places of its marked parts, from its upper left corner."""


class CellFont:
    """One font and the texts that were painted in it."""

    def __init__(self, font: QFont, marking: Marking) -> None:
        self.font = font
        """The font itself."""
        self._marking = marking
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        """Pixels of a line."""
        self.ascent = self._metrics.ascent()
        """Pixels from the top of a line to what its letters stand on."""
        self._texts: dict[tuple[str, int, str | Parts], LaidText] = {}

    def fitted(self, text: str, width: int, field: str = "") -> LaidText:
        """`text` in one plain line of at most `width` pixels, ending in `…` where there is no room for it.

        What a filter found in `field` is marked; so is the sign of what there is no room for.
        """
        return self._kept(text, width, field)

    def marked(self, text: str, width: int, parts: Parts) -> LaidText:
        """The same with these parts of `text` marked, whatever the filter is."""
        return self._kept(text, width, parts)

    def _kept(self, text: str, width: int, marked: str | Parts) -> LaidText:
        known = self._texts.get((text, width, marked))
        if known is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            known = self._texts[text, width, marked] = self._laid(text, width, marked)
        return known

    def _laid(self, text: str, width: int, marked: str | Parts) -> LaidText:
        line = plain(text)
        whole = readable(line)
        shown = self._metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)
        static = QStaticText(shown)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.prepare(QTransform(), self.font)
        if isinstance(marked, str):
            parts = self._marking.parts(marked, whole) if marked else ()
        else:
            gone = len(text) - len(text.lstrip())
            parts = tuple(
                (moved(line, start - gone), moved(line, end - gone - 1) + 1) for start, end in marked
            )
        return LaidText(static, static.size().width(), tuple(self._marks(shown, parts)) if parts else ())

    def _marks(self, shown: str, parts: Parts) -> Iterator[QRectF]:
        """The places of parts of a line, as they are drawn: in pieces where directions change."""
        layout = QTextLayout(shown, self.font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        seen = len(shown) - shown.endswith("…")
        for start, end in parts:
            # Of what is left out, the sign of that is marked.
            first, last = (min(start, seen), min(end, len(shown)) if end > seen else end)
            begin, length = _units(shown[:first]), _units(shown[first:last])
            for run in line.glyphRuns(begin, length):
                box = run.boundingRect()
                yield QRectF(box.left(), 0, box.width(), self.height)


def _units(text: str) -> int:
    """Length in the units of Qt, UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class CellFonts:
    """The fonts that cells have: the table's own, a heavier one, a smaller one, and one for ids."""

    def __init__(self) -> None:
        self._base: QFont | None = None
        self._marking = Marking(EVERYTHING)
        self._fonts: dict[tuple[bool, bool, bool], CellFont] = {}

    def mark(self, marking: Marking) -> None:
        """Mark what another filter found."""
        if marking is not self._marking:
            self._marking = marking
            self._fonts.clear()

    def of(self, base: QFont, *, mono: bool = False, heavy: bool = False, small: bool = False) -> CellFont:
        """The font of a cell in a table whose own font is `base`."""
        if base != self._base:
            self._base = QFont(base)
            self._fonts.clear()
        if (mono, heavy, small) not in self._fonts:
            font = QFont(monospace() if mono else semibold(base) if heavy else base)
            if small:
                font.setPixelSize(font.pixelSize() - _SMALLER)
            self._fonts[mono, heavy, small] = CellFont(font, self._marking)
        return self._fonts[mono, heavy, small]
