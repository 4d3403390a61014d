"""The SQL of a query finds exactly what the plain definition says."""

import asyncio
import itertools
import math
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.answering import first_rows, listing
from playhead.catalogue.desk import Desk
from playhead.catalogue.fromclauses import REACH, Reach
from playhead.catalogue.mediacache import open_media_cache
from playhead.catalogue.orders import RANKED
from playhead.catalogue.schema import open_newest
from playhead.catalogue.store import DESKS, Store
from playhead.core.finding import fields
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import (
    NEWEST_FIRST,
    All,
    Either,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Query,
    QueryError,
    Span,
    Way,
    Word,
)
from playhead.core.marks import Spans
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Transcript
from support.catalogue.arbitrary_recordings import (
    COMPARED,
    Made,
    made,
    nodes,
    orders,
    pages,
    seconds,
    texts,
    tries,
)
from support.catalogue.catalogue_examples import NOON, catalogue, feed, listed, recording
from support.catalogue.kept_orders import sort_by
from support.catalogue.marked_recordings import mark, transcript_of


def words_of(made: Made) -> Transcript | None:
    """The transcript that is kept of a recording, if one is."""
    return None if made.lines is None else transcript_of(made.lines)


def twins(made: Made, page: Sequence[Recording], marked: Sequence[Made]) -> list[str] | None:
    """The ids of the recordings with the audio of one that is not gone, if there is another."""
    there = [each.digest if each.figures is not None and not each.gone else b"" for each in marked]
    own = b"" if made.gone or made.figures is None else made.digest
    ids = sorted(one.id for one, digest in zip(page, there, strict=True) if own and digest == own)
    return ids if len(ids) > 1 else None


def said(*notes: str, lines: tuple[str, ...]) -> Made:
    """Notes and a transcript, nothing else."""
    return Made(starred=False, heard=Spans(), notes=notes, lines=lines)


@pytest.mark.slow
@tries(60)
@given(st.data())
def test_sql_finds_what_the_plain_definition_says(data: st.DataObject) -> None:
    page = data.draw(pages)
    marked = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    trees = data.draw(st.lists(nodes(page, marked), min_size=1, max_size=5))

    async def scene() -> None:
        desk = Desk("test", open_newest(None, None))
        store = Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))
        async with AsyncExitStack() as leaving:
            leaving.push_async_callback(store.close)
            await store.recordings.add(page, feed())
            for column in ("duration", "size"):
                await desk.run(sort_by, column)
            for recording, each in zip(page, marked, strict=True):
                await mark(store, recording, each)
            # What was made of a recording stays when it changes.
            changed = [replace(each, size=1, duration=data.draw(seconds)) for each in page]
            await store.recordings.add(changed, feed())
            for recording, each in zip(page, marked, strict=True):
                if each.gone:
                    await store.recordings.mark_gone([recording])
            marks = await store.marks.read(changed)
            assert [(each.starred, each.heard) for each in marks] == [
                (each.starred, each.heard) for each in marked
            ]
            assert [each.health and each.health.figures for each in marks] == [
                each.figures for each in marked
            ]
            assert [each.same and sorted(each.same.ids) for each in marks] == [
                twins(each, changed, marked) for each in marked
            ]
            for tree in trees:
                listing = await store.listings.listing(Query(node=tree), NEWEST_FIRST)
                found = {each.key for each in await store.recordings.read(listing.ids) if each is not None}
                assert found == {
                    recording.key
                    for recording, its, each in zip(changed, marks, marked, strict=True)
                    if matches(tree, recording, its, words_of(each))
                }
                assert listing.matched == len(listing.ids) == len(found)
                assert await store.listings.count(Query(node=tree)) == len(found)

    asyncio.run(scene())


REACHES = (
    REACH,
    Reach(few=0, some=0, many=0, walk=1, long_walk=3),
    Reach(few=1, some=2, many=3, walk=4, long_walk=100),
    Reach(few=0, some=100, passed=3),
    Reach(few=0, some=100),
    Reach(few=0, some=0, walk=1, piece=1, texts=0),
    Reach(some=2, walk=1, plenty=3),
)


@pytest.mark.slow
@tries(60)
@given(st.data())
def test_the_first_rows_are_those_of_the_listing_whichever_way_they_are_found(data: st.DataObject) -> None:
    page = data.draw(pages)
    marked = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    trees = data.draw(st.lists(nodes(page, marked), min_size=1, max_size=5))
    moments = [each.moment for each in page if each.moment] or [NOON]

    async def scene() -> None:
        desk = Desk("test", open_newest(None, None))
        store = Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))
        half = [replace(each, name="before", size=1, duration=1.0) for each in page[::2]]
        await store.recordings.add(half, feed())
        for column in RANKED:
            if data.draw(st.booleans()):
                await desk.run(sort_by, column, data.draw(st.sampled_from((2, 100))))
        await store.recordings.add(page, feed())
        for one, each in zip(page, marked, strict=True):
            await mark(store, one, each)
        for tree in trees:
            query, order = Query(node=tree), data.draw(orders)
            not_before = data.draw(st.none() | st.sampled_from(moments))
            number = data.draw(st.integers(1, 9))
            for reach in REACHES:
                whole = await desk.run(
                    partial(listing, query=query, order=order, not_before=not_before, reach=reach)
                )
                first = await desk.run(
                    partial(
                        first_rows,
                        query=query,
                        order=order,
                        not_before=not_before,
                        number=number,
                        reach=reach,
                    )
                )
                assert (order, reach, first) == (order, reach, whole.ids[:number])
        await store.close()

    asyncio.run(scene())


TEXTS = ("abcd", "xabc", "abc", "ab[c]d", "ab?d", "ab*", "aB", "[", "c]", "é", "\u0301", "a\nbc", "")
PATTERNS = ("abc", "ab", "b", "ab[c]", "ab?", "*bc*", "ab*", "*d", "[", "e", "", "*", "a*b*c", "\n")


def test_every_way_of_comparing_every_field_is_the_plain_one() -> None:
    page = [
        recording(
            number, id=f"{number}{text}", kind=text, direction=text, status=text, format=text,
            name=text, filename=text[::-1], channel=text, call=text, conference=text[::-1],
            caller=Party(name=text, number=text, anonymous=text == "b"), callee=Party(name=text[::-1]),
        )
        for number, text in enumerate(TEXTS)
    ]  # fmt: skip

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for field, way, pattern in itertools.product(COMPARED, Way, PATTERNS):
                node = Match(field, pattern, way)
                plain = [each.id for each in page if matches(node, each)]
                assert (node, sorted(await listed(store, node))) == (node, sorted(plain))

    asyncio.run(scene())


HOSTILE = [
    '"',
    "'",
    "a' or 1=1 --",
    "%",
    "_",
    "*",
    "a*b",
    "[x]",
    "(",
    "NEAR(",
    "a AND b",
    "-",
    "^a",
    "🎧",
    "陳大",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_syntax_of_sql_and_of_the_index_is_only_text(text: str) -> None:
    async def scene() -> None:
        async with catalogue(
            None, recording(1, name=f"before {text} after"), recording(2, name="other")
        ) as store:
            for node in (Word(text.lower()), Match(fields.NAME, text.lower())):
                assert await listed(store, node) == ["1"]

    asyncio.run(scene())


@pytest.mark.slow
@tries(60)
@given(st.data())
def test_sql_finds_what_is_typed_as_the_plain_definition_does(data: st.DataObject) -> None:
    page = data.draw(pages)
    marked = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    shown = [each for one in page for each in (one.name, one.id, one.caller and one.caller.address) if each]
    words = texts | st.sampled_from([*shown, *(note for each in marked for note in each.notes), "31"])
    fields = st.sampled_from(("", "-", "from:", "with:", "name:", "–name：", "id:", "status:", "note:"))
    quotes = st.sampled_from(("{}", '"{}"', "“{}”", "„{}“", "« {} »", "{}*"))
    parts = st.builds(lambda field, quote, word: field + quote.format(word), fields, quotes, words)
    typed = data.draw(st.lists(st.lists(parts, max_size=3).map(" ".join), min_size=5, max_size=20))

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for one, each in zip(page, marked, strict=True):
                await mark(store, one, replace(each, exported=False))
            marks = await store.marks.read(page)
            for text in typed:
                try:
                    node = parse(text, NOON).node
                except QueryError:
                    continue
                listing = await store.listings.listing(Query(node=node), NEWEST_FIRST)
                found = {each.key for each in await store.recordings.read(listing.ids) if each is not None}
                every = zip(page, marks, marked, strict=True)
                assert (text, found) == (
                    text,
                    {one.key for one, its, each in every if matches(node, one, its, words_of(each))},
                )

    asyncio.run(scene())


@pytest.mark.slow
def test_a_query_of_thousands_of_words_is_answered() -> None:
    async def scene() -> None:
        words: list[Node] = [Word(f"{number:x}") for number in range(3000)]
        async with catalogue(None, recording(1, name=" ".join(f"{n:x}" for n in range(3000)))) as store:
            assert await listed(store, All(tuple(words))) == ["1"]
            assert await listed(store, Either(tuple(words))) == ["1"]
            assert await listed(store, All((*words, Word("absent")))) == []

    asyncio.run(scene())


def test_a_word_of_ten_thousand_characters_is_found() -> None:
    name = "long" * 2_500

    async def scene() -> None:
        async with catalogue(None, recording(1, name=name), recording(2, name=name[:-1] + "h")) as store:
            assert await listed(store, Word(name)) == ["1"]
            assert await listed(store, Match(fields.NAME, f"{name[:-2]}*g", Way.WILD)) == ["1"]
            assert await listed(store, Match(fields.NAME, "*" * 60_000 + "h", Way.WILD)) == ["2"]

    asyncio.run(scene())


def test_words_are_found_wherever_each_of_them_is() -> None:
    async def scene() -> None:
        page = [recording(number, name="Welcome to sales") for number in range(1, 5)]
        async with catalogue(None, *page) as store:
            await store.marks.add_note(page[0], "asked for a Réfund", 3)
            await mark(store, page[1], said(lines=("I want a refund", "now")))
            await mark(store, page[2], said("now", lines=("a refund",)))
            assert await listed(store, Word("refund")) == ["1", "2", "3"]
            assert await listed(store, All((Word("refund"), Word("welcome"), Word("now")))) == ["2", "3"]
            assert await listed(store, All((Word("refund"), Word("absent")))) == []
            assert await listed(store, All((Word("no"), Word("re")))) == ["2", "3"]
            assert await listed(store, Word("a refund now")) == []
            assert await listed(store, Word("refund\nnow")) == []
            assert await listed(store, Not(Word("refund"))) == ["4"]
            assert await listed(store, Match(fields.NOTE, "refund")) == ["1"]
            assert await listed(store, Match(fields.NOTE, "a*d", Way.WILD)) == ["1"]
            assert await listed(store, Not(Match(fields.NOTE, "now", Way.WHOLE))) == ["1", "2", "4"]

    asyncio.run(scene())


def test_a_note_of_characters_that_nobody_sees_is_found_as_a_name_of_them_is() -> None:
    async def scene() -> None:
        page = [recording(1, name="\u00ad"), recording(2, name="")]
        async with catalogue(None, *page) as store:
            await mark(store, page[0], said("\u00ad", lines=()))
            await mark(store, page[1], said("", lines=()))
            for field in (fields.NAME, fields.NOTE):
                assert await listed(store, Match(field, "", Way.WHOLE)) == ["1"]

    asyncio.run(scene())


def test_what_was_heard_is_found_by_its_share() -> None:
    async def scene() -> None:
        page = [recording(number, duration=100.0) for number in range(1, 4)] + [recording(4), recording(5)]
        async with catalogue(None, *page) as store:
            for number, end in ((1, 50), (2, 200), (4, 3)):
                await store.marks.keep_heard(page[number - 1], Spans.of([(0, end)]))
            cases: tuple[tuple[Node, list[str]], ...] = (
                (Is(Flag.UNHEARD), ["3", "5"]),
                (Span(Measure.HEARD, None, 0.5), ["3", "5"]),
                (Span(Measure.HEARD, 0.5, None), ["1", "2", "4"]),
                (Span(Measure.HEARD, 0.5, 0.51), ["1"]),
                (Span(Measure.HEARD, 1, None), ["2", "4"]),
                (Span(Measure.HEARD, 0, 0.9), ["1", "3", "5"]),
                (Span(Measure.HEARD, None, 0), []),
                (Not(Span(Measure.HEARD, 0, 0.9)), ["2", "4"]),
            )
            for node, found in cases:
                assert (node, await listed(store, node)) == (node, found)

    asyncio.run(scene())


def test_digits_find_a_number_however_it_was_written() -> None:
    page: list[Recording] = [
        recording(1, caller=Party(number="+31 (20) 555-0123")),
        recording(2, callee=Party(number="0031205550123")),
        recording(3, caller=Party(number="+15550123")),
    ]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            assert await listed(store, Word("+31 20 555", "3120555")) == ["1", "2"]
            assert await listed(store, Number(fields.FROM, "31*0123", Way.WILD)) == ["1"]
            assert await listed(store, Number(fields.WITH, "5550123", Way.PART)) == ["1", "2", "3"]

    asyncio.run(scene())


def test_what_is_unknown_is_not_what_was_asked_but_is_not_it_either() -> None:
    async def scene() -> None:
        page = (recording(1, status="failed"), recording(2, status=None), recording(3, status="available"))
        async with catalogue(None, *page) as store:
            assert await listed(store, Not(Match(fields.STATUS, "failed", Way.WHOLE))) == ["2", "3"]

    asyncio.run(scene())


def test_a_span_holds_its_low_end_but_not_its_high_end() -> None:
    page = [recording(number, duration=float(number)) for number in range(1, 5)]

    async def scene() -> None:
        async with catalogue(None, *page, recording(9, started=None)) as store:
            assert await listed(store, Span(Measure.DURATION, 2, 4)) == ["2", "3"]
            two, four = (NOON - timedelta(hours=hours) for hours in (2, 4))
            assert await listed(store, Span(Measure.DATE, four.timestamp(), two.timestamp())) == ["3", "4"]
            assert await listed(store, Span(Measure.DATE, math.inf)) == []
            assert await listed(store, Span(Measure.DATE, -1e300, 1e300)) == ["1", "2", "3", "4"]

    asyncio.run(scene())
