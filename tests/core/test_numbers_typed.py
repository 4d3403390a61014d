"""Numbers as people type and paste them: brackets, lists, links, and digits of every script."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding import fields
from playhead.core.finding.completion import completions
from playhead.core.finding.form import read, write
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import All, Either, Node, Not, Number, QueryError, Way, Word
from playhead.core.finding.queryediting import pieces, text_of
from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of, looks_like_number
from support.fakes import NOON, recording
from support.loading.query_scene import meaning, refused

DUTCH = Word("+31 (0)20 555 0100", "31205550100")
AMERICAN = Number(fields.FROM, "12125550132", Way.WHOLE)


def found(text: str, *rows: Recording) -> list[str]:
    """The numbers of the rows that a query finds."""
    node = parse(text, NOON).node
    return [row.id.removeprefix("id-") for row in rows if matches(node, row)]


def flat(text: str) -> list[Node]:
    """The conditions of a query; one alone in brackets stands for itself."""

    def bare(node: Node) -> Node:
        inner = node.nodes[0] if isinstance(node, All) and len(node.nodes) == 1 else node
        return inner if inner is node else bare(inner)

    return [bare(each) for each in parse(text, NOON).conditions]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("+31 (0)20 555 0100", DUTCH),
        ("+31 (0) 20 555 0100", Word("+31 (0) 20 555 0100", "31205550100")),
        ("+1 (212) 555-0132", Word("+1 (212) 555-0132", "12125550132")),
        ("+1(212)555-0132", Word("+1(212)555-0132", "12125550132")),
        ("1 (212) 555-0132", Word("1 (212) 555-0132", "12125550132")),
        ("(212) 555-0132", Word("(212) 555-0132", "2125550132")),
        ("(+31) 20 555 0100", Word("(+31) 20 555 0100", "31205550100")),
        ("-(212) 555-0132", Not(Word("(212) 555-0132", "2125550132"))),
        ("-+31 (0)20 555 0100", Not(DUTCH)),
        ("from:+1 (212) 555-0132", AMERICAN),
        ("-from:+1 (212) 555-0132", Not(AMERICAN)),
        ("from:(212) 555-0132", Number(fields.FROM, "2125550132", Way.PART)),
        ("FROM:+1 212 555 0132", AMERICAN),
        ("maria +31 (0)20 555 0100 sales", All((Word("maria"), DUTCH, Word("sales")))),
        ("(+31 (0)20 555 0100 OR maria)", Either((All((DUTCH,)), All((Word("maria"),))))),
    ],
)
def test_digits_in_brackets_beside_a_number_belong_to_it(text: str, node: Node) -> None:
    assert meaning(text) == node


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("(2024)", '"2024"'),
        ("(2024) maria", '"2024" maria'),
        ("(2024 OR 2025) 5550123", '("2024" OR "2025") "5550123"'),
        ("(020 5550132) 3197", '("020 5550132") "3197"'),
        ("(020) 555", '("020") "555"'),
        ("0205550123 (2026)", '"0205550123" ("2026")'),
        ("maria (a OR b)", '"maria" ("a" OR "b")'),
    ],
)
def test_brackets_without_a_number_beside_are_a_group(text: str, same: str) -> None:
    assert flat(text) == flat(same)


def test_a_whole_number_of_a_side_ends_before_the_next_word() -> None:
    from_dutch = Number(fields.FROM, "31205550100", Way.WHOLE)
    assert meaning("from:+31205550100 2026") == All((from_dutch, Word("2026", "2026")))
    assert meaning("from:+31 20 555 0100 maria") == All((from_dutch, Word("maria")))
    assert flat("from:(a OR b)") == flat("(from:a OR from:b)")


def test_numbers_with_commas_between_are_alternatives() -> None:
    both = (Number(fields.FROM, "31205550100", Way.WHOLE), Number(fields.FROM, "442079460100", Way.WHOLE))
    assert meaning("from:+31205550100, +442079460100") == Either(both)
    assert meaning("from:+31 (0)20 555 0100, +44 20 7946 0100") == Either(both)
    assert meaning("from:+31205550100,+442079460100,") == Either(both)
    assert meaning("from:+31 20 555 0100,maria") == meaning("from:+31205550100,maria")
    assert meaning('from:+31 20 555 0100,"maria v" x') == meaning('from:+31205550100,"maria v" x')
    assert meaning("from:maria, 3197") == meaning("from:maria,3197")
    words = (Word("+31205550100", "31205550100"), Word("020 555 0123", "205550123"))
    assert meaning("+31205550100, 020 555 0123") == Either(words)
    assert meaning("+31205550100,") == words[0]
    assert meaning("1,204") == Word("1,204")


def test_a_link_to_a_number_means_the_number() -> None:
    node = Number(fields.WITH, "31205550100", Way.WHOLE)
    for text in (
        "tel:+31205550100",
        "TEL:+31-20-555-0100",
        "tel:+31205550100;ext=7",
        "tel:+31%2020%20555%200100",
        "tel:+31 (0)20 555 0100",
    ):
        assert meaning(text) == node
    assert "Did you mean with: ?" in refused("tel:maria").sentence


def test_digits_of_every_script_mean_the_same() -> None:
    assert digits_of("٠٠٣١ ٢٠ ٥٥٥ ٠١٠٠") == digits_of("+३१ (०)२० ५५५ ०१००") == "31205550100"
    assert looks_like_number("٠٢٠ ٥٥٥ ٠١٠٠")
    assert not looks_like_number("٣١")
    assert meaning("from:٠٢٠٥٥٥") == meaning("from:020555")
    assert meaning("from:+٣١*") == meaning("from:+31*")
    western = recording(1, caller=Party(number="+31205550100"))
    arabic = recording(2, caller=Party(number="+٣١٢٠٥٥٥٠١٠٠"), name="خط ٣١٩٧")
    other = recording(3, caller=Party(number="+442079460100"), name="line 3197")
    for text in ("٢٠٥٥٥", "20555", "２０５５５", "from:٠٢٠ ٥٥٥ ٠١٠٠", "+٣١ ٢٠ ٥٥٥ ٠١٠٠"):
        assert found(text, western, arabic, other) == ["1", "2"]
    assert found("٣١٩٧", western, arabic, other) == ["2", "3"]


def test_a_side_that_is_unknown_is_found() -> None:
    rows = (
        recording(1, caller=None, callee=Party(number="+31205550100")),
        recording(2, caller=Party(name="Unknown B"), callee=None),
        recording(3, caller=Party(anonymous=True), callee=Party(name="maria")),
        recording(4, caller=None, callee=None, kind="prompt"),
    )
    assert found("from:unknown", *rows) == ["1", "2"]
    assert found("to:unknown", *rows) == ["2"]
    assert found("with:unknown", *rows) == ["1", "2"]


def test_blanks_around_a_query_do_not_make_it_another_one() -> None:
    assert parse(" maria ", NOON) == parse("maria", NOON)
    assert len({parse("maria ", NOON), parse("maria", NOON)}) == 1
    assert parse("maria", NOON) != parse("eva", NOON)


NUMBERS = (
    "020",
    "(212)",
    "555",
    "5550132",
    "+1",
    "maria",
    "from:020",
    "with:+31,",
    "-020",
    "kind:call",
    "(a)",
)
VALUES = ("duration:2m", "30s", "size:>1", "MB", "on:2026-03-14", "09:30")
ATOMS = NUMBERS + VALUES


@given(st.lists(st.sampled_from(ATOMS), max_size=6), st.randoms())
def test_conditions_put_side_by_side_mean_what_they_meant(atoms: list[str], chance: Random) -> None:
    parts = pieces(" ".join(atoms)) or ()
    kept = [part for part in parts if chance.random() < 0.6]

    try:
        meant = [each for part in kept for each in flat(part.text)]
    except QueryError:
        # Thousands with a blank, as `size:>1 020 MB`: refused alone, refused beside others.
        with pytest.raises(QueryError):
            flat(text_of(kept))
        return
    assert flat(text_of(kept)) == meant


@given(st.lists(st.sampled_from(ATOMS), max_size=5).map(" ".join))
def test_a_form_keeps_numbers_apart(text: str) -> None:
    form, rest = read(text)
    assert read(write(form, rest)) == (form, rest)
    try:
        before, after = parse(text, NOON), parse(write(form, rest), NOON)
    except QueryError:
        return
    rows = [recording(1, caller=Party(number="+1 212 555 0132")), recording(2, name="020 5550132 212")]
    for row in rows:
        assert matches(before.node, row) == matches(after.node, row)


def test_a_number_is_offered_as_it_is_shown_and_written_as_it_is_found() -> None:
    values = ("+31205550101", "+44203105550", "Maria Jansen")

    def offered(text: str) -> list[tuple[str, str]]:
        found = completions(text, len(text), values, lambda value: f"<{value}>")
        return [(each.text, each.label) for each in found]

    assert offered("from:+31") == [("+31205550101", "<+31205550101>")]
    assert offered('from:"+31 20') == [("+31205550101", "<+31205550101>")]
    assert [text for text, _ in offered("from:3120")] == ["+31205550101"]
    assert offered("from:jan") == [('"Maria Jansen"', "<Maria Jansen>")]
