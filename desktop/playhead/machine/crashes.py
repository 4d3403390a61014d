"""Traces of a crash of the interpreter: the stacks of its threads."""

import faulthandler
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhead.machine.private import place, redacted

_SIZE = 200_000
"""Bytes of earlier crashes that are kept, the latest."""
_FILE = re.compile(r'(?<=File ")[^"\n]*(?=")')


@contextmanager
def catching_crashes(file: Path) -> Iterator[None]:
    """Have a crash of the interpreter written into `file`, which only this person can read.

    Where the interpreter dies, nothing can be shortened any more: paths are written as they are, with the
    person's name in them if Playhead is installed there. What an earlier crash has left is gone over here.
    Raises `OSError`.
    """
    _go_over(file)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        faulthandler.enable(descriptor)
        yield
    finally:
        faulthandler.disable()
        os.close(descriptor)


def _go_over(file: Path) -> None:
    """Leave of each path only the part inside its package or library."""
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - _SIZE))
            left = opened.read(_SIZE).decode("utf-8", "replace")
    except FileNotFoundError:
        return
    short = redacted(_FILE.sub(lambda found: place(found[0]), left))
    if short != left:
        part = file.with_name(f"{file.name}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened_part:
            opened_part.write(short)
        part.replace(file)
