"""Where a profile keeps its files."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder with everything that one Playhead remembers; nobody else may look into it."""

    folder: Path

    @classmethod
    def default(cls) -> "Profile":
        """The person's own, where the platform keeps data of programs."""
        from platformdirs import user_data_path

        return cls(user_data_path("Playhead", appauthor=False, roaming=False))

    @classmethod
    @contextmanager
    def temporary(cls) -> "Iterator[Profile]":
        """One that is removed at the end."""
        folder = tempfile.mkdtemp(prefix="playhead-")
        try:
            yield cls(Path(folder))
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
        """What happened, without anything private."""
        return self.folder / "playhead.log"

    @property
    def crash(self) -> Path:
        """Where a crash of the interpreter leaves its stacks."""
        return self.folder / "crash.log"

    @property
    def lock(self) -> Path:
        """Held by the one Playhead that uses this profile."""
        return self.folder / "playhead.lock"

    def create(self) -> None:
        """Make the folder, for this person alone. Raises `OSError` where that is not possible."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
