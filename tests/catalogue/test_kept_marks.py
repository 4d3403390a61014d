"""Stars, notes, heard seconds, transcripts and health: kept, changed, and gone with their account."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.store import Store
from playhead.catalogue.writing import index_words
from playhead.core.errors import CatalogueError
from playhead.core.finding import fields
from playhead.core.finding.matching import matches
from playhead.core.finding.query import All, Flag, Is, Match, Measure, Node, Not, Span, Way, Word
from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import USUAL_LIMITS
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.marks import NO_MARKS, Marks, Spans
from playhead.core.recording import Recording
from playhead.core.transcript import Line, Transcript
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording, star
from support.health.figures_examples import figures

FIRST, SECOND, GONE = recording(1), recording(2), recording(3)
SAID = Transcript(
    id="t-1",
    locale="nl-NL",
    lines=(
        Line(start=0.1, end=2.25, text="Goedemorgen, \ud800\0", speaker="left"),
        Line(start=2.5, end=3, text="Bonjour"),
    ),
    summary="They greet.",
)


def test_a_star_is_given_and_taken() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST, SECOND) as store:
            for _ in range(2):
                await star(store, FIRST)
            await star(store, SECOND)
            await star(store, SECOND, on=False)
            await star(store, GONE)
            assert await store.marks.read([SECOND, FIRST, GONE]) == [NO_MARKS, Marks(starred=True), NO_MARKS]
            assert await listed(store, Is(Flag.STARRED)) == ["1"]

    asyncio.run(scene())


def test_marks_come_in_the_order_asked_for_whatever_the_ids() -> None:
    odd = [recording(4, id=each) for each in ("\ud800", "", "é\0", '"]', "e")]

    async def scene() -> None:
        async with catalogue(None, *odd, FIRST) as store:
            for number, each in enumerate(odd):
                await store.marks.keep_heard(each, Spans.of([(0, number + 1)]))
            marks = await store.marks.read([FIRST, *reversed(odd), odd[0]])
            assert [each.heard.seconds for each in marks] == [0, 5, 4, 3, 2, 1, 1]
            assert await store.marks.read([]) == []

    asyncio.run(scene())


def test_notes_are_read_by_their_second_and_can_be_changed_and_removed() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST, SECOND) as store:
            before = datetime.now(UTC)
            late = await store.marks.add_note(FIRST, "late", 9.25)
            whole = await store.marks.add_note(FIRST, "\ud800 of\0 all", None)
            early = await store.marks.add_note(FIRST, "early", 0.1)
            other = await store.marks.add_note(SECOND, "", 1)
            assert before <= late.made <= whole.made <= datetime.now(UTC)
            first, second = await store.marks.read([FIRST, SECOND])
            assert (first.notes, second.notes) == ((whole, early, late), (other,))
            await store.marks.change_note(early.id, "Sooner")
            await store.marks.remove_note(late.id)
            await store.marks.remove_note(late.id)
            (first,) = await store.marks.read([FIRST])
            assert [each.text for each in first.notes] == ["\ud800 of\0 all", "Sooner"]
            assert first.notes[1].made == early.made
            assert await listed(store, Match(fields.NOTE, "sooner", Way.WHOLE)) == ["1"]
            assert await listed(store, Match(fields.NOTE, "early")) == []
            assert await listed(store, Is(Flag.NOTED)) == ["1", "2"]

    asyncio.run(scene())


def test_the_number_of_a_removed_note_is_never_given_to_another() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST) as store:
            removed = await store.marks.add_note(FIRST, "first", None)
            await store.marks.remove_note(removed.id)
            kept = await store.marks.add_note(FIRST, "second", None)
            await store.marks.change_note(removed.id, "undone")
            assert (await store.marks.read([FIRST]))[0].notes == (kept,)

    asyncio.run(scene())


def test_a_note_of_a_recording_that_is_gone_is_refused() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST) as store:
            with pytest.raises(CatalogueError):
                await store.marks.add_note(GONE, "too late", None)

    asyncio.run(scene())


def test_heard_seconds_add_up_however_they_come() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST) as store:
            await store.marks.keep_heard(FIRST, Spans())
            assert await listed(store, Is(Flag.UNHEARD)) == ["1"]
            pieces = [Spans.of([(second, second + 1)]) for second in range(0, 60, 2)]
            await asyncio.gather(*(store.marks.keep_heard(FIRST, piece) for piece in pieces))
            await store.marks.keep_heard(FIRST, Spans.of([(0, 9.5), (100, 101)]))
            await store.marks.keep_heard(GONE, Spans.of([(0, 1)]))
            (marks,) = await store.marks.read([FIRST])
            assert marks.heard.pairs[:2] == ((0, 9.5), (10, 11))
            assert marks.heard.seconds == 9.5 + 25 + 1

    asyncio.run(scene())


def test_a_transcript_is_read_as_it_was_kept_and_replaces_the_older() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST) as store:
            assert await store.transcripts.read(FIRST) is None
            await store.transcripts.keep(FIRST, Transcript(id="t-0", locale=None, lines=()))
            await store.transcripts.keep(FIRST, SAID)
            await store.transcripts.keep(GONE, SAID)
            assert await store.transcripts.read(FIRST) == SAID
            assert await store.transcripts.read(GONE) is None
            assert await listed(store, Word("bonjour")) == ["1"]
            assert await listed(store, Word("greet")) == []
            newer = Transcript(id="t-2", locale=None, lines=(Line(start=0, end=1, text="Hello"),))
            await store.transcripts.keep(FIRST, newer)
            assert await listed(store, Word("bonjour")) == []
            assert await listed(store, Word("hello")) == ["1"]

    asyncio.run(scene())


def test_that_no_transcript_was_given_is_remembered_until_there_is_one() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST, SECOND) as store:
            await store.transcripts.keep_none(FIRST)
            await store.transcripts.keep_none(FIRST)
            await store.transcripts.keep_none(GONE)
            known = [await store.transcripts.given_none(each) for each in (FIRST, SECOND, GONE)]
            assert known == [True, False, False]
            assert await listed(store, Is(Flag.TRANSCRIPT)) == []
            await store.transcripts.keep(FIRST, SAID)
            await store.transcripts.keep_none(FIRST)
            assert not await store.transcripts.given_none(FIRST)
            assert await listed(store, Is(Flag.TRANSCRIPT)) == ["1"]
            assert await listed(store, Not(Is(Flag.TRANSCRIPT))) == ["2"]

    asyncio.run(scene())


MEASURED = Measured(figures(), b"digest", SoundCourse((bytes(240),), (((1.0, 2.5),),)))
QUIET = Measured(figures(loudness=-45.0), b"another")


def test_figures_are_kept_and_judged_of_recordings_that_are_there() -> None:
    async def scene() -> None:
        async with catalogue(None, FIRST, SECOND) as store:
            await store.analyses.keep_measured(FIRST, QUIET)
            await store.analyses.keep_measured(FIRST, MEASURED)
            await store.analyses.keep_measured(SECOND, QUIET)
            await store.analyses.keep_measured(GONE, MEASURED)
            assert [await store.analyses.measured(each) for each in (FIRST, SECOND, GONE)] == [
                MEASURED, QUIET, None,
            ]  # fmt: skip
            marks = await store.marks.read([FIRST, SECOND, GONE])
            assert [each.health for each in marks] == [
                SoundHealth(MEASURED.figures, Verdict.FINE),
                SoundHealth(QUIET.figures, Verdict.TOO_QUIET),
                None,
            ]

    asyncio.run(scene())


def test_a_recording_is_judged_again_when_another_length_is_said_of_it() -> None:
    async def scene() -> None:
        async with catalogue(None, replace(FIRST, duration=120.0)) as store:
            await store.analyses.keep_measured(FIRST, MEASURED)
            assert await listed(store, Span(Measure.HEALTH, 9)) == ["1"]
            await store.recordings.add([replace(FIRST, duration=300.0)], feed())
            assert await listed(store, Span(Measure.HEALTH, 9)) == []
            (marks,) = await store.marks.read([FIRST])
            assert marks.health == SoundHealth(MEASURED.figures, Verdict.CUT_OFF)

    asyncio.run(scene())


def test_what_is_otherwise_than_its_provider_says_is_found_as_long_as_it_says_so() -> None:
    of_mp3 = Measured(figures(container="mp3", codec="mp3"), b"digest")

    async def scene() -> None:
        async with catalogue(None, replace(FIRST, format="wav"), recording(2)) as store:
            await store.analyses.keep_measured(FIRST, of_mp3)
            assert await listed(store, Is(Flag.SAID_OTHERWISE)) == ["1"]
            assert await listed(store, Not(Is(Flag.SAID_OTHERWISE))) == ["2"]
            (marks,) = await store.marks.read([FIRST])
            assert matches(Is(Flag.SAID_OTHERWISE), replace(FIRST, format="wav"), marks)
            await store.recordings.add([replace(FIRST, format="mp3")], feed())
            assert await listed(store, Is(Flag.SAID_OTHERWISE)) == []

    asyncio.run(scene())


def test_what_was_measured_before_anybody_looked_for_it_is_found_to_be_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, replace(FIRST, format="wav")) as store:
            await store.analyses.keep_measured(FIRST, Measured(figures(container="mp3", codec="mp3"), b"x"))
        connection = connect(path, KEY)
        connection.execute("update search set otherwise = null; delete from judging")
        connection.close()
        async with catalogue(path) as store:
            assert await store.analyses.judge_by(USUAL_LIMITS) == 0
            assert await listed(store, Is(Flag.SAID_OTHERWISE)) == ["1"]

    asyncio.run(scene())


ASKED: tuple[Node, ...] = (
    Is(Flag.STARRED), Is(Flag.NOTED), Is(Flag.MEASURED), Match(fields.NOTE, "note"), Word("note"),
    Word("goedemorgen"),
)  # fmt: skip


def test_marks_stay_when_a_recording_changes_and_go_with_its_account(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    mine, other = recording(1), recording(2, account="other")
    marks: list[Marks] = []

    async def mark(store: Store, each: Recording) -> None:
        await star(store, each)
        await store.marks.add_note(each, "note", 2)
        await store.marks.keep_heard(each, Spans.of([(1, 2)]))
        await store.transcripts.keep(each, SAID)
        await store.analyses.keep_measured(each, MEASURED)

    async def scene() -> None:
        async with catalogue(path, mine, other) as store:
            await mark(store, mine)
            await mark(store, other)
            marks.extend(await store.marks.read([mine, other]))
            await store.recordings.add([recording(1, name="renamed", started=None)], feed())
        async with catalogue(path) as store:
            assert await store.marks.read([mine, other]) == marks
            assert await listed(store, All(ASKED)) == ["2", "1"]
            await store.forget("first")
            assert await store.marks.read([mine, other]) == [NO_MARKS, replace(marks[1], same=None)]
            assert [await store.transcripts.read(each) for each in (mine, other)] == [None, SAID]
            assert [await store.analyses.measured(each) for each in (mine, other)] == [None, MEASURED]
            await store.recordings.add([recording(1)], feed())
            for node in ASKED:
                assert await listed(store, node) == ["2"]

    asyncio.run(scene())
    connection = connect(path, KEY)
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    index_words(connection)
    connection.execute("insert into spoken (spoken, rank) values ('integrity-check', 1)")
    connection.execute("insert into words (words, rank) values ('integrity-check', 1)")
    connection.close()
