"""The log: what happened and when, without anything private."""

import faulthandler
import logging
import logging.handlers
import os
import queue
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import FileIO, TextIOWrapper
from pathlib import Path

from typing_extensions import override

_SIZE = 1_000_000

_UUID = r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
_PRIVATE = re.compile(
    rf"""
      (?P<keep>{_UUID})
    | (?P<scheme>\b(?:Bearer|AccessKey|Basic)\s+)[^\s'",)\]}}]+
    | (?P<header>\b(?:authorization|(?:access|refresh|id)_token|password|secret|api_?key)\b
        ['"]?\s*[:=,]\s*b?)(?:(?:Bearer|AccessKey|Basic)\s+)?(?:'[^']*'|"[^"]*"|[^\s,;)}}\]]+)
    | (?P<host>\bhttps?://)(?:[^\s/@'"]{{0,200}}@)?(?P<name>[^\s/?\#'"<>]++)[^\s?\#'"<>]{{0,2000}}+[?\#][^\s'"<>)]*
    | '(?:[A-Za-z]:)?[\\/][^'\n]{{1,2000}}'
    | (?<!File\ )"(?:[A-Za-z]:)?[\\/][^"\n]{{1,2000}}"
    | [\w.+%-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
    | \beyJ[\w-]+(?:\.[\w-]+)*
    | (?:\b|(?<=_))(?=[\w-]{{0,99}}\d)(?=[\w-]{{0,99}}[A-Za-z])[A-Za-z0-9_-]{{24,}}
    | \+?\(?\d(?:[\ ().\-/\u00a0]*\d){{6,}}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redacted(text: str) -> str:
    """`text` without credentials, signed links, e-mail addresses, phone numbers and paths, if it held any.

    A second line of defence: what is logged should hold none to begin with. UUIDs stay, because support asks
    for them.
    """
    return _PRIVATE.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    if found["keep"]:
        return found["keep"]
    if found["host"]:
        return f"{found['host']}{found['name']}/…"
    return f"{found['scheme'] or found['header'] or ''}…"


class Redacting(logging.Formatter):
    """Formats message and traceback, redacted."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


@contextmanager
def logging_to(file: Path, level: str = "warning", *, crash: Path | None = None) -> Iterator[None]:
    """Log to `file` (1 MB, and one older) and to the terminal, from a thread of its own.

    `crash` takes the stacks of a crash of the interpreter. A file that cannot be written is done without.
    """
    number = getattr(logging, level.upper())
    lines = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handlers: list[logging.Handler] = []
    with ExitStack() as stack:
        if sys.stderr is not None:  # None in a program without a console on Windows
            handlers.append(logging.StreamHandler())
        try:
            handlers.append(_PrivateFile(file, maxBytes=_SIZE, backupCount=1, encoding="utf-8"))
            if crash is not None:
                _catch_crashes(crash, stack)
        except OSError as error:
            logging.getLogger(__name__).info("no log file: %s", type(error).__name__)
        for handler in handlers:
            handler.setFormatter(lines)
            stack.callback(handler.close)

        waiting: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
        listener = logging.handlers.QueueListener(waiting, *handlers)
        listener.start()
        stack.callback(listener.stop)
        entrance = logging.handlers.QueueHandler(waiting)
        entrance.setFormatter(Redacting())
        root = logging.getLogger()
        root.addHandler(entrance)
        stack.callback(root.removeHandler, entrance)
        # Libraries write down whatever passes through them, even the arguments of a call with a secret: what
        # is of interest in detail is what Playhead does.
        for logger, lowest in ((root, max(number, logging.WARNING)), (logging.getLogger("playhead"), number)):
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(lowest)
        yield


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only this person can read."""

    @override
    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(FileIO(descriptor, "a"), encoding=self.encoding, write_through=True)


def _catch_crashes(crash: Path, stack: ExitStack) -> None:
    descriptor = os.open(crash, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    stack.callback(os.close, descriptor)
    faulthandler.enable(descriptor)
    stack.callback(faulthandler.disable)
