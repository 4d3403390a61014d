"""Somebody presses keys before the catalogue is open: nothing of that is lost."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from playhead.machine.vault import MemoryVault
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.shell.keysheet import KeySheet
from support.widgets import appeared
from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class LockedVault(MemoryVault):
    """A keyring that waits for its password."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = asyncio.Event()

    @override
    async def get(self, key: str) -> str | None:
        await self.unlocked.wait()
        return await super().get(key)


@pytest.fixture
def vault() -> LockedVault:
    return LockedVault()


@pytest.fixture
def hasty(desk: Desk, vault: LockedVault) -> Desk:
    """A desk whose keyring is locked."""
    desk.vault = vault
    return desk


async def press(
    person: Person, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keyboard is, while everything is still being opened."""
    await until(person.window.isActiveWindow, "the window")
    QTest.keyClick(QApplication.focusWidget() or person.window, key, held)
    assert not person.program.ready


async def test_a_filter_with_enter_leads_to_its_first_row(hasty: Desk, vault: LockedVault) -> None:
    async with hasty.opened(*hasty.both, wait=False) as person:
        await press(person, Qt.Key.Key_F, CTRL)
        QTest.keyClicks(QApplication.focusWidget() or QWidget(), "kind:call")
        await press(person, Qt.Key.Key_Return)
        vault.unlocked.set()
        await until(person.window.table.hasFocus, "that the keyboard is at the rows")
        await until(lambda: person.window.table.selected_count() == 1, "the first row")
        await person.sees_rows(20)
        assert person.window.filter.text == "kind:call"
        assert {person.recording(row).kind for row in person.window.table.visible_rows} == {"call"}


async def test_what_is_typed_early_wins_over_the_filter_of_the_last_time(
    hasty: Desk, vault: LockedVault
) -> None:
    vault.unlocked.set()
    async with hasty.opened(*hasty.both, rows=20) as person:
        await person.filters_by("kind:prompt")
    vault.unlocked.clear()
    async with hasty.opened(wait=False) as person:
        await press(person, Qt.Key.Key_F, CTRL)
        QTest.keyClicks(person.window.filter.line, "kind:call ")
        vault.unlocked.set()
        await until(lambda: person.program.ready, "the program")
        await person.sees_rows(20)
        assert person.window.filter.text == "kind:call "


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_an_action_is_done_once_it_can_be(hasty: Desk, vault: LockedVault) -> None:
    async with hasty.opened(*hasty.both, wait=False) as person:
        for _ in range(2):
            await press(person, Qt.Key.Key_F1)
        await press(person, Qt.Key.Key_F, CTRL | SHIFT)
        vault.unlocked.set()
        (await appeared(person.window, KeySheet)).close()
        assert person.program.journeys.forming.form.isVisible()


async def test_a_card_of_the_first_page_is_opened_when_the_keyring_is(
    hasty: Desk, vault: LockedVault
) -> None:
    async with hasty.opened(wait=False) as person:
        await until(person.window.welcome.isVisible, "the first page")
        person.window.welcome.first.setFocus()
        await press(person, Qt.Key.Key_Return)
        vault.unlocked.set()
        dialog = await appeared(person.window, AccountDialog)
        dialog.reject()


async def test_a_row_that_is_opened_as_soon_as_it_is_seen_plays_once_it_can(
    hasty: Desk, vault: LockedVault
) -> None:
    vault.unlocked.set()
    async with hasty.opened(hasty.bird, rows=20):
        pass
    async with hasty.opened(wait=False, player=HandPlayer) as person:
        table, early = person.window.table, list[bool]()

        def hurry() -> None:
            early.append(not person.program.ready and person.rows > 0)
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                QTest.keyClick(table, key)

        person.window.rows.currentChanged.connect(hurry, Qt.ConnectionType.SingleShotConnection)
        await until(lambda: person.program.ready, "the program")
        await until(lambda: person.playing is not None, "what plays")
        assert early == [True]
        assert person.playing == person.recording(table.currentIndex().row())


async def test_a_filter_that_is_cleared_as_soon_as_it_is_seen_stays_cleared(
    hasty: Desk, vault: LockedVault
) -> None:
    vault.unlocked.set()
    async with hasty.opened(hasty.bird, rows=20) as person:
        await person.filters_by("kind:call")
    async with hasty.opened(wait=False) as person:
        seen = list[str]()

        def hurry() -> None:
            seen.append(person.window.filter.text)
            person.window.filter.clear()

        person.window.rows.currentChanged.connect(hurry, Qt.ConnectionType.SingleShotConnection)
        await until(lambda: person.program.ready, "the program")
        await person.sees_rows(20)
        await person.job_done("list")
        assert seen == ["kind:call"]
        assert person.window.filter.text == ""
