"""The settings file: accounts and preferences that a person may read and edit. Never a secret."""

import asyncio
import contextlib
import errno
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playhead.core.heldfiles import patiently
from playhead.core.preferences import Preferences
from playhead.core.provider import Providers
from playhead.machine.settingstext import from_text, to_text

_KEPT = "They are left as they are, and what you change is forgotten when Playhead quits."


@dataclass(frozen=True, slots=True)
class Problem:
    """Fault of the settings file: `corrupt`, `unreadable` or `unwritable`, and a sentence."""

    reason: str
    sentence: str


class Settings:
    """Reads the file once and writes it after every change, whole or not at all, off the UI thread."""

    def __init__(self, file: Path, providers: Providers) -> None:
        """`providers` are those that accounts can be of."""
        self._file = file
        self._providers = providers
        self._preferences = Preferences()
        self._saved = self._preferences
        self._saving: asyncio.Task[Problem | None] | None = None
        self._unread: Problem | None = None
        """Problem because of which the file must not be replaced: it holds what is not known here."""

    @property
    def preferences(self) -> Preferences:
        """As they are now, saved or about to be."""
        return self._preferences

    async def load(self) -> Problem | None:
        """Read the file; one that makes no sense is set aside and the defaults hold.

        One that can be neither read nor set aside stays as it is: nothing is saved then.
        """
        self._preferences, problem, lost = await asyncio.to_thread(_read, self._file, self._providers)
        self._saved = self._preferences
        self._unread = problem if lost else None
        return problem

    def change(self, preferences: Preferences) -> None:
        """Let `preferences` hold from now on, and save them soon; the latest wins."""
        if preferences == self._preferences:
            return
        self._preferences = preferences
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save(), name="settings")

    async def saved(self) -> Problem | None:
        """Wait until the file holds the present preferences, or could not be written."""
        if self._saving is not None:
            return await asyncio.shield(self._saving)
        return None

    async def _save(self) -> Problem | None:
        while self._saved is not self._preferences:
            latest = self._preferences
            if self._unread is not None:
                return self._unread
            try:
                await asyncio.to_thread(_replace, self._file, to_text(latest))
            except OSError as error:
                why = error.strerror or type(error).__name__
                return Problem("unwritable", f"The settings could not be saved in {self._file}: {why}.")
            self._saved = latest
        return None


def _read(file: Path, providers: Providers) -> tuple[Preferences, Problem | None, bool]:
    """Preferences in the file, its problem, and True if to replace it would lose what it holds."""
    try:
        text = patiently(lambda: file.read_text(encoding="utf-8-sig"))
        return from_text(text, providers), None, False
    except FileNotFoundError:
        return Preferences(), None, False
    except OSError as error:
        why = error.strerror or type(error).__name__
        sentence = f"The settings in {file} could not be read: {why}. {_KEPT}"
        return Preferences(), Problem("unreadable", sentence), True
    except (ValueError, RecursionError):
        file = _behind(file)
        aside = file.with_name(f"{file.stem} unreadable {datetime.now(UTC):%Y-%m-%d %H%M%S}{file.suffix}")
        try:
            patiently(lambda: file.replace(aside))
        except OSError:
            return Preferences(), Problem("corrupt", f"The settings in {file} make no sense. {_KEPT}"), True
        where = f"made no sense and were set aside as {aside.name}"
        sentence = f"The settings {where}; Playhead started with new ones."
        return Preferences(), Problem("corrupt", sentence), False


def _behind(file: Path) -> Path:
    """The file that a link leads to, be it there or not; any other file is itself. Raises `OSError`."""
    if not file.is_symlink():
        return file
    try:
        return file.resolve()
    except RuntimeError as error:  # before Python 3.13, of a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _replace(file: Path, text: str) -> None:
    """Write `text` so that the file holds the old or the new, whatever happens meanwhile.

    Of a link, what it leads to is written: somebody keeps their settings there.
    """
    file = _behind(file)
    descriptor, name = tempfile.mkstemp(prefix=".settings-", suffix=".tmp", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        patiently(lambda: Path(name).replace(file))
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
