"""The folder of an export, before the first byte."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from playhead.core.errors import ExportError
from playhead.core.exports.target import look_at, settle

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def test_a_folder_that_is_not_there_yet_has_the_room_of_the_one_it_will_be_in(tmp_path: Path) -> None:
    target = look_at(tmp_path / "new" / "deep")
    assert target.free is not None
    assert target.free > 0
    assert not target.occupied
    assert not (tmp_path / "new").exists()


def test_a_file_in_its_place_is_foreseen(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert look_at(tmp_path / "file").problem == "inway"
    assert look_at(tmp_path / "file" / "below").problem == "inway"


def test_what_is_in_a_folder_is_seen(tmp_path: Path) -> None:
    assert not look_at(tmp_path).occupied
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert look_at(tmp_path).occupied
    assert not look_at(tmp_path).export


@pytest.mark.parametrize("place", [".", "data"])
def test_an_earlier_export_or_a_bag_of_one_is_known_by_its_sheet(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(exist_ok=True)
    (tmp_path / place / "recordings.json").write_text('{"format": "playhead-export", "version": 1}')
    assert look_at(tmp_path).export


def test_a_sheet_of_another_program_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "recordings.json").write_text('{"format": "other"}')
    assert not look_at(tmp_path).export


def test_an_export_gets_a_folder_of_its_own_and_nothing_is_made(tmp_path: Path) -> None:
    own = "Playhead export 2026-03-14 12.00"
    assert settle(tmp_path, NOON) == tmp_path / own
    assert settle(tmp_path / "new", NOON) == tmp_path / "new" / own
    assert list(tmp_path.iterdir()) == []
    (tmp_path / own).mkdir()
    assert settle(tmp_path, NOON) == tmp_path / f"{own} (2)"


@pytest.mark.usefixtures("mortal")
@pytest.mark.parametrize("place", [".", "new"])
def test_a_folder_that_cannot_be_made_or_written_is_foreseen(tmp_path: Path, place: str) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    assert look_at(closed / place).problem == "readonly"
    closed.chmod(0o700)


def test_a_folder_that_is_still_to_be_made_is_told_from_one_that_is_there(tmp_path: Path) -> None:
    assert not look_at(tmp_path).missing
    assert look_at(tmp_path / "new").missing


def test_a_file_in_the_way_ends_it_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as raised:
        settle(tmp_path / "file", NOON)
    assert raised.value.reason == "inway"


@pytest.mark.usefixtures("mortal")
def test_a_folder_that_may_not_be_looked_into_is_foreseen(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o000)
    assert look_at(closed / "below").problem == "readonly"
    closed.chmod(0o700)
