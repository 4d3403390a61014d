"""List of recordings as a table or as JSON, for other programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import zip_longest

from playhead.core.exports.report import Outcome, State
from playhead.core.finding.speechhits import Passage
from playhead.core.recording import Recording
from playhead.papers.csvtable import cell, guarded, line, recording_columns
from playhead.papers.formatting import said
from playhead.papers.jsonrecord import plain_passage, plain_recording

_Row = Callable[[Recording, Sequence[Passage]], str]
_LEFT_OUT = frozenset({"raw", "account"})
"""Fields that a list has not: the provider's own row, and the account, which stands before them."""


class RecordingList:
    """Writes a list piece by piece; `labels` are the names of the accounts by their ids."""

    def __init__(self, form: str, labels: Mapping[str, str], zone: tzinfo, *, spoken: bool = False) -> None:
        """`form` is csv, json (one array) or ndjson (an object a line). `spoken`: with what was said."""
        self._spoken = spoken
        self._labels = labels
        self._zone = zone
        self._row: _Row = self._cells if form == "csv" else self._object
        self._begin, self._between, self._behind, self._end = _AROUND[form]
        self._columns = tuple(recording_columns(zone))
        self._first = True
        if form == "csv":
            titles = ("provider", "account", "account_id", *(column.title for column in self._columns))
            titles += ("said",) if spoken else ()
            self._begin = line(titles)

    def head(self) -> str:
        """The beginning of the list."""
        return self._begin

    def rows(self, recordings: Sequence[Recording], words: Sequence[Sequence[Passage]] = ()) -> Iterator[str]:
        """The next recordings, each with the words around what was said in it."""
        for recording, heard in zip_longest(recordings, words, fillvalue=()):
            assert isinstance(recording, Recording)
            yield f"{'' if self._first else self._between}{self._row(recording, heard)}{self._behind}"
            self._first = False

    def tail(self) -> str:
        """The end of the list."""
        return self._end

    def _cells(self, recording: Recording, heard: Sequence[Passage]) -> str:
        outcome = Outcome(recording=recording, state=State.LEFT)
        whose = (recording.provider, self._labels.get(recording.account, ""), recording.account)
        values = (cell(column.value(outcome), column.kind) for column in self._columns)
        words = (guarded("\n".join(map(said, heard))),) if self._spoken else ()
        return line((*map(guarded, whose), *values, *words))

    def _object(self, recording: Recording, heard: Sequence[Passage]) -> str:
        fields = {
            name: value for name, value in plain_recording(recording, self._zone) if name not in _LEFT_OUT
        }
        whose = {"account": self._labels.get(recording.account, ""), "account_id": recording.account}
        words = {"said": [plain_passage(each) for each in heard]} if self._spoken else {}
        return json.dumps({**whose, **fields, **words}, ensure_ascii=False, allow_nan=False, default=str)


_AROUND = {"csv": ("", "", "", ""), "json": ("[\n", ",\n", "", "\n]\n"), "ndjson": ("", "", "\n", "")}
"""What stands before a list, between its rows, behind each of them and behind the list."""
