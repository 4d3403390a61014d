"""Starting with a catalogue that cannot be read: nothing of it is lost, and everything works all the same."""

import os
import secrets
from contextlib import closing
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.keyids import entry, told_beside
from playhead.core.errors import CatalogueReadOnly
from playhead.machine.vault import MemoryVault
from support.catalogue.catalogue_examples import star
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


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
    media = person.program.session.downloads.open(person.recording(row))
    await until(lambda: media.finished or media.failure, "the audio")
    assert media.failure is None
    person.program.session.downloads.release(media)
    person.type_filter("is:stereo")
    await person.sees_status("match in")


async def key_name(desk: Desk) -> str:
    """What the vault calls the key of the catalogue."""
    return entry(told_beside(desk.profile.catalogue) or "")


async def test_a_catalogue_that_cannot_be_read_is_kept_aside_and_a_new_one_begun(
    desk: Desk, cloud: FaultyCloud
) -> None:
    before = secrets.token_bytes(len(await a_first_visit(desk)))
    profile = desk.profile
    profile.catalogue.write_bytes(before)
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


async def test_a_key_that_the_keyring_does_not_give_changes_nothing_and_opens_everything_when_it_is_back(
    desk: Desk,
) -> None:
    before = await a_first_visit(desk)
    name = await key_name(desk)
    key = await desk.vault.get(name)
    assert key is not None
    for given in (None, bytes(32).hex(), "no hexadecimal number"):
        if given is None:
            await desk.vault.delete(name)
        else:
            await desk.vault.set(name, given)
        async with desk.opened() as person:
            notice = await person.sees_notice(
                "The catalogue could not be read (its key is not in the keyring)"
            )
            assert "Until then, what is loaded is forgotten" in notice.sentence, given
            assert notice.action == "Try again", given
            await everything_works(person)
        assert desk.profile.catalogue.read_bytes() == before, given
    await desk.vault.set(name, key)
    async with desk.opened() as person:
        await person.sees_rows(50)
        assert not person.notices
    assert not [*desk.profile.folder.glob("catalogue-unreadable-*")]


async def test_a_new_catalogue_is_begun_when_the_person_says_so_and_the_old_one_comes_back_with_its_key(
    desk: Desk,
) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        starred = person.recording(person.playable_rows()[0])
        await star(person.program.session.catalogue, starred)
    own, other = desk.vault, MemoryVault()
    for account, credential in desk.both:
        await other.set(account.id, credential.to_secret())
    desk.vault = other
    async with desk.opened() as person:
        await person.takes_up("If the key of the catalogue is lost for good")
        await until(person.living.done, "the end of the first window")
        assert person.program.opening.again
    async with desk.opened() as person:
        await everything_works(person)
        assert not person.notices
        assert not (await person.marks_of(starred)).starred
    desk.vault = own
    async with desk.opened() as person:
        await person.sees_notice("An earlier catalogue is open again, as the keyring has its key.")
        assert (await person.marks_of(starred)).starred
    async with desk.opened() as person:
        assert not person.notices
    desk.vault = other
    async with desk.opened() as person:
        await person.sees_notice("An earlier catalogue is open again")
        assert not (await person.marks_of(starred)).starred
    for name in [await key_name(desk)]:
        await own.set(name, await other.get(name) or "")
    desk.vault = own
    async with desk.opened() as person:
        await person.takes_up("can be opened again, as the keyring has its key")
        await until(person.living.done, "the end of the window")
    async with desk.opened() as person:
        assert (await person.marks_of(starred)).starred


async def test_an_empty_catalogue_is_said_and_not_begun_anew_in_silence(desk: Desk) -> None:
    await a_first_visit(desk)
    desk.profile.catalogue.write_bytes(b"")
    async with desk.opened() as person:
        notice = await person.sees_notice("stars, notes and the journal of exports are not there any more")
        assert "a new one was begun" in notice.sentence
        await everything_works(person)
    async with desk.opened() as person:
        await person.sees_rows(50)
        assert not person.notices


async def test_a_catalogue_of_a_newer_playhead_is_left_alone_and_everything_works_without_it(
    desk: Desk,
) -> None:
    await a_first_visit(desk)
    file = desk.profile.catalogue
    with closing(
        connect(file, bytes.fromhex(await desk.vault.get(await key_name(desk)) or ""))
    ) as connection:
        connection.pragma("user_version", 999)
    before = file.read_bytes()
    async with desk.opened() as person:
        await person.sees_notice("The catalogue was written by a newer Playhead.")
        await everything_works(person)
    assert file.read_bytes() == before


async def test_a_catalogue_that_is_damaged_in_the_middle_does_not_keep_recordings_from_being_seen(
    desk: Desk, cloud: FaultyCloud
) -> None:
    damaged = bytearray(await a_first_visit(desk))
    key = bytes.fromhex(await desk.vault.get(await key_name(desk)) or "")
    with closing(connect(desk.profile.catalogue, key)) as connection:
        pages = list(connection.execute("select rootpage from sqlite_schema where tbl_name = 'search'"))
    for (page,) in pages:
        if page:
            damaged[(page - 1) * 4096 + 100] ^= 1
    desk.profile.catalogue.write_bytes(damaged)
    cloud.faults.add(Fault(scope="bird-list", stall=100))
    async with desk.opened() as person:
        notice = await person.sees_notice("The catalogue is damaged: not everything in it can be shown.")
        assert notice.action == "Begin a new one"
        await person.takes_up("The catalogue is damaged")
        await until(person.living.done, "the end of the first window")
        assert person.program.opening.again
    cloud.faults.clear()
    async with desk.opened() as person:
        await everything_works(person)
        assert not person.notices
    (aside,) = desk.profile.folder.glob("catalogue-unreadable-*.db")
    assert aside.stat().st_size >= len(damaged) // 2


async def test_a_profile_whose_name_is_no_text_is_a_profile_like_any_other(desk: Desk) -> None:
    desk.folder = Path(os.fsdecode(os.fsencode(desk.folder) + b"/odd \xff"))
    try:
        desk.folder.mkdir()
    except OSError:
        pytest.skip("this disk has no such names")
    async with desk.opened(desk.bird, rows=50):
        pass
    async with desk.opened(rows=50) as person:
        assert not person.notices


async def test_whatever_finds_the_disk_full_it_is_said_once_and_can_be_tried_again(desk: Desk) -> None:
    async def fail() -> None:
        raise CatalogueReadOnly("full")

    async with desk.opened(*desk.both, rows=50) as person:
        for name in ("list", "counts"):
            person.program.jobs.start(name, fail())
        await person.takes_up("disk is full")
        await until(lambda: not person.notices, "the notice's end")
        await person.sees_rows(50)
