"""Keys of moments: whole seconds in a form that a database writes, and memory compares, without a step each.

A key is a number of 16 decimal digits, read as hexadecimal ones: SQLite writes such a number in half the time
that it needs for a hexadecimal one, and reading it that way changes no order. Newer moments have lower keys.
The last digit tells the part of a timeline that the recording belongs to.
"""

import math
from typing import Final

BASE: Final = 10**15
"""Makes 16 digits of every key."""
FAR: Final = 4 * 10**11
"""Seconds since 1970 that no moment has, so that what is left of them is never negative."""
_LAST: Final = 9
PART_OF: Final = bytes(each & 0x0F for each in range(256))
"""The part, by the last byte of a key."""


def key_of(second: int, part: int = 0) -> int:
    """The key of a moment within a second since 1970 UTC."""
    return int(str(BASE + (FAR - second) * 10 + part), 16)


def up_to(second: float) -> int:
    """The highest key of moments that are not before a second since 1970 UTC."""
    return key_of(math.ceil(second), _LAST)


def second_of(key: int) -> int:
    """The second since 1970 UTC that a moment lies in."""
    return FAR - (int(f"{key:x}") - BASE) // 10
