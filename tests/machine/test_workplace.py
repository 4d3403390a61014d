"""The papers of an export name the program's build and the computer, wherever the program runs."""

import subprocess
from pathlib import Path

import pytest

from bundle import name_build
from playhead import __version__
from playhead.machine.workplace import program, this_machine

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SAID = f"Playhead {__version__}, build 0123456789ab"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder of the package in an empty checkout."""
    folder = tmp_path / "desktop" / "playhead"
    folder.mkdir(parents=True)
    return folder


def test_a_bundle_says_what_it_was_built_from(package: Path) -> None:
    (package / "build.txt").write_text(f"{COMMIT}\n", encoding="utf-8")
    assert program(package) == SAID


def test_a_bundle_is_given_the_commit_that_it_is_built_from(package: Path) -> None:
    name_build(Path(__file__).resolve().parents[2], package / "build.txt")
    assert program(package) == program()


@pytest.mark.parametrize("place", ["refs/heads/main", "packed-refs", "HEAD"])
def test_a_checkout_says_its_commit(package: Path, tmp_path: Path, place: str) -> None:
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    line = f"# pack-refs\n{COMMIT} refs/heads/main\n" if place == "packed-refs" else f"{COMMIT}\n"
    (git / place).write_text(line, encoding="utf-8")
    assert program(package) == SAID


def test_a_further_work_tree_says_its_commit(package: Path, tmp_path: Path) -> None:
    git = tmp_path / "elsewhere" / ".git"
    (git / "worktrees" / "w").mkdir(parents=True)
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "refs" / "heads" / "w").write_text(f"{COMMIT}\n", encoding="utf-8")
    (git / "worktrees" / "w" / "HEAD").write_text("ref: refs/heads/w\n", encoding="utf-8")
    (git / "worktrees" / "w" / "commondir").write_text("../..\n", encoding="utf-8")
    (tmp_path / ".git").write_text(f"gitdir: {git / 'worktrees' / 'w'}\n", encoding="utf-8")
    assert program(package) == SAID


@pytest.mark.parametrize("odd", ["", "not a commit", "../../secret\n", "<b>" * 100])
def test_without_a_commit_the_version_is_all(package: Path, odd: str) -> None:
    assert program(package) == f"Playhead {__version__}"
    (package / "build.txt").write_text(odd, encoding="utf-8")
    assert program(package) == f"Playhead {__version__}"


def test_the_computer_and_its_system_have_a_name_and_no_person() -> None:
    machine = this_machine()
    assert machine.computer
    assert any(name in machine.system for name in ("Linux", "macOS", "Windows"))


def test_git_itself_says_the_same_of_this_checkout() -> None:
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout of Git")
    assert program().endswith(f"build {done.stdout[:12]}")
