"""Phone numbers as people write them: shown in international form, understood in the form of one's country.

Its library takes as long to load as a window to open, so the program loads this module in a thread.
"""

from collections.abc import Sequence
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    is_valid_number,
    parse,
    region_code_for_number,
)

from playhead.core.finding.numbers import LONGEST, SHORTEST
from playhead.core.finding.query import Readings
from playhead.core.text import digits_of, western

_ROOM = 20_000
"""Numbers whose form is kept: those of some hundred screens."""


@lru_cache(maxsize=_ROOM)
def international(digits: str) -> str:
    """A number, given by its digits with the country's, as it is written: `+31 20 555 0123`.

    `+` and the digits if nobody knows where they are parted.
    """
    plain = f"+{digits}"
    number = _read(plain, None)
    if number is None:
        return plain
    written = format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return written if digits_of(written) == digits else plain


def as_written_there(written: str, digits: str) -> bool:
    """Say whether the digits in what was `written` are one number, and not a number with something behind it.

    Bare digits are taken at their word; of what somebody has parted, the country's own rules decide.
    """
    if western(written).strip().lstrip("+0") == digits.lstrip("0"):
        return True
    number = _read(f"+{digits}", None)
    return number is not None and is_valid_number(number)


def is_subscriber(digits: str, country: str | None) -> bool:
    """Say whether these digits are a whole number of a country (two letters), by the rules of that."""
    number = _read(f"+{digits}", None)
    return number is not None and is_valid_number(number) and region_code_for_number(number) == country


def readings_in(region: str) -> Readings:
    """Understands whole numbers as they are typed in a country (two letters; empty for nowhere)."""

    @lru_cache(maxsize=256)
    def readings(typed: str) -> Sequence[str]:
        if not SHORTEST <= len(digits_of(typed)) <= LONGEST + 5:
            return ()
        number = _read(typed if not typed.startswith("00") else f"+{typed[2:]}", region or None)
        if number is None:
            return ()
        forms = (PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL)
        return tuple(digits_of(format_number(number, form)) for form in forms)

    return readings


def _read(typed: str, region: str | None) -> PhoneNumber | None:
    try:
        number = parse(typed, region)
    except NumberParseException:
        return None
    return number if is_possible_number(number) else None
