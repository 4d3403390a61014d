"""Preferences: appearance and how much audio is kept; everything takes effect at once, and is kept."""

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from playhead.ui.shell.actions import PREFERENCES
from playhead.ui.shell.preferencesdialog import PreferencesDialog
from support.widgets import appeared, find
from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


async def preferences(person: Person) -> PreferencesDialog:
    """Press Ctrl+, and wait for the dialog."""
    person.window.commands.do(PREFERENCES)
    return await appeared(person.window, PreferencesDialog)


def words(dialog: PreferencesDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    """Choose a value in one of its boxes."""
    found = find(dialog, QComboBox, name)
    found.setCurrentIndex(found.findData(value))
    found.activated.emit(found.currentIndex())


async def test_kept_audio_is_shown_and_thrown_away(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        recording = person.recording(person.playable_rows()[0])
        await person.program.session.catalogue.media.keep(recording, b"x" * 3_000_000)
        dialog = await preferences(person)
        assert "3 MB" in words(dialog) or "3.0 MB" in words(dialog)
        empty = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Empty")
        empty.click()
        await until(lambda: not empty.isEnabled(), "the cache to be empty")
        assert await person.program.session.catalogue.media.read(recording) is None
        dialog.accept()
        await person.job_done("preferences")


async def test_a_smaller_limit_takes_effect_at_once_and_is_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer) as person:
        dialog = await preferences(person)
        choose(dialog, "cacheLimitBox", 100_000_000)
        await person.job_done("audio")
        assert (await person.program.session.catalogue.media.usage())[1] == 100_000_000
        dialog.accept()
    async with desk.opened(player=HandPlayer) as person:
        assert (await person.program.session.catalogue.media.usage())[1] == 100_000_000
        dialog = await preferences(person)
        assert find(dialog, QComboBox, "cacheLimitBox").currentData() == 100_000_000


async def test_the_appearance_changes_at_once_and_is_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer) as person:
        dialog = await preferences(person)
        choose(dialog, "appearanceBox", "dark")
        dark = person.window.palette().window().color()
        choose(dialog, "appearanceBox", "light")
        assert person.window.palette().window().color().lightness() > dark.lightness()
        choose(dialog, "appearanceBox", "dark")
        dialog.accept()
    async with desk.opened(player=HandPlayer) as person:
        assert person.window.palette().window().color() == dark
        dialog = await preferences(person)
        assert find(dialog, QComboBox, "appearanceBox").currentData() == "dark"


async def test_a_limit_chosen_just_before_the_dialog_is_closed_is_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer) as person:
        dialog = await preferences(person)
        choose(dialog, "cacheLimitBox", 250_000_000)
        dialog.close()
        await person.job_done("preferences")
        assert (await person.program.session.catalogue.media.usage())[1] == 250_000_000
