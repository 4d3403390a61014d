"""Names of this computer and of this program, for the papers of exports."""

import platform
import re
import sys
from pathlib import Path

from playhead import __version__
from playhead.core.exports.custody import Machine

BUILD = "build.txt"
"""Beside the package: the commit that a bundle was built from, on its first line."""
_COMMIT = re.compile(r"[0-9a-f]{12,64}")
_SHOWN = 12


def this_machine() -> Machine:
    """The name of this computer, and its system with its version. Waits for the disk."""
    return Machine(computer=platform.node(), system=_system())


def program(package: Path | None = None) -> str:
    """Name, version and, where it is known, commit of this program. Waits for the disk."""
    folder = package or Path(__file__).resolve().parents[1]
    commit = _first_line(folder / BUILD) or _checked_out(folder.parents[1])
    build = f", build {commit[:_SHOWN]}" if _COMMIT.fullmatch(commit) else ""
    return f"Playhead {__version__}{build}"


def _system() -> str:
    if sys.platform == "darwin":
        name = f"macOS {platform.mac_ver()[0]}"
    elif sys.platform == "win32":
        name = f"Windows {platform.release()} {platform.version()}"
    else:
        name = f"{_distribution()}{platform.system()} {platform.release()}"
    return f"{name}, {platform.machine()}" if platform.machine() else name


def _distribution() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, "
    except (OSError, KeyError):
        return ""


def _checked_out(root: Path) -> str:
    """The commit of the checkout in `root`, read from Git's own files; empty if it is none."""
    git = root / ".git"
    if git.is_file():
        # That of a further work tree of the same repository.
        git = root / _first_line(git).removeprefix("gitdir: ")
    head = _first_line(git / "HEAD")
    if not head.startswith("ref: "):
        return head
    name = head.removeprefix("ref: ")
    common = git / (_first_line(git / "commondir") or ".")
    return _first_line(git / name) or _first_line(common / name) or _packed(common, name)


def _packed(git: Path, name: str) -> str:
    try:
        lines = (git / "packed-refs").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.partition(" ")[0] for line in lines if line.endswith(f" {name}")), "")


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""
