"""From the start of the process to the first painted window, against a bare `QMainWindow`.

Two profiles: a new one, and one with an account and 5 000 recordings in its catalogue. Every run is a process
of its own; bytecode is compiled, as it is where Playhead is installed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cloud_process import Cloud, cloud_with
from figures import show, show_ratio
from measuring import run

from playhead.machine.vault import KeyringVault
from support.processes.pocket_keyring import PocketKeyring
from support.window.driven_program import opened, until

RUNS = 9
RECORDINGS = 5000
AIMS = {"new profile, window": 1.2, f"{RECORDINGS} recordings, the first rows": 3.5}
"""Times the bare window, at most."""
SCRIPT = Path(__file__).with_name("first_paint.py")


async def fill(folder: Path, cloud: Cloud) -> None:
    """Leave a profile behind that knows everything in the cloud."""
    vault = KeyringVault(PocketKeyring(folder / "pocket.json"))
    await vault.set(cloud.account.id, cloud.credential.to_secret())
    async with opened(folder, (cloud.account, cloud.credential), vault=vault) as person:
        await person.sees_rows(50)
        person.window.status.search_rest.click()
        await until(lambda: person.rows == RECORDINGS)


def variables(folder: Path) -> dict[str, str]:
    """The environment of the processes: their keyring, and a place for their bytecode."""
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHON_KEYRING_BACKEND": "support.processes.pocket_keyring.PocketKeyring",
        "POCKET_KEYRING": str(folder / "pocket.json"),
    }


def milliseconds(environment: dict[str, str], *arguments: str) -> float:
    """Milliseconds from the start of a process to what it shows."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return (float(done.stdout) - begun) * 1000


def main() -> None:
    """Print medians over several runs."""
    print(f"Start: {RUNS} runs of each")
    with tempfile.TemporaryDirectory() as made, cloud_with(RECORDINGS) as cloud:
        folder = Path(made)
        run(fill(folder, cloud))
        empty, full = folder / "empty", folder / "profile"
        environment = variables(folder)
        commands = {
            "bare QMainWindow": ("bare",),
            "new profile, window": ("appeared", str(empty)),
            "new profile, everything in it": ("furnished", str(empty)),
            f"{RECORDINGS} recordings, window": ("appeared", str(full)),
            f"{RECORDINGS} recordings, everything in it": ("furnished", str(full)),
            f"{RECORDINGS} recordings, the first rows": ("rows", str(full)),
        }
        # In turns, so that whatever else the machine does is shared fairly; the first turn warms up.
        turns = [
            {name: milliseconds(environment, *command) for name, command in commands.items()}
            for _ in range(RUNS + 1)
        ][1:]
    baseline = [turn["bare QMainWindow"] for turn in turns]
    for name in commands:
        show(name, [turn[name] for turn in turns], "ms")
    for name in list(commands)[1:]:
        show_ratio(f"{name} : bare", [turn[name] for turn in turns], baseline, aim=AIMS.get(name))


if __name__ == "__main__":
    main()
