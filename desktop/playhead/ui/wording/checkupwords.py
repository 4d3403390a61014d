"""Words for a checkup of the health of many recordings: how far it is, why it waits, what came of it."""

from collections.abc import Sequence

from playhead.core import figures
from playhead.core.health.checked import Checked
from playhead.core.stores import Totals
from playhead.core.worklists.workstates import Added, WorkProgress
from playhead.ui.wording import words
from playhead.ui.wording.workwords import HOLDS

_OUTCOMES: Sequence[tuple[Checked, str]] = (
    (Checked.BROKEN, "broken"),
    (Checked.SILENT, "without audio"),
    (Checked.GONE, "gone"),
    (Checked.UNPLAYED, "of a kind that is not played here"),
    (Checked.FAILED, "could not be fetched"),
)


class CheckupWords:
    """Words of a checkup."""

    name = "checkup"
    title = "Health of recordings"
    icon = "level"
    noun = "check"
    begins = "Check of health"
    show = "Worst first"
    show_tip = "Sort the recordings by their health, the worst first"

    def how_far(self, progress: WorkProgress) -> str:
        """`128 of 1 204 checked · 640 KB/s · 64 MB fetched · 12 min left · 3 broken`, or why it waits."""
        parts = [_done(progress)]
        if progress.held is not None:
            parts = [HOLDS[progress.held], *parts]
        elif progress.rate >= 1:
            parts.append(f"{words.size(progress.rate)}/s")
        if progress.fetched:
            parts.append(f"{words.size(progress.fetched)} fetched")
        if progress.left and progress.held is None:
            parts.append(f"{words.length(progress.left)} left")
        return " · ".join([*parts, *_troubles(progress)])

    def ended(self, progress: WorkProgress, refused: Sequence[str] = (), *, stopped: bool = False) -> str:
        """Sentence on its end; `refused` are the labels of accounts that want another key."""
        parts = [_done(progress), *_troubles(progress)]
        if stopped:
            parts.append("stopped; what is measured stays")
        if refused:
            who = ", ".join(refused)
            parts.append(f"{who} does not accept the key that Playhead has: reconnect, and it goes on")
        return " · ".join(parts)

    def nothing(self, added: Added) -> str:
        """Sentence on recordings of which none is to be measured."""
        parts = []
        if added.done:
            parts.append(f"{words.count(added.done, 'recording')} {_is(added.done)} measured already")
        if added.unripe:
            parts.append(f"{words.count(added.unripe, 'recording')} {_has(added.unripe)} no audio")
        return (
            f"Nothing is left to check: {' and '.join(parts)}."
            if parts
            else "Nothing is selected to be checked."
        )

    def looking(self, number: int) -> str:
        """Sentence while it is looked which are measured."""
        return f"Looking which of {words.count(number, 'recording')} are measured…"


def to_check(number: int, measured: int, silent: int, totals: Totals | None) -> str:
    """`1 204 recordings: 340 are measured, 12 have no audio, 852 are to be fetched and measured, about 4 MB`.

    `totals` are those of what is left.
    """
    left = number - measured - silent
    parts = []
    if measured:
        parts.append(f"{figures.number(measured)} {_is(measured)} measured")
    if silent:
        parts.append(f"{figures.number(silent)} {_has(silent)} no audio")
    parts.append(f"{figures.number(left)} {_is(left)} to be fetched and measured{_about(left, totals)}")
    return f"{words.count(number, 'recording')}: {', '.join(parts)}."


def measured_of(measured: int, number: int) -> str:
    """`measured 340 of 1 204`."""
    return f"measured {figures.number(measured)} of {figures.number(number)}"


def _about(left: int, totals: Totals | None) -> str:
    if totals is None or not left:
        return ""
    if totals.sized:
        return f", about {words.size(totals.bytes / totals.sized * left)}"
    return f", {words.length(totals.seconds)} of sound" if totals.timed else ""


def _done(progress: WorkProgress) -> str:
    return f"{figures.number(progress.done)} of {figures.number(progress.total)} checked"


def _troubles(progress: WorkProgress) -> list[str]:
    return [
        f"{figures.number(progress.outcomes[outcome])} {text}"
        for outcome, text in _OUTCOMES
        if progress.outcomes.get(outcome)
    ]


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"
