"""A profile is private, and used by one Playhead at a time."""

import errno
import os
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from playhead.core.errors import ProfileInUse
from playhead.machine.instance import held
from playhead.machine.paths import Profile


def test_every_file_lies_in_the_folder(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "deep" / "er")
    profile.create()
    profile.create()
    files = [
        profile.settings,
        profile.catalogue,
        profile.log,
        profile.crash,
        profile.lock,
    ]
    assert {file.parent for file in files} == {profile.folder}
    assert len(set(files)) == len(files)
    assert profile.settings.name == "settings.json"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_look_into_a_new_profile(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "mine")
    profile.create()
    with Profile.temporary() as other:
        for each in (profile, other):
            assert stat.S_IMODE(each.folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o755, 0o777, 0o2775, 0o700])
def test_a_folder_that_was_there_becomes_private(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    folder.chmod(mode)
    for name in ("settings.json", "catalogue.db", "playhead.log", "playhead.lock"):
        (folder / name).touch()
    Profile(folder).create()
    assert stat.S_IMODE(folder.stat().st_mode) == mode & ~0o077


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("name", "mode"), [("holiday.jpg", 0o755), ("settings.json", 0o1777)])
def test_a_folder_that_others_may_need_keeps_its_mode(tmp_path: Path, name: str, mode: int) -> None:
    folder = tmp_path / "everybodys"
    folder.mkdir()
    folder.chmod(mode)
    (folder / name).touch()
    Profile(folder).create()
    assert stat.S_IMODE(folder.stat().st_mode) == mode


def test_a_temporary_profile_goes_at_the_end() -> None:
    with Profile.temporary() as profile:
        profile.settings.write_text("{}")
        assert profile.folder.is_dir()
    assert not profile.folder.exists()


def test_the_default_profile_is_the_platforms_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    default = Profile.default()
    assert default is not None
    assert default.folder.name == "Playhead"


def test_a_second_playhead_is_told_that_the_profile_is_in_use(tmp_path: Path) -> None:
    lock = tmp_path / "playhead.lock"
    with held(lock) as ours:
        assert ours
        with pytest.raises(ProfileInUse), held(lock):
            pytest.fail("two at once")
    with held(lock) as ours:
        assert ours


def test_a_lock_left_by_a_killed_playhead_is_no_obstacle(tmp_path: Path) -> None:
    lock = tmp_path / "playhead.lock"
    program = f"""
        from pathlib import Path
        from playhead.machine.instance import held
        with held(Path({str(lock)!r})):
            print("held", flush=True)
            input()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "desktop")},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(ProfileInUse), held(lock):
            pytest.fail("two at once")
        other.kill()
    with held(lock) as ours:
        assert ours


def test_a_folder_that_cannot_be_written_has_no_lock_and_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with held(tmp_path / "file" / "playhead.lock") as ours:
        assert not ours


@pytest.fixture(params=[errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EIO])
def without_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has no locks, and says so in one of several ways."""
    fcntl = pytest.importorskip("fcntl", reason="Windows locks in another way")

    def refuse(_file: int, _how: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.slow
@pytest.mark.usefixtures("without_locks")
def test_where_there_are_no_locks_a_second_playhead_is_told_all_the_same(tmp_path: Path) -> None:
    lock = tmp_path / "playhead.lock"
    for _ in range(2):
        with held(lock) as ours:
            assert ours
            with pytest.raises(ProfileInUse) as caught, held(lock):
                pytest.fail("two at once")
            assert caught.value.reason == ""
    assert [file.name for file in tmp_path.iterdir()] == ["playhead.lock"]


@pytest.mark.usefixtures("without_locks")
def test_where_there_are_no_locks_a_playhead_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    holder = tmp_path / "playhead.lock-holder"
    holder.write_text(f"{ended.pid}\n{socket.gethostname()}\n")
    with held(tmp_path / "playhead.lock") as ours:
        assert ours


@pytest.mark.slow
@pytest.mark.usefixtures("without_locks")
def test_where_there_are_no_locks_a_playhead_of_another_computer_counts(tmp_path: Path) -> None:
    holder = tmp_path / "playhead.lock-holder"
    holder.write_text("1\nsome-other-computer\n")
    with pytest.raises(ProfileInUse) as caught, held(tmp_path / "playhead.lock"):
        pytest.fail("two at once")
    assert caught.value.reason == "elsewhere"
    holder.unlink()
    with held(tmp_path / "playhead.lock") as ours:
        assert ours
