"""The program as it is started from a terminal."""

import os
import signal
import sys
from pathlib import Path
from subprocess import Popen

import pytest
from PySide6.QtGui import QImage

from playhead import __version__
from playhead.machine.paths import Profile
from support.cloud.faultycloud import FaultyCloud
from support.processes.process_profiles import connected, keyring_of
from support.processes.separate_process import PLAYHEAD, environment, finished, reached, started
from support.window.cloud_requests import lists_answered
from support.window.export_folder import sums_hold

pytestmark = pytest.mark.process


def test_it_says_its_version_and_what_it_can_be_asked(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    version = finished([*PLAYHEAD, "--version"], variables)
    assert (version.returncode, version.stdout) == (0, f"Playhead {__version__}\n")
    words = finished([*PLAYHEAD, "--help"], variables)
    assert words.returncode == 0
    for option in ("--profile", "--demo", "--tour", "--self-test", "--log-level", "--version"):
        assert option in words.stdout


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["--demo-size", "many"], ["--demo-size", "-1"], ["--log-level", "loud"]]
)
def test_an_option_that_it_does_not_know_is_said_in_a_line(tmp_path: Path, arguments: list[str]) -> None:
    done = finished([*PLAYHEAD, *arguments], environment(tmp_path))
    assert done.returncode == 2
    assert "playhead: error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_self_test_prints_a_line_for_everything_that_is_needed(tmp_path: Path) -> None:
    done = finished([*PLAYHEAD, "--self-test"], environment(tmp_path))
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0].startswith(f"Playhead {__version__}")
    for check in ("event loop", "resources", "codecs", "encrypted catalogue", "TLS roots"):
        assert any(line.startswith(f"ok    {check}: ") for line in lines)
    for check in ("sound device", "keyring"):
        assert any(line.startswith((f"ok    {check}: ", f"none  {check}: ")) for line in lines)
    assert lines[-1] == "everything needed works"


def test_the_tour_leaves_pictures_and_an_export_that_holds(tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    variables = environment(tmp_path / "home")
    done = finished([*PLAYHEAD, "--demo", "--tour", str(folder)], variables)
    assert done.returncode == 0, done.stderr
    assert f"Pictures: {folder.resolve()}\n" in done.stdout
    assert f"Exported files: {(folder / 'export').resolve()}\n" in done.stdout
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) >= 6
    for picture in pictures:
        image = QImage(str(picture))
        seen = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(seen) > 20, f"{picture.name} is all but blank"
    assert sums_hold(folder / "export") > 5
    assert not list((tmp_path / "home" / "tmp").iterdir()), "the demo's profile is still there"


def test_a_tour_into_a_folder_that_cannot_be_made_ends_with_1(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    command = [*PLAYHEAD, "--demo", "--demo-size", "50", "--tour", str(in_the_way)]
    assert finished(command, environment(tmp_path / "home")).returncode == 1


def test_a_demo_in_a_profile_begins_anew_and_leaves_nothing_that_cannot_be_opened(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    command = [*PLAYHEAD, "--demo", "--demo-size", "50", "--profile", str(profile)]
    killed = profile / "demo" / "left by a demo that was killed"
    killed.parent.mkdir(parents=True)
    killed.write_text("x")
    with started(command, environment(tmp_path / "home")) as program:
        reached((profile / "demo" / "catalogue.db").exists, "the demo's catalogue")
        assert not killed.exists()
        program.send_signal(signal.SIGTERM)
        _, complained = program.communicate(timeout=30)
    assert program.returncode == 0
    assert complained == ""
    assert not list(profile.glob("catalogue*"))
    assert not (profile / "demo").exists()


def test_a_profile_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    done = finished([*PLAYHEAD, "--profile", str(file)], environment(tmp_path / "home"))
    assert done.returncode == 1
    assert done.stderr == f"Playhead cannot make its folder {file}: File exists\n"
    assert file.read_text() == "not a folder"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals for a window's program")
def test_a_second_one_calls_the_first_or_says_so_while_it_goes_on_and_a_signal_closes_it_as_a_person_does(
    cloud: FaultyCloud, tmp_path: Path
) -> None:
    variables = environment(tmp_path / "home")
    profile = connected(cloud, tmp_path, keyring_of(tmp_path / "home"))
    command = [*PLAYHEAD, "--profile", str(profile.folder)]
    with started(command, variables) as first:
        reached(lambda: lists_answered(cloud) >= 2, "two lists")
        calling = finished(command, variables)
        assert (calling.returncode, calling.stdout, calling.stderr) == (0, "", ""), "the first one comes"
        # One that does not answer, as on another computer that shares the folder.
        profile.bell.unlink()
        second = finished(command, variables)
        assert second.returncode == 1
        assert second.stderr.startswith("Playhead is already at work with this profile. Look for its window")
        assert first.poll() is None
        # What Qt says where there is no screen and something comes to the front of it.
        closes_as_for_a_person(first, signal.SIGTERM, profile, "This plugin does not support raise()\n")
    # Otherwise what the first one kept could be taken for what the next one keeps.
    profile.settings.write_text(profile.settings.read_text().replace('"columns"', '"formerly columns"'))
    with started(command, variables) as third:
        reached(lambda: lists_answered(cloud) >= 4, "four lists")
        closes_as_for_a_person(third, signal.SIGINT, profile)


def closes_as_for_a_person(
    program: Popen[str], number: signal.Signals, profile: Profile, before: str = ""
) -> None:
    """End the program as the session does, or Ctrl+C: everything is kept, and no word said but `before`."""
    os.kill(program.pid, number)
    said, complained = program.communicate(timeout=30)
    assert (number, program.returncode, said, complained) == (number, 0, "", before)
    assert '"columns"' in profile.settings.read_text(), number
    assert profile.catalogue.exists(), number
    # What SQLite empties and removes when the last connection lets go.
    assert not list(profile.folder.glob("*-wal")), number


def test_the_demo_ends_with_its_cloud_and_leaves_nothing(tmp_path: Path) -> None:
    variables = environment(tmp_path / "home")
    with started([*PLAYHEAD, "--demo", "--demo-size", "200"], variables) as program:
        profile = tmp_path / "home" / "tmp"
        reached(lambda: list(profile.glob("playhead-*/catalogue.db-wal")), "the demo's catalogue")
        program.send_signal(signal.SIGTERM)
        _, complained = program.communicate(timeout=30)
    assert program.returncode == 0
    assert complained == ""
    assert not list(profile.iterdir())
    assert not keyring_of(tmp_path / "home").exists(), "the demo touched the keyring"


def test_it_does_without_a_terminal(tmp_path: Path) -> None:
    """As on Windows, where a program with a window has no standard output."""
    code = "import sys; sys.stdout = sys.stderr = None; from playhead.__main__ import main; sys.exit(main())"
    folder = tmp_path / "profile"
    command = [sys.executable, "-c", code, "--profile", str(folder)]
    with started(command, environment(tmp_path / "home")) as program:
        reached((folder / "catalogue.db").exists, "the catalogue")
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
