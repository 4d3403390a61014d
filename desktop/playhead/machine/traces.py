"""Errors as the log may hold them: of which kind, and where in the code; of foreign ones no word."""

import errno
from collections.abc import Iterator
from types import TracebackType

from playhead.core.errors import PlayheadError
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
