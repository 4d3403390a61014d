"""Sentences in the status line and in notices about the recordings shown and their accounts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from playhead.core import figures
from playhead.core.errors import Garbled, PlayheadError, Refused, VaultError
from playhead.core.finding.query import NEWEST_FIRST, Query
from playhead.core.loading.coverage import Coverage
from playhead.core.loading.feed import Feed
from playhead.core.session import Session
from playhead.core.stores import Listing
from playhead.ui.accounts.sidebar import SideBar
from playhead.ui.accounts.sourcetree import Health
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import LIST_JOB, ListingState
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words
from playhead.ui.wording.listingwords import line_sentences, search_forms
from playhead.ui.wording.sentences import sentence

SAID_EVERY = 0.25
"""Seconds between two words on how a search goes."""
UNCOUNTED = 100
"""Milliseconds that what was counted for another filter may still be said while this one's is counted."""


class ListingStatus(QObject):
    """Keeps status line, side bar, notices and the words of an empty table true to what is shown."""

    reconnect_asked = Signal(str)
    """Another credential is to be given for an account, by its id."""
    retry_asked = Signal(str)
    """An account that failed is to be asked again, by its id."""

    def __init__(
        self,
        session: Session,
        state: ListingState,
        pane: ListingPane,
        status: StatusLine,
        side_bar: SideBar,
        notices: NoticeBar,
        line: FilterLine,
    ) -> None:
        super().__init__(state)
        self._session = session
        self._state = state
        self._pane = pane
        self._model = pane.model
        self._status = status
        self._side_bar = side_bar
        self._notices = notices
        self._line = line
        self._until: dict[str, datetime] = {}
        """Until when accounts wait, because their provider asked for it."""
        self._read = (0, 0.0)
        """What was said last of a search: how many recordings came in how many seconds."""
        self._before: Listing | None = None
        """What the catalogue answered before something else was looked for."""
        self._patience = QTimer(self, singleShot=True, interval=UNCOUNTED)
        self._patience.timeout.connect(self.show)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        side_bar.action_asked.connect(self._mend_chip)
        state.changed.connect(self.show)
        state.failed.connect(self.show_failure)
        state.progressed.connect(self._show_progress)

    def coverage_sentence(self) -> str:
        """Sentence on what the table shows, which an export can carry."""
        state = self._state
        coverage = self._session.library.coverage(state.query)
        return words.coverage_sentence(
            state.listing.matched, state.listing.loaded, coverage, filtered=not state.query.empty
        )

    @property
    def query(self) -> Query:
        """The query that the table answers."""
        return self._state.query

    def whole(self) -> str:
        """Words for all rows together: `that match`, `loaded that match` if others may exist.

        They are only those that are `shown` as long as others match that are loaded, too.
        """
        state = self._state
        if self.counting or len(self._model.ids) < state.listing.matched:
            return "shown"
        complete = all(each.exhausted for each in self._session.library.coverage(state.query))
        if state.query.empty:
            return "recordings" if complete else "loaded"
        return "that match" if complete else "loaded that match"

    def account_waits(self, account: str, seconds: float) -> None:
        """An account pauses for `seconds`, because its provider asked for it; 0 when it goes on."""
        self._until[account] = self._session.clock() + timedelta(seconds=seconds)
        if seconds > 0:
            self._second.start()
        self._count_down()

    def look_anew(self) -> None:
        """Something else is looked for: what was counted is not said of it if the count takes its time."""
        state = self._state
        if not self.counting:
            self._before = state.listing
            self._patience.start()

    def show(self) -> None:
        """Say it all anew."""
        state = self._state
        now = self._session.clock()
        self._model.show_now(now)
        coverage = self._session.library.coverage(state.query)
        accounts = self._session.library.coverage()
        for each in accounts:
            left = (self._until.get(each.account.id, now) - now).total_seconds()
            role, text = words.health(each, now, left)
            action = "" if each.failure is None else _remedy(each.failure)
            self._side_bar.show_health(each.account.id, Health(role, text, action))
        self._show_line(coverage)
        self._status.explain(
            line_sentences(
                coverage, accounts, now, self._session.library.providers, filtered=not state.query.empty
            )
        )
        open_ones = any(not each.exhausted for each in coverage)
        self._model.show_extent(more=open_ones or state.listing.matched > len(self._model.ids))
        self._status.show_rest(possible=open_ones, searching=state.searching)
        self._show_emptiness(coverage)
        self._session.jobs.start("counts", self._count())

    def _show_progress(self, loaded: int, seconds: float) -> None:
        """Say how the search of the rest goes: `loaded` recordings read in `seconds`."""
        if seconds - self._read[1] < SAID_EVERY:
            return
        self._read = (loaded, seconds)
        state = self._state
        self._show_line(self._session.library.coverage(state.query))

    def show_failure(self, feed: Feed, error: PlayheadError) -> None:
        """Say what went wrong with an account, with what can be done as a button.

        Nothing is said of one that was disconnected, or connected anew, meanwhile.
        """
        account = feed.source.account
        if self._session.library.connected(account.id) is not feed.source:
            return
        label = account.label
        kind: Literal["bad", "attention"] = "attention"
        if isinstance(error, Refused | VaultError | Garbled):
            kind = "bad"
        self._notices.say(
            key=account.id,
            sentence=sentence(error, label),
            kind=kind,
            action=_remedy(error),
            act=lambda: self._mend(account.id, error),
        )
        self.show()

    def show_refusal(self, account: str, error: Refused) -> None:
        """An account's credential was refused when something else than a list was asked for."""
        if self._session.library.connected(account) is not None:
            feed = self._session.library.base(account)
            feed.failure = error
            self.show_failure(feed, error)

    def _mend_chip(self, account: str) -> None:
        if self._session.library.connected(account) is not None:
            self._mend(account, self._session.library.base(account).failure)

    def _mend(self, account: str, failure: PlayheadError | None) -> None:
        if isinstance(failure, Refused):
            self.reconnect_asked.emit(account)
        else:
            self.retry_asked.emit(account)

    def _count_down(self) -> None:
        now = self._session.clock()
        self._until = {account: until for account, until in self._until.items() if until > now}
        if not self._until:
            self._second.stop()
        self.show()

    @property
    def counting(self) -> bool:
        """Tell whether the count of what is looked for is not there yet."""
        return self._state.listing is self._before

    def _show_line(self, coverage: Sequence[Coverage]) -> None:
        """Say in the status line what the table speaks of, and how the search goes."""
        state, status = self._state, self._status
        if not state.searching:
            self._read = (0, 0.0)
        status.show_progress(
            *(search_forms(*self._read, coverage, self._session.clock()) if state.searching else ())
        )
        if not self.counting:
            self._patience.stop()
            still = [_still(state.query)] if self._line.faulty else []
            said = " · ".join([*still, self.coverage_sentence()])
            forms = dict.fromkeys(
                " · ".join(_notes(state, coverage, short)) for short in (state.said, state.said_in_short)
            )
            status.show_sentence(said, *forms)
            # Alone they need no way to them.
            tail = self._pane.table.tail
            status.show_undated(tail if tail < len(self._model.ids) else 0)
        elif not self._patience.isActive():
            status.show_sentence("counting…")

    def _show_emptiness(self, coverage: Sequence[Coverage]) -> None:
        if self._model.ids:
            self._pane.show_rows()
            return
        state = self._state
        more = any(not each.exhausted for each in coverage)
        busy = (
            self._session.jobs.running(LIST_JOB) or state.searching or any(each.loading for each in coverage)
        )
        place = self._pane.emptiness
        if self.counting:
            place.explain("Looking…", "The first recordings that match are on their way.")
        elif busy and not (state.listing.loaded and not state.query.empty):
            place.explain("Loading…", "The first recordings are on their way.")
        elif not state.query.empty:
            where = (
                "among what is loaded; more exist." if more else "and everything that can match is loaded."
            )
            if state.measured:
                where += f" Only what is measured can match: {state.measured}."
            if state.said:
                where += f" Only what was read can match: {state.said}."
            which = f"“{brief(state.query)}”" if self._line.faulty else "this filter"
            place.explain(
                "Nothing matches",
                f"No recording matches {which} {where}",
                clear=True,
                search=more,
                read=state.unread,
            )
        elif any(each.failure is not None for each in coverage):
            place.explain(
                "Nothing could be loaded", "The side bar says why, account by account.", search=more
            )
        else:
            place.explain("No recordings", "The connected accounts have no recordings yet.")
        self._pane.show_emptiness()

    async def _count(self) -> None:
        counts = await self._session.catalogue.recordings.counts()
        more = {each.account.id: not each.exhausted for each in self._session.library.coverage()}
        self._side_bar.show_counts(counts, more)


def _remedy(failure: PlayheadError) -> str:
    """Words of the button: only another key helps against a refused one."""
    return "Reconnect" if isinstance(failure, Refused) else "Try again"


def _still(query: Query) -> str:
    """Words on what the rows are for, while the text of the filter line cannot be understood."""
    return f"still for “{brief(query)}”" if query.text.strip() else "still without a filter"


def brief(query: Query) -> str:
    """The text of a filter, no longer than a sentence has room for."""
    text = query.text.strip()
    return text if len(text) <= words.LABEL else f"{text[: words.LABEL - 1].rstrip()}…"


def _notes(state: ListingState, coverage: Sequence[Coverage], said: str) -> list[str]:
    hidden = state.listing.matched - len(state.listing.ids)
    notes = []
    if hidden > 0 and state.order == NEWEST_FIRST:
        follow = "one follows" if hidden == 1 else "ones follow"
        notes.append(f"{figures.number(hidden)} older {follow} as you scroll")
    if state.order != NEWEST_FIRST and not all(each.exhausted for each in coverage):
        notes.append("sorted among the loaded")
    notes += [each for each in (said, state.measured) if each]
    return notes
