"""The sums of an export's files, as `SHA256SUMS` lists them."""

import codecs
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from playhead.core.errors import ExportUnreadable
from playhead.core.exports.diskaccess import opened
from playhead.core.exports.files import Kept, files_in
from playhead.core.exports.naming import same_file
from playhead.core.latepattern import late_pattern

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


SUMS = "SHA256SUMS"
"""The list of everything but the report, which can so tell the sum of the list."""
REPORT_SUMS = "report.sha256"
"""The list of the report and of `SHA256SUMS`."""
_LARGEST = 100_000_000
"""Bytes of the largest list that is read: some million files."""
_LINE = late_pattern(r"(?P<escaped>\\?)(?P<sum>[0-9a-fA-F]{64}) [ *](?P<path>.+)")
_BSD_LINE = late_pattern(r"(?P<escaped>\\?)SHA256 ?\((?P<path>.+)\) ?= (?P<sum>[0-9a-fA-F]{64})")
_LINE_ENDS = late_pattern(r"\r\n?|\n")
_ESCAPED = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNNAMEABLE = late_pattern("[\0\ud800-\udfff]")
"""What no name of a file has: NUL, and halves of characters."""
_NUMBER = late_pattern(r" \(([1-9][0-9]{0,8})\)(?=\.[^.]*$|$)")


def to_sums(files: Iterable[Kept]) -> str:
    """Text for `sha256sum -c`: a sum and a path a line, sorted by path."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def read_sums(path: Path) -> dict[str, str]:
    """The sums in the file at `path`, by the path of what they are of; empty if it cannot be read.

    Understands what other tools make of such a list: capital figures, other line ends, encodings and slashes,
    the form of BSD, and GNU's way to write odd names. Lines that are none, or lead out of the folder, are
    left out.
    """
    try:
        content = paper(path.parent, path.name, _LARGEST)
    except (OSError, ExportUnreadable):
        return {}
    lines = map(_listed, _LINE_ENDS.split(_decoded(content)))
    return dict(line for line in lines if line is not None and inside(line[0]))


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    # No path and no sum holds a NUL: every second byte is one where letters have two.
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[place : place + 1] == b"\0":
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def speaks_of(listed: Iterable[str], path: str) -> bool:
    """Tell whether a file is among those that are `listed`, however it is spelled there."""
    return same_file(path) in map(same_file, listed)


def _listed(line: str) -> tuple[str, str] | None:
    """Path and sum of a line; None if it is no line of a list."""
    found = _LINE.fullmatch(line) or _BSD_LINE.fullmatch(line)
    if found is None:
        return None
    path = found["path"]
    if found["escaped"]:
        path = re.sub(r"\\[\\nr]", lambda sign: _ESCAPED[sign[0]], path)
    else:
        # No name that we give has a backslash: it is how Windows parts folders.
        path = path.replace("\\", "/")
    return path.removeprefix("./"), found["sum"].lower()


def editions(folder: Path, name: str) -> Iterator[str]:
    """The files in `folder` that are called `name`, or `name` with a number, as exports in one folder are.

    In the order of their numbers, wherever one is missing; as they are spelled there. None in a folder that
    cannot be read.
    """
    wanted = same_file(name)
    found: list[tuple[int, str]] = []
    try:
        for each in folder.iterdir():
            number = _NUMBER.search(each.name)
            bare = _NUMBER.sub("", each.name) if number else each.name
            if same_file(bare) == wanted and stat.S_ISREG(each.lstat().st_mode):
                found.append((int(number[1]) if number else 1, each.name))
    except OSError:
        return
    yield from (path for _, path in sorted(found))


def inside(path: str) -> bool:
    """Tell whether `path` stays in the folder that it is relative to, on every system."""
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    away = posix.is_absolute() or windows.drive or windows.root or ".." in {*posix.parts, *windows.parts}
    return bool(path) and _UNNAMEABLE.search(path) is None and not away
