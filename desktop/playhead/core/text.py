"""Comparing words and numbers whatever their case, accents, signs and punctuation."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from playhead.core.letters import UNSEEN, folded_letter, plain_letter

LONGEST_NUMBER: Final = 15
"""Digits of a phone number with its country (ITU-T E.164); more are several numbers, or none."""
_SHORTEST_INTERNATIONAL: Final = 8
"""Digits from which on a number is taken to have its country in front."""
_LONG_ENOUGH: Final = 6
"""Digits before letters that may be an extension: `5b74` is no number with one."""

_NOT_DIGITS = re.compile(r"[^0-9]")
_INTERNATIONAL = re.compile(r"[\s(]*(?:\+|00)")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(r"[(]?(\+?)[(]?[0-9][0-9\s().\-/]*")

_ADDRESSED = re.compile(r"<([^<>]*)>")
_SCHEME = re.compile(r"(?:tel|sips?|callto):/*", re.IGNORECASE)
_SERVICE = re.compile(r"[*#]+[0-9]+[*#\s\-]+(?=\+?[(]?[0-9])")
_FIRST_NUMBER = re.compile(r"\+?[(]?\+?[0-9](?:[0-9\s().\-/]*[0-9])?")
_EXTENSION = re.compile(r"[^\W\d_]+[\s.:=]*[0-9]{1,7}\W*")
"""A word and a few digits, whatever the word for it is."""


def fold(text: str) -> str:
    """`text` as it is compared when a person searches: without case, accents and what nobody sees.

    Twins of a sign are one sign, digits of every script are those of ASCII.
    """
    if text.isascii() and text.isprintable():
        return text.lower().replace("`", "'")
    # Unseen marks first: one of them may stand between a letter and its accent.
    letters = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", "".join(map(folded_letter, letters)))


def folded_places(text: str) -> tuple[str, Sequence[int]]:
    """`fold(text)`, and for each of its letters, and its end, the place in `text`.

    Letters that become one, as a sign and its mark, have the place of the first.
    """
    whole = fold(text)
    if text.isascii() and text.isprintable():
        return whole, range(len(text) + 1)
    parts = [(place, fold(letter)) for place, letter in enumerate(text)]
    if "".join(folded for _, folded in parts) != whole:
        parts = [(place, fold(group)) for place, group in _groups(text)]
    places = [place for place, folded in parts for _ in folded]
    return "".join(folded for _, folded in parts), [*places, len(text)]


def _groups(text: str) -> Iterator[tuple[int, str]]:
    """The parts of `text` that are folded apart from one another, and where they begin."""
    start = 0
    for place in range(1, len(text)):
        letter = text[place]
        # None of ASCII joins what is before it; a mark, and what leaves nothing, belongs there in any case.
        if not (letter.isascii() and letter.isprintable()):
            alone = fold(letter)
            if not alone or unicodedata.combining(letter):
                continue
            if fold(text[start : place + 1]) != fold(text[start:place]) + alone:
                continue
        yield start, text[start:place]
        start = place
    yield start, text[start:]


def seen(text: str) -> str:
    """`text` without the marks that nobody sees, as they come along when something is copied."""
    return UNSEEN.sub("", text)


def western(text: str) -> str:
    """`text` with the signs and digits that ASCII has, and without unseen marks: `＋٣١–٢٠` is `+31-20`."""
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    return "".join(map(plain_letter, UNSEEN.sub("", text)))


def digits_of(address: str) -> str:
    """The digits of the phone number in `address`, in international form: without `+`, `00`, `(0)`.

    What is not the number has no part in them: its extension, the code of a service before it, the host and
    the parameters of a link. Without a number there are none.
    """
    written = western(address)
    number = written if _NUMBER.fullmatch(written) else _number_in(written)
    if _INTERNATIONAL.match(number):
        number = _TRUNK_ZERO.sub("", number)
    return _NOT_DIGITS.sub("", number).removeprefix("00")


def international_digits(address: str) -> str:
    """The digits of an address that is one whole number with its country, and nothing else.

    Empty for anything else, which is to be shown as it came: an extension, a link, a national number.
    """
    written = western(address).strip()
    found = _NUMBER.fullmatch(written)
    if found is None or not (written.isdecimal() or _INTERNATIONAL.match(written)):
        return ""
    digits = digits_of(written)
    whole = _SHORTEST_INTERNATIONAL <= len(digits) <= LONGEST_NUMBER and not digits.startswith("0")
    return digits if whole else ""


def looks_like_number(text: str) -> bool:
    """Tell whether a person who typed `text` means a phone number or a part of one."""
    written = western(text)
    found = _NUMBER.fullmatch(written)
    return found is not None and (bool(found[1]) or len(_NOT_DIGITS.sub("", written)) >= 3)


def shortened(identifier: str, length: int = 13) -> str:
    """An id with its middle left out, so that begin and end stay comparable: `5b74ee…6bbd`."""
    if len(identifier) <= length:
        return identifier
    head = (length - 1) * 3 // 5
    return f"{identifier[:head]}…{identifier[-(length - 1 - head) :]}"


def _number_in(written: str) -> str:
    """The first number in a text that is more than a number; empty if its figures are part of something."""
    addressed = _ADDRESSED.search(written)
    link = unquote((addressed[1] if addressed else written).strip())
    scheme = _SCHEME.match(link)
    user, at, _ = (link[scheme.end() :] if scheme else link).partition("@")
    user = user.partition(";")[0].strip()
    if scheme and "sip" in scheme[0].lower() and not at and ("." in user or not _NUMBER.fullmatch(user)):
        return ""  # a host alone
    code = _SERVICE.match(user)
    number = _FIRST_NUMBER.search(user, code.end() if code else 0)
    if number is None:
        return ""
    rest = user[number.end() :]
    if rest[:1].isalpha() and (
        len(_NOT_DIGITS.sub("", number[0])) < _LONG_ENOUGH or not _EXTENSION.fullmatch(rest)
    ):
        return ""
    return number[0]
