"""Rows, cells and numbers as they are pasted elsewhere, and what a cell without a value asks for."""

from playhead.core.finding.choosing import ValueCondition
from playhead.core.recording import Party
from playhead.ui.table.column import Column, conditions, lines
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from support.fakes import BIRD, NOON, recording

SHOWING = Showing(NOON, {BIRD.id: "=1+1"})
MARIA = Party(name="Maria Jansen", number="+31205550101")


def column(key: str) -> Column:
    return next(each for each in COLUMNS if each.key == key)


def pasted(key: str, **changes: object) -> str:
    place = COLUMNS.index(column(key))
    (line,) = lines([COLUMNS[place]], [recording(0, **changes)], SHOWING)
    return line


def test_what_others_wrote_is_no_formula_in_a_spreadsheet() -> None:
    assert pasted("name", name="=SUM(A1:A9)") == "'=SUM(A1:A9)"
    assert pasted("from", caller=Party(name="@x")) == "'@x"
    assert pasted("from", caller=Party(number="+31205550101")) == "'+31 20 555 0101"
    assert pasted("id", id="123456789012345678") == "'123456789012345678"
    assert pasted("account") == "'=1+1"


def test_moments_and_amounts_are_left_to_the_spreadsheet() -> None:
    assert pasted("started") == "2026-03-14 12:00:00"
    assert pasted("duration", duration=123.0) == "2:03"


def test_one_cell_is_copied_as_it_is() -> None:
    assert column("name").cell(recording(0, name="=SUM(A1:A9)"), SHOWING) == "=SUM(A1:A9)"


def test_a_name_is_copied_with_its_number() -> None:
    assert column("from").cell(recording(0, caller=MARIA), SHOWING) == "Maria Jansen <+31 20 555 0101>"
    assert column("to").cell(recording(0, callee=Party(name="Eva")), SHOWING) == "Eva"
    assert column("to").cell(recording(0, callee=None), SHOWING) == "unknown"


def test_the_number_of_a_cell_is_its_own_and_elsewhere_that_of_the_other_side() -> None:
    mine = Party(number="+442079460101")
    incoming = recording(0, caller=MARIA, callee=mine, direction="incoming")
    outgoing = recording(0, caller=mine, callee=MARIA, direction="outgoing")
    assert column("to").phone_number(incoming) == "+442079460101"
    assert column("from").phone_number(incoming) == "+31205550101"
    assert column("duration").phone_number(incoming) == "+31205550101"
    assert column("duration").phone_number(outgoing) == "+31205550101"
    assert column("from").phone_number(recording(0, caller=None)) == ""


def test_a_recording_without_a_name_asks_for_its_kind() -> None:
    plain = recording(0, name=None, kind="call", direction="incoming")
    assert column("name").asks(plain, SHOWING) == ValueCondition("kind", ("call",))
    asked = {column.key: each for column, each in conditions(COLUMNS, plain, SHOWING)}
    assert asked["kind"] == ValueCondition("kind", ("call",))
    assert "name" not in asked


def test_a_caller_without_name_and_number_asks_for_others_like_it() -> None:
    assert column("from").asks(recording(0, caller=None), SHOWING) == ValueCondition("from", ("unknown",))
    hidden = recording(0, caller=Party(anonymous=True))
    assert column("from").asks(hidden, SHOWING) == ValueCondition("from", ("anonymous",))
