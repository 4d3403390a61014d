"""Parts of a text that a filter has found, whatever it was written like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.fields import FROM
from playhead.core.finding.marking import Marking
from playhead.core.finding.parser import parse
from playhead.core.finding.query import All, Match, Query, Way, Word
from playhead.core.text import fold
from support.catalogue.catalogue_examples import NOON


def marked(typed: str, field: str, text: str) -> str:
    """The text with its marked parts in brackets."""
    parts = Marking(parse(typed, NOON)).parts(field, text)
    for start, end in reversed(parts):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("typed", "field", "text", "found"),
    [
        ("maria", "from", "Maria Jansen", "[Maria] Jansen"),
        ("MARIA jans", "from", "Maria Jansen", "[Maria] [Jans]en"),
        ("lukasz", "from", "Łukasz Żak", "[Łukasz] Żak"),
        ("strasse", "from", "Neue Straße 5", "Neue [Straße] 5"),
        ("gross", "to", "Jürgen Groß", "Jürgen [Groß]"),
        ("jurgen", "to", "Ju\u0308rgen", "[Ju\u0308rgen]"),
        ("דוד", "from", "דוד לוי", "[דוד] לוי"),
        ('from:"555 01"', "from", "+31 20 555 0123", "+31 20 [555 01]23"),
        ("0205550123", "from", "+31 20 555 0123", "+31 [20 555 0123]"),
        ("+3120555", "from", "+31 20 555 0123", "+[31 20 555] 0123"),
        ("from:+31*", "from", "+31 20 555 0123", "+[31] 20 555 0123"),
        ("to:+31*", "from", "+31 20 555 0123", "+31 20 555 0123"),
        ("with:5550123", "to", "+31 20 555 0123", "+31 20 [555 0123]"),
        ("name:welc", "name", "Welcome", "[Welc]ome"),
        ("name:welc", "from", "Welcome", "Welcome"),
        ("name:w*me", "name", "Welcome", "[W]elco[me]"),
        ("status:failed", "status", "failed", "[failed]"),
        ("fail", "status", "failed", "[fail]ed"),
        ("-maria", "from", "Maria", "Maria"),
        ("(maria OR jansen) -status:failed", "from", "Maria Jansen", "[Maria] [Jansen]"),
        ("duration:>30s", "duration", "0:31", "0:31"),
        ("2026", "date", "14 Mar 2026", "14 Mar 2026"),
        ("aa", "name", "aaaa", "[aaaa]"),
        ("", "name", "Welcome", "Welcome"),
        ("1", "from", "Room 1", "Room [1]"),
        ("555", "name", "Line +31 5 55", "Line +31 5 55"),
    ],
)
def test_what_was_asked_for_is_marked_where_it_stands(typed: str, field: str, text: str, found: str) -> None:
    assert marked(typed, field, text) == found


@given(typed=st.text("aäß1 +*\u0308ד🎧", max_size=4), text=st.text("aAÄäßs1 +-\u0308\u2066ד🎧", max_size=12))
def test_parts_lie_within_the_text_from_the_left_and_apart(typed: str, text: str) -> None:
    query = Query(node=All((Word(fold(typed), typed), Match(FROM, fold(typed), Way.WILD))))
    places = [-1, *(each for part in Marking(query).parts("from", text) for each in part)]
    assert places == sorted(set(places))
    assert places[-1] <= len(text)
