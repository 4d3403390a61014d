"""Preferences: appearance and how much audio is kept; everything takes effect at once, and is kept."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from person import Person, Run, bird_account, opened, until
from players import HandPlayer
from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud
from playhead.machine.vault import MemoryVault
from playhead.ui.panes.preferencesdialog import PreferencesDialog

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


async def preferences(person: Person) -> PreferencesDialog:
    """Press Ctrl+, and wait for the dialog."""
    person.window.preferences_asked.emit()
    await until(lambda: person.window.findChildren(PreferencesDialog), "the dialog")
    dialog = person.window.findChildren(PreferencesDialog)[0]
    await until(dialog.isVisible, "the dialog")
    return dialog


def words(dialog: PreferencesDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def box(dialog: PreferencesDialog, name: str) -> QComboBox:
    return next(each for each in dialog.findChildren(QComboBox) if each.objectName() == name)


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    """Choose a value in one of its boxes."""
    found = box(dialog, name)
    found.setCurrentIndex(found.findData(value))
    found.activated.emit(found.currentIndex())


def test_kept_audio_is_shown_and_thrown_away(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud), player=HandPlayer) as person:
            await person.sees_rows(50)
            recording = person.recording(person.playable_rows()[0])
            await person.program.catalogue.keep_media(recording, b"x" * 3_000_000)
            dialog = await preferences(person)
            assert "3 MB" in words(dialog) or "3.0 MB" in words(dialog)
            empty = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Empty")
            empty.click()
            await until(lambda: not empty.isEnabled(), "the cache to be empty")
            assert await person.program.catalogue.media(recording) is None
            dialog.accept()
            await until(lambda: not person.program.jobs.running("preferences"))

    run(scene())


def test_a_smaller_limit_takes_effect_at_once_and_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, bird(cloud), vault=vault, player=HandPlayer) as person:
            dialog = await preferences(person)
            choose(dialog, "cacheLimitBox", 100_000_000)
            await until(lambda: not person.program.jobs.running("audio"))
            assert (await person.program.catalogue.media_usage())[1] == 100_000_000
            dialog.accept()
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            assert (await person.program.catalogue.media_usage())[1] == 100_000_000
            dialog = await preferences(person)
            assert box(dialog, "cacheLimitBox").currentData() == 100_000_000

    run(scene())


def test_the_appearance_changes_at_once_and_is_kept(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, bird(cloud), vault=vault, player=HandPlayer) as person:
            dialog = await preferences(person)
            choose(dialog, "appearanceBox", "dark")
            dark = person.window.palette().window().color()
            choose(dialog, "appearanceBox", "light")
            assert person.window.palette().window().color().lightness() > dark.lightness()
            choose(dialog, "appearanceBox", "dark")
            dialog.accept()
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            assert person.window.palette().window().color() == dark
            dialog = await preferences(person)
            assert box(dialog, "appearanceBox").currentData() == "dark"

    run(scene())


def test_a_limit_chosen_just_before_the_dialog_is_closed_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud), player=HandPlayer) as person:
            dialog = await preferences(person)
            choose(dialog, "cacheLimitBox", 250_000_000)
            dialog.close()
            await until(lambda: not person.program.jobs.running("preferences"))
            assert (await person.program.catalogue.media_usage())[1] == 250_000_000

    run(scene())
