"""Journey of reading transcripts: of what is selected, or of all that an answer depends on."""

from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import beside_speech
from playhead.core.loading.speechcounting import speech_coverage
from playhead.core.session import Session
from playhead.core.worklists.workstates import WorkWish
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.listing.listingstatus import brief
from playhead.ui.shell.actions import READ, READ_ALL
from playhead.ui.shell.commands import Commands
from playhead.ui.wording.readingwords import KEPT, to_read
from playhead.ui.worklists.readingsources import TranscriptsAsked, TranscriptsOf
from playhead.ui.worklists.workjob import WorkJob
from playhead.ui.worklists.workquestion import WorkOffer, answered


class ReadingJourney:
    """Gives the recordings that are meant to a `WorkJob`, once their providers' lists are read."""

    def __init__(self, session: Session, commands: Commands, listing: ListingJourney, work: WorkJob) -> None:
        self._session = session
        self._listing = listing
        self.work = work
        commands.bind(READ, self._read_selected)
        commands.bind(READ_ALL, self._read_all)
        listing.pane.emptiness.read_asked.connect(self._read_all)
        work.show_asked.connect(lambda: listing.line.write_on("has:transcript"))

    def begin(self) -> None:
        """Take up what an earlier run of the program has left."""
        self.work.begin()
        self._session.jobs.start("reading wishes", self._take_up_wishes())

    async def _take_up_wishes(self) -> None:
        for wish in await self._session.catalogue.readings.wishes():
            self.work.add_when(TranscriptsAsked(self._session, self._listing, wish, whole=True))

    def account_leaving(self, account: str) -> None:
        """An account is out of use: let go of its work."""
        self.work.account_leaving(account)

    def _read_selected(self) -> None:
        ids = self._listing.pane.table.meant_ids()
        if ids:
            self.work.add_when(TranscriptsOf(self._session, ids))
        else:
            self.work.say(
                "Nothing is selected. Select recordings, or read the transcripts of all that match."
            )

    def _read_all(self) -> None:
        if not self._session.jobs.running("ask reading"):
            self._session.jobs.start("ask reading", self._ask())

    async def _ask(self) -> None:
        query = self._listing.state.query
        rest = await answered(await self._offer(query), self._listing.pane.window())
        if rest is None:
            return
        # A wish that the rest is searched first outlasts the program, as that may take long.
        wish = WorkWish(query.text, self._session.clock())
        if rest:
            await self._session.catalogue.readings.wish(wish)
        self.work.add_when(TranscriptsAsked(self._session, self._listing, wish, whole=rest))

    async def _offer(self, query: Query) -> WorkOffer:
        coverage = await speech_coverage(self._session, query)
        asked = beside_speech(query)
        narrowed = asked.node != query.node
        what = (
            "all recordings"
            if asked.empty
            else "all that match"
            if narrowed
            else f"all that match “{brief(query)}”"
        )
        figures = to_read(coverage)
        if not coverage.listed:
            figures += " The providers’ lists of transcripts are read first: there may be more."
        return WorkOffer(
            name="reading",
            title="Read the transcripts",
            begin="Read",
            rest="&Search the rest first, and read those too",
            heading=f"Read the transcripts of {what}",
            figures=figures,
            coverage=f"Only what is loaded is read. {self._listing.status.coverage_sentence()}.",
            kept=KEPT,
            more=any(not each.exhausted for each in self._session.library.coverage(asked)),
            some=coverage.recordings > 0,
        )
