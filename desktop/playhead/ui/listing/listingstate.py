"""State of the listing, observed by everything that shows it."""

from PySide6.QtCore import QObject, Signal

from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST, Order, Query
from playhead.core.ports import Listing


class ListingState(QObject):
    """Query and order that are asked for, the rows that answer them, and the search of the rest.

    Whoever changes it says so by one of its signals.
    """

    changed = Signal()
    """Anything that is said of the listing or of its accounts may be different."""
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

    def show(self, listing: Listing) -> None:
        """Take `listing` for the rows that are in the table now."""
        self.listing = listing
        self.changed.emit()
        self.shown.emit()
