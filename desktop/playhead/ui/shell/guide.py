"""The guide: some pages with pictures, read from the program's own files."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.theme import Theme

FIRST: Final = "README.md"
"""The page that leads to the others."""
_WANTED: Final = QSize(820, 720)
_MARGIN: Final = 24


class GuideWindow(QDialog):
    """Shows the guide in `folder` beside the main window; its links stay within it."""

    def __init__(self, folder: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guideWindow")
        self.setWindowTitle("Guide")
        self.setModal(False)
        self._pages = _Pages(folder)
        back, contents, close = (QPushButton(text) for text in ("Back", "Contents", "Close"))
        for button in (back, contents, close):
            button.setAutoDefault(False)
        back.clicked.connect(self._pages.backward)
        contents.clicked.connect(self._pages.begin)
        close.clicked.connect(self.close)
        QShortcut(QKeySequence.StandardKey.Back, self).activated.connect(self._pages.backward)
        back.setEnabled(False)
        self._pages.backwardAvailable.connect(back.setEnabled)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addWidget(contents)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        buttons.setContentsMargins(16, 8, 16, 16)
        column.addWidget(self._pages, 1)
        column.addLayout(buttons)
        theme.changed.connect(self._pages.reload)
        self._pages.begin()
        room = parent.screen().availableGeometry().size() - QSize(32, 64)
        self.resize(_WANTED.boundedTo(room))


class _Pages(QTextBrowser):
    """Pages in Markdown; pictures are as wide as there is room, never wider than they are."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setAccessibleName("Guide")
        self.setOpenExternalLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(_MARGIN)

    def begin(self) -> None:
        """Show the first page."""
        self.setSource(
            QUrl.fromLocalFile(str(self._folder / FIRST)), QTextDocument.ResourceType.MarkdownResource
        )

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        # Nothing but what the program brought with it: neither the network nor another folder.
        path = Path(self.source().resolved(QUrl(name)).toLocalFile() or self._folder / FIRST).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return path.read_bytes()
        picture = QImage(str(path))
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * _MARGIN) * ratio)
        if picture.width() > room > 0:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        wider = event.size().width() != event.oldSize().width()
        super().resizeEvent(event)
        if wider and not self.source().isEmpty():
            place = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(place)
