"""How what plays sounds: what the person chooses reaches the player, and is there at the next start."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from person import Person, Run, bird_account, opened, until
from players import HandPlayer
from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud
from playhead.machine.vault import MemoryVault

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


def loop(player: HandPlayer) -> tuple[float | None, float | None]:
    """What is played again and again."""
    return player.loop


async def play(person: Person, place: int = 0) -> None:
    """Play a row and wait for its waveform."""
    await person.sees_rows(50)
    person.play(person.playable_rows()[place])
    await until(lambda: person.program.journeys.listening.drawn, "the waveform")


def test_a_and_b_mark_a_loop_that_is_played_and_ends_with_the_recording(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await play(person)
            player.plays(0, 2)
            person.press(Qt.Key.Key_A)
            assert loop(player) == (None, None)
            player.plays(2, 5)
            person.press(Qt.Key.Key_B)
            assert loop(player) == (2, 5)
            person.press(Qt.Key.Key_A, shift=True)
            assert loop(player) == (None, None)
            person.press(Qt.Key.Key_A)
            player.plays(5, 7)
            person.click("Loop A to B")
            assert loop(player) == (5, 7)
            person.click("Loop A to B")
            assert loop(player) == (None, None)
            person.click("Loop A to B")
            assert loop(player) == (5, 7)
            person.play(person.playable_rows()[1])
            assert loop(player) == (None, None)
            assert person.window.player.loop is None

    run(scene())


def test_what_is_chosen_reaches_the_player_and_is_there_at_the_next_start(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault, player, later = MemoryVault(), HandPlayer(), HandPlayer()
        async with opened(tmp_path, bird(cloud), vault=vault, player=lambda: player) as person:
            await play(person)
            assert (player.skips, player.rewind, player.device) == (False, 1.0, None)
            person.check("Skip silence")
            person.check("Level")
            person.check("Audition on select")
            person.choose("Rewind on resume", 2.0)
            person.choose("Output device", "head")
            person.choose("Autoplay", "listing")
            assert (player.skips, player.rewind, player.device) == (True, 2.0, "head")
            person.choose("Output device", "")
            assert player.device is None
            person.choose("Output device", "head")
        async with opened(tmp_path, vault=vault, player=lambda: later) as person:
            for name in ("Skip silence", "Level", "Audition on select"):
                assert person.is_checked(name)
            assert (person.chosen("Rewind on resume"), person.chosen("Autoplay")) == (2.0, "listing")
            await play(person)
            assert (later.skips, later.rewind, later.device) == (True, 2.0, "head")
            assert person.chosen("Output device") == "head"

    run(scene())


def test_gains_swap_and_mono_are_heard_at_once_and_stay_for_the_next_recording(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await play(person)
            sliders = person.window.player.findChildren(QSlider)
            next(each for each in sliders if each.accessibleName() == "Left channel gain").setValue(6)
            assert player.gain == pytest.approx((1.995, 1.0), abs=0.001)
            bar = person.window.player
            bar.show_stereo(stereo=True)
            person.check("Swap channels")
            person.check("Mono")
            assert (player.swap, player.mono) == (True, True)
            await play(person, 1)
            assert person.is_checked("Mono")
            assert (player.swap, player.mono) == (True, True)

    run(scene())


def test_a_recording_is_measured_once_and_made_as_loud_as_the_others(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault, player, later = MemoryVault(), HandPlayer(), HandPlayer()
        async with opened(tmp_path, bird(cloud), vault=vault, player=lambda: player) as person:
            await play(person)
            recording = person.program.journeys.listening.recording
            assert recording is not None
            assert await person.program.catalogue.loudness(recording) is None
            assert player.level == 1.0
            person.check("Level")
            await until(lambda: player.level != 1.0, "the level")
            lufs = await person.program.catalogue.loudness(recording)
            assert lufs is not None
            person.check("Level", on=False)
            assert player.level == 1.0
            person.check("Level")
            assert player.level != 1.0
            level = player.level
        async with opened(tmp_path, vault=vault, player=lambda: later) as person:
            await person.sees_rows(50)
            await person.program.catalogue.keep_loudness(recording, lufs)
            await play(person)
            assert person.program.journeys.listening.recording == recording
            await until(lambda: later.level == pytest.approx(level), "the level that was kept")

    run(scene())


def test_the_silences_of_what_plays_reach_the_player_and_the_waveform(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await play(person)
            assert player.silences == person.window.player.waveform.sight.silences

    run(scene())


def test_a_device_that_goes_and_a_damaged_recording_are_told(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await play(person)
            player.unplugged.emit()
            await person.sees_notice("sound device has gone")
            player.damaged.emit(2, 3.0)
            await person.sees_notice("2 pieces of this recording, 3 s in all, could not be decoded")
            await play(person, 1)
            assert not any("decoded" in each for each in person.notices)

    run(scene())


def test_a_recording_of_unknown_length_plays_after_one_of_known_length(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await play(person)
            player.duration_changed.emit(None)
            assert person.window.player.waveform.duration > 0

    run(scene())
