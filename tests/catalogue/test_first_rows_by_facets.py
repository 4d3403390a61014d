"""The first rows are those of the listing, in orders of several stretches, with the limits of the program."""

from array import array
from datetime import timedelta
from functools import cache

import apsw
import pytest

from playhead.catalogue import facets, markstore, shortwords
from playhead.catalogue.answering import first_rows, listing
from playhead.catalogue.fromclauses import REACH
from playhead.catalogue.narrowing import matching_many
from playhead.catalogue.ranking import expect
from playhead.catalogue.schema import open_newest
from playhead.catalogue.sql import where
from playhead.catalogue.writing import add
from playhead.core.account import Account
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Order
from support.catalogue.catalogue_examples import NOON, feed, recording

NUMBER = 40_000


@cache
def filled() -> apsw.Connection:
    """Every 400th is a match. The newest 30 matches have a size and a star; accounts take turns in time."""
    connection = open_newest(None, None)
    page = [
        recording(
            number,
            account="zeta" if number < 12_000 else "alpha",
            started=NOON - timedelta(minutes=number),
            status="failed" if number % 400 == 0 else "available",
            size=number + 1 if number < 12_000 and number % 400 == 0 else None,
        )
        for number in range(NUMBER)
    ]
    for start in range(0, NUMBER, 1000):
        add(connection, page[start : start + 1000], feed())
    expect(connection, "name")
    while (part := facets.due(connection)) is not None:
        facets.keep(connection, facets.read(connection, part))
    while (part := shortwords.due(connection)) is not None:
        shortwords.keep(connection, shortwords.read(connection, part))
    starred = array("q", [number + 1 for number in range(0, 12_000, 400)])
    markstore._star(connection, starred, on=True, told=bool)
    return connection


@pytest.mark.parametrize(
    "order",
    [Order(column, way) for column in ("account", "starred", "size", "started") for way in (True, False)],
    ids=str,
)
@pytest.mark.parametrize("text", ["-status:available", "hour:0..23 -status:available"])
def test_the_first_rows_are_the_first_of_the_listing(order: Order, text: str) -> None:
    query = parse(text, NOON)
    whole = listing(filled(), query, order, None).ids
    assert list(first_rows(filled(), query, order, None, 60)) == list(whole[:60])


ACCOUNTS = (
    Account(id="zeta", provider="bird", label="Zoo", base_url="https://example.invalid"),
    Account(id="alpha", provider="bird", label="Alps", base_url="https://example.invalid"),
)


@pytest.mark.parametrize("text", ["z", "zo", "p", "-o", "z -status:failed", "w", "lp -status:failed"])
def test_a_short_word_that_the_name_of_an_account_has_is_answered_without_reading_all(text: str) -> None:
    query = parse(text, NOON, ACCOUNTS)
    condition = where(query.node)
    known = matching_many(filled(), query, condition, REACH)
    assert known is not None
    rows = filled().execute(f"select id from search where {condition.sql}", condition.values)
    assert {place for place, found in enumerate(known) if found} == {number for (number,) in rows}
