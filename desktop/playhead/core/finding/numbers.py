"""Phone numbers in a query: one number is found in whichever form it was typed, and a provider wrote it."""

import re
from urllib.parse import unquote

from playhead.core.finding.query import Either, Field, Node, Number, Readings, Way, Word
from playhead.core.latepattern import late_pattern
from playhead.core.text import digits_of, looks_like_number, western

SHORTEST, LONGEST = 7, 15
"""Digits of what is taken for a whole number if spaces or brackets are in it."""
_WHOLE = 10
"""Digits that are a whole number by themselves: what follows a space is something else."""

_FIGURES = r"\d[\d.\-/]*(?=[\s(),]|$)"
_BRACKET = r"\(\s*\+?\d{1,5}\s*\)"
_PART = rf"(?:{_BRACKET}\s*){{0,2}}{_FIGURES}"
"""Brackets are before figures, never last."""
_PLAIN = late_pattern(rf"\+?{_FIGURES}")
# One part more than fit in a number, so that one that is too long is seen to be.
_PARTED = late_pattern(rf"\+?{_PART}(?:\s*{_PART}){{0,{LONGEST}}}")
_UNFINISHED = late_pattern(r"(?:^|[\s:(,\-])\+?\d[\d.\-/]*(?:\s*\))?$")
_MORE = late_pattern(rf"{_FIGURES}|{_BRACKET}")
_EXTENSION_WORD = (
    r"e?xtn?|extensi(?:on|ón|ão)|x|durchwahl|dw|app(?:arat)?|toestel|tst|poste|interno|int|ramal|anexo|anknytning"
    r"|lokal|linka|wewn?|dahili|доб(?:авочный)?|вн|εσωτ|内線|内线|分机|分機|转|轉|내선"
)
"""In the languages of those who are rung most: a text of many words must not lose one to a number."""
_EXTENSION_TEXT = (
    rf"(?:\s*;\s*ext=|,,|(?<=\d)#|\s*(?:{_EXTENSION_WORD})\b[\s.:]*|\s*(?:{_EXTENSION_WORD}))"
    r"\d{1,7}#?(?=[\s(),]|$)"
)
_EXTENSION = late_pattern(_EXTENSION_TEXT, re.IGNORECASE)
_NEXT = late_pattern(rf"\+?(?:{_FIGURES}|{_BRACKET})|{_EXTENSION_TEXT}", re.IGNORECASE)
_LINK = late_pattern(
    # The apostrophe is what keeps a number whole in a spreadsheet.
    r"'?(?:[^<>]*<)?(?:(?:tel|sips?|callto):/*)?(?:[*#]+\d+#)?(?P<user>[^@;<>]*)(?:[@;>].*)?",
    re.IGNORECASE | re.DOTALL,
)


def widened(node: Node, typed: str, field: Field, readings: Readings) -> Node:
    """`node`, a number or a word, or `field`s with the same number in another form."""
    others = [digits for digits in readings(typed) if not _covers(node, digits)]
    if not others:
        return node
    return Either((node, *(Number(field, digits, Way.WHOLE) for digits in others)))


def number_end(text: str, start: int, shortest: int = 1) -> int:
    """The end of the number that is written in `text` from `start` on; `start` if there is none.

    It has spaces and brackets in it, `+31 (0)20 555 0123`, if it begins with its country, a zero or a
    bracket, or there is a bracket in it: two numbers side by side are otherwise two things to look for. One
    without has at least `shortest` digits. An extension behind it, `x4`, belongs to what was written.
    """
    end = _number_end(text, start, shortest)
    behind = _EXTENSION.match(text, end) if _count(text[start:end]) >= SHORTEST else None
    return end if behind is None else behind.end()


def _number_end(text: str, start: int, shortest: int) -> int:
    plain = _PLAIN.match(text, start)
    first = _count(plain.group()) if plain is not None else 0
    found = _PARTED.match(text, start) if first < _WHOLE else None
    if found is not None and (plain is None or found.end() > plain.end()):
        written = found.group()
        parted = written.startswith(("+", "0")) or "(" in written
        if parted and SHORTEST <= _count(written) <= LONGEST:
            return found.end()
    return plain.end() if plain is not None and first >= shortest else start


def numbers_in(written: str) -> tuple[str, ...]:
    """The numbers that are `written` with commas between them; none if anything else is there."""
    parts = tuple(part for part in (each.strip() for each in written.split(",")) if part)
    whole = "," in written and all(
        SHORTEST <= _count(part) <= LONGEST and looks_like_number(part) for part in parts
    )
    return parts if whole else ()


def dialled(typed: str) -> str:
    """The number in what was typed: without its extension, and without what a link (RFC 3966) adds to it.

    `typed` itself, in plain signs, if it is no number, or one within a host, which has its own `1001`.
    """
    written = " ".join(unquote(western(typed)).split())
    number = _without_extension(written)
    link = _LINK.fullmatch(number)
    user = "" if link is None else link["user"].strip("/ ")
    hosted = "@" in number and not user.startswith(("+", "00"))
    return user if looks_like_number(user) and not hosted else written


def _without_extension(written: str) -> str:
    for behind in _EXTENSION.finditer(written):
        if behind.end() == len(written) and _count(written[: behind.start()]) >= SHORTEST:
            return written[: behind.start()]
    return written


def starts_number(text: str) -> bool:
    """True if `text` begins with figures, alone or in brackets, or with an extension."""
    return _NEXT.match(text) is not None


def may_continue(before: str, after: str) -> bool:
    """True if `after`, put behind `before`, may be taken for more of the same number or list of numbers."""
    if before.endswith(","):
        return starts_number(after)
    return _UNFINISHED.search(before) is not None and _MORE.match(after) is not None


def _count(written: str) -> int:
    return len(digits_of(written))


def _covers(node: Node, digits: str) -> bool:
    match node:
        case Number(_, sought, Way.WHOLE):
            return digits == sought
        case Number(_, sought, Way.START):
            return digits.startswith(sought)
        case Number(_, sought, Way.PART) | Word(_, sought):
            return bool(sought) and sought in digits
        case _:
            return True
