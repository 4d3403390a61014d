"""Orders of columns that a catalogue keeps, however few recordings it has."""

import apsw

from playhead.catalogue.columnsorting import ranked
from playhead.catalogue.ranking import expect, keep


def sort_by(connection: apsw.Connection, column: str, at_once: int = 1_000, size: int = 8) -> None:
    """Keep the order of a column as it is now, so many ids together."""
    expect(connection, column)
    keep(connection, ranked(connection, column, at_once, size))
