"""The window that lists the keys."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playhead.ui.look.labels import PlainLabel, wrapped
from playhead.ui.look.screenroom import room_for
from playhead.ui.shell.actions import ACTIONS
from playhead.ui.shell.keymap import Keymap


class KeysDialog(QDialog):
    """Shows what each key does, beside the main window.

    `program` is its name and version, for who asks for help.
    """

    def __init__(self, keymap: Keymap, program: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle("Keys")
        self.setModal(False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        keys = [(" · ".join(keymap.of(each)), each.title) for each in ACTIONS]
        for row, (names, meaning) in enumerate(keys):
            grid.addWidget(_caps(names), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(wrapped(meaning), row, 1)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(24, 16, 24, 8)
        inside.addLayout(grid)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Not a standard button: some systems put an icon of their own on those.
        close = QPushButton("Close")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 8, 24, 16)
        about = PlainLabel(program, role="dim")
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons.addWidget(about)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        height = inner.sizeHint().height() + buttons.sizeHint().height() + 8
        self.resize(QSize(600, min(600, height)).boundedTo(room_for(self)))


def _caps(names: str) -> QWidget:
    """The keys of one row, each in its own little frame."""
    holder = QWidget()
    holder.setAccessibleName(names)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    for name in names.split(" · "):
        # As the system writes it: Command on a Mac is its sign.
        cap = QLabel(QKeySequence(name).toString(QKeySequence.SequenceFormat.NativeText) or name)
        cap.setTextFormat(Qt.TextFormat.PlainText)
        cap.setProperty("role", "key")
        line.addWidget(cap)
    return holder
