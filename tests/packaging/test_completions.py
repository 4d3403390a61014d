"""Completion of the command line by shells, from the files that are made of its parser."""

import shutil
import subprocess
from pathlib import Path

import pytest

import completions


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files."""
    folder = tmp_path_factory.mktemp("completions")
    completions.write(folder)
    return folder


def completed(files: Path, *words: str) -> set[str]:
    """What bash offers for the last of `words`."""
    script = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        "$(complete -p playhead | sed 's/.*-F //; s/ .*//'); printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    command = ["bash", "--norc", "-c", script, "bash", str(files / "playhead"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {each.strip() for each in done.stdout.splitlines()}


@pytest.mark.skipif(shutil.which("bash") is None, reason="not installed: bash")
def test_bash_offers_commands_options_and_values(files: Path) -> None:
    assert {"export", "list"} <= completed(files, "playhead", "")
    assert {"--only-new", "--new-folder", "--filter"} <= completed(files, "playhead", "export", "--")
    assert completed(files, "playhead", "list", "--format", "") >= {"csv", "json", "ndjson"}


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
def test_every_file_is_one_that_its_shell_understands(files: Path, shell: str, check: str) -> None:
    path = files / completions.NAMES[shell]
    text = path.read_text(encoding="utf-8")
    # fish writes long options without their dashes.
    assert all(name in text for name in ("only-new", "new-folder", "ndjson", "summary"))
    if shutil.which(shell) is not None:
        assert subprocess.run([shell, check, str(path)], check=False).returncode == 0
