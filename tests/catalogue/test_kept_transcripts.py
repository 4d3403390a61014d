"""Transcripts within their limit, what providers list of them, and what was said in those that are kept."""

import asyncio
from dataclasses import replace
from pathlib import Path

from playhead.catalogue.connection import connect
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Flag, Is
from playhead.core.transcript import Line, ListProgress, Side, Transcript, Transcription
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, listed, recording
from support.catalogue.catalogue_files import assert_sound

DONE = ListProgress(token=None, whole=True, began=NOON)


def spoken(text: str, *, side: Side | None = None) -> Transcript:
    return Transcript(id="t", locale="en", lines=(Line(start=0, end=1, text=text, side=side),))


def entry(number: int, **changes: object) -> Transcription:
    plain = Transcription(id=f"t{number}", recording=str(number), ready=True, made=NOON, locale="en")
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def test_what_was_not_read_for_longest_gives_way_and_can_no_longer_be_found(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, *map(recording, range(4))) as store:
            for number in range(3):
                await store.transcripts.keep(recording(number), spoken(f"refund number {number}"))
            taken, _ = await store.transcripts.usage()
            assert taken > 0
            await store.transcripts.limit(taken)
            await store.transcripts.keep(recording(3), spoken("refund number 3"))
            assert await listed(store, parse("said:refund", NOON).node) == ["1", "2", "3"]
            assert await listed(store, parse("said:0", NOON).node) == []
            assert await listed(store, Is(Flag.TRANSCRIBED)) == ["0", "1", "2", "3"]
            assert (await store.transcripts.usage())[0] <= taken
            assert await store.transcripts.let_go() == 1
            await store.transcripts.keep(recording(0), spoken("refund"))
            assert await store.transcripts.let_go() == 1
            await store.transcripts.empty()
            assert (await store.transcripts.usage())[0] == 0
            assert await store.transcripts.let_go() == 0
            assert await listed(store, Is(Flag.TRANSCRIPT)) == []

    asyncio.run(scene())
    assert_sound(path)


def test_what_is_replaced_or_leaves_with_its_account_is_found_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1), recording(2, account="other")) as store:
            await store.transcripts.keep(recording(1), spoken("refund", side=Side.LEFT))
            await store.transcripts.keep(recording(1), spoken("chargeback", side=Side.LEFT))
            await store.transcripts.keep(recording(2, account="other"), spoken("chargeback"))
            assert await listed(store, parse("said:refund", NOON).node) == []
            assert await listed(store, parse("said:left:chargeback", NOON).node) == ["1"]
            assert await listed(store, parse("said:chargeback", NOON).node) == ["1", "2"]
            there = [recording(1), recording(2, account="other"), recording(7)]
            kept = await store.transcripts.several(there)
            assert [each and each.lines[0].text for each in kept] == ["chargeback", "chargeback", None]
            await store.forget("first")
            assert await listed(store, parse("said:chargeback", NOON).node) == ["2"]

    asyncio.run(scene())
    assert_sound(path)


def test_transcripts_of_an_older_playhead_are_found_by_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1), recording(2)) as store:
            for each in (recording(1), recording(2)):
                await store.transcripts.keep(each, spoken(f"a refund for {each.id}"))
        async with catalogue(path) as store:
            await store.upkeep.stop()
            connection = connect(path, KEY)
            connection.execute(
                "insert into unsaid select id from transcript; delete from said;"
                " update transcript set size = 0, value = replace(value, ',\"side\":null', '');"
                " update transcript_room set taken = 0; insert into unsaid values (77)"
            )
            connection.close()
            assert await store.transcripts.unindexed() == 2
            while await store.transcripts.index_some():
                pass
            assert await store.transcripts.unindexed() == 0
            assert await listed(store, parse('said:"a refund for 2"', NOON).node) == ["2"]
            assert (await store.transcripts.usage())[0] > 0

    asyncio.run(scene())
    assert_sound(path)


def test_a_list_tells_what_is_transcribed_before_and_after_its_recordings_are_met() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1, transcribed=False), recording(2, transcribed=True)) as store:
            lists = store.transcriptions
            assert await lists.progress("first") == ListProgress()
            far = ListProgress(token="next", behind="old", began=NOON)
            assert await lists.add("first", [entry(1), entry(3), entry(4, ready=False)], far, DONE)
            assert await lists.progress("first") == far
            assert await listed(store, Is(Flag.TRANSCRIBED)) == ["1"]
            await store.recordings.add([recording(3), recording(4)], feed())
            assert await listed(store, Is(Flag.TRANSCRIBED)) == ["1", "3"]
            (one, two) = await store.marks.read([recording(1), recording(2)])
            assert (one.transcribed, two.transcribed) == (True, False)
            assert await lists.unready("first")
            assert not await lists.add("first", [entry(1)], far, DONE)
            assert await lists.progress("first") == DONE
            assert await lists.add("first", [entry(4)], far, DONE)
            assert await listed(store, Is(Flag.TRANSCRIBED)) == ["1", "3", "4"]
            await store.recordings.add([recording(3, name="renamed")], feed())
            assert await lists.of(recording(3)) == [entry(3)]
            await lists.drop(recording(3), entry(3))
            assert await listed(store, Is(Flag.TRANSCRIBED)) == ["1", "4"]
            assert not await lists.add("unknown", [], far, DONE)

    asyncio.run(scene())


def test_what_was_asked_for_in_vain_is_asked_for_again_once_it_is_listed() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            await store.transcripts.keep_none(recording(1))
            await store.transcriptions.add("first", [entry(1)], DONE, DONE)
            assert not await store.transcripts.given_none(recording(1))

    asyncio.run(scene())


def test_words_that_begin_so_are_told_with_the_number_of_transcripts_that_have_them(tmp_path: Path) -> None:
    texts = ["refund refunded", "Refund", "réf", "other", "refunds refund"]

    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", *map(recording, range(5))) as store:
            for number, text in enumerate(texts):
                side = Side.LEFT if number % 2 else Side.RIGHT
                await store.transcripts.keep(recording(number), spoken(text, side=side))
            words = [("refund", 3), ("ref", 1), ("refunded", 1), ("refunds", 1)]
            assert await store.transcripts.words("ref", None) == words
            assert await store.transcripts.words("ref", Side.LEFT) == [("refund", 1)]
            assert await store.transcripts.words("x", None) == []

    asyncio.run(scene())
