"""Starting with a catalogue that cannot be read: nothing of it is lost, and everything works all the same."""

import secrets
from contextlib import closing

import pytest

from desk import Desk
from person import Person, until
from playhead.catalogue.connection import connect
from playhead.catalogue.opening import KEY
from playhead.demo.cloud import DemoCloud, Fault


async def a_first_visit(desk: Desk) -> bytes:
    """Leaves a catalogue behind; its bytes."""
    async with desk.opened(*desk.both, rows=50):
        pass
    return desk.profile.catalogue.read_bytes()


async def everything_works(person: Person) -> None:
    """Both accounts' recordings come, can be filtered, and one can be fetched."""
    await person.sees_rows(50)
    await person.sees_status("more exist at Bird EU")
    row = person.playable_rows()[0]
    media = person.program.journeys.downloads.open(person.recording(row))
    await until(lambda: media.finished or media.failure, "the audio")
    assert media.failure is None
    person.program.journeys.downloads.release(media)
    person.type_filter("is:stereo")
    await person.sees_status("match in")


@pytest.mark.parametrize("damage", ["other bytes", "no key", "another key", "an odd key"])
async def test_a_catalogue_that_cannot_be_read_is_kept_aside_and_a_new_one_begun(
    desk: Desk, cloud: DemoCloud, damage: str
) -> None:
    before = await a_first_visit(desk)
    profile = desk.profile
    match damage:
        case "other bytes":
            before = secrets.token_bytes(len(before))
            profile.catalogue.write_bytes(before)
        case "no key":
            await desk.vault.delete(KEY)
        case "another key":
            await desk.vault.set(KEY, bytes(32).hex())
        case _:
            await desk.vault.set(KEY, "no hexadecimal number")
    async with desk.opened() as person:
        await person.sees_notice("The catalogue could not be read (it")
        (said,) = person.notices
        (aside,) = profile.folder.glob("catalogue-unreadable-*.db")
        assert f"It is kept as {aside.name}; a new one was begun." in said
        assert aside.read_bytes() == before
        await everything_works(person)
    async with desk.opened() as person:
        cloud.faults.add(Fault(scope="any", status=503))
        await person.sees_rows(50)
        assert not [each for each in person.notices if "catalogue" in each]


async def test_a_catalogue_of_a_newer_playhead_is_left_alone_and_everything_works_without_it(
    desk: Desk,
) -> None:
    await a_first_visit(desk)
    file = desk.profile.catalogue
    with closing(connect(file, bytes.fromhex(await desk.vault.get(KEY) or ""))) as connection:
        connection.pragma("user_version", 999)
    before = file.read_bytes()
    async with desk.opened() as person:
        await person.sees_notice("The catalogue was written by a newer Playhead.")
        await everything_works(person)
    assert file.read_bytes() == before


async def test_a_catalogue_that_is_damaged_in_the_middle_does_not_keep_recordings_from_being_seen(
    desk: Desk, cloud: DemoCloud
) -> None:
    damaged = bytearray(await a_first_visit(desk))
    for page in range(len(damaged) // 8192 * 4096, len(damaged), 4096):
        damaged[page + 100] ^= 1
    desk.profile.catalogue.write_bytes(damaged)
    cloud.faults.add(Fault(scope="bird-list", stall=100))
    async with desk.opened() as person:
        notice = await person.sees_notice("The catalogue is damaged: not everything in it can be shown.")
        assert notice.action == "Begin a new one"
        await person.takes_up("The catalogue is damaged")
        await until(person.living.done, "the end of the first window")
        assert person.program.again
    cloud.faults.clear()
    async with desk.opened() as person:
        await everything_works(person)
        assert not person.notices
    (aside,) = desk.profile.folder.glob("catalogue-unreadable-*.db")
    assert aside.stat().st_size >= len(damaged) // 2
