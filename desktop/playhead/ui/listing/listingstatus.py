"""Sentences in the status line and in notices about the recordings shown and their accounts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QTimer

from playhead.core import figures
from playhead.core.errors import Garbled, PlayheadError, Refused, VaultError
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.loading.coverage import Coverage
from playhead.core.loading.feed import Feed
from playhead.core.ports import Listing
from playhead.core.session import Session
from playhead.ui.accounts.sourcetree import Health
from playhead.ui.shell.notices import Notice
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from playhead.ui.wording import words
from playhead.ui.wording.coveragewords import line_sentences
from playhead.ui.wording.progresswords import search_forms
from playhead.ui.wording.sentences import sentence

SAID_EVERY = 0.25
"""Seconds between two words on how a search goes."""
UNCOUNTED = 100
"""Milliseconds that what was counted for another filter may still be said while this one's is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is looked for, in which order, what the catalogue answered, and whether the rest is searched."""

    query: Query
    order: Order
    listing: Listing
    searching: bool


class ListingStatus:
    """Keeps status line, side bar, notices and the words of an empty table true to what is shown.

    `view` gives what is shown now; `reconnect` and `retry` are what can be done about an account, by its id.
    """

    def __init__(
        self,
        session: Session,
        window: Window,
        model: RecordingModel,
        *,
        view: Callable[[], View],
        reconnect: Callable[[str], None],
        retry: Callable[[str], None],
    ) -> None:
        self._session = session
        self._window = window
        self._model = model
        self._view = view
        self._reconnect = reconnect
        self._retry = retry
        self._until: dict[str, datetime] = {}
        """Until when accounts wait, because their provider asked for it."""
        self._read = (0, 0.0)
        """What was said last of a search: how many recordings came in how many seconds."""
        self._before: Listing | None = None
        """What the catalogue answered before something else was looked for."""
        self._patience = QTimer(window, singleShot=True, interval=UNCOUNTED)
        self._patience.timeout.connect(self.show)
        self._second = QTimer(window, interval=1000)
        self._second.timeout.connect(self._count_down)
        window.side_bar.action_asked.connect(self._mend_chip)

    def coverage_sentence(self) -> str:
        """What the table speaks of, in a sentence that an export can carry."""
        view = self._view()
        coverage = self._session.library.coverage(view.query)
        return words.coverage_sentence(
            view.listing.matched, view.listing.loaded, coverage, filtered=not view.query.empty
        )

    def whole(self) -> str:
        """What all rows together are: `that match`, `loaded that match` if others may exist.

        They are only those that are `shown` as long as others match that are loaded, too.
        """
        view = self._view()
        if self._counting(view) or len(self._model.ids) < view.listing.matched:
            return "shown"
        complete = all(each.exhausted for each in self._session.library.coverage(view.query))
        if view.query.empty:
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
        view = self._view()
        if not self._counting(view):
            self._before = view.listing
            self._patience.start()

    def show(self) -> None:
        """Say it all anew."""
        view = self._view()
        now = self._session.clock()
        self._model.show_now(now)
        coverage = self._session.library.coverage(view.query)
        accounts = self._session.library.coverage()
        for each in accounts:
            left = (self._until.get(each.account.id, now) - now).total_seconds()
            role, text = words.health(each, now, left)
            action = "" if each.failure is None else _remedy(each.failure)
            self._window.side_bar.show_health(each.account.id, Health(role, text, action))
        self._show_line(view, coverage)
        self._window.status.explain(line_sentences(coverage, accounts, now, filtered=not view.query.empty))
        open_ones = any(not each.exhausted for each in coverage)
        self._window.status.show_rest(possible=open_ones, searching=view.searching)
        self._show_emptiness(view, coverage)
        self._session.jobs.start("counts", self._count())

    def show_progress(self, loaded: int, seconds: float) -> None:
        """Say how the search of the rest goes: `loaded` recordings read in `seconds`."""
        if seconds - self._read[1] < SAID_EVERY:
            return
        self._read = (loaded, seconds)
        view = self._view()
        self._show_line(view, self._session.library.coverage(view.query))

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
        self._window.notices.show_notice(
            Notice(
                key=account.id,
                sentence=sentence(error, label),
                kind=kind,
                action=_remedy(error),
                act=lambda: self._mend(account.id, error),
            )
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
            self._reconnect(account)
        else:
            self._retry(account)

    def _count_down(self) -> None:
        now = self._session.clock()
        self._until = {account: until for account, until in self._until.items() if until > now}
        if not self._until:
            self._second.stop()
        self.show()

    def _counting(self, view: View) -> bool:
        """Whether the count of what is looked for is not there yet."""
        return view.listing is self._before

    def _show_line(self, view: View, coverage: Sequence[Coverage]) -> None:
        """Say in the status line what the table speaks of, and how the search goes."""
        status = self._window.status
        if not view.searching:
            self._read = (0, 0.0)
        status.show_progress(
            *(search_forms(*self._read, coverage, self._session.clock()) if view.searching else ())
        )
        if not self._counting(view):
            self._patience.stop()
            notes = [_still(view.query)] if self._window.filter.faulty else []
            status.show_sentence(self.coverage_sentence(), " · ".join([*notes, *_notes(view, coverage)]))
        elif not self._patience.isActive():
            status.show_sentence("counting…")

    def _show_emptiness(self, view: View, states: Sequence[Coverage]) -> None:
        if self._model.ids:
            self._window.show_rows()
            return
        more = any(not each.exhausted for each in states)
        busy = self._session.jobs.running("list") or view.searching or any(each.loading for each in states)
        place = self._window.emptiness
        if self._counting(view):
            place.explain("Looking…", "The first recordings that match are on their way.")
        elif busy and not (view.listing.loaded and not view.query.empty):
            place.explain("Loading…", "The first recordings are on their way.")
        elif not view.query.empty:
            where = (
                "among what is loaded; more exist." if more else "and everything that can match is loaded."
            )
            which = f"“{_brief(view.query)}”" if self._window.filter.faulty else "this filter"
            place.explain("Nothing matches", f"No recording matches {which} {where}", clear=True, search=more)
        elif any(each.failure is not None for each in states):
            place.explain(
                "Nothing could be loaded", "The side bar says why, account by account.", search=more
            )
        else:
            place.explain("No recordings", "The connected accounts have no recordings yet.")
        self._window.show_emptiness()

    async def _count(self) -> None:
        counts = await self._session.catalogue.counts()
        more = {each.account.id: not each.exhausted for each in self._session.library.coverage()}
        self._window.side_bar.show_counts(counts, more)


def _remedy(failure: PlayheadError) -> str:
    """What the button says: only another key helps against a refused one."""
    return "Reconnect" if isinstance(failure, Refused) else "Try again"


def _still(query: Query) -> str:
    """What the rows are for, while what stands in the filter line cannot be understood."""
    return f"still for “{_brief(query)}”" if query.text.strip() else "still without a filter"


def _brief(query: Query) -> str:
    text = query.text
    return text if len(text) <= words.LABEL else f"{text[: words.LABEL - 1].rstrip()}…"


def _notes(view: View, coverage: Sequence[Coverage]) -> list[str]:
    hidden = view.listing.matched - len(view.listing.ids)
    notes = []
    if hidden > 0 and view.order == NEWEST_FIRST:
        follow = "one follows" if hidden == 1 else "ones follow"
        notes.append(f"{figures.number(hidden)} older {follow} as you scroll")
    if view.order != NEWEST_FIRST and not all(each.exhausted for each in coverage):
        notes.append("sorted among the loaded")
    return notes
