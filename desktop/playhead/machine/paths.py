"""Paths of a profile's files."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_OTHERS = 0o077
"""What a mode allows anybody else."""
_NAMES = (
    "settings",
    ".settings-",
    "catalogue",
    "media.db",
    "carried",
    "playhead.lo",
    "playhead.bell",
    "crash.log",
    "demo",
)
"""How the names of files in a profile begin."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder with everything that one Playhead remembers; nobody else may look into it."""

    folder: Path

    @classmethod
    def default(cls) -> "Profile | None":
        """The person's own, where the platform keeps data of programs; None for who has no home."""
        from platformdirs import user_data_path

        try:
            folder = user_data_path("Playhead", appauthor=False, roaming=False)
        except RuntimeError:
            return None
        return cls(folder) if folder.is_absolute() else None

    @classmethod
    @contextmanager
    def temporary(cls) -> "Iterator[Profile]":
        """One that is removed at the end."""
        folder = tempfile.mkdtemp(prefix="playhead-")
        try:
            yield cls(Path(folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def for_demo(self) -> "Iterator[Profile]":
        """One within this one for a demo, whose keys nobody keeps: empty at first, removed at the end."""
        folder = self.folder / "demo"
        # One that was ended by force has left what nothing can open any more.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            yield Profile(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def settings(self) -> Path:
        """Accounts and preferences, readable; no secrets."""
        return self.folder / "settings.json"

    @property
    def catalogue(self) -> Path:
        """The encrypted store of recordings and audio."""
        return self.folder / "catalogue.db"

    @property
    def carried(self) -> Path:
        """The folder of files that were dragged or copied out, until Playhead quits."""
        return self.folder / "carried"

    @property
    def log(self) -> Path:
        """Log of what happened, without anything private."""
        return self.folder / "playhead.log"

    @property
    def crash(self) -> Path:
        """File in which a crash of the interpreter leaves its stacks."""
        return self.folder / "crash.log"

    @property
    def lock(self) -> Path:
        """Held by the one Playhead that uses this profile."""
        return self.folder / "playhead.lock"

    @property
    def bell(self) -> Path:
        """File by which a second start finds the first one."""
        return self.folder / "playhead.bell"

    def create(self) -> None:
        """Make the folder, for this person alone. Raises `OSError` where that is not possible.

        One that was there becomes private if it is empty or a profile: of a folder that holds something else,
        too, others may have need. The files in it are readable by this person alone in any case.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(OSError):
            mode = stat.S_IMODE(self.folder.stat().st_mode)
            if mode & _OTHERS and not mode & stat.S_ISVTX and self._only_this:
                self.folder.chmod(mode & ~_OTHERS)

    @property
    def _only_this(self) -> bool:
        names = {file.name for file in self.folder.iterdir()}
        return all(name.startswith(_NAMES) for name in names)
