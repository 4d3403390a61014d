"""What the cells of the table are outside of it: text to paste, and conditions of a query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playhead.core.recording import Recording
from playhead.core.spreadsheet import guarded
from playhead.ui.look.labels import plain
from playhead.ui.table.columns import COLUMNS, Column, Showing

_MEASURED = frozenset({"started", "duration", "heard", "size", "exported"})
"""Columns of moments and amounts, which a spreadsheet may take for what they are."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What asks for recordings that have the same in a cell: a word of the query language and a value."""

    field: str
    value: str
    wanted: bool = True
    """False if it is those that do *not* have the value."""


def cell(column: Column, recording: Recording, showing: Showing) -> str:
    """A cell in one line, whole: neither shortened nor worded as seen from today."""
    return plain((column.copied or column.text)(recording, showing))


def lines(columns: Sequence[Column], recordings: Iterable[Recording], showing: Showing) -> list[str]:
    """Rows to paste into a spreadsheet, with a tab between each two cells, which have none themselves.

    What others wrote is guarded (`core.spreadsheet`): a name may look like a formula, or like a date.
    """
    return ["\t".join(_pasted(column, each, showing) for column in columns) for each in recordings]


def _pasted(column: Column, recording: Recording, showing: Showing) -> str:
    text = cell(column, recording, showing)
    return text if column.key in _MEASURED else guarded(text)


def heading(columns: Sequence[Column]) -> str:
    """The line above such rows."""
    return "\t".join(column.title for column in columns)


def condition(column: Column, recording: Recording, showing: Showing) -> Condition | None:
    """What asks for recordings like this one, by the cell of `column`; None if nothing does."""
    match column.key:
        case "from" | "to":
            party = recording.caller if column.key == "from" else recording.callee
            value = (party.address or party.name or "") if party is not None else ""
            # There is no value, but a word that stands for that.
            value = value or column.text(recording, showing)
        case "name" if not recording.name:
            return Condition("kind", recording.kind) if recording.kind else None
        case "started":
            value = cell(column, recording, showing).partition(" ")[0]
        case "stereo" | "transcribed":
            has = recording.stereo if column.key == "stereo" else recording.transcribed
            return None if has is None else Condition("is", column.key, wanted=has)
        case "exported":
            has = bool(column.text(recording, showing))
            return Condition("is", column.key, wanted=has)
        case "kind" | "name" | "status" | "format" | "direction" | "provider" | "id":
            value = str(getattr(recording, column.key) or "")
        case "account":
            value = showing.labels.get(recording.account, "")
        case _:
            value = ""
    return Condition(column.field, value) if value else None


def conditions(recording: Recording, showing: Showing) -> list[tuple[Column, Condition]]:
    """Everything that can be asked for by what a row says, with the column that says it; nothing twice."""
    asked = [(column, condition(column, recording, showing)) for column in COLUMNS]
    named = {each: column for column, each in reversed(asked) if each is not None}
    # A recording without a name is called by its kind, which has a column of its own.
    named |= {each: column for column, each in asked if each is not None and each.field == column.field}
    return [(column, each) for column, each in asked if each is not None and named[each] is column]


def phone_number(column: Column, recording: Recording) -> str:
    """The number in a cell; elsewhere that of whoever is on the other side of the call; empty for none."""
    outgoing = recording.direction == "outgoing"
    far, near = (recording.callee, recording.caller) if outgoing else (recording.caller, recording.callee)
    sides = {"from": (recording.caller,), "to": (recording.callee,)}.get(column.key, (far, near))
    return next((plain(side.address) for side in sides if side is not None and side.address), "")


def visible(order: Iterable[int]) -> list[Column]:
    """The columns of these sections that have words: the state's icon has none."""
    return [COLUMNS[each] for each in order if COLUMNS[each].title]
