"""From a row to sound: the real download, decoder and engine, with or without a sound device."""

from PySide6.QtCore import Qt

from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def test_enter_plays_a_row_and_draws_its_waveform(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        recording = person.play(person.playable_rows()[0])
        listening = person.program.journeys.listening
        assert person.playing == recording
        await person.sees_waveform()
        await until(lambda: listening.state in {"playing", "no-device", "ended"}, "sound, or no device")
        assert person.window.player.waveform.shaped


async def test_audio_that_was_played_comes_from_the_encrypted_cache_the_next_time(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        recording = person.play(person.playable_rows()[0])
        await person.sees_waveform()
        expected = desk.audio(recording)
        kept = None
        while kept is None:
            kept = await person.program.session.catalogue.media.read(recording)
        assert kept == expected
        files = [each for each in person.profile.folder.iterdir() if each.is_file()]
        assert not any(expected[:64] in each.read_bytes() for each in files)


async def test_an_expired_link_is_fetched_anew_unseen(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        cloud.faults.add(Fault(scope="media", status=403, times=1))
        person.play(person.playable_rows()[0])
        await person.sees_waveform()
        assert person.program.journeys.listening.state != "failed"


FAULTS = [
    (Fault(scope="media", html=True), "is not audio"),
    (Fault(scope="media", truncate=0), "audio"),
    (Fault(scope="media", status=404), "does not have it any more"),
    (Fault(scope="media", status=500), "has a fault of its own"),
    (Fault(scope="bird-get", status=403), "may not read recordings"),
]


async def plays_in_vain(person: Person, row: int, sentence: str) -> None:
    """Plays a row of which the player says `sentence`, and nothing is heard."""
    listening = person.program.journeys.listening
    listening.stop()
    await until(lambda: listening.state == "idle", "the end of what was played before")
    person.play(row)
    await until(lambda: listening.state == "failed", f"the failure with “{sentence}”")
    await until(lambda: sentence in person.player_says, f"“{sentence}”")


async def test_audio_that_cannot_be_had_says_why_in_the_player(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        # Far from each other: what stands next to what plays may be fetched ahead.
        rows = person.playable_rows()[::7][: len(FAULTS)]
        for row, (fault, sentence) in zip(rows, FAULTS, strict=True):
            cloud.faults.clear()
            cloud.faults.add(fault)
            await plays_in_vain(person, row, sentence)


async def test_a_recording_in_progress_says_so_and_nothing_is_asked(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        row = next(row for row in range(person.rows) if person.recording(row).status == "ongoing")
        cloud.requests.clear()
        person.play(row)
        await until(lambda: "still in progress" in person.player_says)
        assert not list(cloud.requests)


async def test_a_convirza_prompt_is_heard_through_the_link_of_the_list_also_after_it_died(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.convirza, rows=40) as person:
        cloud.kill_prompt_links()
        person.play(person.playable_rows()[0])
        await person.sees_waveform()


async def test_the_keys_of_the_player_work_from_the_table(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.play(person.playable_rows()[0])
        await person.sees_waveform()
        listening = person.program.journeys.listening
        person.press(Qt.Key.Key_Period)
        assert listening.settings.speed == 1.25
        person.press(Qt.Key.Key_Comma)
        person.press(Qt.Key.Key_Comma)
        assert listening.settings.speed == 0.75
        person.press(Qt.Key.Key_Right)
        await until(lambda: person.window.player.waveform.position >= 5)
        person.press(Qt.Key.Key_Left)
        await until(lambda: person.window.player.waveform.position < 5)


async def test_playing_goes_on_while_the_person_filters(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        recording = person.play(person.playable_rows()[0])
        person.type_filter("status:failed")
        await until(lambda: all(text == "failed" for text in person.column("status")))
        assert person.playing == recording
