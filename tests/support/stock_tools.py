"""What somebody who does not have Playhead makes of an export, with tools that every machine has."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest


def check_sums(folder: Path, name: str = "SHA256SUMS") -> None:
    """Let the stock tool say whether all is as it was."""
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    command = ["sha256sum", "--strict", "-c", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def table(folder: Path, name: str = "recordings.csv") -> list[dict[str, str]]:
    """The rows of a sheet, by the names of its columns."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))
