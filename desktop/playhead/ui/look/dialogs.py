"""Dialogs: their layout, which fits every screen, and waiting for them without stopping the program."""

import asyncio
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.buttons import press_button
from playhead.ui.look.screenroom import pull_in, room_for


class DialogLayout(QObject):
    """The layout of a dialog: a body that scrolls where the screen is too small, above a foot that does not.

    Enter presses the button that has the focus. The dialog is as wide as asked and as high as what is in it
    now, as far as the screen has room for both. One that is asked to have a height begins with that, and can
    be sized.
    """

    def __init__(
        self, dialog: QDialog, body: QWidget, foot: QWidget, *, width: int, height: int | None = None
    ) -> None:
        """`body` and `foot` have layouts with margins of their own; `width` and `height` are in pixels."""
        super().__init__(dialog)
        self._dialog = dialog
        self._body = body
        self._foot = foot
        self._width = width
        self._height = height
        self._fitting = False
        self._placed = False
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        # Not before: Qt styles everything in the body anew whenever it gets another place.
        self._scroll.setWidget(body)
        column.addWidget(foot)
        if height is not None:
            dialog.resize(QSize(width, height).boundedTo(room_for(dialog)))
        for each in (dialog, body):
            each.installEventFilter(self)

    def reveal(self, part: QWidget) -> None:
        """Scroll to a part of the body, if it is not in view."""
        self._fit()
        self._scroll.ensureWidgetVisible(part, 0, 12)

    def _fit(self) -> None:
        if self._fitting or not self._dialog.isVisible():
            return
        self._fitting = True
        if self._height is None:
            self._take_size(room_for(self._dialog))
        if not self._placed:
            self._placed = True
            self._take_place()
        pull_in(self._dialog)
        self._fitting = False

    def _take_place(self) -> None:
        """Begin in the middle of the window that the dialog belongs to: Qt moves none that has been moved."""
        parent = self._dialog.parentWidget()
        if parent is not None:
            place = self._dialog.rect()
            place.moveCenter(parent.window().geometry().center())
            self._dialog.move(place.topLeft())

    def _take_size(self, room: QSize) -> None:
        width = min(self._width, room.width())
        wanted, foot = _height_of(self._body, width), _height_of(self._foot, width)
        scrolls = wanted + foot > room.height()
        bar = self._scroll.verticalScrollBar().sizeHint().width() if scrolls else 0
        # Said, not left to the scroll area: it takes what wraps for as high as at its narrowest, and keeps a
        # bar that only the bar makes necessary.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(policy)
        self._body.setMinimumHeight(_height_of(self._body, width - bar))
        self._dialog.setFixedSize(QSize(width, min(wanted + foot, room.height())))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._fit()
        if watched is self._dialog and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # A button that has the focus is meant, not the one that accepts the dialog.
            return press_button(event, ticks=False)
        return super().eventFilter(watched, event)


def keep(dialog: QDialog) -> None:
    """Keep `dialog` for the next time, out of a screen reader's sight until then.

    WORKAROUND Qt 6 (QAccessibleApplication): among the windows of a program it counts closed ones, and gives
    no name of those.
    """

    def leave() -> None:
        if not dialog.isVisible():
            dialog.destroy()

    dialog.finished.connect(lambda _result: QTimer.singleShot(0, dialog, leave))


async def finished(dialog: QDialog) -> int:
    """Show `dialog` and wait until it is done; a cancelled wait closes it.

    `exec()` would run a second event loop inside the first, and stall every other task for good.
    """
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(settle)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    try:
        return await done
    except asyncio.CancelledError:
        # With its parent it may be gone already.
        with suppress(RuntimeError):
            dialog.close()
        raise


async def sure(parent: QWidget, question: str, consequence: str, verb: str) -> bool:
    """Ask before something that cannot be undone; `verb` is what the button that does it says."""
    box = QMessageBox(parent)
    box.setWindowTitle("Playhead")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(consequence)
    yes = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    # Not a standard button: some systems put an icon of their own on those.
    no = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    chosen: list[bool] = []
    box.buttonClicked.connect(lambda button: chosen.append(button is yes))
    await finished(box)
    return any(chosen)


def _height_of(part: QWidget, width: int) -> int:
    """Pixels that a part needs at a width; wrapped sentences are measured at that."""
    layout = part.layout()
    if layout is None or not layout.hasHeightForWidth():
        return part.sizeHint().height()
    return layout.totalHeightForWidth(width)
