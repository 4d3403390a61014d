"""How what plays sounds: what the person chooses reaches the player, and is there at the next start."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


def loop(player: HandPlayer) -> tuple[float | None, float | None]:
    """What is played again and again."""
    return player.loop


def aids(player: HandPlayer) -> tuple[bool, float, str]:
    """Skipping of silence, seconds of rewinding and device, as the player was given them."""
    settings = player.settings
    return settings.skip_silence, settings.rewind, settings.device


async def play(person: Person, place: int = 0) -> None:
    """Play a row that can be heard, and wait for its waveform."""
    person.play(person.playable_rows()[place])
    await person.sees_waveform()


async def test_a_and_b_mark_a_loop_that_is_played_and_ends_with_the_recording(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
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
        person.bar.click("Loop A to B")
        assert loop(player) == (5, 7)
        person.bar.click("Loop A to B")
        assert loop(player) == (None, None)
        person.bar.click("Loop A to B")
        assert loop(player) == (5, 7)
        person.play(person.playable_rows()[1])
        assert loop(player) == (None, None)
        assert person.window.player.loop is None


async def test_what_is_chosen_reaches_the_player_and_is_there_at_the_next_start(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await play(person)
        assert aids(player) == (False, 1.0, "")
        person.bar.check("Skip silence")
        person.bar.check("Level")
        person.bar.check("Audition on select")
        person.bar.choose("Rewind on resume", 2.0)
        person.bar.choose("Output device", "head")
        person.bar.choose("Autoplay", "listing")
        assert aids(player) == (True, 2.0, "head")
        person.bar.choose("Output device", "")
        assert player.settings.device == ""
        person.bar.choose("Output device", "head")
    async with desk.by_hand(rows=50) as (person, later):
        for name in ("Skip silence", "Level", "Audition on select"):
            assert person.bar.is_checked(name)
        assert (person.bar.chosen("Rewind on resume"), person.bar.chosen("Autoplay")) == (2.0, "listing")
        await play(person)
        assert aids(later) == (True, 2.0, "head")
        assert person.bar.chosen("Output device") == "head"


async def test_gains_swap_and_mono_are_heard_at_once_and_stay_for_the_next_recording(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await play(person)
        sliders = person.window.player.findChildren(QSlider)
        next(each for each in sliders if each.accessibleName() == "Left channel gain").setValue(6)
        assert (player.settings.left, player.settings.right) == pytest.approx((1.995, 1.0), abs=0.001)
        bar = person.window.player
        bar.show_stereo(stereo=True)
        person.bar.check("Swap channels")
        person.bar.check("Mono")
        assert (player.settings.swap, player.settings.mono) == (True, True)
        await play(person, 1)
        assert person.bar.is_checked("Mono")
        assert (player.settings.swap, player.settings.mono) == (True, True)


async def test_a_recording_is_measured_once_and_made_as_loud_as_the_others(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await play(person)
        recording = person.playing
        assert recording is not None
        assert player.level == 1.0
        person.bar.check("Level")
        await until(lambda: player.level != 1.0, "the level")
        person.bar.check("Level", on=False)
        assert player.level == 1.0
        person.bar.check("Level")
        assert player.level != 1.0
        level = player.level
        await person.job_done("peaks")
        analyses = person.program.session.catalogue.analyses
        measured = await analyses.measured(recording)
        peaks = await analyses.peaks(recording)
        assert measured is not None
        assert peaks is not None
    async with desk.by_hand(rows=50) as (person, later):
        analyses = person.program.session.catalogue.analyses
        await analyses.keep_peaks(recording, peaks)
        await analyses.keep_measured(recording, measured)
        await play(person)
        assert person.playing == recording
        await until(lambda: later.level == pytest.approx(level), "the level that was kept")


async def test_a_recording_whose_audio_has_changed_is_measured_again(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, _):
        await play(person)
        recording = person.playing
        assert recording is not None
        analyses = person.program.session.catalogue.analyses
        await person.job_done("peaks")
        measured = await analyses.measured(recording)
        assert measured is not None
        await analyses.keep_measured(recording, replace(measured, digest=b"of other audio"))
        await play(person, 1)
        await play(person)
        await person.job_done("peaks")
        assert await analyses.measured(recording) == measured


async def test_the_verdict_on_what_is_played_stands_in_its_row_and_can_be_asked_for(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, _):
        await play(person)
        row = person.playable_rows()[0]
        await person.job_done("peaks")
        await until(lambda: bool(person.column("health")[row]), "the verdict")
        assert person.column("loudness")[row].endswith("LUFS")
        assert sum(map(bool, person.column("health"))) == 1
        person.type_filter("is:measured")
        await until(lambda: person.rows == 1, "the recording that was measured")


async def test_silences_an_unknown_length_a_device_that_goes_and_damage_are_told(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await play(person)
        assert player.silences == person.window.player.waveform.sight.silences
        player.duration_changed.emit(None)
        assert person.window.player.waveform.duration > 0
        player.unplugged.emit()
        await person.sees_notice("sound device has gone")
        player.damaged.emit(2, 3.0)
        await person.sees_notice("2 pieces of this recording, 3 s in all, could not be decoded")
        await play(person, 1)
        assert not any("decoded" in each for each in person.notices)
