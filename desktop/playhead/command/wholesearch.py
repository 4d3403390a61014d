"""Search for everything that matches, at every account, before a command goes on."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from playhead.command.speechreading import SpeechReading
from playhead.command.terminal import Terminal
from playhead.command.wording import told
from playhead.core.errors import CatalogueError, Garbled, PlayheadError, Unavailable
from playhead.core.figures import number
from playhead.core.finding.matching import among
from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import asks_of_speech, depends_on_transcripts
from playhead.core.loading.completing import Completing
from playhead.core.loading.feed import Feed
from playhead.core.loading.speechcounting import speech_coverage
from playhead.core.session import Session
from playhead.ui.wording import words
from playhead.ui.wording.readingwords import said_coverage

_ROUNDS = 3
"""Times that the rest is loaded: a feed goes on behind a page that is spoilt twice."""
_PASSING = (Garbled, Unavailable)
"""Failures after which it is loaded once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Recordings that match, and how certain it is that these are all."""

    ids: list[int]
    """Their ids in the catalogue, the newest first."""
    coverage: str
    """Sentence on that, for the papers."""
    problems: Mapping[str, str]
    """Sentence on each account that could not be asked to the end, by its label."""


class WholeSearch:
    """Asks each account for what is new, then for everything else that may match."""

    def __init__(self, session: Session, terminal: Terminal) -> None:
        self._session = session
        self._terminal = terminal
        self._failures: dict[str, PlayheadError] = {}
        """Why an account could not be asked to the end, by its id."""
        self._at_the_top: dict[str, PlayheadError] = {}
        """Why it may lack what is new, likewise."""

    async def find(self, query: Query) -> Matches:
        """All that match `query`. Raises `CatalogueError`."""
        library = self._session.library
        accounts = {feed.source.account.id for feed in library.feeds(query)}
        await asyncio.gather(*(self._look_for_new(account) for account in sorted(accounts)))
        completing = Completing(library, self)
        for _ in range(_ROUNDS):
            self._failures.clear()
            whole = await completing.load(query, self._show)
            if whole or not any(isinstance(each, _PASSING) for each in self._failures.values()):
                break
        self._require_catalogue()
        passed = {
            feed.source.account.id: feed.passed_over
            for feed in library.feeds(query)
            if feed.passed_over is not None
        }
        unread = (
            await SpeechReading(self._session, self._terminal).read(query)
            if depends_on_transcripts(query.node)
            else {}
        )
        matches = await self._matches(query, {**passed, **self._failures, **self._at_the_top})
        if asks_of_speech(query.node):
            said = said_coverage(await speech_coverage(self._session, query))
            matches = replace(matches, coverage=f"{matches.coverage} Transcripts: {said}.")
        return replace(matches, problems={**matches.problems, **unread})

    def _require_catalogue(self) -> None:
        """Raise what keeps the catalogue from taking what is loaded: that is no account's fault."""
        for error in (*self._failures.values(), *self._at_the_top.values()):
            if isinstance(error, CatalogueError):
                raise error

    def note_failure(self, feed: Feed, error: PlayheadError) -> None:
        """Note why an account cannot go on."""
        self._failures[feed.source.account.id] = error

    async def _look_for_new(self, account: str) -> None:
        feed = self._session.library.base(account)
        feed.retry()
        first = not feed.begun
        self._terminal.show(f"Asking {self._session.library.label(account)} for what is new")
        try:
            await feed.look_for_new()
            if not first:
                await self._session.library.look_again(account)
        except PlayheadError as error:
            # Whatever is loaded of it after this, there is a gap at its newest end.
            self._at_the_top[account] = error

    def _show(self, read: int, seconds: float) -> None:
        rate = f" · {number(round(read / seconds))} a second" if seconds > 1 else ""
        self._terminal.show(f"Loading: {words.count(read, 'recording')} read{rate}")

    async def _matches(self, query: Query, failures: Mapping[str, PlayheadError]) -> Matches:
        library, listings = self._session.library, self._session.catalogue.listings
        ids = await listings.matching(query)
        loaded = await listings.count(among(query))
        coverage = library.coverage(query)
        said = words.coverage_sentence(len(ids), loaded, coverage, filtered=not query.empty)
        begin = f"All that match “{query.text}”" if query.text else "All recordings"
        problems = {
            each.account.label: f"{each.account.label}: more exists than was loaded."
            for each in coverage
            if not each.exhausted
        }
        problems |= {
            library.label(each): told(error, library.label(each)) for each, error in failures.items()
        }
        missing = f" Not everything of {', '.join(problems)} could be asked for." if problems else ""
        return Matches(ids=list(ids), coverage=f"{begin}: {said}.{missing}", problems=problems)
