"""Preferences: appearance and how much audio is kept; everything takes effect at once, and is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from playhead.core.health.audiofigures import Measured
from playhead.core.transcript import Line, Transcript
from playhead.ui.shell.actionlist import ActionList
from playhead.ui.shell.actions import CHANGE_KEYS, COMMANDS, DETAILS, PREFERENCES, STAR
from playhead.ui.shell.commandpalette import CommandPalette
from playhead.ui.shell.preferencesdialog import PreferencesDialog
from support.health.figures_examples import figures
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
        empty = find(dialog, QPushButton, "emptyCacheButton")
        empty.click()
        await until(lambda: not empty.isEnabled(), "the cache to be empty")
        assert await person.program.session.catalogue.media.read(recording) is None
        dialog.accept()
        await person.job_done("preferences")


async def test_kept_transcripts_are_thrown_away_and_what_was_said_is_no_longer_found(desk: Desk) -> None:
    line = Line(start=0, end=1, text="a refund", side=None)
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        transcripts = person.program.session.catalogue.transcripts
        spoken = Transcript(id="t", locale="en", lines=(line,))
        await transcripts.keep(person.recording(person.playable_rows()[0]), spoken)
        assert len(await person.finds("said:refund")) == 1
        dialog = await preferences(person)
        empty = find(dialog, QPushButton, "emptyTranscriptsButton")
        empty.click()
        await until(lambda: not empty.isEnabled() and person.rows == 0, "nothing to be kept or found")
        assert "let go" not in person.program.journeys.browsing.state.said
        dialog.accept()
        await person.job_done("preferences")


async def test_a_limit_and_the_appearance_take_effect_at_once_and_are_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer) as person:
        dialog = await preferences(person)
        choose(dialog, "cacheLimitBox", 250_000_000)
        # Just before the dialog is closed.
        dialog.close()
        await person.job_done("preferences")
        assert (await person.program.session.catalogue.media.usage())[1] == 250_000_000
        dialog = await preferences(person)
        choose(dialog, "cacheLimitBox", 100_000_000)
        await person.job_done("audio")
        assert (await person.program.session.catalogue.media.usage())[1] == 100_000_000
        choose(dialog, "appearanceBox", "dark")
        dark = person.window.palette().window().color()
        choose(dialog, "appearanceBox", "light")
        assert person.window.palette().window().color().lightness() > dark.lightness()
        choose(dialog, "appearanceBox", "dark")
        dialog.accept()
    async with desk.opened(player=HandPlayer) as person:
        assert (await person.program.session.catalogue.media.usage())[1] == 100_000_000
        assert person.window.palette().window().color() == dark
        dialog = await preferences(person)
        assert find(dialog, QComboBox, "cacheLimitBox").currentData() == 100_000_000
        assert find(dialog, QComboBox, "appearanceBox").currentData() == "dark"


async def test_other_limits_of_health_judge_what_was_measured_at_once_and_are_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        recording = person.recording(person.playable_rows()[0])
        figures_of_it = figures(loudness=-30.0, seconds=recording.duration or 60.0, said_seconds=None)
        await person.program.session.catalogue.analyses.keep_measured(recording, Measured(figures_of_it, b""))
        person.type_filter("health:too-quiet")
        await until(lambda: person.rows == 0, "nothing to be too quiet")
        dialog = await preferences(person)
        line = find(dialog, QLineEdit, "calls_quietLine")
        line.setText("-20")
        QTest.keyClick(line, Qt.Key.Key_Return)
        await until(lambda: person.rows == 1, "the row to be found by its new verdict")
        assert "one verdict is another" in words(dialog)
        dialog.accept()
    async with desk.opened(player=HandPlayer) as person:
        dialog = await preferences(person)
        assert find(dialog, QLineEdit, "calls_quietLine").text() == "-20"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_changed_keys_the_menu_bar_and_what_was_used_last_are_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer) as person:
        window = person.window
        window.commands.do(CHANGE_KEYS)
        dialog = await appeared(window, PreferencesDialog)
        rows = find(dialog, ActionList, "actionList")
        assert rows.isVisible()
        window.commands.use(window.commands.keymap.with_keys(STAR, ["F13"]))
        choose(dialog, "menuBarBox", "alt")
        assert window.menu_bar.isHidden()
        dialog.accept()
        await person.job_done("preferences")
        window.commands.do(DETAILS)
        window.commands.do(COMMANDS)
        line = find(find(window, CommandPalette, "commandPalette"), QLineEdit)
        line.setText("mute")
        QTest.keyClick(line, Qt.Key.Key_Return)
    async with desk.opened(player=HandPlayer) as person:
        assert person.window.commands.keymap.of(STAR) == ("F13",)
        assert person.window.menu_bar.isHidden()
        assert person.window.inspector.isHidden()
        assert not person.window.commands.entry(DETAILS).isChecked()
        person.window.commands.do(COMMANDS)
        palette = find(person.window, CommandPalette, "commandPalette")
        assert palette.shown[0].title == "Sound: Mute"
        palette.close()
