"""The files of the catalogue: unreadable to strangers, whole after a crash, kept when they cannot be read."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from catalogue_examples import KEY, catalogue, feed, listed, recording

from playhead.catalogue.connection import connect
from playhead.catalogue.schema import MIGRATIONS, migrate, set_aside
from playhead.catalogue.store import open_catalogue
from playhead.catalogue.writing import index_words
from playhead.core.errors import CatalogueError, CatalogueNewer, CatalogueReadOnly, CatalogueUnreadable
from playhead.core.finding.query import NEWEST_FIRST, Flag, Is, Order, Query, Word
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Party
from playhead.core.transcript import Line, Transcript

HERE = Path(__file__).parent
DESKTOP = HERE.parents[1] / "desktop"


def contents(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold, by their names."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def assert_sound(path: Path) -> None:
    """Fail if anything in a catalogue's file contradicts anything else."""
    connection = connect(path, KEY)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    index_words(connection)
    for index in ("words", "spoken"):
        connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
    connection.close()


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1, name="kept")) as store:
            await store.keep_media(recording(1), b"audio")
            await store.keep_peaks(recording(1), b"peaks")
        assert contents(path.parent).keys() == {"catalogue.db", "media.db"}
        async with catalogue(path) as store:
            assert await listed(store, Word("kept")) == ["1"]
            assert await store.states() == [feed()]
            assert await store.media(recording(1)) == b"audio"
            assert await store.peaks(recording(1)) == b"peaks"

    asyncio.run(scene())


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
            await store.keep_media(secret, b"ID3audio" * 1000)
            await store.add_note(secret, "whispered remark", None)
            said = Line(start=0, end=1, text="whispered words")
            await store.keep_transcript(secret, Transcript(id="t", locale=None, lines=(said,)))
            assert await store.recordings([1]) != [None]
            written = contents(tmp_path)
            assert {"catalogue.db-wal", "media.db-wal"} < written.keys()
            assert not [word for word in words for content in written.values() if word in content]
        assert not [word for word in words for content in contents(tmp_path).values() if word in content]
        async with catalogue(tmp_path / "catalogue.db") as store:
            (read,) = await store.recordings([1])
            assert read is not None
            assert read.raw == {"note": "plain remark", "deep": [{}, {}], "several": ["remains"]}

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


def test_an_unreadable_catalogue_is_set_aside_and_a_new_one_starts(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"not a database at all " * 1000)
    path.with_name("media.db").write_bytes(b"nor is this " * 1000)

    async def scene() -> None:
        with pytest.raises(CatalogueUnreadable):
            await open_catalogue(path, KEY)
        path.with_name("catalogue.db-wal").write_bytes(b"its log")
        aside = set_aside(path)
        assert aside.name.startswith("catalogue-unreadable-")
        assert aside.read_bytes().startswith(b"not a database")
        assert aside.with_name(aside.name + "-wal").read_bytes() == b"its log"
        async with catalogue(path, recording(1)) as store:
            assert await listed(store) == ["1"]
            await store.keep_media(recording(1), b"audio")
            assert await store.media(recording(1)) == b"audio"

    asyncio.run(scene())


async def read_everything(path: Path) -> None:
    async with catalogue(path) as store:
        listing = await store.listing(Query(), NEWEST_FIRST)
        await store.recordings(listing.ids)


def test_damage_in_the_middle_is_noticed_and_not_shown_as_data(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, *(recording(number, name="word " * 50) for number in range(500))):
            pass
        damaged = bytearray(path.read_bytes())
        for page in range(2 * 4096, len(damaged), 4096):
            damaged[page + 100] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(CatalogueUnreadable):
            await read_everything(path)

    asyncio.run(scene())


def test_a_catalogue_of_a_newer_playhead_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    connection = connect(path, KEY)
    migrate(connection, (*MIGRATIONS, "create table more (id integer primary key)"))
    connection.close()
    before = path.read_bytes()

    async def scene() -> None:
        with pytest.raises(CatalogueNewer):
            await open_catalogue(path, KEY)

    asyncio.run(scene())
    assert path.read_bytes() == before


_OF_VERSION_1 = """
insert into account values (1, 'first', 'first');
insert into recording select value, 1, cast(cast(value as text) as blob),
    json_object('provider', 'bird', 'kind', 'call', 'name', 'Old ' || value, 'position', value), '{}'
    from json_each('[1, 2, 3]');
insert into search (id, account, newest, place, playable, provider, kind, name, ident, from_anonymous)
    select id, 1, id, 0, 1, 'bird', 'call', 'old ' || id, cast(key as text), iif(id = 2, 'anonymous', null)
    from recording;
insert into feed values (1, '[]',
    '{"cursor": "c", "exhausted": false, "horizon": null, "ordered": true, "fetched": 3, "as_of": null}');
"""
_OF_VERSION_2 = """
insert into star values (2);
insert into note (recording, folded, made, value) values (3, 'kept', 0, '"Kept"');
"""


@pytest.mark.parametrize("version", [1, 2])
def test_a_catalogue_of_an_older_version_keeps_what_is_in_it(tmp_path: Path, version: int) -> None:
    path = tmp_path / "catalogue.db"
    old = connect(path, KEY)
    migrate(old, MIGRATIONS[:version])
    old.execute(_OF_VERSION_1)
    if version == 2:
        old.execute(_OF_VERSION_2)
    old.close()

    async def scene() -> None:
        async with catalogue(path) as store:
            assert await listed(store) == ["1", "2", "3"]
            for node in (Is(Flag.ANONYMOUS), Word("old 2")):
                assert await listed(store, node) == ["2"]
            assert await listed(store, Is(Flag.STARRED)) == (["2"] if version == 2 else [])
            assert await listed(store, Word("kept")) == (["3"] if version == 2 else [])
            assert await store.states() == [feed(cursor="c", fetched=3)]
            assert await store.exports.briefs() == []
            assert (await store.first_rows(Query(), Order("kind"), number=2)).tolist() == [1, 2]
            await store.mark_gone(recording(1))
            assert await listed(store, Is(Flag.GONE)) == ["1"]
            await store.add([recording(3, name="new"), recording(4, name="old")], feed())
            assert await listed(store, Word("old")) == ["4", "1", "2"]

    asyncio.run(scene())
    assert_sound(path)


def test_a_migration_that_fails_leaves_the_older_version(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1)):
            pass
        connection = connect(path, KEY)
        with pytest.raises(Exception, match="no such table"):
            migrate(connection, (*MIGRATIONS, "delete from recording; insert into absent values (1)"))
        assert connection.pragma("user_version") == len(MIGRATIONS)
        connection.close()
        async with catalogue(path) as store:
            assert await listed(store) == ["1"]

    asyncio.run(scene())


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    async def scene() -> None:
        with pytest.raises(CatalogueReadOnly) as caught:
            await open_catalogue(tmp_path / "file" / "catalogue.db", KEY)
        assert caught.value.detail == "readonly"

    asyncio.run(scene())


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Makes writing past `size` bytes fail, as a full disk does."""
    resource = pytest.importorskip("resource", reason="only POSIX can limit the size of files")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_said_and_what_is_there_can_still_be_read(tmp_path: Path) -> None:
    page = [recording(number, name=f"name {number} " * 20) for number in range(10, 1000)]

    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", recording(1, name="early")) as store:
            with files_of_at_most(300_000):
                with pytest.raises(CatalogueReadOnly) as caught:
                    await store.add(page, feed(cursor="further"))
                assert caught.value.detail == "full"
                with pytest.raises(CatalogueReadOnly):
                    await store.keep_media(recording(1), bytes(500_000))
                assert await listed(store) == ["1"]
                assert await listed(store, Word("early")) == ["1"]
                assert await store.states() == [feed()]
            assert (await store.add(page, feed(cursor="further"))).new == len(page)
            assert await store.states() == [feed(cursor="further")]

    asyncio.run(scene())


_WRITER = """
import asyncio, sys
from pathlib import Path
from catalogue_examples import KEY, feed, recording
from playhead.catalogue.store import open_catalogue

async def write():
    store = await open_catalogue(Path(sys.argv[1]), KEY)
    for page in range(10_000):
        await store.add(
            [recording(page * 50 + row, name=f"page {page}") for row in range(50)],
            feed(cursor=str(page), fetched=page * 50 + 50),
        )
        print(page, flush=True)

asyncio.run(write())
"""


def _python(script: str, *arguments: str) -> subprocess.Popen[str]:
    paths = f"import sys; sys.path[:0] = [{str(DESKTOP)!r}, {str(HERE)!r}]"
    return subprocess.Popen(
        [sys.executable, "-c", f"{paths}\n{script}", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("survived", [1, 7, 20])
def test_a_writer_that_is_killed_leaves_whole_pages(tmp_path: Path, survived: int) -> None:
    path = tmp_path / "catalogue.db"
    with _python(_WRITER, str(path)) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == survived:
                writer.kill()
                break

    async def scene() -> None:
        async with catalogue(path) as store:
            (state,) = await store.states()
            listing = await store.listing(Query(), NEWEST_FIRST)
            assert len(listing.ids) == listing.loaded == state.fetched >= (survived + 1) * 50
            whole = await store.listing(Query(node=Word(f"page {state.cursor}")), NEWEST_FIRST)
            assert whole.matched == 50

    asyncio.run(scene())
    assert_sound(path)


_DESERTER = """
import asyncio
from pathlib import Path
from catalogue_examples import KEY, feed, recording
from playhead.catalogue.store import open_catalogue

async def scene():
    store = await open_catalogue(None, None)
    asyncio.ensure_future(store.add([recording(number) for number in range(100_000)], feed()))
    await asyncio.sleep(0)

asyncio.run(scene())
print("done")
"""


def test_a_catalogue_that_nobody_closed_does_not_keep_the_process() -> None:
    with _python(_DESERTER) as process:
        output = process.communicate(timeout=20)
        assert (*output, process.returncode) == ("done\n", "", 0)


def test_forgotten_recordings_give_their_place_on_the_disk_back(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1, account="other", name="stays")) as store:
            page = [recording(number, name=f"number {number}") for number in range(2000)]
            await store.add(page, FeedState(account="first", asked=Asked()))
            await store.keep_media(page[0], bytes(1_000_000))
            await store.forget("first")
            sizes = {name: len(content) for name, content in contents(tmp_path).items()}
            assert sizes["catalogue.db"] < 300_000
            assert sizes["media.db"] < 100_000
            assert sizes["catalogue.db-wal"] == sizes["media.db-wal"] == 0
            assert await listed(store) == ["1"]

    asyncio.run(scene())


def test_an_error_of_the_database_is_a_catalogue_error(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1)) as store:
            connection = connect(path, KEY)
            connection.execute("drop table tally")
            connection.close()
            with pytest.raises(CatalogueError):
                await store.counts()

    asyncio.run(scene())
