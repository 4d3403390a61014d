"""The dialog before an export: what, whereto, and what the files will be called."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playhead.ui.labels import PlainLabel, plain, wrapped
from playhead.ui.theme import monospace, restyle

Preview = Callable[[str], list[str] | str]
"""Gives the first names that a template makes; a sentence if it makes none."""

NAMES: Final = 4
"""How many names are shown; the dialog does not change its height between templates."""


class ExportDialog(QDialog):
    """Asks where to and how named; to be shown with `open()`.

    `summary` is what is exported (`3 recordings · 1 h 03 min · about 12 MB`), `coverage` what the selection
    was taken from. `export_asked` comes with an absolute folder and the template, when the dialog is gone.
    """

    export_asked = Signal(object, str)
    """The folder (`Path`) and the template."""

    def __init__(
        self,
        summary: str,
        *,
        coverage: str,
        folder: Path,
        template: str,
        preview: Preview,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preview = preview
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export")
        self._folder = QLineEdit(str(folder))
        self._folder.setObjectName("folderField")
        self._folder.setAccessibleName("Folder")
        self._folder.textChanged.connect(self._judge)
        self._template = QLineEdit(template)
        self._template.setObjectName("templateField")
        self._template.setAccessibleName("File names")
        self._template.textChanged.connect(self._judge)
        self._names = [PlainLabel(role="small", mode=Qt.TextElideMode.ElideMiddle) for _ in range(NAMES)]
        self._problem = wrapped(role="bad")
        self._problem.setObjectName("exportProblem")
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(4)
        column.addWidget(PlainLabel(f"Export {summary}", role="heading"))
        column.addWidget(wrapped(coverage, role="dim"))
        column.addSpacing(12)
        column.addWidget(_named("&Folder", self._folder))
        column.addLayout(self._make_folder())
        column.addSpacing(12)
        column.addWidget(_named("File &names", self._template))
        column.addWidget(self._template)
        column.addWidget(self._problem)
        column.addWidget(self._make_preview())
        column.addStretch(1)
        column.addSpacing(12)
        column.addLayout(self._buttons)
        self.setMinimumWidth(560)
        self._judge()
        self._export.setFocus()

    def _make_folder(self) -> QHBoxLayout:
        browse = QPushButton("&Browse…")
        browse.setObjectName("browseButton")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._folder, 1)
        line.addWidget(browse)
        return line

    def _make_preview(self) -> QWidget:
        holder = QFrame()
        holder.setAccessibleName("The first names")
        column = QVBoxLayout(holder)
        column.setContentsMargins(8, 4, 0, 4)
        column.setSpacing(2)
        for label in self._names:
            label.setFont(monospace())
            column.addWidget(label)
        return holder

    def _make_buttons(self) -> None:
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._export = QPushButton("&Export")
        self._export.setObjectName("startExportButton")
        self._export.setProperty("primary", "true")
        self._export.setDefault(True)
        self._export.clicked.connect(self._ask)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self._export)

    def _target(self) -> Path | None:
        text = self._folder.text().strip()
        try:
            path = Path(text).expanduser()
        except RuntimeError:
            return None
        return path if text and path.is_absolute() else None

    def _judge(self) -> None:
        """Show the names that the template makes now, or what is wrong."""
        made = self._preview(self._template.text())
        names = [made] if isinstance(made, str) else made
        for place, label in enumerate(self._names):
            label.show_text(names[place] if not isinstance(made, str) and place < len(names) else "")
        where = "" if self._target() else "Choose a folder by its whole path."
        problem = made if isinstance(made, str) else where
        self._problem.setText(plain(problem))
        self._problem.setVisible(bool(problem))
        self._mark(self._template, wrong=isinstance(made, str))
        self._mark(self._folder, wrong=bool(where))
        self._export.setEnabled(not problem)

    def _mark(self, line: QLineEdit, *, wrong: bool) -> None:
        value = "true" if wrong else "false"
        if line.property("invalid") != value:
            restyle(line, "invalid", value)

    def _browse(self) -> None:
        chooser = QFileDialog(self, "Choose a folder", str(self._target() or Path.home()))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._folder.setText)
        chooser.open()

    def _ask(self) -> None:
        folder = self._target()
        if folder is not None:
            template = self._template.text()
            self.accept()
            self.export_asked.emit(folder, template)


def _named(text: str, line: QLineEdit) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    label.setBuddy(line)
    return label
