"""Files for other programs: whole, private, and gone when Playhead quits."""

import asyncio
import os
import stat
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playhead.core.errors import ExportError, Gone
from playhead.core.exports.carrier import AT_ONCE, Carrier, Load
from playhead.core.fetching.downloads import Fetch
from playhead.core.recording import Recording
from support.exports.lying_disk import LyingDisk
from support.fakes import recording

LABELS = {"bird-1": "EU support"}


class Cloud:
    """Gives each recording's id as its audio; `failures` by id come instead.

    `between` is awaited after the first piece of each.
    """

    def __init__(
        self,
        failures: Mapping[str, Exception] | None = None,
        between: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self.failures = failures or {}
        self.between = between
        self.doubtful: set[str] = set()
        self.fetched: Counter[str] = Counter()
        self.now = self.most = 0

    def prepare(self, recording: Recording) -> None:
        pass

    @asynccontextmanager
    async def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Fetch]:
        assert (offset, validator) == (0, None)
        self.fetched[recording.id] += 1
        fetch = Fetch(doubtful=recording.id in self.doubtful)

        async def pieces() -> AsyncIterator[tuple[int, bytes]]:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                content = recording.id.encode()
                yield 0, content[:2]
                if self.between is not None:
                    await self.between()
                if recording.id in self.failures:
                    raise self.failures[recording.id]
                yield 2, content[2:]
            finally:
                self.now -= 1

        fetch.pieces = pieces()
        yield fetch


def carry(carrier: Carrier, *recordings: Recording, template: str = "{id}.{ext}") -> Load:
    return asyncio.run(carrier.carry(recordings, template=template, labels=LABELS))


def names(load: Load) -> list[str]:
    return [file.name for file in load.files]


def test_recordings_become_whole_files_in_their_order(tmp_path: Path) -> None:
    cloud = Cloud()
    load = carry(Carrier(tmp_path / "carried", cloud), *(recording(n) for n in range(20)))
    assert names(load) == [f"id-{n}.mp3" for n in range(20)]
    assert [file.read_text() for file in load.files] == [f"id-{n}" for n in range(20)]
    assert cloud.most <= AT_ONCE
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="there the person's own folder is private as a whole")
def test_nobody_else_may_look_into_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "profile" / "carried"
    carry(Carrier(folder, Cloud()), recording(1))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_files_lie_side_by_side_whatever_folders_the_template_asks_for(tmp_path: Path) -> None:
    load = carry(
        Carrier(tmp_path / "carried", Cloud()),
        recording(1),
        recording(2, account="other"),
        recording(3),
        template="{account}/{id}/Call.{ext}",
    )
    assert names(load) == ["Call.mp3", "Call (2).mp3", "Call (3).mp3"]
    assert len({file.parent for file in load.files}) == 1


def test_what_is_missing_is_said_and_the_rest_is_there(tmp_path: Path) -> None:
    cloud = Cloud({"id-2": Gone(status=410)})
    load = carry(
        Carrier(tmp_path / "carried", cloud), recording(1), recording(2), recording(3, status="failed")
    )
    assert names(load) == ["id-1.mp3"]
    assert [(each.id, why) for each, why in load.missing] == [
        ("id-2", "the provider no longer has it (HTTP 410)"),
        ("id-3", "it has no audio: its status is failed"),
    ]
    assert cloud.fetched["id-3"] == 0
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    cloud = Cloud()
    carrier = Carrier(tmp_path / "carried", cloud)
    first = carry(carrier, recording(1), recording(2))
    second = carry(carrier, recording(2), recording(3), template="Call {number}")
    assert names(second) == ["Call 1.mp3", "Call 2.mp3"]
    assert [file.read_text() for file in second.files] == ["id-2", "id-3"]
    assert [file.read_text() for file in first.files] == ["id-1", "id-2"]
    assert cloud.fetched == {"id-1": 1, "id-2": 1, "id-3": 1}


def test_a_file_that_somebody_removed_is_fetched_again(tmp_path: Path) -> None:
    cloud = Cloud()
    carrier = Carrier(tmp_path / "carried", cloud)
    carry(carrier, recording(1)).files[0].unlink()
    assert carry(carrier, recording(1)).files[0].read_text() == "id-1"
    assert cloud.fetched["id-1"] == 2


def test_what_a_killed_run_has_left_is_removed_before_the_first_file_comes(tmp_path: Path) -> None:
    left = tmp_path / "carried" / "1" / "old.mp3"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"old")

    async def scene() -> Load:
        carrier = Carrier(tmp_path / "carried", Cloud())
        tidying = asyncio.create_task(carrier.tidy())
        load = await carrier.carry([recording(1)], template="{id}", labels=LABELS)
        await tidying
        await carrier.tidy()
        return load

    load = asyncio.run(scene())
    assert not left.exists()
    assert load.files[0].read_text() == "id-1"


def test_closing_removes_everything(tmp_path: Path) -> None:
    carrier = Carrier(tmp_path / "carried", Cloud())
    carry(carrier, recording(1))
    asyncio.run(carrier.close())
    assert not (tmp_path / "carried").exists()
    asyncio.run(carrier.close())


def test_a_folder_that_cannot_be_made_is_an_error_for_the_person(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError):
        carry(Carrier(tmp_path / "file" / "carried", Cloud()), recording(1))


def test_a_disk_that_takes_no_more_ends_it(tmp_path: Path) -> None:
    cloud = Cloud({"id-1": ExportError("full", "ENOSPC")})
    with pytest.raises(ExportError, match="ENOSPC"):
        carry(Carrier(tmp_path / "carried", cloud), *(recording(n) for n in range(50)))
    assert sum(cloud.fetched.values()) < 50
    assert not list(tmp_path.rglob("*.part"))


def test_stopping_leaves_nothing_half(tmp_path: Path) -> None:
    async def scene() -> None:
        begun = asyncio.Event()

        async def stall() -> None:
            begun.set()
            await asyncio.Event().wait()

        carrier = Carrier(tmp_path / "carried", Cloud(between=stall))
        task = asyncio.create_task(carrier.carry([recording(1)], template="{id}", labels=LABELS))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(scene())
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_how_many_files_nobody_can_tell_to_be_audio_is_told_each_time(tmp_path: Path) -> None:
    cloud = Cloud()
    cloud.doubtful = {"id-1"}
    carrier = Carrier(tmp_path / "carried", cloud)
    for _ in range(2):
        load = carry(carrier, recording(0), recording(1))
        assert names(load) == ["id-0.mp3", "id-1.mp3"]
        assert load.doubtful == 1
    assert cloud.fetched["id-1"] == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_folder_that_is_a_link_is_never_emptied_or_filled_through_it(tmp_path: Path, when: str) -> None:
    other, folder = tmp_path / "other", tmp_path / "carried"
    (other / "1").mkdir(parents=True)
    (other / "1" / "photo.jpg").write_bytes(b"of somebody else")
    carrier = Carrier(folder, Cloud())
    if when == "before":
        folder.symlink_to(other)
        assert names(carry(carrier, recording(1))) == ["id-1.mp3"]
    else:
        carry(carrier, recording(1))
        folder.rename(tmp_path / "moved")
        folder.symlink_to(other)
        with pytest.raises(ExportError) as caught:
            carry(carrier, recording(2))
        assert caught.value.reason == "inway"
    asyncio.run(carrier.close())
    assert [path.name for path in other.rglob("*")] == ["1", "photo.jpg"]
    assert not folder.exists()
    assert not folder.is_symlink()


def test_a_profile_on_a_full_disk_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = LyingDisk(tmp_path / "carried", monkeypatch)
    disk.fail("mkdir", "ENOSPC")
    with pytest.raises(ExportError) as caught:
        carry(Carrier(tmp_path / "carried", Cloud()), recording(1))
    assert caught.value.reason == "full"
