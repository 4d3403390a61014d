"""Words for recordings that are the same sound."""

from playhead.core.figures import number
from playhead.core.stores import Twin
from playhead.ui.wording.words import count

NONE_KNOWN = (
    "No other recording is known to have this sound. Recordings are compared once they are measured,"
    " as they are when they are played."
)
NONE_PLAYABLE = "None of the recordings with this sound can be played."
NOT_MATCHED = "Their loudness is not known, so both play as they are."

_SHIFTED = 0.3
"""Seconds from which on a beginning that is elsewhere is worth a word: codecs add as much as a tenth."""


def likeness(twin: Twin) -> str:
    """Likeness of a recording to another: `equal bytes`, `97 % alike, 1.2 s less at its start`."""
    if twin.exact:
        return "equal bytes"
    if twin.resemblance is None:
        return "like another of them"
    # Only equal bytes are all the same.
    share = min(twin.resemblance.share, 0.99)
    said = f"{100 * share:.0f} % alike"
    lag = twin.resemblance.lag
    if abs(lag) < _SHIFTED:
        return said
    return f"{said}, {lag:.1f} s more at its start" if lag > 0 else f"{said}, {-lag:.1f} s less at its start"


def heading(others: int) -> str:
    """The line above so many others: `Same sound · 3`."""
    return f"Same sound · {number(others)}"


def group(recordings: int) -> str:
    """A sentence on a group for a tool tip."""
    return f"{count(recordings, 'recording')} with this sound; the details list them."
