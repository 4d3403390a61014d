"""The program in a process of its own: as a person starts it, or with a person at it.

Run as `separate_process.py MODULE SCENE ARGUMENT...` this module is that process: it runs the coroutine
`SCENE` of the module `MODULE` beside it on the Qt event loop; the scene opens the program with
`driven_program.opened`.
"""

import asyncio
import contextlib
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

LIMIT = 60.0
"""Seconds after which a scene is given up."""
LONGER = 75.0
"""Seconds after which a process is given up: a scene in it has then said in which lines it waited."""
PATIENCE = 30.0
"""Seconds after which a test gives up waiting for what a process brings about."""
ROOT = Path(__file__).resolve().parents[3]
PLAYHEAD = (sys.executable, "-m", "playhead")


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Variables for a process that shall find and leave things in `home` only, and shows no window."""
    home.mkdir(parents=True, exist_ok=True)
    away = {
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "PYTHON_KEYRING_BACKEND",
        "PULSE_SERVER",
        "PULSE_LATENCY_MSEC",
    }
    kept = {name: value for name, value in os.environ.items() if name not in away}
    places = {"HOME": "", "TMPDIR": "tmp", "XDG_DATA_HOME": "share", "XDG_CACHE_HOME": "cache"}
    places |= {"XDG_CONFIG_HOME": "config", "XDG_RUNTIME_DIR": "run"}
    for place in places.values():
        (home / place).mkdir(mode=0o700, exist_ok=True)
    paths = [str(ROOT / each) for each in ("desktop", "tests")]
    return {
        **kept,
        **{name: str(home / place) for name, place in places.items()},
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "support.processes.pocket_keyring.PocketKeyring",
        "POCKET_KEYRING": str(home / "pocket.json"),
        **changes,
    }


def played(module: str, scene: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a scene in a process of its own."""
    return (sys.executable, str(Path(__file__)), module, scene, *arguments)


def finished(
    command: Sequence[str], variables: Mapping[str, str], *, limit: float = LONGER
) -> subprocess.CompletedProcess[str]:
    """What a process said, and its exit status, when it has ended."""
    try:
        return subprocess.run(
            command,
            env=variables,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
            encoding="utf-8",
        )
    except subprocess.TimeoutExpired as late:
        said = b"".join(each for each in (late.stdout, late.stderr) if each).decode(errors="replace")
        raise AssertionError(f"{command} has not ended after {limit} s; it has said: {said}") from late


@contextlib.contextmanager
def started(command: Sequence[str], variables: Mapping[str, str]) -> "Iterator[subprocess.Popen[str]]":
    """A process that runs while the context lasts, and is killed if it has not ended by then."""
    with subprocess.Popen(
        command,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def reached(what: Callable[[], object], name: str) -> None:
    """Wait until `what`, which another process brings about, gives something true."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, f"{name} did not come about"
        time.sleep(0.01)


def _main() -> None:
    import faulthandler
    import gc

    from playhead.ui.shell.garbage import take_out

    faulthandler.enable()
    gc.disable()  # as the program and the test run do: widgets may only die in this thread
    _play(*sys.argv[1:])
    take_out()


def _play(module: str, scene: str, *arguments: str) -> None:
    """Run a scene as the program runs, and leave no reference to anything of it."""
    from PySide6.QtWidgets import QApplication

    from playhead.app import event_loop

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with event_loop(app) as loop:
        play = getattr(importlib.import_module(f"support.processes.{module}"), scene)
        loop.run_until_complete(asyncio.wait_for(play(*arguments), LIMIT))


if __name__ == "__main__":
    _main()
