"""Reading single values of a provider's JSON: what fits is taken, what does not is None, nothing raises."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

from playhead.core.latepattern import late_pattern
from playhead.core.links import is_link, may_lead, names_link
from playhead.core.sentobject import SentObject, sent
from playhead.providers.http.limits import NAME_SIZE, ROW_SIZE, TEXT_SIZE, VALUE_SIZE

_DEEPEST = 20
_LARGEST_INTEGER = 10**40
_SURROGATE = late_pattern(r"[\ud800-\udfff]")
_SHORT = TEXT_SIZE
"""Characters of a row in which nothing can be too much but the length of a name..."""
_LONG_TEXT = late_pattern(f'"[^"]{{{NAME_SIZE}}}')
"""...which begins so, if there is no quotation mark in any text."""


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
                    clean[name] = inner if inner.isascii() else storable(inner)
            elif inner is None or isinstance(inner, bool):
                clean[name] = inner
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


LONGEST_NAME = 1000
"""Characters of a name that are kept for showing; `raw` keeps all of it."""

LONGEST_WORD = 200
"""The same for statuses, formats and other words."""

_LONGEST_ID = 500
_LARGEST_SIZE = 2**53
_SHORTENED = 4
"""Characters that are looked at for each that is shown: some of them are invisible."""
_LONGEST_SECONDS = 10.0 * 365 * 24 * 3600
_MILLISECONDS_FROM = 1e11
"""A number this big is an epoch in milliseconds: in seconds it would be the year 5138."""

_PLAIN = late_pattern(r"[A-Za-z0-9+(](?:[A-Za-z0-9+().,:_@' -]{0,100}[A-Za-z0-9).])?")
"""Text that is certainly shown as it is, in any field: a short one of the usual signs."""
_INSTANT = late_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](?:\.[0-9]{1,6})?Z")
"""A moment as nearly all are written."""
_BREAKS = late_pattern(r"[\t\n\r\u2028\u2029]+")
_INVISIBLE = late_pattern(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DIGITS = late_pattern(r"\d{1,20}(\.\d{1,20})?")
_CLOCK = late_pattern(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,9})?)")
_PERIOD = late_pattern(
    r"(?:P(?:(\d{1,5})D)?T)?(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)\s?S)?",
    re.IGNORECASE,
)
_EPOCH = late_pattern(r"[0-9]{10}(?:[0-9]{3})?")
"""Seconds or milliseconds since 1970; other numbers of digits may be a date without its dashes."""
_LEAP = late_pattern(r"(?<=:[0-5][0-9]:)60(?![0-9])")
_AROUND = "\ufeff\u200b\u200c\u200d\u2060"
"""Characters that are invisible and counts as no blank."""

Found = TypeVar("Found")


class Row:
    """One object of a provider's answer. Counts the fields whose value is not what is documented."""

    def __init__(self, facts: Mapping[str, object], oddities: "Counter[str] | None" = None) -> None:
        self._facts = facts
        self._oddities = Counter[str]() if oddities is None else oddities

    def text(self, field: str, limit: int = LONGEST_WORD) -> str | None:
        """Text to show, if it is no link: on one line, without invisible characters.

        A whole number counts as text.
        """
        value = self._facts.get(field)
        if value is None or (isinstance(value, str) and _PLAIN.fullmatch(value)):  # as most are
            return value
        value = _whole_number(value)
        fits = isinstance(value, str) and not is_link(value[: limit * _SHORTENED])
        return self._noted(field, shown(value, limit) or None if isinstance(value, str) and fits else None)

    def identifier(self, field: str) -> str | None:
        """An id, exactly as it was sent, if it can be one: no link, and no step up or down an address.

        One with a letter that could not be read is none either: it would be the id of something else.
        """
        value = self._facts.get(field)
        if value is None or (isinstance(value, str) and _PLAIN.fullmatch(value)):
            return value
        value = _whole_number(value)
        fits = (
            isinstance(value, str)
            and 0 < len(value) <= _LONGEST_ID
            and shown(value, _LONGEST_ID) == value
            and value not in {".", ".."}
            and "\ufffd" not in value
            and not is_link(value)
        )
        return self._noted(field, value if isinstance(value, str) and fits else None)

    def truth(self, field: str) -> bool | None:
        """True or false."""
        value = self._facts.get(field)
        return value if isinstance(value, bool) else self._noted(field, None)

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
        return Row(value if isinstance(value, dict) else self._noted(field, None) or {}, self._oddities)

    def _noted(self, field: str, found: Found | None) -> Found | None:
        if found is None and self._facts.get(field) not in (None, ""):
            self._oddities[field] += 1
        return found


def shown(text: str, limit: int = LONGEST_NAME) -> str:
    """`text` on one line, without control characters and without what reverses the direction of writing."""
    shorter = text[: limit * _SHORTENED]
    if not (shorter.isascii() and shorter.isprintable()):
        shorter = storable(_INVISIBLE.sub("", _BREAKS.sub(" ", shorter)))
    return shorter.strip()[:limit]


def moment(value: object) -> datetime | None:
    """The moment in `value`, in UTC: RFC 3339 (no zone: UTC), seconds or milliseconds since 1970."""
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            found = datetime.fromisoformat(value)
            return found if 1 < found.year < 9999 else None
        if isinstance(value, str):
            value = _bare(value).upper().removesuffix(" UTC").removesuffix(" GMT")
            value = int(value) if _EPOCH.fullmatch(value) else value
        if isinstance(value, str):
            # A second that was put in is the one before it: no `datetime` holds it.
            written = datetime.fromisoformat(_LEAP.sub("59", value))
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
            value = _bare(value)
            value = float(value) if _DIGITS.fullmatch(value) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    except OverflowError:
        pass
    return None


def period(value: str) -> float | None:
    """The seconds in `1:02:03.5`, `P0DT1M2.5S`, `1m2.5s` (as Go writes it) or `62.5 s`."""
    value, days = _bare(value), None
    if clock := _CLOCK.fullmatch(value):
        hours, minutes, seconds = clock.groups()
    elif length := _PERIOD.fullmatch(value):
        days, hours, minutes, seconds = length.groups()
    else:
        return None
    whole = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60
    return whole + float((seconds or "0").replace(",", "."))


def kept(value: object) -> SentObject:
    """Value of `Recording.raw` for a row; a row that is no object is put under `row`.

    Of a row or a text that is too large it is the beginning, and a field named `…` says so.
    """
    if isinstance(value, dict) and (usual := _usual(value)) is not None:
        return usual
    copying = Copying()
    clean = copying.of(value, 0)
    raw = clean if isinstance(clean, dict) else {"row": clean}
    whole = copying.room > 0 and not copying.cut
    return sent(raw if whole else {**raw, "…": "This is too large: the rest of it is not kept."})


def _usual(row: Mapping[str, object]) -> SentObject | None:
    """A row less its fields for links, if it is short and plain; None if each value has to be looked at.

    A look at the text of the whole tells that, in half the time that a look at every value takes.
    """
    fields = {name: value for name, value in row.items() if _kept_name(name[:NAME_SIZE]) is not None}
    try:
        found = sent(fields)
    except (ValueError, RecursionError):
        return None
    text = found.text
    is_long = len(text) > NAME_SIZE and (len(text) > _SHORT or _LONG_TEXT.search(text) is not None)
    is_deep = text.count("{") + text.count("[") > _DEEPEST
    is_odd = "\\" in text and ('\\"' in text or "\\ud" in text)
    return None if is_long or is_deep or is_odd or may_lead(text) else found


def fingerprint(raw: Mapping[str, object]) -> str:
    """A stable id for a row that came without one."""
    canonical = json.dumps(dict(raw), sort_keys=True, ensure_ascii=True, default=str)
    return f"row-{hashlib.sha256(canonical.encode()).hexdigest()[:24]}"


def _bare(text: str) -> str:
    """`text` without blanks and invisible marks around it."""
    return text.strip().strip(_AROUND).strip()


def _whole_number(value: object) -> object:
    """A whole number as text; anything else as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_SIZE:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_INTEGER:
        return str(value)
    return value


def _seconds(value: object) -> float | None:
    found = period(value) if isinstance(value, str) else None
    found = number(value) if found is None else found
    return found if found is not None and 0 <= found <= _LONGEST_SECONDS else None
