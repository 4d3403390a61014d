"""Numbers that are read from left to right, in one piece, whatever is written beside them.

In a line that begins with a Hebrew or Arabic name the groups of a telephone number would be drawn in turned
order: another number, for whoever reads it. Unicode isolates keep them apart from what is around them.
Source: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
"""

import re
from typing import Final

_LEFT_TO_RIGHT: Final = "\u2066"
_POP: Final = "\u2069"
_NO_BREAK: Final = "\u00a0"
_BESIDE: Final = f"{_NO_BREAK}· "
_MAY_BREAK: Final = "\u200b"
_LONG: Final = re.compile(r"\d{4}(?=\d{3})")
"""Four digits in a long row of them."""
_TURNING: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of scripts that run from right to left."""
_NUMBER: Final = re.compile(r"[+(]*\d(?:[\d\s()./:+\-\u2010-\u2015]*\d)?")


def number(text: str) -> str:
    """A telephone number that is drawn from left to right and never broken into two lines."""
    return f"{_LEFT_TO_RIGHT}{text.replace(' ', _NO_BREAK)}{_POP}" if text else ""


def loosened(text: str) -> str:
    """The same where there is too little room: a number in two lines can be read, one that is cut cannot."""
    return _LONG.sub(lambda found: f"{found[0]}{_MAY_BREAK}", text.replace(_NO_BREAK, " "))


def beside(*parts: str) -> str:
    """Parts side by side, those that are not empty; where a line breaks, no separator begins the next."""
    return _BESIDE.join(part for part in parts if part)


def below(text: str) -> list[str]:
    """Parts that were put `beside` each other, for where they have to stand below each other."""
    return text.split(_BESIDE)


def readable(text: str) -> str:
    """`text` as it is drawn: every number in it from left to right, if anything could turn it."""
    if text.isascii() or _TURNING.search(text) is None:
        return text
    return _NUMBER.sub(lambda found: f"{_LEFT_TO_RIGHT}{found[0]}{_POP}", text)


def moved(text: str, place: int) -> int:
    """The place of a letter of `text` in what `readable` makes of it."""
    if text.isascii() or _TURNING.search(text) is None:
        return place
    numbers = _NUMBER.finditer(text)
    return place + sum((found.start() <= place) + (found.end() <= place) for found in numbers)
