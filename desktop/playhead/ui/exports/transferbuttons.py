"""Buttons at the end of an export's line, with the sum of its list of sums."""

from collections.abc import Set as AbstractSet
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from playhead.ui.look.controls import call, tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import monospace


class Act(Enum):
    """Act that the person asks for on an export; its folder can always be opened."""

    RETRY = auto()
    """Try again what failed or was not begun."""
    CONTINUE = auto()
    """Take up one that was interrupted."""
    PAUSE = auto()
    RESUME = auto()
    CANCEL = auto()
    OPEN = auto()
    """Show its folder."""
    READ = auto()
    """Show its files, which are not in memory yet."""
    DISMISS = auto()
    """Show it no longer; it does not run."""


class TransferButtons(QWidget):
    """Buttons of which only those are seen that are of use now."""

    acted = Signal(object)
    """The `Act` that is asked for."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._paused = False
        self._retry = _link("", "retryExportButton")
        self._retry.clicked.connect(lambda: self.acted.emit(Act.RETRY))
        self._continue = _link("Continue", "continueExportButton")
        self._continue.clicked.connect(lambda: self.acted.emit(Act.CONTINUE))
        self._pause = self._tool("pause", "Pause", "pauseExportButton")
        self._pause.clicked.connect(self._turn)
        self._cancel = self._tool("stop", "Cancel the export", "cancelExportButton")
        self._cancel.clicked.connect(lambda: self.acted.emit(Act.CANCEL))
        self._open = self._tool("folder", "Open the folder", "openFolderButton")
        self._open.clicked.connect(lambda: self.acted.emit(Act.OPEN))
        self._dismiss = self._tool("clear", "Dismiss", "dismissExportButton")
        self._dismiss.clicked.connect(lambda: self.acted.emit(Act.DISMISS))
        self.stops: tuple[QWidget, ...] = (
            self._retry,
            self._continue,
            self._pause,
            self._cancel,
            self._open,
            self._dismiss,
        )
        """Where Tab stops, in order."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for button in self.stops:
            line.addWidget(button)

    def offer(self, acts: AbstractSet[Act], *, stopping: bool = False) -> None:
        """Show the buttons for `acts`; while it is `stopping` it cannot be cancelled once more."""
        self._paused = Act.RESUME in acts
        self._pause.setIcon(self._icons.get("play" if self._paused else "pause"))
        call(self._pause, "Go on" if self._paused else "Pause")
        self._retry.setVisible(Act.RETRY in acts)
        self._continue.setVisible(Act.CONTINUE in acts)
        self._pause.setVisible(bool({Act.PAUSE, Act.RESUME} & acts))
        self._cancel.setVisible(Act.CANCEL in acts)
        self._cancel.setEnabled(not stopping)
        self._dismiss.setVisible(Act.DISMISS in acts)

    def name_retry(self, words: str) -> None:
        """Say what trying again would fetch."""
        self._retry.setText(words)

    def _turn(self) -> None:
        self.acted.emit(Act.RESUME if self._paused else Act.PAUSE)

    def _tool(self, icon: str, name: str, object_name: str) -> QToolButton:
        button = tool_button(self._icons.get(icon), name)
        button.setObjectName(object_name)
        return button


def _link(words: str, object_name: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(object_name)
    button.setProperty("link", "true")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class Seal(QWidget):
    """One line that can be selected and copied; there is nothing to show without a sum."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._subject = ""
        self._sum = QLineEdit()
        self._sum.setObjectName("sealLine")
        self._sum.setReadOnly(True)
        self._sum.setFrame(False)
        self._sum.setFont(monospace())
        self._sum.setAccessibleName(caption)
        self._copy = QPushButton("Copy")
        self._copy.setObjectName("copySealButton")
        self._copy.setProperty("link", "true")
        self._copy.setAutoDefault(False)
        self._copy.setToolTip("Copy the sum with the name of the export, for a letter")
        self._copy.clicked.connect(self._hand_over)
        self.stops: tuple[QWidget, ...] = (self._sum, self._copy)
        """Where Tab stops, in order."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(PlainLabel(caption, role="small"))
        line.addWidget(self._sum, 1)
        line.addWidget(self._copy)
        self.hide()

    @property
    def known(self) -> bool:
        """True if there is a sum."""
        return bool(self._sum.text())

    def show_sum(self, digest: str, subject: str) -> None:
        """Take in the sum of the export that is called `subject`; an empty one is none."""
        self._subject = subject
        self._sum.setText(digest)
        self._sum.setCursorPosition(0)

    def _hand_over(self) -> None:
        text = f"Export “{self._subject}”, SHA-256 of SHA256SUMS: {self._sum.text()}"
        QGuiApplication.clipboard().setText(text)
