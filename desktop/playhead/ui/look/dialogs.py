"""Waiting for a dialog without stopping the program."""

import asyncio
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget


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
