"""What is put into the catalogue comes out of it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from playhead.catalogue.store import open_catalogue
from playhead.core.errors import CatalogueError
from playhead.core.finding import fields
from playhead.core.finding.query import NEWEST_FIRST, Match, Query, Word
from playhead.core.page import Arrival, Asked
from playhead.core.recording import Party, Recording
from playhead.core.stores import Catalogue, Count
from playhead.core.transcript import Transcript
from support.catalogue.arbitrary_recordings import pages, tries
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, listed, recording


@tries(60)
@given(pages)
def test_a_recording_is_read_as_it_was_stored(page: list[Recording]) -> None:
    async def scene() -> None:
        async with catalogue(None, *page) as store:
            listing = await store.listings.listing(Query(), NEWEST_FIRST)
            read = {each.key: each for each in await store.recordings.read(listing.ids) if each is not None}
            assert read == {each.key: each for each in page}
            for each in page:
                assert list(read[each.key].raw.items()) == list(each.raw.items())

    asyncio.run(scene())


@pytest.mark.parametrize(
    "odd",
    [
        recording(1, id="\ud800", name="half \udfff of a pair", status="\0"),
        recording(1, started=datetime.min.replace(tzinfo=UTC), ended=datetime.max.replace(tzinfo=UTC)),
        recording(1, size=10**30, position=-(10**30), duration=1e300),
        recording(1, caller=Party(), callee=Party(anonymous=True)),
    ],
)
def test_odd_values_survive(odd: Recording) -> None:
    async def scene() -> None:
        async with catalogue(None, odd) as store:
            listing = await store.listings.listing(Query(), NEWEST_FIRST)
            assert await store.recordings.read(listing.ids) == [odd]

    asyncio.run(scene())


def test_an_arrival_tells_new_from_changed_from_known() -> None:
    async def scene() -> None:
        async with catalogue() as store:
            first = await store.recordings.add([recording(1), recording(2), recording(3)], feed())
            assert first == Arrival(new=3, changed=0, known=0)
            ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
            moved = recording(2, position=77, raw={"sent": "more"})
            second = await store.recordings.add(
                [recording(1, status="available"), moved, recording(4)], feed()
            )
            assert second == Arrival(new=1, changed=1, known=1)
            again = await store.recordings.read(ids)
            assert again == [recording(1, status="available"), moved, recording(3)]

    asyncio.run(scene())


def test_an_arrival_tells_the_ids_of_what_is_new() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1), recording(5)) as store:
            arrival = await store.recordings.add([recording(1), recording(9), recording(3)], feed())
            assert await store.recordings.read(arrival.ids) == [recording(9), recording(3)]
            assert not (await store.recordings.add([recording(9, status="available")], feed())).ids

    asyncio.run(scene())


def test_two_rows_with_one_id_are_one_recording() -> None:
    async def scene() -> None:
        async with catalogue() as store:
            arrival = await store.recordings.add([recording(1, name="old"), recording(1, name="new")], feed())
            assert arrival == Arrival(new=1, changed=0, known=0)
            assert await listed(store, Word("new")) == ["1"]
            assert await listed(store, Word("old")) == []

    asyncio.run(scene())


def test_a_change_is_found_by_its_new_words_only_and_counted_once() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1, name="before", kind="call")) as store:
            await store.recordings.add([recording(1, name="after", kind="voicemail", started=None)], feed())
            assert await listed(store, Word("before")) == []
            assert await listed(store, Word("after")) == ["1"]
            assert await store.recordings.counts() == [Count("first", "voicemail", 1)]
            assert await store.recordings.values("kind") == ["voicemail"]

    asyncio.run(scene())


def test_undated_recordings_follow_when_their_place_moves() -> None:
    async def scene() -> None:
        page = [recording(number, started=None) for number in (1, 2)]
        async with catalogue(None, *page) as store:
            await store.recordings.add([replace(page[0], position=3)], feed())
            assert await listed(store) == ["2", "1"]

    asyncio.run(scene())


def test_a_page_that_cannot_be_stored_whole_is_not_stored_at_all() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            unknown: dict[str, object] = {"thing": object()}
            with pytest.raises(TypeError):
                await store.recordings.add([recording(2), recording(3, raw=unknown)], feed(cursor="next"))
            assert await listed(store) == ["1"]
            assert [state.cursor for state in await store.recordings.states()] == [None]

    asyncio.run(scene())


def test_a_feed_goes_on_where_it_stood() -> None:
    asked = Asked((("status", "available"), ("from", "+31205550100")))
    state = feed(asked=asked, cursor="c/==", horizon=NOON, ordered=False, fetched=99, as_of=NOON)
    ended = feed(exhausted=True)

    async def scene() -> None:
        async with catalogue() as store:
            await store.recordings.add([], feed(asked=asked))
            await store.recordings.add([], state)
            await store.recordings.add([], ended)
            assert sorted(await store.recordings.states(), key=lambda each: each.fetched) == [ended, state]

    asyncio.run(scene())


def test_rows_come_in_the_order_asked_for_and_gone_ones_are_none() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1), recording(2)) as store:
            first, second = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
            rows = await store.recordings.read([second, 999, first, second])
            assert [each and each.id for each in rows] == ["2", None, "1", "2"]
            assert await store.recordings.read([]) == []

    asyncio.run(scene())


def test_the_side_bar_and_completion_know_what_is_there() -> None:
    page = (
        recording(1, kind="call", status="Available", caller=Party(name="Zoë", number="+31205550100")),
        recording(2, kind="call", name="Hello"),
        recording(3, kind="whisper", account="Other", provider="convirza"),
    )

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            counts = {(count.account, count.kind): count.number for count in await store.recordings.counts()}
            assert counts == {("first", "call"): 2, ("Other", "whisper"): 1}
            assert await store.recordings.values("kind") == ["call", "whisper"]
            assert await store.recordings.values("status") == ["available"]
            assert await store.recordings.values("account") == ["first", "other"]
            assert await store.recordings.values("with") == ["+31205550100", "Zoë"]
            assert await store.recordings.values("name") == ["Hello"]
            assert await store.recordings.values("provider; drop table search") == []

    asyncio.run(scene())


def test_forgetting_an_account_leaves_the_other_alone() -> None:
    async def scene() -> None:
        async with catalogue() as store:
            mine, other = recording(1, name="mine"), recording(1, account="other", name="other")
            await store.recordings.add([mine], feed())
            await store.recordings.add([other], feed("other"))
            for each in (mine, other):
                await store.analyses.keep_peaks(each, b"peaks")
                await store.media.keep(each, b"audio")
            await store.forget("first")
            await store.forget("never there")
            assert await listed(store, Word("mine")) == []
            assert await listed(store, Match(fields.NAME, "other")) == ["1"]
            assert await store.recordings.states() == [feed("other")]
            assert await store.recordings.counts() == [Count("other", "call", 1)]
            assert (await store.media.read(mine), await store.analyses.peaks(mine)) == (None, None)
            assert (await store.media.read(other), await store.analyses.peaks(other)) == (b"audio", b"peaks")

    asyncio.run(scene())


def test_waveforms_are_kept_for_recordings_that_are_there() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            assert await store.analyses.peaks(recording(1)) is None
            await store.analyses.keep_peaks(recording(1), b"coarse")
            await store.analyses.keep_peaks(recording(1), b"fine")
            await store.analyses.keep_peaks(recording(2), b"of nothing")
            assert await store.analyses.peaks(recording(1)) == b"fine"
            assert await store.analyses.peaks(recording(2)) is None

    asyncio.run(scene())


def test_the_least_recently_heard_audio_makes_room() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1), media_limit=100) as store:
            for number in (1, 2, 3):
                await store.media.keep(recording(number), bytes([number]) * 30)
            assert await store.media.read(recording(1)) == bytes([1]) * 30
            await store.media.keep(recording(4), b"4" * 40)
            await store.media.keep(recording(5), b"5" * 101)
            kept = [number for number in range(1, 6) if await store.media.read(recording(number)) is not None]
            assert kept == [1, 3, 4]
            await store.media.keep(recording(4), b"again")
            assert await store.media.read(recording(4)) == b"again"

    asyncio.run(scene())


def test_the_cache_of_audio_is_cut_to_its_limit_at_once_the_oldest_first() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1), media_limit=100) as store:
            assert await store.media.usage() == (0, 100)
            for number in (1, 2, 3):
                await store.media.keep(recording(number), bytes(30))
            await store.media.read(recording(1))
            await store.media.limit(60)
            assert await store.media.usage() == (60, 60)
            kept = [number for number in (1, 2, 3) if await store.media.read(recording(number)) is not None]
            assert kept == [1, 3]
            await store.media.limit(200)
            await store.media.keep(recording(4), bytes(140))
            assert await store.media.usage() == (200, 200)
            await store.media.empty()
            assert await store.media.usage() == (0, 200)
            await store.media.limit(-1)
            await store.media.keep(recording(4), b"x")
            assert await store.media.usage() == (0, 0)

    asyncio.run(scene())


def test_without_a_file_the_cache_never_fills_the_memory() -> None:
    async def scene() -> None:
        async with catalogue() as store:
            await store.media.limit(1 << 40)
            assert await store.media.usage() == (0, 1 << 27)

    asyncio.run(scene())


def test_a_closed_catalogue_says_so() -> None:
    async def scene() -> None:
        store: Catalogue = await open_catalogue(None, KEY)
        writing = asyncio.ensure_future(store.recordings.add([recording(1)], feed()))
        await asyncio.sleep(0)
        await store.close()
        assert (await writing).new == 1
        await store.close()
        for late in (
            store.recordings.states(),
            store.listings.listing(Query(), NEWEST_FIRST),
            store.media.read(recording(1)),
        ):
            with pytest.raises(CatalogueError):
                await late

    asyncio.run(scene())


def test_nothing_of_an_account_that_was_forgotten_is_kept() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            await store.forget("first")
            await store.media.keep(recording(1), b"audio")
            await store.analyses.keep_peaks(recording(1), b"peaks")
            await store.transcripts.keep(recording(1), Transcript(id="t", locale=None, lines=()))
            assert await store.media.read(recording(1)) is None
            assert await store.media.usage() == (0, 1 << 20)
            assert await store.analyses.peaks(recording(1)) is None
            assert await store.transcripts.read(recording(1)) is None

    asyncio.run(scene())
