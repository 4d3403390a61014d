"""The places of the papers in the folder of an export."""

import contextlib
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile
from pathlib import Path

from playhead.core.exports.files import Kept, PartFile, intact, parts_of
from playhead.core.exports.naming import candidates, same_file
from playhead.core.exports.within import opened
from playhead.papers.earlier import OLD

_NUMBER = re.compile(r" \([0-9]+\)(?=\.[^.]*$|$)")


class Shelf:
    """Gives every paper its place: its own name, that of an `outdated` one, or one with a number."""

    def __init__(self, folder: Path, outdated: Mapping[str, Kept]) -> None:
        self._folder = folder
        self._outdated = outdated
        self._taken: set[str] = set()
        self._aside: dict[Path, Path] = {}

    def holds(self, name: str) -> bool:
        """Whether there is an outdated sheet called `name`, be it with a number."""
        return self._older(name) is not None

    def sheet(self, name: str) -> PartFile:
        """The making of the sheet `name`; to be discarded in the end."""
        path = self._older(name)
        return PartFile(self._folder, path or name, replace=path is not None)

    def withdraw(self, name: str) -> None:
        """Let an outdated list of sums speak of nothing while the papers that it knows make way.

        It is kept aside until `clear`, so that a run that is killed meanwhile can be gone on with.
        """
        path = self._older(name)
        if path is not None:
            self._aside[self._folder / f"{path}{OLD}"] = self._folder / path
            with contextlib.suppress(OSError):
                (self._folder / path).replace(self._folder / f"{path}{OLD}")

    def restore(self) -> None:
        """Bring back what was withdrawn, as the papers are still those of before."""
        for aside, path in reversed(self._aside.items()):
            with contextlib.suppress(OSError):
                if not path.exists():
                    aside.replace(path)

    def clear(self, lists: Iterable[str]) -> None:
        """Remove what this run and interrupted ones before have left of these `lists` of sums."""
        for name in lists:
            for path in (*parts_of(self._folder, name), self._folder / f"{name}{OLD}"):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def put(self, path: str, content: str) -> Kept:
        """Write a short text; what has the same bytes is left as it is."""
        encoded = content.encode("utf-8", "replace")
        self._sweep(path, encoded)
        kept = self._standing(path, encoded) or self._made(path, encoded)
        self._taken.add(kept.path)
        return kept

    def left(self, written: Iterable[Kept], *, but: Collection[str]) -> tuple[Kept, ...]:
        """The outdated papers that nothing took the place of, and that are still true.

        `but` are the names of papers that are still to come.
        """
        paths = {kept.path for kept in written}
        return tuple(
            kept
            for path, kept in self._outdated.items()
            if path not in paths and _bare(path) not in {same_file(name) for name in but}
        )

    def _sweep(self, path: str, content: bytes) -> None:
        """Remove what an interrupted run has left of this very text."""
        for part in parts_of(self._folder, path):
            with contextlib.suppress(OSError):
                with opened(self._folder, part.relative_to(self._folder).as_posix()) as left:
                    ours = content.startswith(left.read(len(content) + 1))
                if ours:
                    part.unlink()

    def _standing(self, path: str, content: bytes) -> Kept | None:
        size, digest = len(content), hashlib.sha256(content).hexdigest()
        # Not by a look at the whole folder, which may hold as many transcripts again.
        names = takewhile(lambda name: os.path.lexists(self._folder / name), candidates(path))
        known = (Kept(name, size, digest) for name in names)
        return next((kept for kept in known if intact(self._folder, kept)), None)

    def _made(self, path: str, content: bytes) -> Kept:
        part = PartFile(self._folder, path, replace=path in self._outdated)
        try:
            part.write(0, content)
            return part.keep()
        finally:
            part.discard()

    def _older(self, name: str) -> str | None:
        return next(
            (path for path in self._outdated if path not in self._taken and _bare(path) == same_file(name)),
            None,
        )


def _bare(path: str) -> str:
    """What a paper is called without its number, and however it is spelled."""
    return same_file(_NUMBER.sub("", path))
