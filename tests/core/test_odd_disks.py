"""Disks that link, rename or sync in unusual ways: an export works on them, or says what is true of them."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from playhead.core.exports.report import Report, State
from support.exports.export_scene import check_nothing_half, export, recordings

LINK_CODES = ("EPERM", "EACCES", "EIO", "EXDEV", "ENOTTY", "ENOTSUP", "ENOSYS", "EMLINK", "EINVAL", "ENOENT")
NO_SYNC = ("EINVAL", "ENOTSUP", "ENOSYS", "ENOTTY", "EROFS")


def fails(code: str) -> Callable[..., object]:
    """A call of the system that ends with an error of this code."""

    def call(*_given: object, **_named: object) -> object:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    return call


def failures(report: Report) -> set[str]:
    """Why files failed."""
    return {each.why for each in report.of(State.FAILED)}


@pytest.mark.parametrize("code", LINK_CODES)
def test_a_disk_without_links_takes_files_however_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", fails(code))
    report = export(recordings(3), tmp_path / "out")
    assert report.complete
    check_nothing_half(report, tmp_path / "out")


@pytest.mark.parametrize("code", NO_SYNC)
def test_a_disk_that_cannot_be_asked_for_a_promise_takes_files_and_the_report_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(os, "fsync", fails(code))
    report = export(recordings(3), tmp_path / "out")
    assert report.complete
    assert report.unsynced


def test_a_disk_that_keeps_its_promise_is_not_doubted(tmp_path: Path) -> None:
    assert not export(recordings(2), tmp_path / "out").unsynced


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("EFBIG", "the disk does not take files of this size"),
        ("ENAMETOOLONG", "the disk does not take a file of this name"),
        ("EILSEQ", "the disk does not take a file of this name"),
        ("ELOOP", "something is in the way of the file"),
    ],
)
def test_a_file_that_the_disk_does_not_take_fails_alone_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    genuine = os.open

    def refuses(path: str, flags: int, *rest: int, **named: int) -> int:
        if str(path).endswith("id-1.mp3.part"):
            fails(code)()
        return genuine(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuses)
    report = export(recordings(3), tmp_path / "out")
    assert failures(report) == {why}
    assert len(report.of(State.KEPT)) == 2


@pytest.mark.parametrize("code", ["EIO", "EBADMSG", "EREMOTEIO"])
def test_a_fault_of_the_disk_is_called_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    genuine = os.fsync

    def once(descriptor: int) -> None:
        name = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        if "id-1.mp3" in name:
            fails(code)()
        genuine(descriptor)

    monkeypatch.setattr(os, "fsync", once)
    report = export(recordings(3), tmp_path / "out")
    assert failures(report) == {f"the disk reported a fault ({code})"}
    assert len(report.of(State.KEPT)) == 2
    check_nothing_half(report, tmp_path / "out")
