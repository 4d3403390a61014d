"""Starting and ending: whatever lies in the profile, and however the program ends."""

import asyncio
import json
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from apart import environment, finished, played, started
from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.catalogue.connection import connect
from playhead.catalogue.opening import KEY
from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud, Fault
from playhead.machine.paths import Profile
from playhead.machine.vault import KeyringVault, MemoryVault
from playhead.ui.table.columns import COLUMNS
from pocket_keyring import PocketKeyring
from scenes import connected, lists, reached, small_cloud

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def both(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    return (
        (convirza_account(cloud), Credential(access=cloud.access_token)),
        (bird_account(cloud), Credential(access=cloud.access_key)),
    )


def keyring(folder: Path) -> Path:
    """The file of the keyring that a program started in `folder` as its home uses."""
    return folder / "pocket.json"


def pocket(folder: Path) -> KeyringVault:
    """The same keyring, for the program in this process."""
    return KeyringVault(PocketKeyring(keyring(folder)))


async def a_first_visit(cloud: DemoCloud, folder: Path, vault: MemoryVault) -> bytes:
    """Leaves a catalogue behind; its bytes."""
    async with opened(folder, *both(cloud), vault=vault) as person:
        await person.sees_rows(50)
    return Profile(folder / "profile").catalogue.read_bytes()


async def everything_works(person: Person, cloud: DemoCloud) -> None:
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


# The catalogue


@pytest.mark.parametrize("damage", ["other bytes", "no key", "another key", "an odd key"])
def test_a_catalogue_that_cannot_be_read_is_kept_aside_and_a_new_one_begun(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, damage: str
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        before = await a_first_visit(cloud, tmp_path, vault)
        profile = Profile(tmp_path / "profile")
        match damage:
            case "other bytes":
                before = secrets.token_bytes(len(before))
                profile.catalogue.write_bytes(before)
            case "no key":
                await vault.delete(KEY)
            case "another key":
                await vault.set(KEY, bytes(32).hex())
            case _:
                await vault.set(KEY, "no hexadecimal number")
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_notice("The catalogue could not be read (it")
            (said,) = person.notices
            (aside,) = profile.folder.glob("catalogue-unreadable-*.db")
            assert f"It is kept as {aside.name}; a new one was begun." in said
            assert aside.read_bytes() == before
            await everything_works(person, cloud)
        async with opened(tmp_path, vault=vault) as person:
            cloud.faults.add(Fault(scope="any", status=503))
            await person.sees_rows(50)
            assert not [each for each in person.notices if "catalogue" in each]

    run(scene())


def test_a_catalogue_of_a_newer_playhead_is_left_alone_and_everything_works_without_it(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        await a_first_visit(cloud, tmp_path, vault)
        file = Profile(tmp_path / "profile").catalogue
        with closing(connect(file, bytes.fromhex(await vault.get(KEY) or ""))) as connection:
            connection.pragma("user_version", 999)
        before = file.read_bytes()
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_notice("The catalogue was written by a newer Playhead.")
            await everything_works(person, cloud)
        assert file.read_bytes() == before

    run(scene())


def test_a_catalogue_that_is_damaged_in_the_middle_does_not_keep_recordings_from_being_seen(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        damaged = bytearray(await a_first_visit(cloud, tmp_path, vault))
        for page in range(len(damaged) // 8192 * 4096, len(damaged), 4096):
            damaged[page + 100] ^= 1
        Profile(tmp_path / "profile").catalogue.write_bytes(damaged)
        cloud.faults.add(Fault(scope="bird-list", stall=100))
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_notice("The catalogue is damaged: not everything in it can be shown.")
            notice = next(each for each in person.window.notices.notices if each.key == "catalogue")
            assert notice.action == "Begin a new one"
            assert notice.act is not None
            notice.act()
            await until(person.living.done, "the end of the first window")
            assert person.program.again
        cloud.faults.clear()
        async with opened(tmp_path, vault=vault) as person:
            await everything_works(person, cloud)
            assert not person.notices
        (aside,) = Profile(tmp_path / "profile").folder.glob("catalogue-unreadable-*.db")
        assert aside.stat().st_size >= len(damaged) // 2

    run(scene())


# The settings


def test_settings_that_make_no_sense_are_set_aside_and_playhead_begins_anew(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        profile = Profile(tmp_path / "profile")
        profile.create()
        profile.settings.write_bytes(b'{"accounts": [{"id": "bird"')
        async with opened(tmp_path) as person:
            (aside,) = profile.folder.glob("settings unreadable *.json")
            await person.sees_notice(f"made no sense and were set aside as {aside.name}")
            assert aside.read_bytes() == b'{"accounts": [{"id": "bird"'
            assert person.window.welcome.isVisible()
        assert json.loads(profile.settings.read_text())["accounts"] == []

    run(scene())


def test_an_account_of_a_provider_that_is_not_known_stays_in_the_settings(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    stranger = {"id": "x", "provider": "nextcloud", "label": "Later", "base_url": "https://api.example.com"}

    async def scene() -> None:
        profile = connected(cloud, tmp_path, keyring(tmp_path))
        content = json.loads(profile.settings.read_text())
        content["accounts"].append(stranger)
        content["of tomorrow"] = [1, 2]
        profile.settings.write_text(json.dumps(content))
        async with opened(tmp_path, vault=pocket(tmp_path)) as person:
            await person.sees_notice("One account in the settings file was left out: its provider is neither")
            await person.sees_rows(50)
        after = json.loads(profile.settings.read_text())
        assert stranger in after["accounts"]
        assert [each["id"] for each in after["accounts"]] == ["convirza", "bird", "x"]
        assert after["of tomorrow"] == [1, 2]

    run(scene())


def test_a_restart_keeps_the_window_the_columns_the_volume_and_the_speed(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    places = {column.key: place for place, column in enumerate(COLUMNS)}

    async def scene() -> None:
        connected(cloud, tmp_path, keyring(tmp_path))
        async with opened(tmp_path, vault=pocket(tmp_path)) as person:
            await person.sees_rows(50)
            person.window.resize(800, 541)
            header = person.window.table.horizontalHeader()
            header.hideSection(places["status"])
            header.showSection(places["format"])
            header.moveSection(header.visualIndex(places["duration"]), 1)
            header.resizeSection(places["from"], 211)
            person.press(Qt.Key.Key_Period)
            person.press(Qt.Key.Key_Period)
            person.window.player.volume_chosen.emit(0.4)
        async with opened(tmp_path, vault=pocket(tmp_path)) as person:
            await person.sees_rows(50)
            assert (person.window.width(), person.window.height()) == (800, 541)
            header = person.window.table.horizontalHeader()
            assert header.isSectionHidden(places["status"])
            assert not header.isSectionHidden(places["format"])
            assert header.visualIndex(places["duration"]) == 1
            assert header.sectionSize(places["from"]) == 211
            assert person.program.journeys.listening.speed == 1.5
            assert person.program.journeys.listening.volume == pytest.approx(0.4)

    run(scene())


# A disk that does not take what one wants to keep


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder to put a small disk of one's own over, in a mount namespace that ends with its process."""
    folder = Path(tempfile.mkdtemp(prefix="disk"))
    yield folder
    shutil.rmtree(folder)


def on_a_disk(disk: Path, size: str, scene: str, home: Path) -> subprocess.CompletedProcess[str]:
    """What a scene says that has a disk of `size` for its profile."""
    mount = 'mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && shift 2 && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", size, str(disk)]
    return finished([*command, *played("scenes", scene, str(disk))], environment(home))


def _has_namespaces() -> bool:
    command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _has_namespaces(), reason="needs unshare and a kernel that lets this user mount")
@pytest.mark.parametrize(
    ("size", "scene"),
    [
        ("128k", "start_on_a_full_disk"),
        ("24m", "fill_the_disk_meanwhile"),
        ("24m", "start_on_a_read_only_disk"),
    ],
)
def test_a_disk_that_takes_nothing_is_said_and_recordings_are_seen_all_the_same(
    disk: Path, tmp_path: Path, size: str, scene: str
) -> None:
    done = on_a_disk(disk, size, scene, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


# Ends that come early


@pytest.mark.parametrize("turns", [0, 1, 3, 10, 30, 100, 300])
def test_somebody_impatient_can_close_at_once(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, turns: int
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, *both(cloud), wait=False):
            for _ in range(turns):
                await asyncio.sleep(0)
        assert not list(Profile(tmp_path / "profile").folder.glob("*-wal"))
        async with opened(tmp_path, *both(cloud)) as person:
            await person.sees_rows(50)

    run(scene())


@pytest.mark.parametrize("scope", ["bird-list", "convirza-list", "media"])
def test_closing_does_not_wait_for_what_is_on_its_way(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, scope: str
) -> None:
    async def scene() -> None:
        cloud.faults.add(
            Fault(scope="bird-list", stall=100)
            if scope == "bird-list"
            else Fault(scope="convirza-list", stall=100)
            if scope == "convirza-list"
            else Fault(scope="media", stall=5000)
        )
        clock = asyncio.get_running_loop().time
        async with opened(tmp_path, *both(cloud)) as person:
            if scope == "media":
                await person.sees_rows(50)
                media = person.program.journeys.downloads.open(person.recording(person.playable_rows()[0]))
                await until(lambda: media.arrived > 0, "the first bytes")
            else:
                account = scope.removesuffix("-list")
                await until(lambda: person.health(account) == "asking…", "the question")
            closed = clock()
        assert clock() - closed < 5
        assert not list(Profile(tmp_path / "profile").folder.glob("*-wal"))

    run(scene())


def test_a_program_that_was_killed_goes_on_where_it_was_without_a_gap(run: Run[None], tmp_path: Path) -> None:
    with small_cloud(bird=3000) as cloud:
        profile = connected(cloud, tmp_path, keyring(tmp_path))
        cloud.faults.add(Fault(scope="bird-list", delay=0.03))
        with started(played("scenes", "search_the_rest", str(tmp_path)), environment(tmp_path)) as process:
            reached(lambda: lists(cloud) >= 14 or process.poll() is not None, "a dozen pages")
            assert process.poll() is None
            process.kill()
            process.wait()
        answered = lists(cloud)
        assert list(profile.folder.glob("*-wal")), "it was not killed at work"
        cloud.faults.clear()
        cloud.faults.add(Fault(scope="any", status=503))

        async def scene() -> None:
            async with opened(tmp_path, vault=pocket(tmp_path)) as person:
                await person.sees_rows(50)
                stored = person.program.journeys.browsing.listing.loaded
                assert stored >= 40 + (answered - 4) * 99
                await person.sees_notice("Bird EU has a fault of its own")
                assert not [each for each in person.notices if "catalogue" in each]
                cloud.faults.clear()
                cloud.requests.clear()
                person.window.status.search_rest.click()
                await person.sees_status("everything is loaded")
                await until(lambda: person.rows == 3040, "all rows")
                assert lists(cloud) < 31, "it began again from the start"
                found = await person.program.catalogue.recordings(list(person.program.model.ids))
            ids = [each.id for each in found if each is not None and each.account == "bird"]
            assert len(ids) == 3000
            assert set(ids) == {cloud.bird_recording(place)["id"] for place in range(3000)}

        run(scene())
