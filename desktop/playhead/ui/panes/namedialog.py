"""A dialog that asks under which name a filter is saved."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playhead.ui.look.field import Field
from playhead.ui.look.labels import PlainLabel, wrapped

LONGEST = 80
"""Letters of a name."""


class NameDialog(QDialog):
    """Shows what is saved and asks for its name; to be shown with `finished`."""

    def __init__(self, title: str, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowTitle(title)
        self._field = Field("Name", "It appears in the side bar, with the number of recordings it finds.")
        self._field.line.setObjectName("nameField")
        self._field.line.setMaxLength(LONGEST)
        self._field.line.setText(name)
        self._field.line.selectAll()
        self.name = ""
        """What the person wrote, once they saved it; it outlives the dialog."""
        cancel, save = QPushButton("Cancel"), QPushButton("Save")
        save.setProperty("primary", "true")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, role="heading"))
        column.addWidget(wrapped(text, role="dim"))
        column.addWidget(self._field)
        column.addLayout(buttons)
        self.setMinimumWidth(440)
        self._field.line.setFocus()

    def _save(self) -> None:
        if self._field.text:
            self.name = self._field.text
            self.accept()
        else:
            self._field.show_problem("Write a name.")
