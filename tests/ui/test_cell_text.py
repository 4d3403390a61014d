"""Cells outside of the table: as text to paste, and as conditions of a query."""

from datetime import timedelta
from typing import Any

import pytest

from playhead.core.finding.choosing import ValueCondition
from playhead.core.marks import Marks
from playhead.core.recording import Party
from playhead.ui.table.column import Column, heading, lines, visible
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from support.fakes import BIRD, NOON, recording

SHOWING = Showing(NOON, {BIRD.id: "EU support"})


def column(key: str) -> Column:
    return next(each for each in COLUMNS if each.key == key)


def asked(key: str, **changes: Any) -> ValueCondition | None:
    return column(key).asks(recording(0, **changes), SHOWING)


def test_a_moment_is_copied_whole_and_an_id_in_full() -> None:
    long = "5b74ee9e-0000-4000-8000-000000000001"
    assert column("started").cell(recording(1), SHOWING) == "2026-03-14 12:01:00"
    assert column("id").cell(recording(0, id=long), SHOWING) == long
    assert column("started").cell(recording(0, started=None, created=None), SHOWING) == ""


def test_a_row_stays_a_row_whatever_its_name_is() -> None:
    hostile = recording(0, name="a\tb\nc\r\nd")
    (line,) = lines(visible(COLUMNS), [hostile], SHOWING)
    assert line.count("\t") == len(COLUMNS) - 2
    assert "\n" not in line
    assert "\r" not in line


def test_the_heading_has_the_columns_that_have_words() -> None:
    assert heading(visible([COLUMNS[0], COLUMNS[2], COLUMNS[1]])) == "Recording\tStarted"


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        ("status", {"status": "failed"}, ValueCondition("status", ("failed",))),
        (
            "from",
            {"caller": Party(number="31205550101", identity="+31205550101")},
            ValueCondition("from", ("+31205550101",)),
        ),
        ("to", {"callee": Party(name="Maria")}, ValueCondition("to", ("Maria",))),
        ("started", {}, ValueCondition("date", ("2026-03-14",))),
        ("account", {}, ValueCondition("account", ("EU support",))),
        ("provider", {}, ValueCondition("provider", ("bird",))),
        ("kind", {}, ValueCondition("kind", ("call",))),
        ("stereo", {"stereo": False}, ValueCondition("is", ("stereo",), wanted=False)),
        ("transcribed", {"transcribed": True}, ValueCondition("is", ("transcribed",))),
        ("exported", {}, ValueCondition("is", ("exported",), wanted=False)),
        ("from", {"caller": None}, ValueCondition("from", ("unknown",))),
        ("from", {"caller": None, "kind": "prompt"}, None),
        ("started", {"started": None, "created": None}, None),
        ("stereo", {"stereo": None}, None),
        ("duration", {}, None),
        ("state", {}, None),
    ],
)
def test_a_cell_asks_for_recordings_like_it(
    key: str, changes: dict[str, Any], expected: ValueCondition | None
) -> None:
    assert asked(key, **changes) == expected


def test_what_is_gone_and_what_was_exported_is_told_in_words() -> None:
    mine = recording(0)
    marks = Marks(exported=NOON, gone=NOON + timedelta(minutes=5))
    seen = SHOWING.with_marks({mine.key: marks})
    assert column("exported").text(mine, seen) == "Today 12:00"
    assert column("status").text(mine, seen) == "gone"
    tip = column("state").tip
    assert tip is not None
    assert tip(mine, seen).startswith("No longer at Bird; noticed today 12:05")
    assert column("exported").asks(mine, seen) == ValueCondition("is", ("exported",))
