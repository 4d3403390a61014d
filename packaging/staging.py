"""Folders as they are packed: what lies in them, with which rights, and the sums of all of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SUMS = "SHA256SUMS"
COMPLETIONS = {
    "playhead": "bash-completion/completions",
    "_playhead": "zsh/vendor-completions",
    "playhead.fish": "fish/vendor_completions.d",
}
"""Files of `completions.py`, and where shells look for them."""


@dataclass(frozen=True)
class Made:
    """What was built, and what is said of it."""

    root: Path
    """The checkout."""
    python: Path
    """The interpreter of the environment that it was built in."""
    version: str
    moment: int
    """Seconds since 1970 that everything is dated."""

    @property
    def program(self) -> Path:
        """The folder with the program."""
        return self.root / "dist" / "Playhead"

    @property
    def date(self) -> str:
        """The day, as 2026-01-31."""
        return datetime.fromtimestamp(self.moment, UTC).strftime("%Y-%m-%d")

    def template(self, name: str, **values: str) -> str:
        """Fill what stands between @ signs in a file of `packaging`."""
        text = (self.root / "packaging" / name).read_text(encoding="utf-8")
        for key, value in {"version": self.version, "date": self.date, **values}.items():
            text = text.replace(f"@{key.upper()}@", value)
        return text

    def manual(self) -> bytes:
        """Write the manual page."""
        script = [str(self.python), "packaging/manpage.py", self.version, self.date]
        variables = {**os.environ, "PYTHONPATH": "desktop", "COLUMNS": "1000"}
        return subprocess.run(script, cwd=self.root, env=variables, check=True, stdout=subprocess.PIPE).stdout

    def completions(self, share: Path) -> None:
        """Put completion of the command line into `share`, where each shell looks for it."""
        with tempfile.TemporaryDirectory() as folder:
            script = [str(self.python), "packaging/completions.py", folder]
            variables = {**os.environ, "PYTHONPATH": "desktop"}
            subprocess.run(script, cwd=self.root, env=variables, check=True, stdout=subprocess.DEVNULL)
            for name, place in COMPLETIONS.items():
                target = share / place / name
                target.parent.mkdir(parents=True)
                shutil.copyfile(Path(folder, name), target)


def desktop_files(made: Made, share: Path) -> None:
    """Put what a desktop and its shells know a program by into `share`."""
    shutil.copytree(made.root / "build" / "icons" / "hicolor", share / "icons" / "hicolor")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(made.root / "resources" / "icons" / "playhead.svg", scalable / "playhead.svg")
    write(share / "applications" / "playhead.desktop", made.template("linux/playhead.desktop"))
    name = "org.playhead.Playhead.metainfo.xml"
    write(share / "metainfo" / name, made.template(f"linux/{name}"))
    (share / "man" / "man1").mkdir(parents=True)
    (share / "man" / "man1" / "playhead.1").write_bytes(made.manual())
    made.completions(share)


def write(path: Path, text: str, *, executable: bool = False) -> None:
    """Write a text file, and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if executable else 0o644)


def settle(folder: Path, moment: int) -> None:
    """Give everything the same rights and the same date, whoever builds and whenever."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            os.utime(path, (moment, moment), follow_symlinks=False)
            continue
        runs = path.is_dir() or (path.stat().st_mode & stat.S_IXUSR and not path.name.endswith(".so"))
        path.chmod(0o755 if runs and not _is_library(path) else 0o644)
        os.utime(path, (moment, moment))


def _is_library(path: Path) -> bool:
    return path.is_file() and (".so." in path.name or path.name.endswith(".so"))


def sums(folder: Path) -> str:
    """List the SHA-256 of every file below `folder`, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    lines = (
        f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files if path.name != SUMS
    )
    return "".join(lines)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
