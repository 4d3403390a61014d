"""Paging of a feed: the next page ahead, a walk through the list, its reach, and lists without end."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from playhead.core.errors import PlayheadError
from playhead.core.page import Arrival, Asked, FeedState, Page
from playhead.core.ports import Source
from playhead.core.recording import Recording

_MOST = 2
"""Pages that are ahead of the one that is stored: one whose rows are read meanwhile, one on its way."""


class Ahead:
    """Asks for the pages of what is `asked` of an account; those that follow before they are needed.

    Who will go on lets it ask as soon as it is told where: while the rows before are read and stored.
    """

    def __init__(self, source: Source, asked: Asked) -> None:
        self._source = source
        self._asked = asked
        self._coming: list[_Coming] = []
        self._goes_on = False
        self._behind: set[str] = set()
        """Cursors that the list has led to; none of them is where it goes on."""

    async def page(self, cursor: str | None, *, ahead: bool = False) -> Page:
        """The page of a cursor. One that failed before it was needed is asked for again.

        A look at others, for what is new, leaves what was asked for before it is needed on its way.
        """
        self._goes_on = ahead
        try:
            if self._coming and self._coming[0].cursor == cursor:
                coming = self._coming.pop(0)
                (self._coming or [coming])[-1].told.again()
                if not coming.failed:
                    return await coming.task
            return await self._source.page(self._asked, cursor, _Following(self, cursor) if ahead else None)
        except BaseException:
            self._goes_on = False
            raise

    def begin(self, cursor: str) -> None:
        """Ask for the page that is needed next, unless it is on its way; what leads elsewhere is given up."""
        if self._coming and self._coming[0].cursor != cursor:
            self._give_up()
        self.follow(cursor)

    def follow(self, cursor: str) -> None:
        """Ask for a page that will be needed, unless it is on its way, or enough of them are."""
        known = cursor in self._behind or any(each.cursor == cursor for each in self._coming)
        if self._goes_on and not known and len(self._coming) < _MOST:
            self._coming.append(_Coming(self, self._source, self._asked, cursor))

    def passed(self, cursor: str) -> bool:
        """True if the list has led to this cursor before: it has no end, then."""
        return cursor in self._behind

    def note(self, cursor: str) -> None:
        """Note that the list has led to this cursor."""
        self._behind.add(cursor)

    def start_over(self) -> None:
        """Forget where the list has led: it is read from its beginning again."""
        self._behind.clear()

    def stop(self) -> "set[asyncio.Task[Page]]":
        """Give up what is on its way; gives what has to end yet."""
        self._goes_on = False
        return self._give_up()

    def _give_up(self) -> "set[asyncio.Task[Page]]":
        tasks = {each.task for each in self._coming if not each.task.done()}
        self._coming.clear()
        for task in tasks:
            task.cancel()
        return tasks


class _Following:
    """Listener that asks for the page behind that of `cursor`."""

    def __init__(self, ahead: Ahead, cursor: str | None) -> None:
        self._ahead = ahead
        self._cursor = cursor
        self._next: str | None = None

    def next_cursor(self, cursor: str) -> None:
        """Note the next cursor, and ask for its page."""
        # A list that leads to where it is has no end.
        if cursor != self._cursor:
            self._next = cursor
            self._ahead.follow(cursor)

    def again(self) -> None:
        """Ask for it now, as there is room for another page."""
        if self._next is not None:
            self._ahead.follow(self._next)


class _Coming:
    """Page that was asked for before it is needed."""

    def __init__(self, ahead: Ahead, source: Source, asked: Asked, cursor: str) -> None:
        self.cursor = cursor
        self.told = _Following(ahead, cursor)
        self.task = asyncio.create_task(source.page(asked, cursor, self.told), name="next page")
        self.task.add_done_callback(_heard)

    @property
    def failed(self) -> bool:
        """True if it has failed already."""
        task = self.task
        return task.done() and (task.cancelled() or task.exception() is not None)


def _heard(task: "asyncio.Task[Page]") -> None:
    """A failure is told to whoever takes the page; if nobody does, it is of no use to anybody."""
    if not task.cancelled():
        task.exception()


def further(state: FeedState, page: Page, above: datetime | None) -> FeedState:
    """Horizon of a feed once `page` is stored, which follows a page that went down to `above`."""
    moments = [recording.moment for recording in page.recordings if recording.moment is not None]
    listed = [each for each in map(listed_at, page.recordings) if each is not None]
    ordered = _falls(moments) or _falls(listed)
    if above is not None and moments and moments[0] > above:
        ordered = False
    return replace(
        state,
        cursor=page.cursor,
        exhausted=page.cursor is None,
        horizon=min([*listed, *([state.horizon] if state.horizon else [])], default=None),
        ordered=state.ordered and ordered,
        fetched=state.fetched + len(page.recordings),
        as_of=state.as_of or page.as_of,
    )


def listed_at(recording: Recording) -> datetime | None:
    """The later of start and creation.

    Which of the two a provider sorts by is its secret; they differ by the blink or the call between them, and
    whichever it is, what comes later in the list is not newer than this.
    """
    started, created = recording.started, recording.created
    if started is None or created is None:
        return started or created
    return max(started, created)


def oldest_of(recordings: Sequence[Recording]) -> datetime | None:
    """Moment of the oldest of them; None if none has a date."""
    return min((each for each in map(listed_at, recordings) if each is not None), default=None)


def _falls(moments: Sequence[datetime]) -> bool:
    return all(earlier >= later for earlier, later in pairwise(moments))


BARREN_PAGES = 10
"""Pages in a row without anything new, after which a list is held to have no end.

A server may well send some empty pages with a token: rows that it filtered out.
"""


class Barren:
    """The pages of one walk through a list, of which those are counted that lead nowhere.

    A page of what the catalogue knew before leads on, too: if there is anything in it that is older than all
    before it, or else that no such page had.
    """

    def __init__(self) -> None:
        self._number = 0
        self._oldest: datetime | None = None
        self._met: set[tuple[str, str]] = set()

    def too_many(self, page: Page, arrival: Arrival) -> bool:
        """Count a page that was stored; whether there are too many now, which begins the counting anew."""
        self._number = 0 if self._leads_on(page, arrival) else self._number + 1
        if self._number < BARREN_PAGES:
            return False
        self._number = 0
        return True

    def _leads_on(self, page: Page, arrival: Arrival) -> bool:
        moments = [each.moment for each in page.recordings if each.moment is not None]
        oldest = min(moments, default=None)
        is_older = oldest is not None and (self._oldest is None or oldest < self._oldest)
        if is_older:
            self._oldest = oldest
        if arrival.new or is_older:
            return True
        unmet = {each.key for each in page.recordings} - self._met
        self._met |= unmet
        return bool(unmet)


@dataclass(slots=True)
class Walk:
    """Cursor, moment and trouble of one look from the newest end to what is known; it may be interrupted."""

    cursor: str | None = None
    """What its next page is asked with; None at the newest end."""
    as_of: datetime | None = None
    """When its first page was asked for."""
    seen: set[str] = field(default_factory=set)
    """The cursors of its pages."""
    barren: Barren = field(default_factory=Barren)
    trouble: PlayheadError | None = None
    """What was wrong with a page of it, which does not keep it from going on."""
    resumed: bool = False
    """Whether it was interrupted before."""
