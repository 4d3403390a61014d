"""What a person does to export, and what the transfers panel says of it."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton

from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.look.labels import PlainLabel
from playhead.ui.shell.actions import EXPORT, EXPORT_ALL
from support.widgets import appeared, find
from support.window.driven_program import Person, until


async def asked(person: Person, *, everything: bool = False) -> ExportDialog:
    """Press Ctrl+E, or ask for everything that matches; the dialog, when it has counted."""
    window = person.window
    window.commands.do(EXPORT_ALL if everything else EXPORT)
    dialog = await appeared(window, ExportDialog)
    figures = find(dialog, PlainLabel, "exportFigures")
    await until(lambda: "recording" in figures.whole, "the figures")
    return dialog


async def start(dialog: ExportDialog, folder: Path, template: str = "") -> None:
    """Fill in the dialog and press Export."""
    find(dialog, QLineEdit, "folderField").setText(str(folder))
    if template:
        find(dialog, QLineEdit, "templateField").setText(template)
    button = find(dialog, QPushButton, "startExportButton")
    await until(button.isEnabled, "the button")
    button.click()


async def export(person: Person, folder: Path, template: str = "") -> None:
    """Ctrl+E, choose the folder, press Export."""
    await start(await asked(person), folder, template)


async def shown(person: Person, number: int = 1) -> Transfer:
    """The line of an export, once it is the last of so many in the panel."""
    transfers = person.window.transfers
    await until(lambda: transfers.numbers == tuple(range(1, number + 1)), f"export {number}")
    return transfers.transfer(number)


async def ended(person: Person, number: int = 1) -> str:
    """Wait until an export has ended; what the panel says."""

    def over() -> bool:
        transfers = person.window.transfers
        return number in transfers.numbers and transfers.transfer(number).phase is Phase.ENDED

    await until(over, f"the end of export {number}")
    return person.transfers_say
