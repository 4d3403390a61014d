"""Disks that behave in unusual ways, played by the calls of the system that a test replaces."""

import errno
import os
import unicodedata
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typing_extensions import override


def error(code: str) -> OSError:
    """What the system raises with this code."""
    number = getattr(errno, code)
    return OSError(number, os.strerror(number))


class LyingDisk:
    """Lets calls of the system fail, or see other names, as long as they are about one folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = str(folder)
        self._patch = patch
        self.calls = 0
        """Lies so far."""

    def fail(self, name: str, code: str, *, about: str = "", after: int = 0, times: int = 1_000_000) -> None:
        """Let `os.name` fail with `code` for paths that hold `about`: after so many calls, so many times."""
        genuine: Callable[..., Any] = getattr(os, name)
        seen = 0

        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal seen
            path = self._path(arguments[1] if name in {"link", "rename", "replace"} else arguments[0])
            if path is not None and about in path:
                seen += 1
                if after < seen <= after + times:
                    self.calls += 1
                    raise error(code)
            return genuine(*arguments, **options)

        self._patch.setattr(os, name, call)

    def after(self, name: str, code: str) -> None:
        """Let `os.name` do what it is asked to, and then say that it failed."""
        genuine: Callable[..., Any] = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> None:
            genuine(*arguments, **options)
            self.calls += 1
            raise error(code)

        self._patch.setattr(os, name, call)

    def limit_names(self, most: int) -> None:
        """Take no name of more than so many bytes, and tell so when asked."""
        self._patch.setattr(os, "pathconf", lambda *_: most)
        genuine = os.open

        def call(path: Any, *rest: Any, **more: Any) -> int:
            if len(os.fsencode(Path(path).name)) > most:
                raise error("ENAMETOOLONG")
            return genuine(path, *rest, **more)

        self._patch.setattr(os, "open", call)

    def heal(self) -> None:
        """Lie no more."""
        self._patch.undo()

    def fail_writes(self, code: str, *, about: str = "", after: int = 0, times: int = 1_000_000) -> None:
        """Let writing into files fail, as `fail` does."""
        path_of, seen = self._path, 0
        disk = self

        class Failing(FileIO):
            @override
            def write(self, content: Any, /) -> int:
                nonlocal seen
                path = path_of(self.fileno())
                if path is not None and about in path:
                    seen += 1
                    if after < seen <= after + times:
                        disk.calls += 1
                        raise error(code)
                return super().write(content)

        self._patch.setattr("playhead.core.exports.files.FileIO", Failing)

    def tell_room(self, total: int, free: int) -> None:
        """Let the disk say that it has so many bytes, of which so many are free."""

        def call(_: object) -> SimpleNamespace:
            self.calls += 1
            return SimpleNamespace(total=total, free=free)

        self._patch.setattr("shutil.disk_usage", call)

    def fold(self, form: Callable[[str], str]) -> None:
        """Take names in any form, and give them out in the one that `form` makes, as some disks do."""

        def folded(path: Any) -> Any:
            known = None if isinstance(path, int) else self._path(path)
            return path if known is None else self._folder + form(known)

        def one(genuine: Callable[..., Any]) -> Callable[..., Any]:
            return lambda path, *rest, **more: genuine(folded(path), *rest, **more)

        def two(genuine: Callable[..., Any]) -> Callable[..., Any]:
            return lambda path, other, **more: genuine(folded(path), folded(other), **more)

        for name in ("stat", "lstat", "open", "mkdir", "unlink"):
            self._patch.setattr(os, name, one(getattr(os, name)))
        for name in ("link", "rename", "replace"):
            self._patch.setattr(os, name, two(getattr(os, name)))

    def _path(self, given: Any) -> str | None:
        """The path within the folder that a call is about; None if it is about something else."""
        if isinstance(given, int):
            try:
                given = Path(f"/proc/self/fd/{given}").readlink()
            except OSError:
                return None
        if not isinstance(given, str | Path) or not str(given).startswith(self._folder):
            return None
        return str(given)[len(self._folder) :]


def decomposed(path: str) -> str:
    """The form in which old disks of Apple keep names."""
    return unicodedata.normalize("NFD", path)
