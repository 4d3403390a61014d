"""Place of an export: the folder, its room, and what is in it already."""

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
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
from playhead.ui.look.labels import keep_lines, wrapped
from playhead.ui.look.screenroom import room_for
from playhead.ui.look.theme import restyle
from playhead.ui.wording.words import BY_ADMINISTRATOR


class PlacePane(QWidget):
    """A line for the folder, and what is known of it."""

    changed = Signal()
    """Another folder; what is in it is wanted."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._room: Room | None = None
        self._needed = 0
        self._offered = folder
        self._chosen = False
        """Whether the person has said whether it gets a folder of its own."""
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
        self._browse_button = browse
        self._note = wrapped(role="small")
        self._note.setObjectName("folderNote")
        # What stands below does not move, whatever there is to say.
        keep_lines(self._note, 2)
        self._add = QCheckBox("A&dd to the export that is there")
        self._add.setObjectName("addBox")
        self._add.hide()
        self._own = QCheckBox("Put it into a folder of it&s own in there")
        self._own.setObjectName("ownFolderBox")
        self._own.setToolTip("So that it can be handed on as it is, and its sums speak of all of it.")
        self._own.setChecked(True)
        self._own.clicked.connect(self._note_choice)
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
        kept = QHBoxLayout()
        kept.setSpacing(24)
        kept.addWidget(self._own)
        kept.addWidget(self._add)
        kept.addStretch(1)
        column.addLayout(kept)
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
    def own(self) -> bool | None:
        """True if it gets a folder of its own in the folder; None if not, should that be new.

        Whether it is new is not known before somebody has looked.
        """
        named = not self._chosen and self._room is None and self.folder != self._offered
        return None if named else self._own.isChecked()

    @property
    def problem(self) -> str:
        """Reason why nothing can be exported there, as far as it is known; empty if there is none."""
        return self._room.problem if self._room is not None else ""

    def show_room(self, room: Room) -> None:
        """Say what was found out about a folder, if it is still the one that is meant."""
        if room.folder == self.folder:
            self._room = room
            if not self._chosen:
                # Who writes the name of a new folder has named the one that the export is to have.
                self._own.setChecked(not room.missing or room.folder == self._offered)
            self._show()

    def lock(self) -> None:
        """Leave the folder as the administrator has set it."""
        self._line.setReadOnly(True)
        self._browse_button.setEnabled(False)
        for widget in (self._line, self._browse_button):
            widget.setToolTip(BY_ADMINISTRATOR)

    def need(self, size: int) -> None:
        """So many bytes are to go there."""
        self._needed = size
        self._show()

    def _note_choice(self) -> None:
        self._chosen = True

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

    def _browse(self) -> None:
        chooser = QFileDialog(self, "Choose a folder", str(self.folder or QDir.homePath()))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._line.setText)
        chooser.resize(chooser.sizeHint().boundedTo(room_for(chooser)))
        chooser.open()
