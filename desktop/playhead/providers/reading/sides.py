"""Sides of a call, told from the names that a transcript gives to its channels."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from playhead.core.transcript import Side

_CHANNEL: Final = re.compile(r"(?:(?:audio )?ch(?:an(?:nel)?)?[ _:#-]*)?([0-2])", re.IGNORECASE)
_NAMED: Final = {"left": Side.LEFT, "right": Side.RIGHT, "l": Side.LEFT, "r": Side.RIGHT}


def sides_of(names: Collection[str]) -> Mapping[str, Side]:
    """The side of each name; nothing unless they name the two channels of a stereo recording.

    Channels are counted from 0 or from 1, so that one alone does not tell which it is. Who speaks (`agent`,
    `customer`) does not tell a side either.
    """
    named = {name: _NAMED.get(name.strip().lower()) for name in names}
    found = {name: side for name, side in named.items() if side is not None}
    if found and len(found) == len(named):
        return found
    numbers = {name: match[1] for name in names if (match := _CHANNEL.fullmatch(name.strip())) is not None}
    if len(numbers) == len(names) and set(numbers.values()) in ({"0", "1"}, {"1", "2"}):
        first = min(numbers.values())
        return {name: Side.LEFT if number == first else Side.RIGHT for name, number in numbers.items()}
    return {}
