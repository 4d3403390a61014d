"""Keys of moments: one whole number each, so that sorting and searching them takes no other step.

Newer moments have lower keys. The last four bits tell the part of a timeline that the recording belongs to.
"""

import math
from typing import Final

STEP: Final = 16
"""Keys that a microsecond has: one for each part."""
_MICROS: Final = 10**6
PART_OF: Final = bytes(each % STEP for each in range(256))
"""The part, by the lowest byte of a key."""


def up_to(second: float) -> int:
    """The highest key of moments that are not before a second since 1970 UTC."""
    return -math.ceil(second * _MICROS) * STEP + STEP - 1


def second_of(key: int) -> int:
    """The second since 1970 UTC that a moment lies in."""
    return -(key // STEP) // _MICROS
