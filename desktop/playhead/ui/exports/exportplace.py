"""Place of an export: the folder, its room, and what is in it already."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playhead.ui.exports.exportwish import Room
from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import restyle


class PlacePane(QWidget):
    """A line for the folder, and what is known of it."""

    changed = Signal()
    """Another folder; what is in it is wanted."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._room: Room | None = None
        self._needed = 0
        self._line = QLineEdit(str(folder))
        self._line.setObjectName("folderField")
        self._line.setAccessibleName("Folder")
        label = QLabel("&Folder")
        label.setProperty("role", "title")
        label.setBuddy(self._line)
        browse = QPushButton("&Browse…")
        browse.setObjectName("browseButton")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self._note = wrapped(role="small")
        self._note.setObjectName("folderNote")
        # What stands below does not move when there is nothing to say.
        self._note.ensurePolished()
        self._note.setMinimumHeight(self._note.fontMetrics().height())
        self._add = QCheckBox("A&dd to the export that is there")
        self._add.setObjectName("addBox")
        self._add.hide()
        self._own = QCheckBox("Put it into a folder of it&s own in there")
        self._own.setObjectName("ownFolderBox")
        self._own.setToolTip("So that it can be handed on as it is, and its sums speak of all of it.")
        self._own.setChecked(True)
        self._own.hide()
        self._add.toggled.connect(self._own.setDisabled)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._line, 1)
        line.addWidget(browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(line)
        column.addWidget(self._note)
        column.addWidget(self._add)
        column.addWidget(self._own)
        self._line.textChanged.connect(self._judge)
        self._show()

    @property
    def folder(self) -> Path | None:
        """The folder; None if the line does not say one by its whole path."""
        text = self._line.text().strip()
        try:
            path = Path(text).expanduser()
        except RuntimeError:
            return None
        return path if text and path.is_absolute() else None

    @property
    def add(self) -> bool:
        """True if it goes into the export that is there."""
        return self._add.isVisibleTo(self) and self._add.isChecked()

    @property
    def own(self) -> bool:
        """True if it gets a folder of its own, if the folder is not empty."""
        return self._own.isChecked()

    def show_room(self, room: Room) -> None:
        """Say what was found out about a folder, if it is still the one that is meant."""
        if room.folder == self.folder:
            self._room = room
            self._show()

    def need(self, size: int) -> None:
        """So many bytes are to go there."""
        self._needed = size
        self._show()

    def _judge(self) -> None:
        self._room = None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        folder, room = self.folder, self._room
        if folder is None:
            text, role = "Choose a folder by its whole path.", "bad"
        else:
            text, role = ("", "small") if room is None else room.sentence(self._needed)
        self._note.show_text(text)
        self._line.setAccessibleDescription(text)
        if self._note.property("role") != role:
            restyle(self._note, "role", role)
        wrong = "true" if role == "bad" else "false"
        if self._line.property("invalid") != wrong:
            restyle(self._line, "invalid", wrong)
        self._add.setVisible(room is not None and bool(room.export))
        self._own.setVisible(room is not None and room.occupied)

    def _browse(self) -> None:
        chooser = QFileDialog(self, "Choose a folder", str(self.folder or Path.home()))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._line.setText)
        chooser.open()
