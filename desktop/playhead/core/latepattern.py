"""Regular expressions that are compiled when they are first used: a start needs few of the many there are."""

import re
from typing import cast


class _LatePattern:
    """Stands for an expression, and has what that has once somebody asks for it."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self._text, self._flags), name)
        # From now on it is found without coming here.
        setattr(self, name, found)
        return found


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Give an expression that costs nothing until it is used; a faulty one raises `re.error` only then."""
    return cast("re.Pattern[str]", _LatePattern(text, flags))
