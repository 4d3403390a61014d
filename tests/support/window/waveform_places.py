"""Where things are on a waveform 541 pixels wide, in pixels from its top left."""

LANES = 40
"""Within the upper lane."""
HEARD = 14 + 92 + 3
"""On the line of what was heard."""
RULER = 14 + 92 + 6 + 8
OVERVIEW = 14 + 92 + 6 + 18 + 5
PINS = 8


def x_of(seconds: float, duration: float = 100) -> int:
    """The pixel of a moment of a recording that is seen whole."""
    return 20 + round(seconds / duration * 500)
