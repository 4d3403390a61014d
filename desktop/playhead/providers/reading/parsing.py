"""From the bytes of an answer to what its JSON says: what is wrong in one value costs that value.

Pure functions of what they are given, for any thread. What is too much is counted before objects are made.
"""

import codecs
import json
import re
from collections.abc import Mapping

from playhead.core.errors import Garbled
from playhead.core.latepattern import late_pattern
from playhead.providers.http.limits import JSON_DEPTH, PAGE_OBJECTS

LONGEST_INTEGER = 40
"""Digits; a longer number counts nothing, and Python refuses to read one of more than 4300."""

VALUES_AN_OBJECT = 4
"""Values that take as much memory as an empty object."""

_BLANK = "\ufeff\0"
"""Characters that may stand around JSON besides blanks."""

_TOKEN = late_pattern(r'[{}\[\],]|"(?:[^"\\]++|\\.)*+"?+', re.DOTALL)
_ESCAPE = late_pattern(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})|\\')
_CHARSET = late_pattern(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
LATIN: Mapping[str, str] = {
    # What is called Latin-1 on the web is what Windows made of it: https://encoding.spec.whatwg.org/#names-and-labels
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
}
"""By Python's names, what servers declare that know nothing of it."""
_CHARSETS: Mapping[str, str] = {
    **LATIN,
    **{name: name for name in ("utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "cp866", "euc_jp")},
    **{f"cp{page}": f"cp{page}" for page in (874, 932, 949, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 16)},
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5hkscs"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp",
}
"""By Python's names, as the web reads them; UTF-8 is tried first, since much of it is called otherwise."""


def decoded(body: bytes, content_type: str = "") -> str:
    """`body` as text, without a byte order mark. What cannot be read in it becomes U+FFFD."""
    written: str = json.detect_encoding(body[:4])
    if written in {"utf-8", "utf-8-sig"}:
        try:
            return body.decode(written)
        except UnicodeDecodeError:
            written = declared(content_type) or written
    return body.decode(written, "replace")


def declared(content_type: str) -> str | None:
    """Python's name of the encoding in a media type, where it is one of those that are believed."""
    named = _CHARSET.search(content_type)
    try:
        return _CHARSETS.get(codecs.lookup(named[1]).name) if named else None
    except LookupError:
        return None


def parsed(text: str, *, objects: int = PAGE_OBJECTS) -> object:
    """Value of the JSON in `text`, with at most so many `objects`.

    A number that is none, or what is nested too deep, is None; an integer of very many digits is text. Raises
    `Garbled`: `html` for a page of the web, `large` for more objects, `json` for what is not one document.
    """
    text = text.strip().strip(_BLANK).strip()
    if text.startswith("<"):
        raise Garbled("html")
    if _objects(text) > objects and _exceeds(text, objects):
        raise Garbled("large", "too many objects")
    said, end, text = _read(text)
    # A note behind the document takes nothing from it; of two documents nobody knows which one holds.
    if text[end : end + 200].strip().strip(_BLANK).strip().startswith(("{", "[")):
        raise Garbled("json", "two documents")
    return said


def _read(text: str) -> tuple[object, int, str]:
    """The first document in `text`, its end, and `text` as it could be read. Raises `Garbled`."""
    for _ in range(3):
        try:
            return *_DECODER.raw_decode(text), text
        except RecursionError:
            mended = _shallow(text)
        except ValueError:
            mended = _ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else r"\\", text)
        if mended == text:
            break
        text = mended
    raise Garbled("json")


def _objects(text: str) -> int:
    """Number of objects that `text` holds at most, other values taken by the memory that they need."""
    return text.count("{") + text.count("[") + text.count(",") // VALUES_AN_OBJECT


def _exceeds(text: str, objects: int) -> bool:
    """True if there are more, not counting what merely stands in a string."""
    opened = commas = strings = 0
    for token in _TOKEN.finditer(text):
        match text[token.start()]:
            case "{" | "[":
                opened += 1
            case ",":
                commas += 1
            case '"':
                strings += 1
        # No value without its comma; of a name and its value both may be strings.
        values = max(commas, strings // 2 - opened)
        if opened + values // VALUES_AN_OBJECT > objects:
            return True
    return False


def _shallow(text: str) -> str:
    """`text` with null for everything that is deeper in it than `JSON_DEPTH`."""
    parts, depth, taken = list[str](), 0, 0
    for token in _TOKEN.finditer(text):
        place = token.start()
        if text[place] in "{[":
            depth += 1
            if depth == JSON_DEPTH + 1:
                parts.append(text[taken:place])
        elif text[place] in "}]":
            if depth == JSON_DEPTH + 1:
                parts.append("null")
                taken = place + 1
            depth -= 1
    return text if not parts else "".join(parts) + (text[taken:] if depth <= JSON_DEPTH else "")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits


def _nothing(_: str) -> None:
    """NaN and Infinity are no values."""


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_nothing, strict=False)
