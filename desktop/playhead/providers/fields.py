"""Reading single values of a provider's JSON: what fits is taken, what does not is None, nothing raises."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

from playhead.core.links import is_link, names_link

LONGEST_NAME = 1000
"""Characters of a name that are kept for showing; `raw` keeps all of it."""

LONGEST_WORD = 200
"""The same for statuses, formats and other words."""

_LONGEST_ID = 500
_DEEPEST = 20
_LARGEST_SIZE = 2**53
_LONGEST_SECONDS = 10.0 * 365 * 24 * 3600
_MILLISECONDS_FROM = 1e11
"""A number this big is an epoch in milliseconds: in seconds it would be the year 5138."""

_BREAKS = re.compile(r"[\t\n\r\u2028\u2029]+")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")

Found = TypeVar("Found")


class Row:
    """One object of a provider's answer. Counts the fields whose value is not what is documented."""

    def __init__(self, facts: Mapping[str, object], oddities: "Counter[str] | None" = None) -> None:
        self._facts = facts
        self._oddities = Counter[str]() if oddities is None else oddities

    def text(self, field: str, limit: int = LONGEST_WORD) -> str | None:
        """Text to show: on one line, without invisible characters; a whole number counts as text."""
        value = _whole_number(self._facts.get(field))
        return self._noted(field, shown(value, limit) or None if isinstance(value, str) else None)

    def identifier(self, field: str) -> str | None:
        """An id, exactly as it was sent, if it can be one."""
        value = _whole_number(self._facts.get(field))
        fits = (
            isinstance(value, str) and len(value) <= _LONGEST_ID and shown(value, _LONGEST_ID) == value != ""
        )
        return self._noted(field, value if isinstance(value, str) and fits else None)

    def truth(self, field: str) -> bool | None:
        """True or false."""
        value = self._facts.get(field)
        return self._noted(field, value if isinstance(value, bool) else None)

    def moment(self, field: str) -> datetime | None:
        """A moment in UTC; None for the year 1, which is how Go says that nothing was set."""
        value = self._facts.get(field)
        unset = isinstance(value, str) and value.startswith("0001-")
        return None if unset else self._noted(field, moment(value))

    def seconds(self, field: str) -> float | None:
        """A duration."""
        return self._noted(field, _seconds(self._facts.get(field)))

    def size(self, field: str) -> int | None:
        """A number of bytes."""
        found = number(self._facts.get(field))
        return self._noted(field, int(found) if found is not None and 0 <= found <= _LARGEST_SIZE else None)

    def inner(self, field: str) -> "Row":
        """The object in a field; one without any fields if there is none."""
        value = self._facts.get(field)
        return Row(self._noted(field, value if isinstance(value, dict) else None) or {}, self._oddities)

    def _noted(self, field: str, found: Found | None) -> Found | None:
        if found is None and self._facts.get(field) not in (None, ""):
            self._oddities[field] += 1
        return found


def shown(text: str, limit: int = LONGEST_NAME) -> str:
    """`text` on one line, without control characters and without what reverses the direction of writing."""
    shorter = text[: limit * 4]
    if not (shorter.isascii() and shorter.isprintable()):
        shorter = _storable(_INVISIBLE.sub("", _BREAKS.sub(" ", shorter)))
    return shorter.strip()[:limit]


def moment(value: object) -> datetime | None:
    """The moment in `value`, in UTC: RFC 3339 (no zone: UTC), seconds or milliseconds since 1970."""
    try:
        if isinstance(value, str):
            written = datetime.fromisoformat(value.strip())
            found = written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            found = datetime.fromtimestamp(value / 1000 if value >= _MILLISECONDS_FROM else value, UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    # The first and the last year cannot be moved to every time zone.
    return found if 1 < found.year < 9999 else None


def number(value: object) -> float | None:
    """The finite number in `value`, or in its digits (which have no sign)."""
    try:
        if isinstance(value, str):
            value = float(value) if re.fullmatch(r"\s*\d{1,20}(\.\d{1,20})?\s*", value) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    except OverflowError:
        pass
    return None


def without_links(value: object, depth: int = 0) -> object:
    """`value` as it can be kept for good: less every link, at any depth, and less what JSON cannot hold."""
    if depth > _DEEPEST:
        return None
    match value:
        case dict():
            clean: dict[str, object] = {}
            for key, inner in value.items():
                name = _kept_name(str(key))
                if name is None:
                    continue
                # Most of it is text, for which one call more would take longer than all the rest.
                if not isinstance(inner, str):
                    clean[name] = without_links(inner, depth + 1)
                elif not is_link(inner):
                    clean[name] = _storable(inner)
            return clean
        case list():
            return [
                without_links(inner, depth + 1)
                for inner in value
                if not (isinstance(inner, str) and is_link(inner))
            ]
        case str():
            return "" if is_link(value) else _storable(value)
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value


def kept(value: object) -> Mapping[str, object]:
    """What `Recording.raw` holds of a row; a row that is no object is put under `row`."""
    clean = without_links(value)
    return clean if isinstance(clean, dict) else {"row": clean}


def fingerprint(raw: Mapping[str, object]) -> str:
    """A stable id for a row that came without one."""
    canonical = json.dumps(raw, sort_keys=True, ensure_ascii=True, default=str)
    return f"row-{hashlib.sha256(canonical.encode()).hexdigest()[:24]}"


@lru_cache(maxsize=1024)
def _kept_name(key: str) -> str | None:
    """The name of a field as it is kept; None if it is said to hold a link."""
    return None if names_link(key) else _storable(key)


def _storable(text: str) -> str:
    """`text` less the halves of characters that JSON can hold and nothing else can."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _whole_number(value: object) -> object:
    """A whole number as text; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return str(value)
    return value


def _seconds(value: object) -> float | None:
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value.strip())):
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    found = number(value)
    return found if found is not None and 0 <= found <= _LONGEST_SECONDS else None
