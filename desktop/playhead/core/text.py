"""Comparing words and numbers whatever their case, accents and punctuation."""

import re
import unicodedata

_NOT_DIGITS = re.compile(r"[^0-9]")
_INTERNATIONAL = re.compile(r"[\s(]*(?:\+|00)")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(r"[(]?(\+?)[(]?[0-9][0-9\s().\-/‐‑–]*")


def fold(text: str) -> str:
    """`text` without case and accents, in one normal form: what is compared when a person searches."""
    if text.isascii():
        return text.lower()
    # Decomposed before and after: some letters have a case, or an accent, only in their simpler form.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def western(number: str) -> str:
    """`number` with the digits of every script, and full-width signs, as ASCII has them: `٠٢٠` is `020`."""
    if number.isascii():
        return number
    written = unicodedata.normalize("NFKC", number)
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in written)


def digits_of(number: str) -> str:
    """The digits of a phone number in international form: without `+`, `00`, `(0)` and punctuation."""
    written = western(number)
    if _INTERNATIONAL.match(written):
        written = _TRUNK_ZERO.sub("", written)
    return _NOT_DIGITS.sub("", written).removeprefix("00")


def looks_like_number(text: str) -> bool:
    """Whether a person who typed `text` means a phone number or a part of one."""
    written = western(text)
    found = _NUMBER.fullmatch(written)
    return found is not None and (bool(found[1]) or len(_NOT_DIGITS.sub("", written)) >= 3)


def shortened(identifier: str, length: int = 13) -> str:
    """An id with its middle left out, so that begin and end stay comparable: `5b74ee…6bbd`."""
    if len(identifier) <= length:
        return identifier
    head = (length - 1) * 3 // 5
    return f"{identifier[:head]}…{identifier[-(length - 1 - head) :]}"
