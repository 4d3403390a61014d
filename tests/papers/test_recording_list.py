"""Lists of recordings for other programs."""

import csv
import io
import json
from datetime import UTC

import pytest

from playhead.core.recording import Recording
from playhead.papers.recordinglist import RecordingList
from support.fakes import recording

LABELS = {"bird": "Bird EU"}
SUBJECTS = [recording(2, name='=SUM(1), "Ana"'), recording(1)]


def written(form: str, *batches: list[Recording]) -> str:
    """A list of what comes some at a time."""
    made = RecordingList(form, LABELS, UTC)
    return "".join([made.head(), *(row for batch in batches for row in made.rows(batch)), made.tail()])


def test_a_table_has_a_row_for_each_with_its_account_and_guarded_text() -> None:
    text = written("csv", SUBJECTS[:1], SUBJECTS[1:])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    # What a spreadsheet might take for something else has an apostrophe before it.
    assert [row["id"] for row in rows] == [f"'{each.id}" for each in SUBJECTS]
    assert [row["account"] for row in rows] == [LABELS.get(each.account, "") for each in SUBJECTS]
    assert rows[0]["name"] == "'" + str(SUBJECTS[0].name)
    assert text.endswith("\r\n")


@pytest.mark.parametrize("batches", [[SUBJECTS], [SUBJECTS[:1], SUBJECTS[1:]], []])
def test_json_is_an_array_and_ndjson_an_object_a_line(batches: list[list[Recording]]) -> None:
    expected = [each.id for batch in batches for each in batch]
    objects = json.loads(written("json", *batches))
    assert [each["id"] for each in objects] == expected
    lines = written("ndjson", *batches).splitlines()
    assert [json.loads(line) for line in lines] == objects
    assert not [each for each in objects if "raw" in each]
