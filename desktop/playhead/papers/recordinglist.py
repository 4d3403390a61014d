"""List of recordings as a table or as JSON, for other programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo

from playhead.core.exports.report import Outcome, State
from playhead.core.recording import Recording
from playhead.papers.csvtable import cell, guarded, line, recording_columns
from playhead.papers.jsonrecord import plain_recording

_LEFT_OUT = frozenset({"raw", "account"})
"""Fields that a list has not: the provider's own row, and the account, which stands before them."""


class RecordingList:
    """Writes a list piece by piece; `labels` are the names of the accounts by their ids."""

    def __init__(self, form: str, labels: Mapping[str, str], zone: tzinfo) -> None:
        """`form` is csv, json (one array) or ndjson (an object a line)."""
        self._labels = labels
        self._zone = zone
        self._row: Callable[[Recording], str] = self._cells if form == "csv" else self._object
        self._begin, self._between, self._behind, self._end = _AROUND[form]
        self._columns = tuple(recording_columns(zone))
        self._first = True
        if form == "csv":
            titles = ("provider", "account", "account_id", *(column.title for column in self._columns))
            self._begin = line(titles)

    def head(self) -> str:
        """The beginning of the list."""
        return self._begin

    def rows(self, recordings: Sequence[Recording]) -> Iterator[str]:
        """The next recordings."""
        for recording in recordings:
            yield f"{'' if self._first else self._between}{self._row(recording)}{self._behind}"
            self._first = False

    def tail(self) -> str:
        """The end of the list."""
        return self._end

    def _cells(self, recording: Recording) -> str:
        outcome = Outcome(recording=recording, state=State.LEFT)
        whose = (recording.provider, self._labels.get(recording.account, ""), recording.account)
        values = (cell(column.value(outcome), column.kind) for column in self._columns)
        return line((*map(guarded, whose), *values))

    def _object(self, recording: Recording) -> str:
        fields = {
            name: value for name, value in plain_recording(recording, self._zone) if name not in _LEFT_OUT
        }
        whose = {"account": self._labels.get(recording.account, ""), "account_id": recording.account}
        return json.dumps({**whose, **fields}, ensure_ascii=False, allow_nan=False, default=str)


_AROUND = {"csv": ("", "", "", ""), "json": ("[\n", ",\n", "", "\n]\n"), "ndjson": ("", "", "\n", "")}
"""What stands before a list, between its rows, behind each of them and behind the list."""
