"""The first rows of a question about speech, which are looked for piece by piece."""

from functools import partial
from itertools import product
from typing import Any

import apsw
import pytest

from playhead.catalogue.answering import first_rows, listing
from playhead.catalogue.fromclauses import REACH, Reach
from playhead.catalogue.schema import open_newest
from playhead.catalogue.speechindex import tokens_of
from playhead.catalogue.writing import add, index_words
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.finding.speech import folded_voices
from playhead.core.marks import NO_MARKS
from playhead.core.transcript import Line, Side, Transcript
from support.catalogue.catalogue_examples import NOON, feed, recording

NUMBER = 120
REACHES = (
    REACH,
    Reach(few=0, piece=1),
    Reach(few=0, piece=16),
    Reach(few=30, piece=4),
    Reach(few=0, piece=2, texts=0),
)
QUERIES = (
    "said:yes",
    "said:third",
    "said:left:yes",
    "said:thi*",
    'said:"yes third"',
    'said:"third y*" status:failed',
    "said:(third OR fifth)",
    "said:third -said:fifth",
    "said:(third OR fifth) -said:right:third",
    "-said:third",
    "-said:third -said:fifth",
    '-said:"yes third"',
    "said:third OR status:failed",
    "(said:third said:fifth) OR (said:seventh -said:third)",
    "(said:third status:failed) OR -said:yes",
    "said:yes status:failed",
    "said:yes date:2026-02-26",
    "third",
    "-third status:failed",
    "third OR status:available",
    "thir said:fifth",
)


def said_in(number: int) -> Transcript | None:
    """Each says yes on either side; every third one *third*, and so on; every tenth has no transcript."""
    if number % 10 == 9:
        return None
    lines = [
        Line(start=0, end=1, text="Yes", side=Side.LEFT if number % 2 else Side.RIGHT),
        *(
            Line(start=2, end=3, text=f"yes {word} yes", side=Side.RIGHT)
            for word, each in (("third", 3), ("fifth", 5), ("seventh", 7))
            if number % each == 0
        ),
    ]
    return Transcript(id="t", locale="en", lines=tuple(lines))


def filled() -> apsw.Connection:
    """A catalogue of two accounts, whose recordings were stored one account after the other."""
    connection = open_newest(None, None)
    for rest in (1, 0):
        page = [
            recording(each, account=("a", "b")[rest], status="failed" if each % 4 else "available")
            for each in range(NUMBER)
            if each % 2 == rest
        ]
        add(connection, page, feed())
    for number, name in idents(connection).items():
        transcript = said_in(name)
        if transcript is not None:
            folded = folded_voices(transcript)
            connection.execute(
                "insert into transcript (id, folded, value) values (?, ?, '')", (number, folded)
            )
            connection.execute("insert into said (rowid, words) values (?, ?)", (number, tokens_of(folded)))
    index_words(connection)
    for index in ("said", "spoken"):
        connection.execute(f"insert into {index} ({index}) values ('optimize')")
    return connection


def idents(connection: apsw.Connection) -> dict[int, int]:
    """The provider's ids of recordings, by those of the catalogue."""
    rows: list[tuple[Any, ...]] = connection.execute("select id, ident from search").fetchall()
    return {number: int(ident) for number, ident in rows}


@pytest.mark.parametrize("text", QUERIES)
def test_the_first_rows_are_those_that_match_however_small_the_pieces(text: str) -> None:
    connection = filled()
    query = parse(text, NOON, ())
    expected = [
        each
        for each in range(NUMBER)
        if matches(
            query.node,
            recording(each, status="failed" if each % 4 else "available"),
            NO_MARKS,
            said_in(each),
        )
    ]
    first = partial(first_rows, connection, query)
    whole = listing(connection, query, NEWEST_FIRST, None)
    names = idents(connection)
    assert [names[each] for each in whole.ids] == expected
    for number, reach in product((3, NUMBER), REACHES):
        assert first(NEWEST_FIRST, None, number, reach) == whole.ids[:number]
        backwards = first(Order("started", descending=False), None, number, reach)
        assert list(backwards) == list(reversed(whole.ids))[:number]


@pytest.mark.parametrize("text", ["said:yes", "available is:starred", "said:yes said:y* -said:fifth"])
def test_the_index_is_asked_no_more_often_the_more_recordings_match(text: str) -> None:
    connection = filled()
    connection.execute("insert into star select id from search")
    asked = list[str]()
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: asked.append(str(event["sql"])))
    found = listing(connection, parse(text, NOON, ()), NEWEST_FIRST, None)
    connection.trace_v2(0)
    assert found.matched > 25
    assert len(asked) < 50
