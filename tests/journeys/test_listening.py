"""From a row to sound: the real download, decoder and engine, with or without a sound device."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.core.account import Account, Credential
from playhead.core.recording import Recording
from playhead.demo.cloud import DemoCloud, Fault

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


async def play(person: Person, row: int) -> Recording:
    """Press Enter on a row."""
    person.window.table.selectRow(row)
    person.press(Qt.Key.Key_Return)
    return person.recording(row)


def playable(person: Person) -> int:
    return person.playable_rows()[0]


def test_enter_plays_a_row_and_draws_its_waveform(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            recording = await play(person, playable(person))
            listening = person.program.journeys.listening
            assert listening.recording == recording
            await until(lambda: listening.drawn, "the waveform")
            await until(lambda: listening.state in {"playing", "no-device", "ended"}, "sound, or no device")
            assert person.window.player.waveform.shaped

    run(scene())


def test_audio_that_was_played_comes_from_the_encrypted_cache_the_next_time(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            row = playable(person)
            recording = await play(person, row)
            await until(lambda: person.program.journeys.listening.drawn, "the waveform")
            expected = cloud.audio(recording.id)
            kept: list[bytes | None] = []

            async def look() -> None:
                while not kept or kept[-1] is None:
                    kept.append(await person.program.catalogue.media(recording))

            await look()
            assert kept[-1] == expected
            files = [each for each in person.profile.folder.iterdir() if each.is_file()]
            assert not any(expected[:64] in each.read_bytes() for each in files)

    run(scene())


def test_an_expired_link_is_fetched_anew_unseen(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            cloud.faults.add(Fault(scope="media", status=403, times=1))
            await play(person, playable(person))
            await until(lambda: person.program.journeys.listening.drawn, "the waveform")
            assert person.program.journeys.listening.state != "failed"

    run(scene())


FAULTS = [
    (Fault(scope="media", html=True), "is not audio"),
    (Fault(scope="media", truncate=0), "audio"),
    (Fault(scope="media", status=404), "does not have it any more"),
    (Fault(scope="media", status=500), "has a fault of its own"),
    (Fault(scope="bird-get", status=403), "may not read recordings"),
]


@pytest.mark.parametrize(("fault", "sentence"), FAULTS, ids=[sentence for _, sentence in FAULTS])
def test_audio_that_cannot_be_had_says_why_in_the_player(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, fault: Fault, sentence: str
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            cloud.faults.add(fault)
            await play(person, playable(person))
            await until(lambda: person.program.journeys.listening.state == "failed", "the failure")
            await until(lambda: sentence in person.player_says, sentence)

    run(scene())


def test_a_recording_in_progress_says_so_and_nothing_is_asked(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            row = next(row for row in range(person.rows) if person.recording(row).status == "ongoing")
            cloud.requests.clear()
            await play(person, row)
            await until(lambda: "still in progress" in person.player_says)
            assert not list(cloud.requests)

    run(scene())


def test_a_convirza_prompt_is_heard_through_the_link_of_the_list_also_after_it_died(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        account = (convirza_account(cloud), Credential(access=cloud.access_token))
        async with opened(tmp_path, account) as person:
            await person.sees_rows(40)
            cloud.kill_prompt_links()
            await play(person, playable(person))
            await until(lambda: person.program.journeys.listening.drawn, "the waveform")

    run(scene())


def test_the_keys_of_the_player_work_from_the_table(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            await play(person, playable(person))
            await until(lambda: person.program.journeys.listening.drawn, "the waveform")
            listening = person.program.journeys.listening
            person.press(Qt.Key.Key_Period)
            assert listening.speed == 1.25
            person.press(Qt.Key.Key_Comma)
            person.press(Qt.Key.Key_Comma)
            assert listening.speed == 0.75
            person.press(Qt.Key.Key_Right)
            await until(lambda: person.window.player.waveform.position >= 5)
            person.press(Qt.Key.Key_Left)
            await until(lambda: person.window.player.waveform.position < 5)

    run(scene())


def test_playing_goes_on_while_the_person_filters(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            recording = await play(person, playable(person))
            person.type_filter("status:failed")
            await until(lambda: all(text == "failed" for text in person.column("status")))
            assert person.program.journeys.listening.recording == recording

    run(scene())
