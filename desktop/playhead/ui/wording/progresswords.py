"""Words for the progress of a search or an export, or for why it pauses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from playhead.core.exports.progress import Progress
from playhead.core.figures import number
from playhead.core.loading.coverage import Coverage
from playhead.ui.wording.words import count, length, moment, size, within

_PAUSES: Final = {
    "person": "Paused · {done}",
    "full": "The disk is full{room}. It goes on by itself when there is room.",
    "missing": "The folder cannot be reached; look after its disk. It goes on by itself when it is back.",
    "network": "No account can be reached. It goes on by itself when the network is back.",
    "moved": "Another folder is in its place; put the first one back. It goes on by itself then.",
    "disk": "The disk reports faults; look after it. It goes on by itself when it works again.",
    "readonly": "The folder cannot be written now. It goes on by itself when it can.",
}


def search_forms(read: int, seconds: float, coverage: Sequence[Coverage], now: datetime) -> tuple[str, ...]:
    """Forms of the progress of a search, ever shorter: `read` recordings came in `seconds`.

    `searching: 1 204 recordings read · 310 a second · down to 14 Mar 2025 · about 4 000 to come`, then the
    same from `1 204 read` on, then both without the last parts, one after the other.
    """
    if not read:
        return ("searching…",)
    begins = (f"searching: {count(read, 'recording')} read", f"{number(read)} read")
    parts = []
    if seconds > 1:
        parts.append(f"{number(round(read / seconds))} a second")
    going = [each for each in coverage if not each.exhausted]
    depths = [each.horizon for each in going if each.horizon is not None]
    if depths:
        parts.append(f"down to {within(moment(max(depths), now))}")
    left = [each.estimate for each in going]
    to_come = sum(each for each in left if each is not None)
    if to_come and None not in left:
        parts.append(f"about {number(to_come)} to come")
    return tuple(
        " · ".join((begin, *parts[:several])) for several in range(len(parts), -1, -1) for begin in begins
    )


def how_far(progress: Progress) -> str:
    """`12 of 300 · 48 MB of about 1.2 GB · 8 MB/s · 2 min 05 s left · 1 failed`.

    When all are here, copies and sheets may still be in the making: `300 of 300 · 1.1 GB · finishing…`.
    """
    parts = [f"{number(progress.done)} of {number(progress.files)}"]
    fetched = progress.done == progress.files
    if fetched and progress.arrived:
        parts.append(size(progress.arrived))
    elif progress.expected:
        parts.append(f"{size(progress.arrived)} of about {size(progress.expected)}")
    if fetched:
        parts.append("finishing…")
    elif progress.rate >= 1:
        parts.append(f"{size(progress.rate)}/s")
    if progress.left is not None and not fetched:
        parts.append(f"{length(progress.left)} left")
    if progress.failed:
        parts.append(f"{number(progress.failed)} failed")
    if progress.doubtful:
        parts.append(f"{number(progress.doubtful)} in doubt")
    return " · ".join(parts)


def paused(progress: Progress) -> str:
    """Sentence on why an export pauses, and when it goes on."""
    text = _PAUSES.get(progress.paused or "", _PAUSES["person"])
    left = progress.expected - progress.arrived
    room = [f"{size(progress.free)} free"] if progress.free is not None else []
    if left > 0:
        room.append(f"about {size(left)} more needed")
    done = f"{number(progress.done)} of {number(progress.files)}"
    return text.format(room=f": {', '.join(room)}" if room else "", done=done)
