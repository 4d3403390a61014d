"""Words for the rows that are selected: how many, which, and what they are together."""

from playhead.core.figures import number
from playhead.core.stores import Totals
from playhead.ui.wording.words import length, size


def selection_forms(chosen: int, totals: Totals | None, scope: str | None) -> tuple[str, ...]:
    """Forms of what is selected, ever shorter; none if nothing is.

    `scope` says what these are all of (`recordings`, `that match`, `loaded`, `loaded that match`, `shown`);
    None if they are not all. That they are only those that are loaded or shown is said even in the shortest
    form: `all 245 shown selected`.
    """
    if not chosen:
        return ("",)
    which = number(chosen) if scope is None else f"all {number(chosen)} {scope}"
    limits = [word for word in (scope or "").split()[:1] if word in {"loaded", "shown"}]
    brief = number(chosen) if scope is None else " ".join(["all", number(chosen), *limits])
    begin = f"{which} selected"
    exactly, roughly = (_sums(totals, exactly=each) for each in (True, False))
    forms = [" · ".join((begin, *sums)) for sums in (exactly, roughly, roughly[:1], [])]
    return tuple(dict.fromkeys([*forms, f"{brief} selected"]))


def _sums(totals: Totals | None, *, exactly: bool) -> list[str]:
    """Length and size; `at least` if they are not known of all, and with `exactly` of how many they are."""
    if totals is None:
        return []
    said = []
    if totals.seconds:
        said.append((length(totals.seconds), totals.timed))
    if totals.bytes:
        said.append((size(totals.bytes), totals.sized))
    many = " ({} known)" if exactly else ""
    return [
        text if known >= totals.number else f"at least {text}{many.format(number(known))}"
        for text, known in said
    ]
