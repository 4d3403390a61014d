"""Reading of the lists in which providers tell what was transcribed, page by page, kept as far as they came.

A list has no filter by recording, and no documented order. So an entry is found by going on until it is met;
what is new is looked for at the top, down to what was known before.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from playhead.core.errors import Gone, Missing, Rejected
from playhead.core.loading.library import Library
from playhead.core.loading.paging import BARREN_PAGES
from playhead.core.ports import Clock
from playhead.core.recording import Recording
from playhead.core.stores import Catalogue, Transcriptions
from playhead.core.transcript import ListProgress, Transcription

PAGES_PER_LOOK = 10
"""Pages that are asked for at most for one recording; the next look goes on from there."""

FRESH = timedelta(minutes=5)
"""Time for which a list is believed when it does not hold what is looked for."""

KNOWN_PAGES = 3
"""Pages in a row without news, after which a list that was read to its end once is known again: its order
is not documented, so one page would not tell."""

_TOP = ""


@dataclass(slots=True)
class _Reading:
    """One reading of the list of an account, from its top on."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while its pages are asked for: one at a time, whoever wants them."""
    met: set[str] = field(default_factory=set)
    barren: int = 0
    """Pages in a row on which everything was met before in this reading."""
    known: int = 0
    """Pages in a row without news."""


class TranscriptLists:
    """The lists of all accounts over one catalogue."""

    def __init__(self, library: Library, catalogue: Catalogue, clock: Clock) -> None:
        self._library = library
        self._catalogue = catalogue
        self._clock = clock
        self._readings = defaultdict[str, _Reading](_Reading)

    async def of(self, recording: Recording) -> Sequence[Transcription]:
        """The entries of a recording that are ready, newest first, as far as some pages more tell.

        Raises `PlayheadError`; what was read before it is kept.
        """
        account = recording.account
        async with self._readings[account].turn:
            ready = await self._store.of(recording)
            if ready:
                return ready
            progress = await self._fresh(account)
            for _ in range(PAGES_PER_LOOK):
                if progress.token is None or ready:
                    break
                progress = await self._turn_page(account, progress.token, progress)
                ready = await self._store.of(recording)
            return ready

    async def read(self, account: str, told: Callable[[int], object] = bool) -> int:
        """Read the list of an account to its end, or to what was known; `told` gets the entries so far.

        Gives the number of entries that were read now: none of a list that was looked at moments ago. Raises
        `PlayheadError`; what was read before it is kept.
        """
        number = 0
        async with self._readings[account].turn:
            progress = await self._fresh(account)
            while progress.token is not None:
                before = len(self._readings[account].met)
                progress = await self._turn_page(account, progress.token, progress)
                number += max(0, len(self._readings[account].met) - before)
                told(number)
        return number

    async def drop(self, recording: Recording, transcription: Transcription) -> None:
        """Forget an entry that turned out to be gone. Raises `CatalogueError`."""
        await self._store.drop(recording, transcription)

    async def whole(self, accounts: Collection[str]) -> bool:
        """True if the lists of these accounts were read to their ends. Raises `CatalogueError`."""
        for account in accounts:
            if not (await self._store.progress(account)).whole:
                return False
        return True

    @property
    def _store(self) -> Transcriptions:
        return self._catalogue.transcriptions

    async def _fresh(self, account: str) -> ListProgress:
        """The progress to go on with: at the top again, if that was asked for too long ago."""
        progress, now = await self._store.progress(account), self._clock()
        since = None if progress.began is None else now - progress.began
        if since is not None and timedelta() <= since < FRESH:
            return progress
        reading = self._readings[account]
        reading.met.clear()
        reading.barren = reading.known = 0
        behind = progress.behind or progress.token or None
        return replace(progress, token=_TOP, behind=behind, began=now)

    async def _turn_page(self, account: str, token: str, progress: ListProgress) -> ListProgress:
        try:
            page = await self._library.source(account).transcriptions(token or None)
        except (Rejected, Missing, Gone):
            if token == _TOP:
                raise
            # A token that is no longer taken: the list ends here, until the next reading begins.
            ended = replace(progress, token=None, behind=None)
            await self._store.add(account, (), ended, ended)
            return ended
        if page.trouble is not None:
            # What was read is kept; the same page is asked for the next time.
            await self._store.add(account, page.transcriptions, progress, progress)
            raise page.trouble
        if self._goes_round(account, page.transcriptions):
            given_up = replace(progress, token=None, behind=None)
            await self._store.add(account, page.transcriptions, given_up, given_up)
            return given_up
        further = _further(progress, page.cursor)
        known = further
        if page.transcriptions and not await self._store.unready(account):
            known = self._below(account, progress, further)
        news = await self._store.add(account, page.transcriptions, further, known)
        reading = self._readings[account]
        reading.known = 0 if news else reading.known + 1
        return further if news else known

    def _below(self, account: str, progress: ListProgress, further: ListProgress) -> ListProgress:
        """The progress behind a page without news: where an older reading stopped, if one did."""
        if progress.behind is not None:
            return replace(progress, token=progress.behind, behind=None)
        ends = progress.whole and self._readings[account].known + 1 >= KNOWN_PAGES
        return replace(progress, token=None) if ends else further

    def _goes_round(self, account: str, listed: Sequence[Transcription]) -> bool:
        """True of a list without end, as far as one can tell."""
        reading = self._readings[account]
        unmet = {each.id for each in listed} - reading.met
        reading.met |= unmet
        reading.barren = 0 if unmet else reading.barren + 1
        return reading.barren >= BARREN_PAGES


def _further(progress: ListProgress, cursor: str | None) -> ListProgress:
    """The progress behind a page that led to `cursor`."""
    if cursor is not None:
        return replace(progress, token=cursor)
    if progress.behind is not None:
        return replace(progress, token=progress.behind, behind=None)
    return replace(progress, token=None, whole=True)
