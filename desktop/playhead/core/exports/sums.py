"""The sums of an export's files, as `SHA256SUMS` lists them."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

from playhead.core.exports.files import Kept
from playhead.core.exports.naming import candidates

SUMS = "SHA256SUMS"
"""The list of everything but the report, which can so tell the sum of the list."""
REPORT_SUMS = "report.sha256"
"""The list of the report and of `SHA256SUMS`."""
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_MOST = 1000


def to_sums(files: Iterable[Kept]) -> str:
    """What `sha256sum -c` reads: a sum and a path a line, sorted by path."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def read_sums(path: Path) -> dict[str, str]:
    """The sums in the file at `path`, by the path of what they are of; empty if it cannot be read.

    Lines that are none, or lead out of the folder, are left out.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    lines = (_LINE.fullmatch(line) for line in text.split("\n"))
    return {line[2]: line[1] for line in lines if line and inside(line[2])}


def editions(folder: Path, name: str) -> Iterator[str]:
    """The files in `folder` that are called `name`, or `name` with a number, as exports in one folder are.

    None in a folder that cannot be read.
    """
    for candidate in islice(candidates(name), _MOST):
        try:
            found = (folder / candidate).is_file()
        except OSError:
            return
        if not found:
            return
        yield candidate


def inside(path: str) -> bool:
    """Whether `path` stays in the folder that it is relative to, on every system."""
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    away = posix.is_absolute() or windows.drive or windows.root or ".." in {*posix.parts, *windows.parts}
    return bool(path) and "\0" not in path and not away
