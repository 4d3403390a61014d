"""A catalogue of an older version is carried on; one of a newer version is left alone."""

import asyncio
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.schema import MIGRATIONS, migrate
from playhead.catalogue.store import open_catalogue
from playhead.core.errors import CatalogueNewer
from playhead.core.finding import fields
from playhead.core.finding.query import Flag, Is, Number, Order, Query, Way, Word
from playhead.core.health.audiofigures import Measured
from playhead.core.stores import Count
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.catalogue.catalogue_files import assert_sound
from support.health.figures_examples import figures


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
            assert await store.recordings.states() == [feed(cursor="c", fetched=3)]
            assert await store.exports.briefs() == []
            assert (await store.listings.first_rows(Query(), Order("kind"), number=2)).tolist() == [1, 2]
            await store.recordings.mark_gone([recording(1)])
            assert await listed(store, Is(Flag.GONE)) == ["1"]
            await store.analyses.keep_measured(recording(2), Measured(figures(), b"digest"))
            assert await listed(store, Is(Flag.MEASURED)) == ["2"]
            assert await listed(store, order=Order("loudness")) == ["2", "1", "3"]
            await store.recordings.add([recording(3, name="new"), recording(4, name="old")], feed())
            assert await listed(store, Word("old")) == ["4", "1", "2"]

    asyncio.run(scene())
    assert_sound(path)


_FOLDED_AS_BEFORE = """
insert into account values (1, 'first', 'first');
insert into recording values
    (1, 1, cast('1' as blob), json_object('provider', 'bird', 'kind', 'call', 'name', 'Łukasz', 'position', 1,
        'caller', json_object('number', '+31205550142;ext=12')), '{}'),
    (2, 1, cast('2' as blob), json_object(
        'provider', 'bird', 'kind', 'call', 'name', 'Plain', 'position', 2), '{}'),
    (3, 1, cast('3' as blob), json_object(
        'provider', 'bird', 'kind', 'call', 'name', 'O’Brien', 'position', 3), '{}');
insert into search
    (id, account, newest, place, playable, provider, kind, name, ident, from_address, from_digits)
    values (1, 1, 1, 0, 1, 'bird', 'call', 'łukasz', '1', '+31205550142;ext=12', '3120555014212'),
        (2, 1, 2, 0, 1, 'bird', 'call', 'plain', '2', null, null),
        (3, 1, 3, 0, 1, 'bird', 'call', 'o’brien', '3', null, null);
insert into words (rowid, text) select id, text from search;
update indexed set id = 3;
insert into note (recording, folded, made, value) values (2, 'søren', 0, '"Søren"');
insert into transcript values (2, 'ışık',
    '{"id": "t", "locale": null, "lines": [{"start": 0, "end": 1, "text": "Işık"}]}');
"""


def test_what_was_folded_by_the_rules_of_before_is_found_by_those_of_today(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    old = connect(path, KEY)
    migrate(old, MIGRATIONS[:4])
    old.execute(_FOLDED_AS_BEFORE)
    old.close()

    async def scene() -> None:
        async with catalogue(path) as store:
            await store.upkeep.finished()
            for text, found in (
                ("lukasz", "1"),
                ("o'brien", "3"),
                ("plain", "2"),
                ("soren", "2"),
                ("isik", "2"),
            ):
                assert await listed(store, Word(text)) == [found]
            whole = Number(fields.FROM, "31205550142", Way.WHOLE)
            assert await listed(store, whole) == ["1"]
            assert await listed(store, Word("3120555014212", "3120555014212")) == []
            assert await store.recordings.counts() == [Count("first", "call", 3)]

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
