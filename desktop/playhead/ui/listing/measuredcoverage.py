"""Coverage of measuring: of how many recordings a question about health knows the answer."""

from typing import Final

from playhead.core.finding import fields
from playhead.core.finding.matching import HEALTH_MEASURES, among
from playhead.core.finding.query import All, Either, Flag, Is, Match, Node, Not, Query, Span
from playhead.core.session import Session
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.wording.checkupwords import measured_of

_JOB: Final = "measured"
_COLUMNS: Final = frozenset(
    {"health", "loudness", "peak", "clipped", "silence", "talk_left", "talk_right", "decoded", "same"}
)


class MeasuredCoverage:
    """Tells the listing how much is measured while it is sorted by health, or health is looked for."""

    def __init__(self, session: Session, state: ListingState) -> None:
        self._session = session
        self._state = state
        self._of = Query()
        """What was counted last."""
        state.shown.connect(self.look)

    def look(self) -> None:
        """Count anew what is measured; nothing is counted while nobody asks about it."""
        if self._asks:
            if self._of != self._state.query:
                self._state.say_measured("")
            self._session.jobs.start(_JOB, self._count())
        else:
            self._session.jobs.cancel(_JOB)
            self._state.say_measured("")

    @property
    def _asks(self) -> bool:
        return self._state.order.column in _COLUMNS or asks_of_health(self._state.query.node)

    async def _count(self) -> None:
        query = self._of = self._state.query
        # Who looks for a verdict has to know how many recordings have one, not how many of those that it has.
        asked = among(query) if asks_of_health(query.node) else query
        listings = self._session.catalogue.listings
        number = await listings.count(asked)
        measured = await listings.count(Query(node=All((asked.node, Is(Flag.MEASURED)))))
        self._state.say_measured(measured_of(measured, number))


def asks_of_health(node: Node) -> bool:
    """True if the answer depends on what was measured."""
    match node:
        case Span(measure):
            return measure in HEALTH_MEASURES
        case Is(flag):
            return flag in {Flag.MEASURED, Flag.DUPLICATE, Flag.SAID_OTHERWISE}
        case Match(fields.SAME):
            return True
        case Not(inner):
            return asks_of_health(inner)
        case All(nodes) | Either(nodes):
            return any(asks_of_health(each) for each in nodes)
        case _:
            return False
