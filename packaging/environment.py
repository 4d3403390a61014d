"""Makes `.venv`, the one environment that runs, tests and bundles Playhead, and knows when it is ready.

A file in it, the stamp, holds what it was made from; when that fits, nothing else is looked at. It says
*unfinished* while packages are being installed, so that an interrupted set-up is thrown away and begun again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import debian

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST, LAST = (3, 11), (3, 13)
UNFINISHED = "unfinished"


class SetupError(Exception):
    """Playhead cannot be set up here; the words say why and what to do."""


class Stamp(NamedTuple):
    """What an environment was made from, and the parts of the system that need no second look."""

    environment: str = ""
    system: tuple[str, ...] = ()


def ready(root: Path, needs: Iterable[debian.Need]) -> Path:
    """Return the interpreter of an environment that fits the lock file, made or mended if need be.

    `needs` are looked for once. Raises `SetupError` when one that is essential cannot be had.
    """
    home = root / ".venv"
    if _stamp(home).environment != _recipe(root, home):
        with _alone(root):
            if _stamp(home).environment != _recipe(root, home):
                _make(root, home)
    _satisfy(home, needs)
    return _interpreter(home)


def _make(root: Path, home: Path) -> None:
    """Make the environment, or bring one that is sound up to date."""
    sound = _runs(_interpreter(home)) and _stamp(home).environment != UNFINISHED
    if not sound:
        print("Setting up Playhead (first time; about a minute)", file=sys.stderr, flush=True)
        if home.exists():
            shutil.rmtree(home)
        home.mkdir()
        _write_stamp(home, Stamp(UNFINISHED))
        _call([_python(), "-m", "venv", str(home)], "make a virtual environment")
    else:
        print("Bringing Playhead's packages up to date", file=sys.stderr, flush=True)
        _write_stamp(home, Stamp(UNFINISHED))
    install = [str(_interpreter(home)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print("  packages", file=sys.stderr, flush=True)
    lock = root / "packaging" / "requirements-dev.lock"
    _call(
        [*install, "--require-hashes", "-r", str(lock)], "install the locked packages (is there a network?)"
    )
    print("  the program", file=sys.stderr, flush=True)
    _call([*install, "--no-deps", "--no-build-isolation", "-e", str(root)], "install the program itself")
    _write_stamp(home, Stamp(_recipe(root, home)))
    print("Ready", file=sys.stderr, flush=True)


def _recipe(root: Path, home: Path) -> str:
    """Digest all that decides what the environment is: lock, project, place and interpreter."""
    digest = hashlib.sha256()
    for path in (root / "packaging" / "requirements-dev.lock", root / "pyproject.toml", home / "pyvenv.cfg"):
        digest.update(path.read_bytes() if path.is_file() else b"absent")
    digest.update(os.fsencode(root))
    digest.update(os.fsencode(os.path.realpath(_interpreter(home))))
    return digest.hexdigest() if _interpreter(home).exists() else "absent"


def _satisfy(home: Path, needs: Iterable[debian.Need]) -> None:
    """See to the system's part, once: note what is there, and what was offered in vain but can be missed."""
    stamp = _stamp(home)
    wanted = [need for need in needs if need.name not in stamp.system]
    if not wanted:
        return
    missing = debian.provide(wanted)
    lacking = {need.name for need in missing if need.essential}
    settled = {need.name for need in wanted} - lacking
    _write_stamp(home, stamp._replace(system=tuple(sorted(settled.union(stamp.system)))))
    if lacking:
        raise SetupError(f"cannot go on without {', '.join(sorted(lacking))}.")


def _python() -> str:
    """Find an interpreter that Playhead runs on and that can make environments."""
    for python in _candidates():
        if _runs(python):
            break
    else:
        found = ".".join(str(part) for part in sys.version_info[:2])
        raise SetupError(
            f"needs Python 3.11, 3.12 or 3.13; this is {found} and no other was found on the PATH."
        )
    probe = "import sys; print('python{}.{}-venv'.format(*sys.version_info[:2])); import ensurepip"
    answer = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
    if answer.returncode:
        package = answer.stdout.strip()
        debian.install([package])
        if subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode:
            raise SetupError(f"{python} cannot make virtual environments: `sudo apt-get install {package}`.")
    return python


def _candidates() -> Iterator[str]:
    """Name interpreters, first the running one (outside of any environment, which may be thrown away)."""
    yield getattr(sys, "_base_executable", None) or sys.executable
    for minor in range(LAST[1], FIRST[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        if path:
            yield path


def _runs(python: str | Path) -> bool:
    """Say whether an interpreter starts and is of a version that Playhead supports."""
    probe = f"import sys; sys.exit(not {FIRST} <= sys.version_info[:2] <= {LAST})"
    try:
        return subprocess.run([str(python), "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _interpreter(home: Path) -> Path:
    """Name the environment's interpreter."""
    return home / "Scripts" / "python.exe" if sys.platform == "win32" else home / "bin" / "python"


def _stamp(home: Path) -> Stamp:
    """Read the stamp; an empty one if there is none or it cannot be understood."""
    try:
        environment, *system = (home / "playhead.stamp").read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return Stamp()
    return Stamp(environment, tuple(system))


def _write_stamp(home: Path, stamp: Stamp) -> None:
    """Replace the stamp in one step."""
    fresh = home / "playhead.stamp.new"
    fresh.write_text("\n".join([stamp.environment, *stamp.system]), encoding="utf-8")
    fresh.replace(home / "playhead.stamp")


def _call(command: list[str], aim: str) -> None:
    """Run a command in silence; its words come with the error when it fails."""
    answer = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    if answer.returncode:
        raise SetupError(f"could not {aim}.\n{answer.stdout.strip()}")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one set-up work at a time; a second one waits (where the system has file locks of this kind)."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = root / "build"
    place.mkdir(exist_ok=True)
    with (place / "setup.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up to finish", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
