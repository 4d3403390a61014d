"""The sum of an export's list of sums, to be copied into a letter."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import monospace


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
