"""Keeping a provider's row as it came, for good: what is counted while it is copied, and what is left out."""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from playhead.core.links import is_link, names_link
from playhead.providers.http.limits import NAME_SIZE, ROW_SIZE, TEXT_SIZE, VALUE_SIZE

_DEEPEST = 20
_LARGEST_INTEGER = 10**40
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Copying:
    """Copies one row, as far as there is room: less every link, and less what JSON cannot hold."""

    def __init__(self) -> None:
        self.room = ROW_SIZE
        self.cut = False
        """True if a text was longer than is kept, or a value deeper."""

    def of(self, value: object, depth: int) -> object:
        """Part of `value` that can be kept."""
        match value:
            case dict() | list() if depth > _DEEPEST:
                self.cut = True
                return None
            case dict():
                return self._fields(value, depth)
            case list():
                return self._parts(value, depth)
            case str():
                return self._text(value) or ""
            case bool():
                return value
            case int():
                return value if -_LARGEST_INTEGER < value < _LARGEST_INTEGER else None
            case float():
                return value if math.isfinite(value) else None
            case _:
                return value

    def _fields(self, facts: Mapping[object, object], depth: int) -> object:
        clean: dict[str, object] = {}
        for key, inner in facts.items():
            if self.room <= 0:
                break
            self.room -= VALUE_SIZE
            name = _kept_name(str(key)[:NAME_SIZE])
            if name is None:
                continue
            # Most of it is text, for which one call more would take longer than all the rest.
            if isinstance(inner, str) and len(inner) <= TEXT_SIZE:
                self.room -= len(inner)
                if not is_link(inner):
                    clean[name] = storable(inner)
            elif not isinstance(inner, str):
                clean[name] = self.of(inner, depth + 1)
            elif (text := self._text(inner)) is not None:
                clean[name] = text
        return clean

    def _parts(self, parts: Sequence[object], depth: int) -> object:
        clean: list[object] = []
        for inner in parts:
            if self.room <= 0:
                break
            self.room -= VALUE_SIZE
            if not isinstance(inner, str):
                clean.append(self.of(inner, depth + 1))
            elif (text := self._text(inner)) is not None:
                clean.append(text)
        return clean

    def _text(self, text: str) -> str | None:
        """As much of a text as is kept; None if it is a link."""
        if len(text) > TEXT_SIZE:
            text, self.cut = text[:TEXT_SIZE], True
        self.room -= len(text)
        return None if is_link(text) else storable(text)


@lru_cache(maxsize=1024)
def _kept_name(key: str) -> str | None:
    """The name of a field as it is kept; None if it is said to hold a link."""
    return None if names_link(key) else storable(key)


def storable(text: str) -> str:
    """`text` less the halves of characters that JSON can hold and nothing else can."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
