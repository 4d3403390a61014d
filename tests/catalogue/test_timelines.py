"""The moments of what matches a query, counted by any periods."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.desk import Desk
from playhead.catalogue.fromclauses import REACH, Reach
from playhead.catalogue.mediacache import open_media_cache
from playhead.catalogue.schema import open_newest
from playhead.catalogue.store import DESKS, Store
from playhead.catalogue.timelinestore import timeline
from playhead.core.errors import Superseded
from playhead.core.finding import fields
from playhead.core.finding.query import NEWEST_FIRST, All, Clocked, ClockUnit, Match, Query, Way, Word
from playhead.core.health.audiofigures import Measured
from playhead.core.recording import Recording
from playhead.core.text import fold
from playhead.core.timeline.offsets import changes
from playhead.core.timeline.timeline import FAULTY, FINE, REST, Split, Timeline
from playhead.core.timeline.weeks import week
from support.catalogue.arbitrary_recordings import made, nodes, pages, tries
from support.catalogue.catalogue_examples import catalogue, feed, recording
from support.health.figures_examples import figures

REACHES = (REACH, Reach(few=0, some=0, many=0), Reach(few=0, some=2, many=4, plenty=3), Reach(few=2))


def second(recording: Recording) -> int | None:
    """The second that a recording lies in."""
    if recording.moment is None:
        return None
    return (recording.moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


@pytest.mark.slow
@tries(40)
@given(st.data())
def test_a_timeline_counts_what_the_plain_definition_counts_whichever_way_it_is_read(
    data: st.DataObject,
) -> None:
    page = data.draw(pages)
    marked = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    trees = data.draw(st.lists(nodes(page, marked), min_size=1, max_size=4))
    seconds = [each for one in page if (each := second(one)) is not None]
    edge = st.sampled_from(seconds or [0]).flatmap(lambda near: st.integers(near - 2, near + 2))
    edges = sorted(data.draw(st.sets(edge | st.integers(-(2**30), 2**31), min_size=2, max_size=6)))

    async def scene() -> None:
        desk = Desk("test", open_newest(None, None))
        store = Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))
        await store.recordings.add(page, feed())
        for tree in trees:
            listing = await store.listings.listing(Query(node=tree), NEWEST_FIRST)
            found = [each for each in await store.recordings.read(listing.ids) if each is not None]
            for reach in REACHES:
                told = list[Timeline]()
                read = await desk.run(
                    partial(
                        timeline, query=Query(node=tree), split=Split.KIND, told=told.append, reach=reach,
                        first=data.draw(st.integers(1, 3)),
                    )
                )  # fmt: skip
                assert read.whole
                assert read.undated == sum(second(each) is None for each in found)
                plain = Counter(
                    (start, each.kind)
                    for start, end in pairwise(edges)
                    for each in found
                    if (when := second(each)) is not None and start <= when < end
                )
                counted = Counter(dict[tuple[int, str], int]())
                for bar in read.bars(edges):
                    for name, number in zip(read.names, bar.counts, strict=True):
                        if name != REST:
                            counted[bar.start, name] += number
                named = {key: number for key, number in plain.items() if fold(key[1]) in read.names}
                assert +counted == Counter(
                    {(start, fold(kind)): number for (start, kind), number in named.items() if kind}
                )
                assert sum(bar.number for bar in read.bars(edges)) == plain.total()
                dated = sorted(when for each in found if (when := second(each)) is not None)
                assert read.extent == ((dated[0], dated[-1] + 1) if dated else None)
                assert all(not each.whole and len(each) <= len(read) for each in told)
        await store.close()

    asyncio.run(scene())


def test_a_timeline_tells_kinds_directions_and_health_apart(tmp_path: Path) -> None:
    page = [
        recording(1, kind="call", direction="incoming"),
        recording(2, kind="call", direction="outgoing"),
        recording(3, kind="prompt"),
        recording(4, kind="call", direction="incoming"),
        recording(5, kind="call", started=None),
    ]

    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", *page) as store:
            await store.analyses.keep_measured(page[0], Measured(figures(), b"one"))
            edges = (second(recording(9)) or 0, second(recording(0)) or 0)
            read = {split: await store.timelines.timeline(Query(), split) for split in Split}
            counts = {
                split: dict(zip(each.names, each.bars(edges)[0].counts, strict=True))
                for split, each in read.items()
            }
            assert counts == {
                Split.KIND: {"call": 3, "prompt": 1, REST: 0},
                Split.DIRECTION: {"incoming": 2, "outgoing": 1, REST: 1},
                Split.HEALTH: {REST: 3, FINE: 1, FAULTY: 0},
            }
            assert {each.undated for each in read.values()} == {1}
            prompts = Query(node=Match(fields.KIND, "prompt", Way.WHOLE))
            assert [
                bar.number for bar in (await store.timelines.timeline(prompts, Split.KIND)).bars(edges)
            ] == [1]

    asyncio.run(scene())


def test_a_moment_belongs_to_the_second_that_it_lies_in_also_before_1970() -> None:
    old = datetime(1969, 12, 31, 23, 59, 58, 999_999, tzinfo=UTC)
    page = [recording(1, started=old), recording(2, started=old + timedelta(microseconds=1))]
    page += [recording(3, started=datetime.min.replace(tzinfo=UTC), account="other")]
    page += [recording(4, started=datetime.max.replace(tzinfo=UTC), account="other")]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            read = await store.timelines.timeline(Query(), Split.KIND)
            assert [bar.number for bar in read.bars((-3, -2, -1, 0))] == [0, 1, 1]
            assert read.extent == (second(page[2]), (second(page[3]) or 0) + 1)
            assert read.number_since(-1.5) == 3

    asyncio.run(scene())


@tries(40)
@given(
    st.sampled_from(("Europe/Amsterdam", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu")),
    st.integers(1990, 2035),
    st.sampled_from((86_400, 40 * 86_400, 400 * 86_400)),
    st.lists(st.integers(0, 2**31), min_size=1, max_size=60),
)
def test_the_hours_of_the_week_are_counted_by_the_clock_of_the_zone(
    name: str, year: int, span: int, places: list[int]
) -> None:
    zone = ZoneInfo(name)
    begin = datetime(year, 3, 20, tzinfo=UTC)
    moments = [begin + timedelta(seconds=place % span) for place in places]

    async def scene() -> None:
        page = [recording(number, started=moment) for number, moment in enumerate(moments)]
        async with catalogue(None, *page) as store:
            counted = week(await store.timelines.timeline(Query(), Split.KIND), zone)
            plain = Counter((each.weekday(), each.hour) for each in (one.astimezone(zone) for one in moments))
            assert counted.number == len(moments)
            assert {
                (day, hour): number
                for day, row in enumerate(counted.cells)
                for hour, number in enumerate(row)
                if number
            } == plain
            ((day, hour), most) = plain.most_common(1)[0]
            assert counted.most == most
            chosen = Query(
                node=All(
                    (
                        Clocked(ClockUnit.WEEKDAY, day, day, changes(zone)),
                        Clocked(ClockUnit.HOUR, hour, hour, changes(zone)),
                    )
                )
            )
            assert await store.listings.count(chosen) == most

    asyncio.run(scene())


def test_a_newer_timeline_ends_the_older_but_not_a_listing() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            results = await asyncio.gather(
                store.listings.listing(Query(), NEWEST_FIRST),
                store.timelines.timeline(Query(), Split.KIND),
                store.timelines.timeline(Query(node=Word("nothing")), Split.KIND),
                return_exceptions=True,
            )
            assert isinstance(results[1], Superseded)
            assert isinstance(results[2], Timeline)
            assert len(results[2]) == 0
            assert not isinstance(results[0], BaseException)

    asyncio.run(scene())


def test_what_is_read_first_is_told_while_the_rest_is_on_its_way() -> None:
    async def scene() -> None:
        desk = Desk("test", open_newest(None, None))
        store = Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))
        await store.recordings.add([recording(number) for number in range(40)], feed())
        told = list[Timeline]()
        reach = Reach(few=0, many=0)
        read = await desk.run(
            partial(timeline, query=Query(), split=Split.KIND, told=told.append, reach=reach, first=1)
        )
        assert [len(each) for each in told] == [2, 23]
        assert [len(each) for each in (read, read.followed_by(Timeline()))] == [40, 40]
        assert told[0].extent == (second(recording(1)), (second(recording(0)) or 0) + 1)
        await store.close()

    asyncio.run(scene())
