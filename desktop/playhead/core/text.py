"""Comparing words and numbers whatever their case, accents and punctuation."""

import re
import unicodedata

_NOT_DIGITS = re.compile(r"[^0-9]")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(r"(\+?)[(]?[0-9][0-9\s().\-/‐‑–]*")


def fold(text: str) -> str:
    """`text` without case and accents, in one normal form: what is compared when a person searches."""
    if text.isascii():
        return text.lower()
    # Decomposed before and after: some letters have a case, or an accent, only in their simpler form.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def digits_of(number: str) -> str:
    """The digits of a phone number in international form: without `+`, `00`, `(0)` and punctuation."""
    written = unicodedata.normalize("NFKC", number)
    if written.lstrip().startswith(("+", "00")):
        written = _TRUNK_ZERO.sub("", written)
    return _NOT_DIGITS.sub("", written).removeprefix("00")


def looks_like_number(text: str) -> bool:
    """Whether a person who typed `text` means a phone number or a part of one."""
    found = _NUMBER.fullmatch(text)
    return found is not None and (bool(found[1]) or len(_NOT_DIGITS.sub("", text)) >= 3)


def shortened(identifier: str, length: int = 13) -> str:
    """An id with its middle left out, so that begin and end stay comparable: `5b74ee…6bbd`."""
    if len(identifier) <= length:
        return identifier
    head = (length - 1) * 3 // 5
    return f"{identifier[:head]}…{identifier[-(length - 1 - head) :]}"
