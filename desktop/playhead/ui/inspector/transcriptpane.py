"""Transcript of a recording, which follows what plays."""

from bisect import bisect_right

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.figures import clock
from playhead.core.transcript import Line, Transcript
from playhead.ui.look.labels import fitted, plain, wrapped
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.theme import Theme

_TIME = 44
"""Pixels for the time of a line."""
_DOT = 14
_PASSED_ON = {Qt.Key.Key_Left, Qt.Key.Key_Right}
"""Keys that belong to the player, like every letter: the lines have no use for them."""


class TranscriptPane(QWidget):
    """Lines with their times; a click or Enter goes there, and the line that is heard is marked."""

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transcript: Transcript | None = None
        self._starts: list[float] = []
        self._words = wrapped(role="dim")
        self._lines = _Lines(theme)
        self._lines.itemClicked.connect(self._go)
        self._lines.entered_line.connect(self._go)
        self._pages = QStackedWidget()
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._words)
        column.addStretch(1)
        self._pages.addWidget(nothing)
        self._pages.addWidget(self._lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._pages)

    @property
    def transcript(self) -> Transcript | None:
        """Values that are shown."""
        return self._transcript

    @property
    def sentence(self) -> str:
        """Sentence in its place; empty while one is shown."""
        return "" if self._transcript is not None else self._words.whole

    @property
    def heard(self) -> int:
        """Place of the line that is heard now; -1 if none is."""
        return self._lines.heard

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a transcript: that it is looked for, or that there is none."""
        self._transcript = None
        self._starts = []
        self._lines.heard = -1
        self._words.show_text(sentence)
        self._pages.setCurrentIndex(0)

    def show_transcript(self, transcript: Transcript) -> None:
        """Show what was said."""
        self._transcript = transcript
        self._starts = [line.start for line in transcript.lines]
        self._lines.heard = -1
        self._lines.clear()
        for line in transcript.lines:
            item = QListWidgetItem(readable(plain(line.text)))
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{clock(line.start)} {plain(line.text)}")
            self._lines.addItem(item)
        self._pages.setCurrentIndex(1)

    def show_position(self, seconds: float) -> None:
        """Mark the line that is heard, and keep it in view unless the person reads elsewhere."""
        row = bisect_right(self._starts, seconds) - 1
        if row == self._lines.heard:
            return
        self._lines.heard = row
        self._lines.viewport().update()
        if row >= 0 and not self._lines.hasFocus():
            self._lines.scrollToItem(self._lines.item(row), QAbstractItemView.ScrollHint.EnsureVisible)

    def _go(self, item: QListWidgetItem) -> None:
        line: Line = item.data(Qt.ItemDataRole.UserRole)
        self.sought.emit(line.start)


class _Lines(QListWidget):
    entered_line = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("transcriptLines")
        self.setAccessibleName("Transcript")
        self.setProperty("panel", "true")
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_LinePainter(theme, self))
        self.heard = -1
        """The row of the line that is heard now."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.entered_line.emit(item)
        elif (event.text().isprintable() and event.text()) or event.key() in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _LinePainter(QStyledItemDelegate):
    """Time, a dot in the speaker's colour, and the words, wrapped."""

    def __init__(self, theme: Theme, lines: _Lines) -> None:
        super().__init__(lines)
        self._theme = theme
        self._lines = lines

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = max(60, self._lines.viewport().width() - _TIME - _DOT - 12)
        metrics = self._lines.fontMetrics()
        words = fitted(str(index.data()), metrics, width)
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), words)
        return QSize(self._lines.viewport().width(), box.height() + 12)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box = QRect(option.rect)
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if index.row() == self._lines.heard:
            painter.setBrush(palette.selection)
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        speaker = (line.speaker or "").lower()
        if speaker:
            second = speaker in {"right", "1", "2", "b", "customer", "callee"}
            painter.setBrush(palette.right if second else palette.accent)
            painter.drawEllipse(QRect(box.left() + _TIME, box.top() + 10, 7, 7))
        painter.setFont(self._lines.font())
        painter.setPen(palette.dim)
        painter.drawText(box.adjusted(4, 6, 0, 0), Qt.AlignmentFlag.AlignTop, clock(line.start))
        painter.setPen(palette.text)
        place = box.adjusted(_TIME + _DOT, 6, -8, -4)
        painter.drawText(
            place,
            int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop),
            fitted(str(index.data()), painter.fontMetrics(), place.width()),
        )
        if index.row() == self._lines.currentRow() and self._lines.hasFocus():
            painter.setPen(palette.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -2), 6, 6)
        painter.restore()
