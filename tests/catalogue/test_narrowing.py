"""Candidates of one index, narrowed by another."""

from itertools import product

import pytest

from playhead.catalogue.answering import first_rows, listing
from playhead.catalogue.fromclauses import REACH, Reach, narrowed, ways_of
from playhead.catalogue.schema import open_newest
from playhead.catalogue.writing import add, index_words
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST
from support.catalogue.catalogue_examples import NOON, feed, recording

REACHES = (REACH, Reach(few=0), Reach(few=0, some=40), Reach(few=0, plenty=10))
QUERIES = (
    "status:failed duration:<5s",
    "status:failed format:wav duration:<5s",
    "common status:failed duration:<5s",
    "status:failed,absent format:wav",
    "is:transcribed status:failed duration:<5s",
)


@pytest.mark.parametrize(("text", "reach"), list(product(QUERIES, REACHES)))
def test_the_first_rows_are_those_of_the_listing_however_far_candidates_are_narrowed(
    text: str, reach: Reach
) -> None:
    connection = open_newest(None, None)
    page = [
        recording(
            each,
            name=f"common {each}",
            status=("failed", "absent", "available")[each % 3],
            format=("wav", "mp3")[each % 2],
            duration=float(each % 10),
        )
        for each in range(200)
    ]
    add(connection, page, feed())
    index_words(connection)
    connection.execute("update search set listed = 1 where id % 5 > 0")
    query = parse(text, NOON, ())
    whole = listing(connection, query, NEWEST_FIRST, None)
    assert whole.matched > 5
    assert first_rows(connection, query, NEWEST_FIRST, None, 100, reach) == whole.ids


def test_many_candidates_are_narrowed_and_few_are_looked_at() -> None:
    connection = open_newest(None, None)
    page = [
        recording(each, status="failed" if each % 2 else "available", duration=float(each % 10))
        for each in range(200)
    ]
    add(connection, page, feed())
    ways = ways_of(connection, parse("status:failed duration:<5s", NOON, ()))
    assert [narrowed(connection, ways, Reach(few=few))[1] for few in (0, 1_000)] == [40, 100]
