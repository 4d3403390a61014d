"""Colours of a filter as it is typed: the names of fields stand back, a fault is underlined."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat

from playhead.core.finding.fields import FIELDS
from playhead.core.finding.syntax import tokens
from playhead.ui.look.palette import Palette


def parts(
    text: str, cursor: int, fault: tuple[int, int] | None, palette: Palette
) -> Sequence[QInputMethodEvent.Attribute]:
    """The looks of `text` in a line with its cursor at `cursor` (as Qt counts); `fault` is in code points."""
    heads = [token.head for token in tokens(text) if token.field in FIELDS]
    looks = [(start, end, _format(palette.dim)) for start, end in heads]
    if fault is not None:
        start, end = fault
        looks.append((start, max(start + 1, end), _wave(palette.bad)))
    kind = QInputMethodEvent.AttributeType.TextFormat
    found = []
    for start, end, look in looks:
        first, last = units(text[:start]), units(text[:end])
        found.append(QInputMethodEvent.Attribute(kind, first - cursor, last - first, look))
    return found


def units(text: str) -> int:
    """The number of Qt's places that `text` takes: an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(colour: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(colour)
    return look


def _wave(colour: QColor) -> QTextCharFormat:
    look = _format(colour)
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(colour)
    return look
