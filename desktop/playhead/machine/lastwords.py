"""Last words of Python in the log: errors that nobody caught, and warnings."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TextIO

from playhead.machine.private import place

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
