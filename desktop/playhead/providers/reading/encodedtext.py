"""Texts in any encoding: UTF-8 and UTF-16 by their bytes, else as declared or as usual in their language.

Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import codecs
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from playhead.core.latepattern import late_pattern
from playhead.providers.reading.parsing import LATIN, declared

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN: Final = "cp1252"
_OLD: Mapping[str, str] = {
    **dict.fromkeys(("bg", "mk", "ru", "sr", "uk", "be", "kk"), "cp1251"),
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    **dict.fromkeys(("he", "iw"), "cp1255"),
    **dict.fromkeys(("tr", "az", "ku"), "cp1254"),
    "el": "cp1253",
    "vi": "cp1258",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
"""The encoding that each language was written in before Unicode; all others: Western Europe's."""
_TRADITIONAL: Final = ("zh-tw", "zh-hk", "zh-hant")

_LOOKED_AT: Final = 8_000
"""Bytes in which UTF-16 is recognised."""
_FEWEST_HALVES: Final = 0.05
"""The least share of letters with an empty half: blanks and breaks are such in every script with blanks."""
_VAGUE: Final = frozenset({"utf-16", "utf-16-le", "utf-16-be", *LATIN.values()})
"""Declarations that mean nothing: what servers declare by default, and what the bytes tell better."""
_CERTAIN: Final = 4
"""Letters that are UTF-8 by no chance, where there are as many for each byte that is none."""
_SEQUENCE: Final = late_pattern("[^\x00-\x7f\ufffd]")


def text_of(body: bytes, content_type: str = "", locale: str | None = None) -> str:
    """`body` as text, without a byte order mark; `locale` is the language that it is in, if that is known.

    What cannot be read in it becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    if (wide := _wide(body)) is not None:
        return body.decode(wide, "replace")
    text = body.decode("utf-8", "replace")
    right, wrong = len(_SEQUENCE.findall(text)), text.count("\ufffd")
    named, old = declared(content_type), _old(locale)
    if not _is_utf_8(right, wrong) and named not in _VAGUE:
        # A few letters may be UTF-8 by chance; then somebody's word counts, if the text can be so read.
        for told in filter(None, (named, old if wrong and old != _WESTERN else None)):
            with suppress(UnicodeDecodeError):
                return body.decode(told)
    # Of UTF-8 in which some bytes are wrong, most that is not ASCII can be read.
    if right >= wrong:
        return text
    return body.decode(named or old, "replace")


def _is_utf_8(right: int, wrong: int) -> bool:
    """True for a text with that many letters beyond ASCII, and so many bytes that are no UTF-8."""
    return right >= _CERTAIN and right > _CERTAIN * wrong


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: one half of many letters is empty there, and the other of none."""
    some = body[:_LOOKED_AT]
    first, second = some[::2].count(0), some[1::2].count(0)
    fewest = max(2.0, _FEWEST_HALVES * len(some) / 2)
    if second >= fewest and second > 4 * first:
        return "utf-16-le"
    return "utf-16-be" if first >= fewest and first > 4 * second else None


def _old(locale: str | None) -> str:
    written = (locale or "").lower().replace("_", "-")
    if written.startswith(_TRADITIONAL):
        return "big5hkscs"
    return _OLD.get(written.partition("-")[0], _WESTERN)
