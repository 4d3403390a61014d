"""Rows of preferences: a field of a frozen dataclass says its default, what it may be and how it is read."""

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

_BEYOND = 10**400
"""A number that is greater than any that a row takes."""


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """Rules of one preference, in the metadata of its field."""

    read: Callable[[object], object]
    """Turns what stands in the file into a value; raises `ValueError` for what makes no sense."""
    write: Callable[[Any], object]
    kept: bool
    """False for a choice that ends with the program."""


def row(
    default: T,
    read: Callable[[object], T],
    write: Callable[[T], object] = lambda value: value,
    *,
    kept: bool = True,
) -> T:
    """A field whose value is immutable; `write` gives what JSON can hold, `read` understands that again."""
    return field(default_factory=lambda: default, metadata={"row": PreferenceRow(read, write, kept)})


def text(default: str = "") -> str:
    """A field for any text."""
    return row(default, _text)


def flag(*, kept: bool = True) -> bool:
    """A field that is off by default."""
    return row(default=False, read=_flag, kept=kept)


def number(default: float, low: float, high: float, *, kept: bool = True) -> float:
    """A field for a number; what is out of its limits is brought into them as it is read."""
    return row(default, partial(_number, low, high), kept=kept)


def choice(*known: T, kept: bool = True) -> T:
    """A field for one of several values, the first of which is the default."""
    return row(known[0], partial(_choice, known), kept=kept)


def taken(kind: type, content: dict[str, object]) -> dict[str, Any]:
    """Take the rows of `kind` out of `content`: its arguments, without those that make no sense."""
    arguments = {}
    for name, each in _kept_rows(kind):
        with suppress(ValueError):
            arguments[name] = each.read(content.pop(name, None))
    return arguments


def written(preferences: object) -> dict[str, object]:
    """Entries of the file for `preferences`, by the names of their rows."""
    return {name: each.write(getattr(preferences, name)) for name, each in _kept_rows(type(preferences))}


def check(preferences: object) -> None:
    """Raise `ValueError` if a value is none that its row would read."""
    for name, each in _rows(type(preferences)):
        value = getattr(preferences, name)
        if each.read(value) != value:
            raise ValueError(f"{name} {value!r} is not within its limits")


def bounds(kind: type, name: str) -> tuple[float, float]:
    """The least and the greatest number that the row of this name, a `number`, may be."""
    each = dict(_rows(kind))[name]
    low, high = each.read(-_BEYOND), each.read(_BEYOND)
    assert isinstance(low, float)
    assert isinstance(high, float)
    return low, high


def row_names(kind: type) -> frozenset[str]:
    """Names of the rows of `kind` that the file keeps."""
    return frozenset(name for name, _ in _kept_rows(kind))


def problem_of(kind: type, name: str, entry: object) -> str:
    """Say why `entry` is no value of a row of `kind`; empty if it is one."""
    try:
        dict(_kept_rows(kind))[name].read(entry)
    except ValueError as error:
        return str(error)
    return ""


def _rows(kind: type) -> Iterator[tuple[str, PreferenceRow]]:
    return ((each.name, each.metadata["row"]) for each in fields(kind) if "row" in each.metadata)


def _kept_rows(kind: type) -> Iterator[tuple[str, PreferenceRow]]:
    return ((name, each) for name, each in _rows(kind) if each.kept)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 - the file has a wrong value
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not within true and false")  # noqa: TRY004 - the file has a wrong value
    return value


def _number(low: float, high: float, value: object) -> float:
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        # Bounded before it is a float: an integer may be larger than any of those.
        return float(min(high, max(low, value)))
    raise ValueError("not a number")


def _choice(known: tuple[T, ...], value: object) -> T:
    for each in known:
        if each == value:  # that of the file is a plain text, this one may be of an enumeration
            return each
    raise ValueError(f"{value!r} is none of {', '.join(map(str, known))}")
