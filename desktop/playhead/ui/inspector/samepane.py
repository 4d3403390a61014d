"""List of the recordings that are the same sound as the one in the inspector."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.itemviews import is_letter
from playhead.ui.look.labels import PlainLabel, as_tip
from playhead.ui.wording.samewords import heading

_SHOWN: Final = 2
"""Others that are seen at once; of more, the list is scrolled."""
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True, slots=True)
class SameLine:
    """One of the others, ready to be drawn."""

    identifier: int
    name: str
    origin: str
    """Its account and date."""
    likeness: str

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        return f"{self.name}, {self.origin}, {self.likeness}"


class SamePane(QWidget):
    """A heading, a button that filters to the group, and a line for each of the others, if there are any."""

    chosen = Signal(int)
    """The catalogue id of the one that the person goes to."""
    group_asked = Signal()
    """Only the group is to be listed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = PlainLabel(role="dim")
        self._filter = QPushButton("Show them")
        self._filter.setToolTip("List these recordings alone")
        self._filter.clicked.connect(self.group_asked)
        self.list = _Others()
        """The others."""
        self.list.gone_to.connect(self.chosen)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.list)
        self.show_lines((), 0)

    @property
    def lines(self) -> Sequence[SameLine]:
        """The lines, from the top."""
        return self.list.lines

    def show_lines(self, lines: Sequence[SameLine], others: int) -> None:
        """Show these of so many others; nothing at all if there are none."""
        self._heading.show_text(heading(others))
        self.list.show_lines(lines)
        self.setVisible(bool(lines))


class _Others(QListWidget):
    gone_to = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[SameLine] = ()
        self.setObjectName("sameList")
        self.setAccessibleName("Recordings with the same sound")
        self.setAccessibleDescription("Enter goes to one of them")
        self.setProperty("panel", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self.gone_to.emit(self.lines[self.row(item)].identifier))

    def show_lines(self, lines: Sequence[SameLine]) -> None:
        """Have these lines from now on."""
        if lines == self.lines:
            return
        self.clear()
        self.lines = lines
        for line in lines:
            item = QListWidgetItem(f"{line.name}\n{line.likeness}\n{line.origin}")
            item.setToolTip(as_tip(line.spoken))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            self.addItem(item)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the first few lines."""
        heights = [self.sizeHintForRow(row) for row in range(min(_SHOWN, len(self.lines)))]
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if event.key() in _ENTER and 0 <= row < len(self.lines):
            self.gone_to.emit(self.lines[row].identifier)
        elif is_letter(event) or event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            # They belong to the player: a list would look for a line that begins so.
            event.ignore()
        else:
            super().keyPressEvent(event)
