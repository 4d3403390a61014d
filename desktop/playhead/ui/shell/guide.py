"""The guide: some pages with pictures, read from the program's own files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.buttons import press_button
from playhead.ui.look.screenroom import room_for
from playhead.ui.look.theme import TEXT_SIZE, Theme

FIRST: Final = "README.md"
"""The page that leads to the others."""
_WANTED: Final = QSize(820, 720)
_MARGIN: Final = 24
_HEADINGS: Final = {1: 20, 2: 16}
"""Pixels of a heading, by its level."""


class GuideWindow(QDialog):
    """Shows the guide in `folder` beside the main window; its links stay within it."""

    def __init__(self, folder: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guideWindow")
        self.setWindowTitle("Guide")
        self.setModal(False)
        self._pages = _Pages(folder, theme)
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
        self.resize(_WANTED.boundedTo(room_for(self)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_button(event, ticks=False):
            super().keyPressEvent(event)


class _Pages(QTextBrowser):
    """Pages in Markdown; pictures are as wide as there is room, never wider than they are."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self._theme = theme
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
    def doSetSource(
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
    ) -> None:
        super().doSetSource(name, type)
        _space(self.document())
        _frame(self.document(), self._theme.palette.line)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        # Nothing but what the program brought with it: neither the network nor another folder.
        address = self.source().resolved(QUrl(name))
        path = Path(address.toLocalFile()).resolve()
        if not (address.isLocalFile() and path.is_relative_to(self._folder) and path.is_file()):
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return path.read_text(encoding="utf-8")
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


def _space(document: QTextDocument) -> None:
    """Give headings, paragraphs and lists the room that Qt's reading of Markdown leaves out."""
    block, cursor = document.begin(), QTextCursor(document)
    while block.isValid():
        cursor.setPosition(block.position())
        shape = block.blockFormat()
        level = shape.headingLevel()
        close = cursor.currentTable() is not None or (
            block.textList() is not None and block.next().textList() is not None
        )
        shape.setTopMargin(16 if level > 1 else 0)
        shape.setBottomMargin(3 if close else 10)
        pictured = "\N{OBJECT REPLACEMENT CHARACTER}" in block.text()
        shape.setLineHeight(
            100 if pictured else 130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor.setBlockFormat(shape)
        # The stubs forget that its iterator is one.
        for part in cast(Iterable[QTextBlock.iterator], block):
            _set_size(cursor, part.fragment(), level)
        block = block.next()


def _set_size(cursor: QTextCursor, part: QTextFragment, level: int) -> None:
    # WORKAROUND QTextMarkdownImporter: words in italics that begin a paragraph get the look of the heading.
    look = part.charFormat()
    if look.isImageFormat():
        return
    if level:
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        look.setProperty(QTextFormat.Property.FontPixelSize.value, _HEADINGS.get(level, TEXT_SIZE))
    elif look.hasProperty(QTextFormat.Property.FontSizeAdjustment.value):
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        look.setFontWeight(QFont.Weight.Normal)
    cursor.setPosition(part.position())
    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(look)


def _frame(document: QTextDocument, colour: QColor) -> None:
    """Draw the tables like the program's own."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format().toTableFormat()
            shape.setCellPadding(5)
            shape.setCellSpacing(0)
            shape.setBorder(1)
            shape.setBorderCollapse(True)
            shape.setBorderBrush(colour)
            shape.setBottomMargin(10)
            frame.setFormat(shape)
