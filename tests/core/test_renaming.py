"""A file gets its name once and for good, whatever happens to its folder meanwhile."""

from pathlib import Path

import pytest

from playhead.core.exports.files import PartFile
from playhead.core.exports.renaming import give_name


def test_a_part_is_gone_when_its_file_has_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_bytes(b"sound")
    assert give_name(tmp_path / "a.part", tmp_path / "a.mp3")
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


def test_a_name_that_is_taken_stays_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_bytes(b"new")
    (tmp_path / "a.mp3").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        give_name(tmp_path / "a.part", tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == b"old"
    assert (tmp_path / "a.part").read_bytes() == b"new"


@pytest.mark.usefixtures("mortal")
def test_a_part_that_cannot_be_removed_does_not_take_the_name_away(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    (shut / "a.part").write_bytes(b"sound")
    shut.chmod(0o500)
    try:
        assert not give_name(shut / "a.part", tmp_path / "a.mp3")
    finally:
        shut.chmod(0o700)
    assert (tmp_path / "a.mp3").read_bytes() == b"sound"
    assert (shut / "a.part").exists()


def test_what_was_given_up_comes_back_by_no_late_write(tmp_path: Path) -> None:
    part = PartFile(tmp_path, "a.mp3")
    part.write(0, b"so")
    part.discard()
    part.end(2, b"und")
    assert part.settled
    assert not list(tmp_path.iterdir())


def test_what_was_given_up_before_its_first_byte_leaves_nothing(tmp_path: Path) -> None:
    part = PartFile(tmp_path, "a.mp3")
    part.discard()
    part.end(0, b"sound")
    assert not list(tmp_path.iterdir())
