"""Words for the values of a column: how many there are, of what, and the share of each."""

from collections.abc import Sequence

from playhead.core.figures import number
from playhead.ui.wording import words


def share(part: float) -> str:
    """A share in percent, never none of what there is, nor all where some is missing: `12.3 %`, `<0.1 %`."""
    percent = 100 * part
    if 0 < percent < 0.1:
        return "<0.1 %"
    if 99.9 < percent < 100:
        return ">99.9 %"
    return f"{percent:.0f} %" if percent in {0, 100} else f"{percent:.1f} %"


def spoken(title: str, count: int, part: float, place: str, state: str) -> str:
    """One row for a screen reader: `Maria Jansen, 37 recordings, 12.3 percent, 1 of 204`."""
    percent = share(part).replace(" %", " percent").replace("<", "less than ").replace(">", "more than ")
    return ", ".join(filter(None, (title, words.count(count, "recording"), percent, place, state)))


def summary(distinct: int, shown: int, recordings: int, *, filtered: bool, overlapping: bool) -> str:
    """Number of values, and of what: `204 values in the 9 876 that match`."""
    values = words.count(distinct, "value")
    if shown != distinct:
        values = f"{number(shown)} of {values}"
    of = f"the {number(recordings)} that match" if filtered else f"all {number(recordings)} loaded"
    several = " · a recording may have several" if overlapping else ""
    return f"{values} in {of}{several}"


def counting(recordings: int) -> str:
    """Words while not all is counted."""
    return f"Counting… {number(recordings)} so far" if recordings else "Counting…"


def choose(verb: str, ticked: Sequence[str]) -> str:
    """Words of a button that does something with what is ticked: `Filter by 3 values`."""
    if len(ticked) < 2:
        return verb
    return f"{verb} by {len(ticked)} values" if verb == "Filter" else f"{verb} {len(ticked)} values"
