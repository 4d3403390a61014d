"""Words that are found by their rare groups of letters, and columns of many or few values."""

import apsw
import pytest

from playhead.catalogue.answering import listing
from playhead.catalogue.conditions import Rarity
from playhead.catalogue.schema import open_newest
from playhead.catalogue.writing import add, index_words
from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST, Order, Query, Word
from support.catalogue.catalogue_examples import feed, recording
from support.catalogue.kept_orders import sort_by


def named(count: int, names: int) -> apsw.Connection:
    """A catalogue of so many recordings of so many names in turn; the ids grow from 1 on."""
    connection = open_newest(None, None)
    add(connection, [recording(each, name=f"common {each % names:03}") for each in range(count)], feed())
    index_words(connection)
    return connection


@pytest.mark.slow
@pytest.mark.parametrize(
    ("groups", "sought"),
    [
        (['"com"', '"mon"', '" 07"', '"077"'], ['"077"']),
        (['"com"', '"xyz"', '"077"'], ['"xyz"']),
        (['"com"', '"mon"', '"n 0"'], ['"n 0"']),
        (['"com"', '"mon"'], ['"com"']),
        (['"com"'], ['"com"']),
        ([], []),
    ],
)
def test_of_a_word_its_rare_groups_are_looked_for_and_of_common_ones_a_single_one(
    groups: list[str], sought: list[str]
) -> None:
    assert list(Rarity(named(2_000, 200)).telling(groups)) == sought


def test_a_word_of_common_and_rare_groups_is_found_wherever_it_is() -> None:
    connection = named(2_000, 200)

    def found(text: str) -> list[int]:
        return list(listing(connection, Query(node=Word(text)), NEWEST_FIRST, None).ids)

    assert found("mmon 077") == [each + 1 for each in range(77, 2_000, 200)]
    assert found("common 999") == []


@pytest.mark.parametrize("at_once", [70, 1_000])
@pytest.mark.parametrize("names", [1, 3, 50, 100])
@pytest.mark.parametrize("descending", [False, True])
def test_ties_are_newest_first_both_ways_however_many_values_a_column_has(
    names: int, at_once: int, *, descending: bool
) -> None:
    connection = named(300, names)
    sort_by(connection, "name", at_once)
    order = sorted(range(300), key=lambda each: (each % names) * (-1 if descending else 1))
    assert list(listing(connection, EVERYTHING, Order("name", descending), None).ids) == [
        each + 1 for each in order
    ]
