"""Text on the screen: always plain, in one line that ends in `…` or in several that wrap."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from playhead.ui.look.lefttoright import readable

PLAIN_LIMIT: Final = 2000
"""Letters of a text from outside that a label still looks at; a hostile name may have many more."""


def plain(text: str) -> str:
    """`text` from outside in one line, without what would break or turn around the line it is shown in."""
    cut = text if len(text) <= PLAIN_LIMIT else text[:PLAIN_LIMIT] + "…"
    if cut.isprintable():
        return cut.strip()
    return "".join(" " if _breaks(letter) else letter for letter in cut).strip()


def _breaks(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and letter not in _JOINERS


def as_tip(text: str) -> str:
    """`text` from outside as a tool tip: what looks like HTML is escaped, for Qt would read it as such."""
    line = readable(plain(text))
    rich = "<" in line or "&lt;" in line
    return line.replace("&", "&amp;").replace("<", "&lt;") if rich else line


def wrapped(text: str = "", *, role: str = "") -> "WrappedLabel":
    """A label of several lines, for sentences; never read as HTML and never wider than there is room."""
    label = WrappedLabel()
    if role:
        label.setProperty("role", role)
    label.show_text(text)
    return label


def keep_lines(label: "WrappedLabel", lines: int) -> None:
    """Let a label take the room of so many lines even while it says less: what stands below does not move."""
    label.ensurePolished()
    # What is wrong is said in slightly larger letters than help.
    label.setMinimumHeight(lines * (label.fontMetrics().lineSpacing() + 2))


_SPACE: Final = re.compile(r"[ \t\n]+")
"""Where a line can be broken; not within what no-break spaces hold together."""


def fitted(text: str, metrics: QFontMetrics, room: int) -> str:
    """`text` for lines of `room` points: what cannot be broken and is wider than that loses its middle."""
    if all(metrics.horizontalAdvance(word) <= room for word in _SPACE.split(text)):
        return text
    return "".join(_elided(part, metrics, room) for part in _unbreakable(text))


def _elided(part: str, metrics: QFontMetrics, room: int) -> str:
    word = part.rstrip()
    if metrics.horizontalAdvance(word) <= room:
        return part
    return metrics.elidedText(word, Qt.TextElideMode.ElideMiddle, room) + part[len(word) :]


def _unbreakable(text: str) -> Iterator[str]:
    """The parts of `text` between which a line can be broken; Qt counts in UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    start = 0
    while (end := finder.toNextBoundary()) > start:
        yield units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        start = end


class WrappedLabel(QLabel):
    """Several lines of text that are never read as HTML; a word that is wider than a line ends in `…`.

    The whole text is in the tool tip while some of it is hidden.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._told = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    @property
    def whole(self) -> str:
        """The text as given, in one line."""
        return self._whole

    def show_text(self, text: str, told: str = "") -> None:
        """Show another text; `told` is what the tool tip says, if that is more than the text itself."""
        self._whole = plain(text)
        self._told = plain(told) or self._whole
        if self.accessibleName() != self._whole:
            self.setAccessibleName(self._whole)
        self._elide()

    def _elide(self) -> None:
        whole = readable(self._whole)
        shown = fitted(whole, self.fontMetrics(), self.contentsRect().width())
        if shown != self.text():
            self.setText(shown)
        told = self._told if self._told != self._whole else whole
        self.setToolTip(as_tip(self._told) if shown != told else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


class PlainLabel(QLabel):
    """One line of text that is never read as HTML and ends in `…` where there is no room for it.

    `role` is what the style sheet knows: `dim`, `caption`, `title`, `heading`, `good`, `attention`, `bad`.
    The whole text is in the tool tip while some of it is hidden.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.show_text(text)

    @property
    def whole(self) -> str:
        """The text as given, in one line."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show another text."""
        whole = plain(text)
        if whole != self.accessibleName():
            # Also an equal one would be told to a screen reader.
            self.setAccessibleName(whole)
        self._whole = whole
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        whole = readable(self._whole)
        shown = self.fontMetrics().elidedText(whole, self._mode, self.contentsRect().width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(as_tip(self._whole) if shown != whole else "")

    def width_of(self, text: str) -> int:
        """Pixels that another text would take."""
        return self.fontMetrics().horizontalAdvance(plain(text)) + 2

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width_of(self._whole), self.fontMetrics().height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(metrics.horizontalAdvance("…") * 2, self.sizeHint().width()), metrics.height() + 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


_JOINERS: Final = "\u200c\u200d"
"""Letters without width that Persian and Indic words and emoji need; others turn lines around."""
