"""Changes at a provider since something was loaded, and what a page tells of what is not in it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from playhead.core.finding import fields
from playhead.core.finding.query import All, Either, Flag, Is, Match, Node, Not, Way
from playhead.core.page import Page
from playhead.core.recording import PASSING_STATUSES, Recording

ALL_TIME = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
"""Between these lies everything; what has no date too."""

SETTLED = timedelta(minutes=1)
"""How long before an answer something has to be, to be in it for certain.

Another answer, asked later and read sooner, may know what this one was too early for; servers have copies
that lag a little; and where the answer has no date of its own, the clocks differ.
"""

Whole = tuple[datetime, datetime]


def whole_of(page: Page, *, ordered: bool, newest: bool = False) -> Whole | None:
    """The moments between which a page of everything has all that there is; None if that is not certain.

    It is when all rows could be read and come newest first, or are all that the account has. `ordered` is
    whether the feed's pages did so before. Whether start or creation decides their order is the provider's
    secret: what lies between both, or between the one by which they do fall, has to be in the page. Asked for
    as the `newest`, the page also has all that is newer than its first row, up to shortly before the answer.
    A page that came with an error, or of which it is not clear where it goes on, proves nothing.
    """
    recordings = page.recordings
    if page.trouble is not None:
        return None
    if page.complete and recordings:
        return ALL_TIME
    if not recordings or any(each.fault for each in recordings):
        return None
    ranges = [
        reach
        for times in ([each.started for each in recordings], [each.created for each in recordings])
        if (reach := _fallen(times)) is not None
    ]
    if not ordered or not ranges:
        return None
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    if newest:
        high = max(high, page.as_of - SETTLED)
    return (low, high) if low < high else None


def present(account: str) -> Node:
    """Condition for recordings of an account that are not known to be gone."""
    return All((Match(fields.ACCOUNT, account, Way.WHOLE), Not(Is(Flag.GONE))))


def unsettled(account: str) -> Node:
    """Condition for those whose status will give way to another."""
    passing = tuple(Match(fields.STATUS, status, Way.WHOLE) for status in sorted(PASSING_STATUSES))
    return All((present(account), Either(passing)))


def absent(kept: Iterable[Recording | None], listed: Sequence[Recording]) -> list[Recording]:
    """Those of an account's `kept` recordings that are not in its whole list."""
    there = {each.key for each in listed}
    return [each for each in kept if each is not None and each.key not in there]


def _fallen(times: Sequence[datetime | None]) -> Whole | None:
    """From the last of the moments to the first, if all are known and none is later than the one before."""
    known = [each for each in times if each is not None]
    if len(known) < len(times) or any(earlier < later for earlier, later in pairwise(known)):
        return None
    return known[-1], known[0]
