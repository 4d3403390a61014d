"""Recordings that are chosen by their ids, as many as one likes."""

from array import array

import apsw

from playhead.catalogue.connection import only_row
from playhead.core.ports import Totals

_AT_ONCE = 20_000
"""Ids between two looks at whether the answer is still wanted."""


def totals(connection: apsw.Connection, ids: "array[int]") -> Totals:
    """How many of them are there, and what is known of their length and size together."""
    number, seconds, size, timed, sized = 0, 0.0, 0, 0, 0
    for start in range(0, len(ids), _AT_ONCE):
        # In order, the pages of the table are read one after another. Not all ids at once, which would keep
        # the interpreter from the window.
        part = array("q", sorted(ids[start : start + _AT_ONCE]))
        row = only_row(
            connection,
            "select count(*), total(duration), ifnull(sum(size), 0), count(duration), count(size)"
            " from carray(?) join search on id = value",
            (apsw.carray(part, flags=apsw.SQLITE_CARRAY_INT64),),
        )
        number, seconds, size = number + row[0], seconds + row[1], size + row[2]
        timed, sized = timed + row[3], sized + row[4]
    return Totals(number, seconds, size, timed, sized)
