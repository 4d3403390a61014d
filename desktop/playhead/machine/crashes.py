"""Traces of a crash of the interpreter: the stacks of its threads, and its last words."""

import faulthandler
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TextIO

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


_log = logging.getLogger(__name__)


@contextmanager
def last_words() -> Iterator[None]:
    """Send to the log what Python would write on the terminal, with the messages of errors in it."""
    with ExitStack() as stack:
        for module, name, ours in (
            (sys, "excepthook", _uncaught),
            (sys, "unraisablehook", _unraisable),
            (threading, "excepthook", _uncaught_in_a_thread),
            (warnings, "showwarning", _warned),
        ):
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, ours)
        yield


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.error("unexpected error", exc_info=(kind, error, trace))


def _unraisable(left: "sys.UnraisableHookArgs") -> None:
    error = left.exc_value
    _log.error("unexpected error while something was removed", exc_info=error if error else None)


def _uncaught_in_a_thread(left: threading.ExceptHookArgs) -> None:
    if left.exc_type is not SystemExit:
        _log.error("unexpected error in a thread", exc_info=left.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, file, line
    _log.warning("%s at %s:%d", category.__name__, place(filename), lineno)
