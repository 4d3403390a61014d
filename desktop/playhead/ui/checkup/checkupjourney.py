"""Journey of checkups: which recordings the person wants to be checked, and if they want it at all."""

from array import array
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer

from playhead.core.finding.query import All, Flag, Is, Node, Not, Order, Query
from playhead.core.preferences import HealthChecking, Preferences
from playhead.core.session import Session
from playhead.core.worklists.workstates import WorkWish
from playhead.ui.checkup.restfirst import RestFirst, playable
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.listing.listingstatus import brief
from playhead.ui.shell.actions import CHECK, CHECK_ALL, WORST_FIRST, Need
from playhead.ui.shell.commands import Commands
from playhead.ui.wording.checkupwords import to_check
from playhead.ui.worklists.workjob import WorkJob
from playhead.ui.worklists.workquestion import WorkOffer, answered


class CheckupJourney:
    """Gives the recordings that are meant to a `WorkJob`; nothing is checked where that is turned off."""

    def __init__(self, session: Session, commands: Commands, listing: ListingJourney, work: WorkJob) -> None:
        self._session = session
        self._commands = commands
        self._listing = listing
        self._work = work
        self._choice = HealthChecking.ASKED
        self._begun = False
        self._shows: int | None = None
        """The column that is to be in view with the first row, once the rows are sorted by it."""
        listing.refresh.came.connect(self._check_new)
        commands.bind(CHECK, self._check_selected)
        commands.bind(CHECK_ALL, self._check_all)
        commands.bind(WORST_FIRST, self._show_worst)
        work.show_asked.connect(lambda: commands.do(WORST_FIRST))
        listing.state.shown.connect(self._reveal)

    def prefer(self, preferences: Preferences) -> None:
        """Take up what the settings have, or what was changed in them."""
        before, self._choice = self._choice, preferences.checking
        self._work.limit(preferences.check_rate)
        self.allow()
        if self._choice is HealthChecking.NEVER:
            self._work.end()
        elif before is HealthChecking.NEVER and self._begun:
            self._take_up()

    def begin(self) -> None:
        """Take up what an earlier run of the program has left."""
        self._begun = True
        if self._choice is not HealthChecking.NEVER:
            self._take_up()

    def _take_up(self) -> None:
        self._work.begin()
        self._session.jobs.start("checkup wishes", self._take_up_wishes())

    async def _take_up_wishes(self) -> None:
        for wish in await self._session.catalogue.checkups.wishes():
            self._work.add_when(RestFirst(self._session, self._listing, wish))

    def allow(self, _account: str = "") -> None:
        """Let recordings be checked if there are any, and the person has not turned it off."""
        on = self._choice is not HealthChecking.NEVER
        self._commands.allow(Need.CHECKING, met=on and bool(self._session.library.accounts))

    def _show_worst(self) -> None:
        self._shows = self._listing.pane.table.header.lead_with(Order("health", descending=False))

    def _reveal(self) -> None:
        """Begin with the first row, whatever is current: it is the worst."""
        if self._shows is not None and not self._listing.rows.busy:
            section, self._shows = self._shows, None
            # What was current is brought into view first.
            QTimer.singleShot(0, self._listing.pane.table, partial(self._scroll_to_first, section))

    def _scroll_to_first(self, section: int) -> None:
        table = self._listing.pane.table
        table.scrollTo(table.model().index(0, section))

    def _check_selected(self) -> None:
        ids = self._listing.pane.table.meant_ids()
        if ids:
            self._work.add(ids)
        else:
            self._work.say("Nothing is selected. Select recordings, or check all that match.")

    def _check_new(self, came: Sequence[range]) -> None:
        if self._choice is HealthChecking.NEW:
            self._work.add_new(array("q", (each for some in came for each in some)))

    def _check_all(self) -> None:
        if not self._session.jobs.running("ask checkup"):
            self._session.jobs.start("ask checkup", self._ask())

    async def _ask(self) -> None:
        query = self._listing.state.query
        rest = await answered(await self._offer(query), self._listing.pane.window())
        if rest is None:
            return
        if rest:
            wish = WorkWish(query.text, self._session.clock())
            await self._session.catalogue.checkups.wish(wish)
            self._work.add_when(RestFirst(self._session, self._listing, wish))
        else:
            self._work.add(await self._session.catalogue.listings.matching(playable(query)))

    async def _offer(self, query: Query) -> WorkOffer:
        listings = self._session.catalogue.listings
        number = await listings.count(query)
        measured = await listings.count(_with(query, Is(Flag.MEASURED)))
        left = await listings.matching(_unmeasured(query))
        coverage = self._session.library.coverage(query)
        what = "all recordings" if query.empty else f"all that match “{brief(query)}”"
        return WorkOffer(
            name="checkup",
            title="Check the health",
            begin="Check",
            rest="&Search the rest first, and check that too",
            heading=f"Check the health of {what}",
            figures=to_check(number, measured, number - measured - len(left), await listings.totals(left)),
            coverage=f"Only what is loaded is checked. {self._listing.status.coverage_sentence()}.",
            kept="Nothing is kept of the audio but its figures and its waveform.",
            more=any(not each.exhausted for each in coverage),
            some=number > 0,
        )


def _with(query: Query, *nodes: Node) -> Query:
    return Query(node=All((query.node, *nodes)))


def _unmeasured(query: Query) -> Query:
    """Those that match, have audio and are not measured."""
    return _with(query, Not(Is(Flag.MEASURED)), Is(Flag.PLAYABLE))
