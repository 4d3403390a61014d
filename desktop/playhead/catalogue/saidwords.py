"""Words of the transcripts that are kept, as they are offered while somebody types."""

from collections.abc import Sequence
from typing import Final

import apsw

from playhead.catalogue.connection import only_row
from playhead.catalogue.speechindex import MARKS, among_said, asked_of
from playhead.core.finding.query import Spoken
from playhead.core.transcript import Side

_LAST: Final = "\U0010ffff"
"""A letter behind which none comes."""


def words_said(
    connection: apsw.Connection, begin: str, side: Side | None, number: int
) -> Sequence[tuple[str, int]]:
    """The `number` words that begin so (folded) and are in most transcripts, with the count of these."""
    # A table of this connection alone: it shows the index, and holds nothing.
    connection.execute("create virtual table if not exists temp.said_words using fts5vocab(main, said, row)")
    marks = MARKS.values() if side is None else (MARKS[side],)
    each_side = " union all ".join(
        ["select term, doc from said_words where term >= ? and term < ?"] * len(marks)
    )
    bounds = [bound for mark in marks for bound in (mark + begin, mark + begin + _LAST)]
    rows = connection.execute(
        f"select substr(term, 2) from ({each_side}) group by 1 order by sum(doc) desc, 1 limit ?",
        (*bounds, number),
    ).fetchall()
    found = [(str(word), _transcripts(connection, Spoken((str(word),), side=side))) for (word,) in rows]
    return sorted(found, key=lambda each: -each[1])


def _transcripts(connection: apsw.Connection, said: Spoken) -> int:
    ids = among_said(asked_of((said,)).expression)
    return int(only_row(connection, f"select count(*) from ({ids.sql})", ids.values)[0])
