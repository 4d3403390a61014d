"""The pages of one account for one server-side filter, and how far they have come."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from playhead.core.errors import Disconnected, Garbled, Gone, PlayheadError, Rejected
from playhead.core.loading.paging import Ahead, Barren, Walk, further, listed_at, oldest_of
from playhead.core.loading.vanishing import Whole, whole_of
from playhead.core.page import Arrival, Asked, FeedState, Page
from playhead.core.ports import Clock, Source
from playhead.core.recording import Recording


class Keep(Protocol):
    """Keeps a page and how far its feed has come: both, or neither. `whole` is as in `Catalogue.add`."""

    async def __call__(
        self, recordings: Sequence[Recording], state: FeedState, *, whole: Whole | None = None
    ) -> Arrival:
        """Keep them."""


class Feed:
    """Asks its account for one page at a time and stores it before it moves on.

    A page that could not be fetched or stored leaves the feed where it stood: it can simply be asked again.
    Two who ask at once take turns.
    """

    def __init__(
        self, source: Source, asked: Asked, store: Keep, clock: Clock, state: FeedState | None = None
    ) -> None:
        self._source = source
        self._store = store
        self._clock = clock
        self._state = state or FeedState(account=source.account.id, asked=asked)
        self._turn = asyncio.Lock()
        self._ahead = Ahead(source, asked)
        self._above: datetime | None = None
        self._started_over = False
        self._barren = Barren()
        self._spoilt: FeedState | None = None
        self._walk: Walk | None = None
        self._came: list[range] = []
        self._asking_since: datetime | None = None
        self._closed = False
        self.failure: PlayheadError | None = None
        """What went wrong last; None after a success."""
        self.passed_over: PlayheadError | None = None
        """What was wrong with a page that it went on behind, if with any."""

    @property
    def source(self) -> Source:
        """The account's door."""
        return self._source

    @property
    def state(self) -> FeedState:
        """State of the feed: how far it has come."""
        return self._state

    @property
    def begun(self) -> bool:
        """True if a page was ever loaded."""
        return self._state.as_of is not None

    @property
    def exhausted(self) -> bool:
        """True if the last page was reached."""
        return self._state.exhausted

    @property
    def asking_since(self) -> datetime | None:
        """Since when it waits for an answer; None while it does not."""
        return self._asking_since

    def take_new(self) -> Sequence[range]:
        """The catalogue ids of what looks for new ones have found since this was asked last."""
        came, self._came = self._came, []
        return came

    def retry(self) -> None:
        """Forget the last failure, as the person asked to try again."""
        self.failure = None
        self._started_over = False

    async def advance(self, *, ahead: bool = False) -> Arrival:
        """Load the next page. Raises `PlayheadError`, which is kept as `failure` too.

        With `ahead`, the page after it is asked for while this one is read and stored: for who will go on.
        """
        async with self._turn:
            if self._state.exhausted:
                return Arrival(new=0, changed=0, known=0)
            state, page = await self._next_page(ahead=ahead)
            if page.cursor is not None and (self._ahead.passed(page.cursor) or page.cursor == state.cursor):
                await self._keep(page.recordings, self._state)
                raise self._failed(_repeated())
            if page.trouble is not None:
                raise await self._troubled(page, state)
            if ahead and page.cursor is not None:
                self._ahead.begin(page.cursor)
            beyond = further(state, page, self._above)
            whole = self._whole(page, beyond, newest=state.cursor is None)
            arrival = await self._keep(page.recordings, beyond, whole)
            if page.cursor is not None:
                self._ahead.note(page.cursor)
            self._above = oldest_of(page.recordings) or self._above
            if page.cursor is not None and self._barren.too_many(page, arrival):
                raise self._failed(_endless())
            return arrival

    async def keep(self, recordings: Sequence[Recording]) -> Arrival:
        """Store recordings that were asked for apart from the pages. Raises `CatalogueError`."""
        async with self._turn:
            self._require_open()
            return await self._store(recordings, self._state)

    def close(self) -> None:
        """Store nothing more: whoever asks or is being answered gets `Disconnected`."""
        self._closed = True
        self.stop()

    async def settled(self) -> None:
        """Wait until what is being stored is stored."""
        async with self._turn:
            pass

    def stop(self) -> "set[asyncio.Task[Page]]":
        """Give up what was asked for ahead; gives what has to end yet. The feed can go on all the same."""
        return self._ahead.stop()

    async def look_for_new(self) -> int:
        """Load from the newest end until what is known is reached; how many recordings were new.

        Raises `PlayheadError`, which is kept as `failure` too. A feed that has not begun simply begins. What
        is known is reached with a page of known recordings that goes back to the last look that was finished
        (an earlier one that was interrupted has left a gap behind the newest ones), or at the horizon.
        """
        if not self.begun:
            return (await self.advance()).new
        walk, self._walk = self._walk or Walk(), None
        new = 0
        while True:
            async with self._turn:
                page = await self._next_of(walk)
                walk.as_of = walk.as_of or page.as_of
                arrival, reached = await self._look_at(page, newest=walk.cursor is None)
                new += arrival.new
                walk.trouble = walk.trouble or page.trouble
                if reached or page.cursor is None:
                    if walk.trouble is not None:
                        raise self._failed(walk.trouble)
                    await self._finish_look(page, walk.as_of)
                    return new
                if page.cursor in walk.seen:
                    raise self._failed(_repeated())
                walk.seen.add(page.cursor)
                walk.cursor = page.cursor
                if walk.barren.too_many(page, arrival):
                    # Whoever asks again wants to go on.
                    self._walk, walk.resumed = walk, True
                    raise self._failed(_endless())

    async def _next_of(self, walk: Walk) -> Page:
        try:
            return await self._page(walk.cursor)
        except (Rejected, Gone):
            if walk.cursor is None or not walk.resumed:
                raise
            # Where the look before stopped may be forgotten by now.
            walk.cursor = None
            return await self._page(None)

    async def _look_at(self, page: Page, *, newest: bool) -> tuple[Arrival, bool]:
        """Store a page of the newest end: what was new in it, and whether it reaches what is known."""
        state = self._state
        depth = state.horizon if state.ordered and not state.exhausted else None
        nearer: list[Recording] = []
        deeper: list[Recording] = []
        for each in page.recordings:
            listed = listed_at(each)
            (deeper if depth and listed and listed < depth else nearer).append(each)
        arrival = await self._keep(nearer, state)
        self._came.append(arrival.ids)
        whole = self._whole(page, state, newest=newest)
        if deeper or whole:
            # What lies beyond the horizon was never loaded, which does not make it new.
            await self._keep(page.recordings, state, whole)
        if deeper:
            return arrival, True
        oldest = oldest_of(page.recordings)
        if arrival.new or not state.ordered or state.as_of is None or oldest is None:
            return arrival, False
        return arrival, oldest <= state.as_of

    async def _finish_look(self, page: Page, as_of: datetime) -> None:
        state = replace(self._state, as_of=as_of)
        if page.cursor is None:
            state = replace(state, exhausted=True, cursor=None)
        await self._keep((), state)

    async def _next_page(self, *, ahead: bool) -> tuple[FeedState, Page]:
        """The page after what is loaded, and the state that it was asked from."""
        state = self._state
        try:
            page = await self._page(state.cursor, ahead=ahead)
        except (Rejected, Gone):
            if state.cursor is None or self._started_over:
                raise
            # A cursor of an earlier day may no longer be accepted: start over, nothing is lost by it.
            page = await self._page(None, ahead=ahead)
            self._started_over = True
            self._ahead.start_over()
            self._above = None
            self._barren = Barren()
            return replace(state, cursor=None), page
        self._started_over = False
        return state, page

    async def _page(self, cursor: str | None, *, ahead: bool = False) -> Page:
        self._asking_since = self._clock()
        try:
            page = await self._ahead.page(cursor, ahead=ahead)
        except PlayheadError as error:
            self.failure = error
            raise
        finally:
            self._asking_since = None
        self.failure = None
        return page

    async def _troubled(self, page: Page, state: FeedState) -> PlayheadError:
        """Keep what came of a page that may lack something; gives what is wrong.

        The page is asked for once more. If it is no better then, the feed goes on behind it.
        """
        again = self._spoilt is not None and self._spoilt.cursor == state.cursor
        self._spoilt = state
        goes_on = again and page.cursor is not None
        if goes_on:
            self.passed_over = page.trouble
        await self._keep(page.recordings, further(state, page, self._above) if goes_on else self._state)
        return self._failed(page.trouble or _repeated())

    def _failed(self, error: PlayheadError) -> PlayheadError:
        self.failure = error
        return error

    def _whole(self, page: Page, state: FeedState, *, newest: bool) -> Whole | None:
        return whole_of(page, ordered=state.ordered, newest=newest) if state.asked.everything else None

    async def _keep(
        self, recordings: Sequence[Recording], state: FeedState, whole: Whole | None = None
    ) -> Arrival:
        self._require_open()
        try:
            arrival = await self._store(recordings, state, whole=whole)
        except PlayheadError as error:
            self.failure = error
            raise
        self._state = state
        return arrival

    def _require_open(self) -> None:
        if self._closed:
            raise Disconnected


def _repeated() -> Garbled:
    return Garbled("loop", "the same page token came twice")


def _endless() -> Garbled:
    return Garbled("barren", "pages without anything new")
