"""A dialog that asks under which name a filter is saved."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playhead.ui.look.field import TextField
from playhead.ui.look.labels import PlainLabel, wrapped

LONGEST = 80
"""Letters of a name."""


class NameDialog(QDialog):
    """Shows what is saved and asks for its name; to be shown with `finished`.

    A name that another filter has is asked about: whoever saves it once more replaces that filter.
    """

    def __init__(
        self,
        title: str,
        text: str,
        name: str = "",
        parent: QWidget | None = None,
        *,
        taken: Mapping[str, str] | None = None,
    ) -> None:
        """`taken` are the other filters: what each asks, by its name."""
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowTitle(title)
        self._field = TextField("Name", "It appears in the side bar, with the number of recordings it finds.")
        self._field.line.setObjectName("nameField")
        self._field.line.setMaxLength(LONGEST)
        self._field.line.setText(name)
        self._field.line.selectAll()
        self.name = ""
        """The name that the person wrote, once they saved it; it outlives the dialog."""
        self._taken = taken or {}
        self._replaced = ""
        """The name of the filter that the button would replace."""
        self._save_button = save = QPushButton("Save")
        cancel = QPushButton("Cancel")
        save.setProperty("primary", "true")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self._field.line.textEdited.connect(lambda: self._ask_about(""))
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
        name = self._field.text
        if not name:
            self._field.show_problem("Write a name.")
        elif name in self._taken and name != self._replaced:
            self._ask_about(name)
        else:
            self.name = name
            self.accept()

    def _ask_about(self, name: str) -> None:
        """Offer to replace the filter of this name; nothing if it is empty."""
        self._replaced = name
        self._save_button.setText("Replace" if name else "Save")
        if name:
            self._field.show_problem(f"There is a filter of this name already: {self._taken[name]}")
