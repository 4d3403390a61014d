"""Pane of the listing: the table, or the reason why it has no rows."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable

_HAZE: Final = 0.55
"""Share of the ground that shows through rows which are dimmed."""


class ListingPane(QStackedWidget):
    """Shows the table while there are rows, else `emptiness`."""

    emptied = Signal()
    """The last row is gone while the table had the focus."""

    def __init__(self, model: RecordingModel, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.model = model
        self.table = RecordingTable(model, theme, icons)
        self._veil = _Veil(self.table)
        self.emptiness = Emptiness()
        self.addWidget(self.table)
        self.addWidget(self.emptiness)

    @property
    def dimmed(self) -> bool:
        """True if the rows are shown as those of something else than what is asked now."""
        return not self._veil.isHidden()

    def dim(self, *, on: bool) -> None:
        """Show the rows as those of something else than what is asked now, or as usual."""
        self._veil.setVisible(on)

    def show_rows(self) -> None:
        """There are rows to see."""
        waited_for = self.hasFocus()
        self.setCurrentWidget(self.table)
        if waited_for:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_emptiness(self) -> None:
        """There is no row; `emptiness` says why."""
        if self.table.hasFocus():
            self.emptied.emit()
        self.setCurrentWidget(self.emptiness)


class _Veil(QWidget):
    """A haze over the rows, which lets every click through."""

    def __init__(self, table: RecordingTable) -> None:
        super().__init__(table)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.viewport().installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._cover()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        haze = self.palette().color(QPalette.ColorRole.Base)
        haze.setAlphaF(_HAZE)
        QPainter(self).fillRect(event.rect(), haze)

    def _cover(self) -> None:
        self.setGeometry(self._table.viewport().geometry())


class Emptiness(QWidget):
    """Sentence in the table's place when there is no row: why, and what can be done."""

    clear_asked = Signal()
    search_rest_asked = Signal()
    read_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._text = QLabel()
        self._clear = QPushButton("Clear the filter")
        self._search = QPushButton("Search the rest")
        self._read = QPushButton("Read the transcripts…")
        self._title.setProperty("role", "heading")
        self._text.setProperty("role", "dim")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button, signal in (
            (self._clear, self.clear_asked),
            (self._search, self.search_rest_asked),
            (self._read, self.read_asked),
        ):
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def explain(
        self, title: str, text: str, *, clear: bool = False, search: bool = False, read: bool = False
    ) -> None:
        """Say why there is nothing; offer to clear the filter, to search the rest, to read transcripts."""
        self._title.setText(title)
        self._text.setText(text)
        self._clear.setVisible(clear)
        self._search.setVisible(search)
        self._read.setVisible(read)

    def go_on(self) -> None:
        """Give the focus to what may find more, if there is such a button; clearing finds something else."""
        for button in (self._read, self._search):
            if button.isVisible():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
