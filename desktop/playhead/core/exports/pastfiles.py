"""Files of an earlier export, read without trusting its folder: papers up to a limit, names in any form."""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from playhead.core.errors import ExportUnreadable
from playhead.core.exports.files import files_in
from playhead.core.exports.naming import same_file
from playhead.core.exports.within import opened

LARGEST_PAPER = 600_000_000
"""Bytes of the largest paper that is read: `recordings.json` of some half a million recordings."""


def paper(folder: Path, path: str, limit: int = LARGEST_PAPER) -> bytes:
    """All of a paper. Raises `OSError`, or `ExportUnreadable` (`large`) for more than `limit` bytes."""
    with opened(folder, path) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise ExportUnreadable("large", f"over {limit} bytes")
        return file.read(limit)


class Spellings:
    """Spelling of paths in a folder: a disk may have changed their Unicode form, or their case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, path: str) -> str:
        """The path of the same file in the folder; `path` itself if it is there, or none is."""
        if not path or os.path.lexists(self._folder / path):
            return path
        return self._known.get(same_file(path), path)

    def strangers(self, known: set[str]) -> Iterator[str]:
        """The files in the folder that are none of `known`, however those are spelled there."""
        there = sorted(files_in(self._folder))
        # A disk may give out a name in another form than it takes it in.
        otherwise = {same_file(path) for path in known.difference(there)}
        return (path for path in there if path not in known and same_file(path) not in otherwise)

    @cached_property
    def _known(self) -> Mapping[str, str]:
        return {same_file(each): each for each in files_in(self._folder)}
