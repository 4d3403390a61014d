"""SQL function that looks for a phrase in the folded text of a transcript."""

from typing import Final

import apsw

from playhead.core.finding.query import Spoken
from playhead.core.finding.speech import pattern_of, voices_in
from playhead.core.transcript import Side

PHRASED: Final = "phrased"
"""Its name; it takes a text, words with blanks between them, if the last one only begins so, and a side."""


def add_phrases(connection: apsw.Connection) -> None:
    """Let SQL on this connection look for phrases."""
    connection.create_scalar_function(PHRASED, _phrased, 4, deterministic=True)


def _phrased(*given: "apsw.SQLiteValue") -> bool:
    folded, words, begins, side = given
    assert isinstance(folded, str)
    assert isinstance(words, str)
    assert isinstance(side, str)
    pattern = pattern_of(Spoken(tuple(words.split(" ")), bool(begins)))
    if not side:
        return pattern.search(folded) is not None
    return any(pattern.search(voice) for voice in voices_in(folded, Side(side)))
