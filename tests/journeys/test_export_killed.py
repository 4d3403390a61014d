"""An export that is killed at any moment goes on where it stood, and in the end nothing shows that it was.

`PLAYHEAD_KILLS=200` kills that often, over several exports.
"""

import csv
import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.fakes import recording
from support.processes.killed_export import sound_of

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
FILES = 300
KILLS = int(os.environ.get("PLAYHEAD_KILLS", "8"))
LONGEST = 0.6
"""Seconds after its beginning within which an export is killed."""


class Murder:
    """Starts the export, and kills it."""

    def __init__(self, profile: Path, folder: Path) -> None:
        program = ROOT / "tests" / "support" / "processes" / "killed_export.py"
        self._command = [sys.executable, str(program), str(profile), str(folder)]
        path = os.pathsep.join(str(ROOT / place) for place in ("desktop", "tests"))
        self._environment = {**os.environ, "PYTHONPATH": path}

    def attempt(self, seconds: float | None) -> bool:
        """Let it run for so long; whether it came to its end before it was killed."""
        with subprocess.Popen(
            [*self._command, str(FILES)], env=self._environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            if seconds is not None:
                time.sleep(seconds)
                process.kill()
            return "done" in process.stdout.read()


def check_everything_is_there_once(folder: Path) -> None:
    sounds = {hashlib.sha256(sound_of(recording(number))).hexdigest(): number for number in range(FILES)}
    files = [path for path in folder.rglob("*") if path.is_file()]
    audio = [path for path in files if path.suffix == ".mp3"]
    found = [sounds[hashlib.sha256(path.read_bytes()).hexdigest()] for path in audio]
    assert sorted(found) == list(range(FILES))
    assert not [path for path in files if path.suffix == ".part"]
    others = {path.name for path in files} - {path.name for path in audio}
    assert others == {"recordings.csv", "recordings.json", "SHA256SUMS"}
    with (folder / "recordings.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert {row["file"] for row in rows} == {path.relative_to(folder).as_posix() for path in audio}
    assert {row["result"] for row in rows} == {"kept"}
    if shutil.which("sha256sum") is not None:
        command = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
        assert subprocess.run(command, cwd=folder, check=False).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
def test_an_export_survives_being_killed_at_any_moment(tmp_path: Path) -> None:
    kills, exports, chance = 0, 0, random.Random(KILLS)
    while kills < KILLS:
        exports += 1
        profile, folder = tmp_path / f"profile {exports}", tmp_path / f"export {exports}"
        profile.mkdir()
        murder = Murder(profile, folder)
        ended = False
        while not ended and kills < KILLS:
            # Most at the beginning of a run, where files are looked at again, and in its middle.
            ended = murder.attempt(chance.random() ** 2 * LONGEST)
            kills += not ended
        assert murder.attempt(None)
        check_everything_is_there_once(folder)
    print(f"killed {kills} times in {exports} exports")
