"""Without its key nobody reads a catalogue; with it everything is there, also after a crash."""

import asyncio
import os
from pathlib import Path

import pytest

from playhead.catalogue.schema import set_aside
from playhead.catalogue.store import open_catalogue
from playhead.core.errors import CatalogueUnreadable
from playhead.core.recording import Party
from playhead.core.transcript import Line, Transcript
from support.catalogue.catalogue_examples import catalogue, listed, recording
from support.catalogue.catalogue_files import contents, open_to_others


def test_nothing_on_the_disk_can_be_read_and_no_link_is_written(tmp_path: Path) -> None:
    raw = {
        "note": "plain remark",
        "url": "https://media.invalid/signed-link",
        "deep": [{"roomInfoUrl": "relative-link"}, {"see": " HTTPS://media.invalid/signed-link"}],
        "several": ["https://media.invalid/signed-link", "remains"],
    }
    secret = recording(1, name="Maria Conspicuous", caller=Party(number="+31205550123"), raw=raw)
    words = (
        b"Conspicuous",
        b"conspicuous",
        b"5550123",
        b"plain remark",
        b"whispered",
        b"link",
        b"ID3audio",
        b"CREATE TABLE",
    )

    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", secret) as store:
            await store.media.keep(secret, b"ID3audio" * 1000)
            await store.marks.add_note(secret, "whispered remark", None)
            said = Line(start=0, end=1, text="whispered words")
            await store.transcripts.keep(secret, Transcript(id="t", locale=None, lines=(said,)))
            assert await store.recordings.read([1]) != [None]
            written = contents(tmp_path)
            assert {"catalogue.db-wal", "media.db-wal"} < written.keys()
            assert not [word for word in words for content in written.values() if word in content]
        assert not [word for word in words for content in contents(tmp_path).values() if word in content]
        async with catalogue(tmp_path / "catalogue.db") as store:
            (read,) = await store.recordings.read([1])
            assert read is not None
            assert read.raw == {"note": "plain remark", "deep": [{}, {}], "several": ["remains"]}

    asyncio.run(scene())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a person's folders to that person")
def test_nobody_else_on_the_machine_may_open_its_files(tmp_path: Path) -> None:
    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", recording(1)) as store:
            await store.media.keep(recording(1), b"audio")
            assert len(contents(tmp_path)) == 6
            assert open_to_others(tmp_path) == []

    asyncio.run(scene())


@pytest.mark.parametrize("key", [bytes(32), b"short", None])
def test_without_its_key_a_catalogue_is_unreadable_and_is_left_as_it_is(
    tmp_path: Path, key: bytes | None
) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1)):
            pass
        before = path.read_bytes()
        with pytest.raises(CatalogueUnreadable):
            await open_catalogue(path, key)
        assert path.read_bytes() == before
        async with catalogue(path) as store:
            assert await listed(store) == ["1"]

    asyncio.run(scene())


def test_a_lost_key_that_turns_up_again_opens_what_a_crash_left_behind(tmp_path: Path) -> None:
    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", recording(1)):
            left = contents(tmp_path)
        folder = tmp_path / "left"
        folder.mkdir()
        for name, content in left.items():
            (folder / name).write_bytes(content)
        with pytest.raises(CatalogueUnreadable):
            await open_catalogue(folder / "catalogue.db", bytes(32))
        async with catalogue(set_aside(folder / "catalogue.db")) as store:
            assert await listed(store) == ["1"]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"deep": [{"see": "https://media.invalid/signed-link"}], "id": 1}, {"deep": [{}], "id": 1}),
        ({"deep": {"downloadURL": "signed-link", "size": 2}}, {"deep": {"size": 2}}),
        ({"url": "signed-link", "several": [["https://media.invalid/signed-link"]]}, {"several": [[]]}),
    ],
)
def test_a_link_is_not_kept_wherever_it_is(sent: dict[str, object], kept: dict[str, object]) -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1, raw=sent)) as store:
            (read,) = await store.recordings.read([1])
            assert read is not None
            assert read.raw == kept

    asyncio.run(scene())
