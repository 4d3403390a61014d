"""Every window and dialog on the screen that this process has."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from shiboken6 import delete

from playhead.core.exports.choices import Choices
from playhead.core.preferences import Appearance, Preferences
from playhead.core.provider import Providers
from playhead.providers.http.web import Web
from playhead.providers.registry import registered
from playhead.runparts import resources
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.exports.examined import Fate, Findings, FoundFile
from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.exportplace import PlacePane
from playhead.ui.exports.exportwish import Figures, Offer, Room, What
from playhead.ui.exports.namelist import NameList
from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.filter.savedfilters import NameDialog
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.shell.garbage import take_out
from playhead.ui.shell.guide import GuideWindow
from playhead.ui.shell.keysheet import KeySheet
from playhead.ui.shell.keyspage import KeysPage
from playhead.ui.shell.preferencesdialog import PreferencesDialog
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from support.child_widgets import find
from support.fakes import NOON

LONG = "kind:call date:lastmonth " * 20


async def every_window() -> None:
    """Open each, with all that it can say, and assert that all of it can be seen or scrolled to."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, resources() / "fonts", appearance=Appearance.LIGHT)
    icons = Icons(resources() / "icons", theme)
    providers = registered(Web())
    window = Window()
    window.furnish(RecordingModel(NOON, providers), theme, icons, QIcon())
    window.appear()
    window.show_welcome()
    await _laid_out()
    cards = [each for each in window.welcome.findChildren(QPushButton) if each.property("card")]
    areas = window.welcome.findChildren(QScrollArea)
    for card in cards:
        areas[0].ensureWidgetVisible(card)
        assert _within(card, window.welcome), f"{card.accessibleName()} cannot be seen"
    window.show_recordings()
    await _laid_out()
    assert _seen(window), window.geometry()
    for pane in (window.side_bar, window.rows, window.inspector, window.player):
        assert pane.isHidden() or _within(pane, window), f"{pane.objectName()} is cut off"
    problems = []
    for name, dialog in _dialogs(icons, providers, window).items():
        dialog.open()
        await _laid_out()
        for button in _folded(dialog):
            button.click()
        await _laid_out()
        if not _seen(dialog):
            problems.append(f"{name} is at {dialog.frameGeometry()}")
        problems += [
            f"{name} hides its button {button.text()}"
            for button in dialog.findChildren(QPushButton)
            if button.isVisible()
            and (button.isDefault() or button.text() == "Close")
            and not _within(button, dialog)
        ]
        dialog.close()
        delete(dialog)
    window.hide()
    # Not left to the end of the process, when Qt is gone.
    delete(window)
    take_out()
    assert not problems, "\n".join(problems)


def _dialogs(icons: Icons, providers: Providers, window: Window) -> Mapping[str, QDialog]:
    made: dict[str, QDialog] = {
        "keys": KeySheet(window.commands, window.theme, "Playhead", window),
        "changing keys": _changing_keys(window),
        "guide": GuideWindow(resources() / "guide", window.theme, window),
        "preferences": _preferences(window),
        "name": NameDialog("Save this filter", LONG, "name", window, taken={"name": LONG}),
        "names": NameList(window),
        "export": _export(icons, window),
        "reopen": _reopen(window),
        "choice of a folder": _chooser(window),
    }
    for provider in providers:
        dialog = AccountDialog(icons, provider, vault_name=None, parent=window)
        dialog.show_problem("Bird: there is no such workspace. Check the workspace id. " * 3)
        made[provider.name] = dialog
    return made


def _preferences(window: Window) -> PreferencesDialog:
    dialog = PreferencesDialog(Preferences(), KeysPage(window.commands, window.theme), window)
    dialog.show_usage(10**8, 10**9, 10**7)
    return dialog


def _changing_keys(window: Window) -> QDialog:
    dialog = _preferences(window)
    dialog.show_keys()
    return dialog


def _export(icons: Icons, window: QWidget) -> QDialog:
    offer = Offer(
        selected=5,
        query=LONG,
        saved=(),
        first=What.SELECTED,
        folder=Path("/somewhere"),
        choices=Choices(),
        presets={},
    )
    dialog = ExportDialog(icons, offer, lambda _: "There is no field {when}. " * 8, window)
    figures = Figures(
        recordings=5, size=10**9, accounts=[("Bird", 3), ("Convirza", 2)], coverage=LONG, more=True
    )
    dialog.show_figures(figures)
    dialog.show_room(Room(folder=Path("/somewhere"), free=1, occupied=True, export="an earlier export"))
    dialog.show_problem("Not everything could be loaded; the side bar says why. " * 2)
    return dialog


def _reopen(window: QWidget) -> QDialog:
    dialog = ReopenDialog("An export with a long name " * 4, window)
    dialog.show_about("An export with a long name " * 4, f"300 recordings · {LONG}")
    dialog.show_seal("0" * 64, "An export")
    fates = (Fate.MISSING, Fate.ALTERED, Fate.NEW, Fate.INTACT)
    files = [FoundFile(f"{fate}.mp3", frozenset({fate}), fetchable=True) for fate in fates]
    dialog.show_findings(Findings(files=files, sentences=["Bird is not connected. "] * 4))
    return dialog


def _chooser(window: QWidget) -> QDialog:
    """The dialog in which the folder of an export is chosen."""
    pane = PlacePane(Path.home())
    pane.setParent(window)
    find(pane, QPushButton, "browseButton").click()
    chooser = find(pane, QFileDialog, "QFileDialog")
    chooser.hide()
    return chooser


def _folded(dialog: QDialog) -> Iterator[QToolButton]:
    for button in dialog.findChildren(QToolButton, "advancedButton"):
        if not button.isChecked():
            yield button


def _seen(window: QWidget) -> bool:
    return window.screen().availableGeometry().contains(window.frameGeometry())


def _within(part: QWidget, dialog: QWidget) -> bool:
    return dialog.rect().contains(QRect(part.mapTo(dialog, QPoint()), part.size()))


async def _laid_out() -> None:
    for _ in range(5):
        await asyncio.sleep(0)
        QApplication.processEvents()
