"""Lines to fill in, each with its name, its help and what is wrong with it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.text import seen
from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import restyle


class TextField(QWidget):
    """A named line, with help below it that makes room for what is wrong."""

    def __init__(self, name: str, help_text: str = "") -> None:
        super().__init__()
        self._help = help_text
        self._problem = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.textEdited.connect(lambda: self.show_problem(""))
        label = QLabel(name)
        label.setProperty("role", "title")
        label.setBuddy(self.line)
        self._note = wrapped(help_text, role="small")
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(self.row)
        column.addWidget(self._note)
        self.show_problem("")

    @property
    def text(self) -> str:
        """Text that is filled in, without the blanks and unseen marks that copying brings along."""
        return seen(self.line.text()).strip()

    @property
    def problem(self) -> str:
        """Fault of the text; empty if none is known."""
        return self._problem

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong; the help again if `sentence` is empty."""
        self._problem = sentence
        shown = sentence or self._help
        self._note.show_text(shown)
        self._note.setVisible(bool(shown))
        self.line.setAccessibleDescription(shown)
        wrong = "true" if sentence else "false"
        if self.line.property("invalid") != wrong:
            restyle(self.line, "invalid", wrong)
            restyle(self._note, "role", "bad" if sentence else "small")


class SecretField(TextField):
    """A line whose letters are hidden until the person asks to see them."""

    def __init__(self, name: str, help_text: str = "") -> None:
        super().__init__(name, help_text)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._reveal = QPushButton("Show")
        self._reveal.setProperty("link", "true")
        self._reveal.setCheckable(True)
        self._reveal.setAutoDefault(False)
        self._reveal.setAccessibleName(f"Show {name.lower()}")
        self._reveal.toggled.connect(self._turn)
        self.row.addWidget(self._reveal)

    @property
    @override
    def text(self) -> str:
        """Text that is filled in, without blanks around it; it is never mended unseen."""
        return self.line.text().strip()

    def _turn(self) -> None:
        shown = self._reveal.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._reveal.setText("Hide" if shown else "Show")
