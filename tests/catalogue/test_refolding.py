"""What an older Playhead has folded in another way is found by the rules of today."""

import asyncio
import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path

import apsw
import pytest

from playhead.catalogue import markstore, rows
from playhead.catalogue.connection import connect
from playhead.catalogue.desk import Desk
from playhead.catalogue.refolding import refold
from playhead.catalogue.schema import MIGRATIONS, migrate
from playhead.catalogue.writing import index_words
from playhead.core import recording as recordings
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.marks import Marks, Note
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Line, Transcript
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, listed, recording
from support.catalogue.catalogue_files import assert_sound
from support.catalogue.older_catalogues import add_as_before

VERSION = 4
"""Of the catalogues that were folded in the older way."""

NAMES = (
    "Łukasz",
    "O’Brien",
    "O´Brien",
    "O`Brien",
    "Jean‑Luc",
    "が",
    "か",
    "Йод",
    "ISPARTA",
    "Işık",
    "plain",
    "Zoë",
)
ADDRESSES = (
    "+31205550142;ext=12",
    "sip:+31205550142@10.20.30.40",
    "#31#0612345678",
    "+31 20 +5",
    "+3120\u200b5550142",
    "+31205550143",
)
PAGE = tuple(
    recording(
        number,
        name=f"{name} {number}",
        caller=Party(number=ADDRESSES[number % len(ADDRESSES)], name=NAMES[-1 - number % len(NAMES)]),
        status="ærlig" if number % 7 == 0 else "available",
    )
    for number in range(60)
    for name in (NAMES[number % len(NAMES)],)
)
SAID = Transcript(
    id="t", locale=None, lines=(Line(start=0, end=1, text="“Łódź”"), Line(start=1, end=2, text="O´B"))
)
QUERIES = (
    *(
        "lukasz",
        "o'brien",
        "“o’brien”",
        "jean-luc",
        "が",
        "か",
        "йод",
        "иод",
        "ısparta",
        "isik",
        "zoe",
        "plain",
    ),
    *(
        "from:+31205550142",
        "from:3040",
        "from:12",
        "0612345678",
        "from:205550143",
        "from:lukasz",
        "status:aerlig",
    ),
    *("lodz", "note:lodz", "o'b", "-lukasz", "with:+3120"),
)


def folded_before(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub("[\0\ud800-\udfff\ufffe\uffff]", "\ufffd", plain)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of the version before, with what is folded otherwise now, and with what is not."""
    path = tmp_path / "catalogue.db"
    with monkeypatch.context() as past:
        for module in (rows, markstore):
            past.setattr(module, "fold", folded_before)
        past.setattr(recordings, "digits_of", lambda number: re.sub("[^0-9]", "", number))
        connection = connect(path, KEY)
        migrate(connection, MIGRATIONS[:VERSION])
        add_as_before(connection, PAGE[:50])
        index_words(connection)
        add_as_before(connection, PAGE[50:])
        asyncio.run(speak(Desk("old", connection)))
    return path


def keep_as_before(connection: apsw.Connection, recording: Recording, transcript: Transcript) -> None:
    """Keep a transcript as a Playhead of that version did."""
    value = {**asdict(transcript), "lines": [_without_side(line) for line in transcript.lines]}
    connection.execute(
        "insert into transcript values (?, ?, ?)",
        (rows.number_of(connection, recording), folded_before(transcript.lines[0].text), json.dumps(value)),
    )


def _without_side(line: Line) -> dict[str, object]:
    return {name: value for name, value in asdict(line).items() if name != "side"}


async def speak(desk: Desk) -> None:
    await desk.run(keep_as_before, PAGE[3], SAID)
    await markstore.MarkStore(desk, desk).add_note(PAGE[4], "Łódź", None)
    await desk.close()


def expected(text: str) -> list[str]:
    def found(each: Recording) -> bool:
        notes = (Note(id=1, text="Łódź", made=NOON),) if each is PAGE[4] else ()
        said = SAID if each is PAGE[3] else None
        return matches(parse(text, NOON).node, each, Marks(notes=notes), said)

    return [each.id for each in PAGE if found(each)]


async def assert_found(path: Path) -> None:
    async with catalogue(path) as store:
        for text in QUERIES:
            assert (text, await listed(store, parse(text, NOON).node)) == (text, expected(text))
        assert {"aerlig", "available"} == set(await store.recordings.values("status"))
        assert await store.recordings.read([1]) == [PAGE[0]]


def test_everything_in_an_older_catalogue_is_found_by_the_rules_of_today(old: Path) -> None:
    asyncio.run(assert_found(old))
    assert_sound(old)
    connection = connect(old, KEY)
    assert connection.execute("select 1 from pragma_table_list where name = 'refolding'").fetchall() == []
    connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_what_ends_the_folding_only_puts_it_off(old: Path, at_once: int) -> None:
    for steps in range(20, 2_000, 90):
        connection = connect(old, KEY)
        migrate(connection, MIGRATIONS)
        connection.set_progress_handler(lambda: True, steps * 20)
        try:
            refold(connection, at_once)
        except apsw.InterruptError:
            connection.close()
            continue
        connection.close()
    asyncio.run(assert_found(old))
    assert_sound(old)
