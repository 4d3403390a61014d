"""`recordings.json` holds everything that is known, and nothing that is secret."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.exports.choices import CopyForm
from playhead.papers.exportdata import ExportData
from playhead.papers.jsonrecord import discreet, write_json
from support.exports.export_examples import LINK, PROGRAM, everything, report

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def record(dossier: ExportData) -> dict[str, Any]:
    paper = io.StringIO()
    write_json(dossier, paper)
    found = json.loads(paper.getvalue())
    assert isinstance(found, dict)
    return found


def test_it_says_what_it_is_how_it_was_chosen_and_how_it_went(tmp_path: Path) -> None:
    told = record(ExportData(everything(tmp_path, copy=CopyForm.WAV), PROGRAM))
    assert (told["format"], told["version"], told["program"]) == ("playhead-export", 1, PROGRAM)
    assert told["zone"] == "Europe/Amsterdam"
    assert told["began"] == "2026-07-14T12:00:00+02:00"
    assert told["query"] == "from:+31* <b>is:transcribed</b>"
    assert told["choices"]["template"].endswith(".{ext}")
    assert told["choices"]["copy"] == "wav"
    assert told["accounts"]["a1"] == "EU support"
    assert told["counts"] == {"kept": 3, "skipped": 1, "failed": 1, "left": 1}
    assert told["stopped"] == "the disk is full"


def test_every_recording_comes_with_its_file_its_raw_row_and_what_was_made_of_it(tmp_path: Path) -> None:
    first, second, third, *others = record(ExportData(everything(tmp_path), PROGRAM))["recordings"]
    assert first["file"]["path"] == "2026-07-14/+31205550123_1.mp3"
    assert len(first["file"]["sha256"]) == 64
    assert first["recording"]["from"]["identity"] == "+31205550123"
    assert first["recording"]["raw"]["nested"] == [{"count": 3, "ratio": 0.5}]
    assert first["transcript"]["lines"][0]["speaker"] == "left"
    assert first["marks"]["notes"][1] == {"at": 62.0, "text": "refund", "made": "2026-07-14T12:00:00+02:00"}
    assert second["transcript"] == {"why": "the connection failed"}
    assert third["present"] is True
    assert third["media_type"] == "audio/mpeg"
    assert [row["result"] for row in others] == ["skipped", "failed", "left"]
    assert [row["file"] for row in others] == [None, None, None]


def test_links_and_what_is_named_like_a_secret_are_left_out_at_any_depth() -> None:
    raw = {
        "url": "kept nowhere",
        "mediaLinks": [1],
        "access_token": "t0ps3cret",
        "Authorization": "AccessKey x",
        "inner": [{"password": "p", "text": LINK, "count": 2}, [LINK]],
    }
    assert discreet(raw) == {"inner": [{"text": None, "count": 2}, [None]]}


@pytest.mark.slow
@given(VALUES)
def test_whatever_a_provider_sent_can_be_written_and_read(value: object) -> None:
    assert json.loads(json.dumps(discreet(value), allow_nan=False)) == discreet(value)


def test_rows_nested_beyond_reason_are_cut_off() -> None:
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    written = json.dumps(discreet({"shallow": [["x"]], "deep": deep}))
    assert written.startswith('{"shallow": [["x"]], "deep": [[')
    assert len(written) < 200
    assert written.count('"x"') == 1


def test_an_empty_export_is_a_whole_record(tmp_path: Path) -> None:
    assert record(ExportData(report(tmp_path, []), PROGRAM))["recordings"] == []
