"""State of the listing, observed by everything that shows it."""

from PySide6.QtCore import QObject, Signal

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST, Order, Query
from playhead.core.loading.feed import Feed
from playhead.core.stores import Listing

LIST_JOB = "list"
"""Job that fills the table: a newer one is for another query, order or place."""
SEARCH_JOB = "search"
"""Job that loads what is not there yet, for the table or down to a date."""


class ListingState(QObject):
    """Query and order that are asked for, the rows that answer them, and the search of the rest.

    Its signals tell of every change.
    """

    asked = Signal()
    """Something else is looked for; the rows follow."""
    changed = Signal()
    """Anything that is said of the listing or of its accounts may be different."""
    learnt = Signal()
    """What is known of recordings themselves may be different: their figures, verdicts, lengths."""
    shown = Signal()
    """Other rows are in the table; follows `changed`."""
    failed = Signal(object, object)
    """An account could not go on: its `Feed`, and the `PlayheadError`."""
    progressed = Signal(int, float)
    """The search of the rest has read so many recordings in so many seconds."""

    def __init__(self, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query: Query = EVERYTHING
        self.order: Order = NEWEST_FIRST
        self.listing = listing
        """The answer of the catalogue that is shown; of an earlier query while a new one is on its way."""
        self.searching = False
        """The rest is being searched for the table."""
        self.measured = ""
        """Words on how much is measured, where that has a say in what is shown."""
        self.said = ""
        """Words on how many transcripts are read, where it is asked what was said."""
        self.said_in_short = ""
        """The same in fewer words."""
        self.unread = False
        """Transcripts may exist that were not read, where it is asked what was said."""

    def ask(self, query: Query) -> None:
        """Look for something else from now on."""
        self.query = query
        self.asked.emit()

    def search(self, *, on: bool) -> None:
        """Begin or end the search of the rest."""
        self.searching = on
        self.changed.emit()

    def say_measured(self, text: str) -> None:
        """Say how much is measured; nothing if that is of no interest."""
        if text != self.measured:
            self.measured = text
            self.changed.emit()

    def say_said(self, text: str, short: str = "", *, unread: bool = False) -> None:
        """Say how many transcripts are read, also in `short`; nothing if that is of no interest.

        `unread`: there may be others, which can be read.
        """
        if (text, unread) != (self.said, self.unread):
            self.said, self.said_in_short, self.unread = text, short, unread
            self.changed.emit()

    def note_change(self) -> None:
        """Tell of a change in what is known of the listing or of its accounts."""
        self.changed.emit()

    def note_learnt(self) -> None:
        """Tell of a change in what is known of recordings."""
        self.learnt.emit()

    def note_failure(self, feed: Feed, error: PlayheadError) -> None:
        """Tell of an account that could not go on."""
        self.failed.emit(feed, error)

    def note_progress(self, loaded: int, seconds: float) -> None:
        """Tell of so many recordings that the search of the rest has read in so many seconds."""
        self.progressed.emit(loaded, seconds)

    def show(self, listing: Listing) -> None:
        """Take `listing` for the rows that are in the table now."""
        self.listing = listing
        self.changed.emit()
        self.shown.emit()
