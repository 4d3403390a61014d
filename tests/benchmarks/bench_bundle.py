"""From the start of the bundled program to its painted window, against a bare `QMainWindow` in such a bundle.

Builds a bundle by the recipe of the real one, whose beginning is `first_paint.py` (about a minute). Every run
is a process of its own with an empty profile.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import show, show_ratio

ROOT = Path(__file__).resolve().parents[2]
RUNS = 15


def built(folder: Path) -> Path:
    """Build the bundle in `folder`; its program."""
    icons = ROOT / "build" / "icons"
    build = ROOT / "build" / "build.txt"
    icons.mkdir(parents=True, exist_ok=True)
    build.touch()
    variables = {
        **os.environ,
        "PLAYHEAD_BEGINNING": str(Path(__file__).with_name("first_paint.py")),
        "PYTHONPATH": str(ROOT / "desktop"),
    }
    places = [
        "--distpath",
        str(folder),
        "--workpath",
        str(folder / "work"),
        "--noconfirm",
        "--log-level",
        "ERROR",
    ]
    command = [sys.executable, "-m", "PyInstaller", *places, str(ROOT / "packaging" / "playhead.spec")]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
    return folder / "Playhead" / ("playhead.exe" if sys.platform == "win32" else "playhead")


def milliseconds(program: Path, *words: str) -> float:
    """Milliseconds from the start of the process to what it shows."""
    begun = time.monotonic()
    done = subprocess.run([str(program), *words], capture_output=True, text=True, check=True)
    return (float(done.stdout) - begun) * 1000


def main() -> None:
    """Print medians over several runs, in turns."""
    with tempfile.TemporaryDirectory() as made:
        program = built(Path(made))
        print(f"Start of the bundle: {RUNS} runs of each")
        commands = {
            "bare QMainWindow": ("bare", ""),
            "Playhead, window": ("appeared", str(Path(made, "profile"))),
        }
        turns = [
            {name: milliseconds(program, *words) for name, words in commands.items()} for _ in range(RUNS + 1)
        ][1:]
    baseline = [turn["bare QMainWindow"] for turn in turns]
    for name in commands:
        show(name, [turn[name] for turn in turns], "ms")
    show_ratio("Playhead, window : bare", [turn["Playhead, window"] for turn in turns], baseline, aim=1.4)


if __name__ == "__main__":
    main()
