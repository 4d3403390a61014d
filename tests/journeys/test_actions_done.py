"""Actions in the whole program: every one does something, by its key or from the palette."""

from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest

from playhead.core.playbacksettings import Channels
from playhead.ui.shell import actions
from playhead.ui.shell.actions import ACTIONS
from support.window.driven_program import until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


async def test_every_action_does_something(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=20) as person:
        commands = person.window.commands
        idle = [each.key for each in ACTIONS if not commands.entry(each).receivers(SIGNAL("triggered(bool)"))]
        assert idle == []


async def test_who_listens_all_day_needs_no_mouse(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        window, listening = person.window, person.program.journeys.listening
        first, second = person.playable_rows()[:2]
        person.select([first])
        window.table.setFocus()

        def press(*keys: Qt.Key) -> None:
            for key in keys:
                QTest.keyClick(window.table, key)

        press(Qt.Key.Key_Return)
        await until(lambda: listening.recording is not None, "the first one")
        press(Qt.Key.Key_M)
        assert listening.settings.volume == 0
        assert window.commands.entry(actions.MUTE).isChecked()
        press(Qt.Key.Key_M, Qt.Key.Key_8, Qt.Key.Key_8, Qt.Key.Key_9)
        assert listening.settings.volume == 0.9
        press(Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_1)
        assert (listening.settings.speed, listening.settings.channels) == (1.5, Channels.LEFT)
        press(Qt.Key.Key_U)
        assert listening.settings.audition
        assert window.commands.entry(actions.AUDITION).isChecked()
        press(Qt.Key.Key_U)
        for _ in range(second - first):
            press(Qt.Key.Key_J)
        assert listening.recording == person.recording(second)
        for _ in range(second - first):
            press(Qt.Key.Key_K)
        assert listening.recording == person.recording(first)
        person.select([second])
        QTest.keyClick(window.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert window.table.currentIndex().row() == first


async def test_what_needs_a_recording_can_be_done_while_one_is_at_the_player(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        back = person.window.commands.entry(actions.BACK)
        assert not back.isEnabled()
        person.select([person.playable_rows()[0]])
        person.window.commands.do(actions.OPEN)
        assert back.isEnabled()
