"""What an export left in its folder."""

import hashlib
import json
from pathlib import Path
from typing import Any


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """What lies in the folder, or below it, under a name like this."""
    return list(folder.rglob(pattern))


def audio_in(folder: Path) -> list[Path]:
    """The audio that is there for good: some of what is exported is MP3, some WAV."""
    return [path for path in files_in(folder) if path.suffix in {".mp3", ".wav"}]


def half_in(folder: Path) -> list[Path]:
    """What is there in part only."""
    return files_in(folder, "*.part")


def untouched(folder: Path) -> bool:
    """Whether nothing was written there: there is not even the folder."""
    return not folder.exists()


def sums_hold(folder: Path) -> int:
    """Check every line of SHA256SUMS, and of the list of the report; how many there were in the first."""
    lists = [folder / "SHA256SUMS", folder / "report.sha256"]
    lines = [path.read_text(encoding="utf-8").splitlines() for path in lists if path.exists()]
    for line in (line for each in lines for line in each):
        expected, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    return len(lines[0])


def told(folder: Path) -> Any:
    """What `recordings.json` says."""
    return json.loads((folder / "recordings.json").read_text(encoding="utf-8"))
