"""The log: what happened and when, without anything private."""

import errno
import logging
import logging.handlers
import os
import queue
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from io import FileIO, TextIOWrapper
from pathlib import Path
from types import FrameType, TracebackType

from typing_extensions import override

from playhead.core.errors import PlayheadError
from playhead.machine.crashes import catching_crashes, last_words
from playhead.machine.private import place, redacted

_FRAMES = 60
"""How many calls of an error are written down, the last ones."""
_LINKS = 20
"""How many errors of one chain, and of one group."""
_DEPTH = 4
"""How deep groups in groups are looked into."""


def trace(error: BaseException, _depth: int = 0) -> str:
    """`error` with its calls, and those that led to it.

    What a foreign error says may hold whatever passed through the code: an address, a name, a number, a key.
    So its message, its arguments and its notes are left out; the `detail` of ours is written for the log.
    """
    parts: list[str] = []
    for each, link in _chain(error):
        parts.append("\n".join([*_calls(each.__traceback__), named(each)]))
        if isinstance(each, BaseExceptionGroup):
            inside = each.exceptions[:_LINKS] if _depth < _DEPTH else ()
            parts += [_indented(trace(one, _depth + 1)) for one in inside]
        if link:
            parts.append(link)
    return "\n".join(parts)


def named(error: BaseException) -> str:
    """The kind of an error, and what may be said of it."""
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    if isinstance(error, PlayheadError):
        return f"{name}: {redacted(error.detail)}" if error.detail else name
    number = error.errno if isinstance(error, OSError) else None
    meaning = errno.errorcode.get(number) if isinstance(number, int) else None
    return f"{name} ({meaning})" if meaning else name


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """Chain of errors that led to `error`, the first first, each with the words that lead to the next."""
    chain: list[tuple[BaseException, str]] = [(error, "")]
    seen = {id(error)}
    while len(chain) < _LINKS:
        last = chain[-1][0]
        before, words = last.__cause__, "it led to:"
        if before is None and not last.__suppress_context__:
            before, words = last.__context__, "while that was handled:"
        if before is None or id(before) in seen:
            break
        seen.add(id(before))
        chain.append((before, words))
    return reversed(chain)


def _calls(calls: TracebackType | None) -> Iterator[str]:
    lines: list[str] = []
    while calls is not None:
        code = calls.tb_frame.f_code
        lines.append(f'  File "{place(code.co_filename)}", line {calls.tb_lineno}, in {code.co_name}')
        calls = calls.tb_next
    if lines:
        yield "Traceback (most recent call last):"
    if len(lines) > _FRAMES:
        yield f"  ({len(lines) - _FRAMES} calls before)"
    yield from lines[-_FRAMES:]


def _indented(text: str) -> str:
    return "\n".join(f"  | {line}" for line in text.splitlines())


_SIZE = 1_000_000
_OURS = "playhead"


class Redacting(logging.Formatter):
    """Formats message and traceback so that nothing private is in them.

    What Playhead itself says is redacted. Libraries speak of whatever passes through them: of theirs, only a
    text that stands in their code as it is is written down, with numbers; anything else is named by its kind.
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = redacted(_message(record))
        error = record.exc_info[1] if record.exc_info else None
        return text if error is None else f"{text}\n{trace(error)}"


@contextmanager
def logging_to(file: Path, level: str = "warning", *, crash: Path | None = None) -> Iterator[None]:
    """Log to `file` (1 MB, and one older) and to the terminal, from a thread of its own.

    Errors that nobody caught go there, too. `crash` takes the stacks of a crash of the interpreter. A file
    that cannot be written is done without.
    """
    number = getattr(logging, level.upper())
    lines = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handlers: list[logging.Handler] = []
    with ExitStack() as stack:
        # A handler that fails would write down on the terminal what it was given.
        stack.callback(setattr, logging, "raiseExceptions", logging.raiseExceptions)
        logging.raiseExceptions = False
        if sys.stderr is not None:  # None in a program without a console on Windows
            handlers.append(logging.StreamHandler())
        try:
            handlers.append(_PrivateFile(file, maxBytes=_SIZE, backupCount=1, encoding="utf-8"))
            if crash is not None:
                stack.enter_context(catching_crashes(crash))
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
        for logger, lowest in ((root, max(number, logging.WARNING)), (logging.getLogger(_OURS), number)):
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(lowest)
        stack.enter_context(last_words())
        yield


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only this person can read."""

    @override
    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(FileIO(descriptor, "a"), encoding=self.encoding, write_through=True)


def _message(record: logging.LogRecord) -> str:
    """Message of a record. Whatever it was given, nothing raises."""
    ours = record.name == _OURS or record.name.startswith(f"{_OURS}.")
    if not isinstance(record.msg, str) or not (ours or _stands_in_the_code(record)):
        kind = named(record.msg) if isinstance(record.msg, BaseException) else "a text made on the way"
        return f"{kind}, at {place(record.pathname)}:{record.lineno}"
    given: object = record.args
    try:
        if isinstance(given, Mapping):
            return record.msg % {name: _plain(value, ours=ours) for name, value in given.items()}
        if isinstance(given, tuple) and given:
            return record.msg % tuple(_plain(value, ours=ours) for value in given)
    except Exception:  # noqa: BLE001 - a record that does not fit its words, or whose values raise
        return record.msg
    return record.msg


def _plain(value: object, *, ours: bool) -> object:
    """`value`, if it may be written down; else of which kind it is."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, BaseException):
        return named(value)
    if ours and isinstance(value, str | Mapping):
        return str(value)
    return f"<{type(value).__name__}>"


def _stands_in_the_code(record: logging.LogRecord) -> bool:
    """Tell whether the words of a record are a constant of who says them; asked while they are being said."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the only way to the code that logs
    while frame is not None:
        if record.msg in frame.f_code.co_consts:
            return True
        if frame.f_code.co_filename == record.pathname and frame.f_lineno == record.lineno:
            return False
        frame = frame.f_back
    return False
