"""What the cells of the table are outside of it: text to paste, and conditions of a query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playhead.core.recording import Recording
from playhead.ui.look.labels import plain
from playhead.ui.table.columns import COLUMNS, Column, Showing


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
    """Rows with a tab between each two cells, which have neither tabs nor line ends themselves."""
    return ["\t".join(cell(column, each, showing) for column in columns) for each in recordings]


def heading(columns: Sequence[Column]) -> str:
    """The line above such rows."""
    return "\t".join(column.title for column in columns)


def condition(column: Column, recording: Recording, showing: Showing) -> Condition | None:
    """What asks for recordings like this one, by the cell of `column`; None if nothing does."""
    party = {"from": recording.caller, "to": recording.callee}.get(column.key)
    match column.key:
        case "from" | "to":
            value = (party.address or party.name or "") if party is not None else ""
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
    found = {condition(column, recording, showing): column for column in reversed(COLUMNS)}
    return [(column, each) for each, column in reversed(found.items()) if each is not None]


def visible(order: Iterable[int]) -> list[Column]:
    """The columns of these sections that have words: the state's icon has none."""
    return [COLUMNS[each] for each in order if COLUMNS[each].title]
