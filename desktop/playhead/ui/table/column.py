"""One column of the table as a value, and its cells outside of it: text to paste, conditions of a query."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt

from playhead.core.finding.choosing import ValueCondition
from playhead.core.recording import Party, Recording
from playhead.core.spreadsheet import guarded
from playhead.ui.look.labels import plain
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ValueKind, values_of


class Drawing(Enum):
    """The ways to paint a cell."""

    TEXT = auto()
    STATE = auto()
    """An icon for the state of the recording."""
    SHARE = auto()
    """A bar for the part of it that was heard."""


CellText = Callable[[Recording, Showing], str]


@dataclass(frozen=True, slots=True)
class Column:
    """All that is known of one column; one entry of `columns.COLUMNS`."""

    key: str
    """Its name in the settings, and that of its order in the catalogue."""
    title: str
    field: str
    """The word of the query language that asks for it; empty if there is none."""
    width: int
    text: CellText
    _: KW_ONLY
    tip: CellText | None = None
    second: CellText | None = None
    """A second text, lighter than the first; empty for none."""
    second_in: str = ""
    """The key of the column that shows the second text alone, if there is one."""
    copied: CellText | None = None
    """The text of a cell outside of Playhead, if it is not `text`."""
    asks: Callable[[Recording, Showing], ValueCondition | None] = lambda _recording, _showing: None
    """The condition, of one value, for recordings that have the same in this cell."""
    sort: str = ""
    """The key of the column that a click on the header sorts by, if it is another one."""
    falls: bool = False
    """A first click shows the largest first."""
    measured: bool = False
    """It has moments or amounts, which a spreadsheet may take for what they are."""
    group: str = ""
    """Name of the submenu of the header in which it is shown and hidden; empty for the menu itself."""
    quiet: bool = False
    """It is less looked at than the others."""
    widens: bool = False
    """It profits from room that is left."""
    spreads: bool = False
    """The name of a prompt is written over these: nobody rang, so that all but the first are empty."""
    side: Callable[[Recording], Party | None] | None = None
    """The side of the call that it shows."""
    counted: ValueKind | None = None
    """How its values are counted and asked for; by default, by the one text that its field has."""
    drawing: Drawing = Drawing.TEXT
    least: int = 0
    """Pixels to which it may shrink where there is no room for all columns; 0: it keeps its width."""
    beside: tuple[int, int] = (0, 0)
    """Pixels by which its width and its least are more where rows are so low that both texts share a line."""
    short: str = ""
    """A shorter title for where there is no room for the other, if there is one."""
    right: bool = False
    mono: bool = False
    shown: bool = True

    @property
    def values(self) -> ValueKind | None:
        """The kind of its values; None if nothing of the query language tells them apart."""
        return self.counted or values_of(self.field, self.text)

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers to the right, everything else to the left."""
        side = Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def cell(self, recording: Recording, showing: Showing) -> str:
        """A cell in one line, whole: neither shortened nor worded as seen from today."""
        return plain((self.copied or self.text)(recording, showing))

    def pasted(self, recording: Recording, showing: Showing) -> str:
        """A cell for a spreadsheet, guarded if it has what others wrote (see `core.spreadsheet`)."""
        text = self.cell(recording, showing)
        return text if self.measured else guarded(text)

    def phone_number(self, recording: Recording) -> str:
        """The number in a cell; elsewhere that of the other side of the call; empty for none."""
        sides = (recording.caller, recording.callee)
        if self.side is not None:
            sides = (self.side(recording), None)
        elif recording.direction == "outgoing":
            sides = (recording.callee, recording.caller)
        return next((plain(side.address) for side in sides if side is not None and side.address), "")


def visible(columns: Iterable[Column]) -> list[Column]:
    """Those that have words: the icon of the state has none."""
    return [column for column in columns if column.title]


def lines(columns: Sequence[Column], recordings: Iterable[Recording], showing: Showing) -> list[str]:
    """Rows to paste into a spreadsheet, with a tab between each two cells, which have none themselves."""
    return ["\t".join(column.pasted(each, showing) for column in columns) for each in recordings]


def heading(columns: Sequence[Column]) -> str:
    """The line above such rows."""
    return "\t".join(column.title for column in columns)


def conditions(
    columns: Sequence[Column], recording: Recording, showing: Showing
) -> list[tuple[Column, ValueCondition]]:
    """The conditions that a row offers, each with the column that says it; nothing twice."""
    asked = [(column, column.asks(recording, showing)) for column in columns]
    named = {each: column for column, each in reversed(asked) if each is not None}
    # A recording without a name is called by its kind, which has a column of its own.
    named |= {
        each: column for column, each in reversed(asked) if each is not None and each.field == column.field
    }
    return [(column, each) for column, each in asked if each is not None and named[each] is column]
