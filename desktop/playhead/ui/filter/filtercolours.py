"""Colours of a filter as it is typed: names of fields stand back, what is wrong is underlined."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat

from playhead.core.finding.parser import FIELD_WORDS
from playhead.core.finding.typed import as_meant
from playhead.ui.look.palette import Palette


def parts(
    text: str, cursor: int, fault: tuple[int, int] | None, palette: Palette
) -> Sequence[QInputMethodEvent.Attribute]:
    """The looks of `text` in a line with its cursor at `cursor` (as Qt counts); `fault` is in code points."""
    looks = [(start, end, _format(palette.dim)) for start, end in _field_words(text)]
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
    """Number of Qt's places that `text` takes: an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _field_words(text: str) -> list[tuple[int, int]]:
    """Places of the field words with their colons: (start, end)."""
    found, place = [], 0
    meant = as_meant(text)
    for part in meant.text.split(" "):
        word = part.lstrip("-(")
        field = word.partition(":")[0].lower()
        if ":" in word and field in FIELD_WORDS:
            start = place + len(part) - len(word)
            found.append(meant.span(start, start + len(field) + 1))
        place += len(part) + 1
    return found


def _format(colour: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(colour)
    return look


def _wave(colour: QColor) -> QTextCharFormat:
    look = _format(colour)
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(colour)
    return look
