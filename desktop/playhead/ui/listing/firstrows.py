"""First rows after a start: shown by the table and the catalogue alone, before most else is even imported."""

from typing import TYPE_CHECKING

from playhead.core.errors import CatalogueError
from playhead.core.finding.query import NEWEST_FIRST, Order, QueryError
from playhead.core.leftoff import from_text
from playhead.ui.listing.rowreader import RowReader
from playhead.ui.table.heldinput import HeldInput
from playhead.ui.table.places import row_of

if TYPE_CHECKING:
    from playhead.core.leftoff import LeftOff
    from playhead.core.loading.library import Library
    from playhead.core.stores import Catalogue
    from playhead.ui.filter.filterline import FilterLine
    from playhead.ui.listing.listingpane import ListingPane

FIRST = 100
"""Rows that are shown before the rest of them is known: more than fit a screen."""
_VIEW = 40
"""Recordings that are read for them: as many as any usual screen shows."""


class FirstRows:
    """Rows of the filter and the order in which the window was left, or of what was typed since.

    What the person does to them waits until `close`; then everything answers.
    """

    def __init__(
        self, catalogue: "Catalogue", library: "Library", pane: "ListingPane", line: "FilterLine"
    ) -> None:
        self._catalogue = catalogue
        self._library = library
        self._pane = pane
        self._line = line
        self._reader = RowReader(catalogue, pane)
        self._held = HeldInput(pane.table)

    async def show(self) -> None:
        """Have them painted. A catalogue that cannot be read, or a filter that is none, shows nothing yet."""
        try:
            await self._show(from_text(await self._catalogue.searches.left_off()))
        except (CatalogueError, QueryError):
            return

    def close(self) -> None:
        """Let happen what the person did meanwhile."""
        self._held.close()

    async def _show(self, left: "LeftOff") -> None:
        table, model = self._pane.table, self._pane.model
        query = self._library.understand(self._line.text or left.query)
        known = any(column.key == left.order.column for column in model.columns)
        order = left.order if known else NEWEST_FIRST
        limit = self._library.watermark(query) if order == NEWEST_FIRST else None
        listings = self._catalogue.listings
        top = None if self._line.text or left.top is None else left.top.id
        if top is None:
            ids = await listings.first_rows(query, order, not_before=limit, number=FIRST)
        else:
            ids = (await listings.listing(query, order, not_before=limit)).ids
        first = 0 if top is None else row_of(top, ids) or 0
        recordings = await self._reader.recordings(ids[first : first + _VIEW])
        self._tell(left, order)
        if not recordings:
            return
        model.mark(query)
        model.fill(recordings)
        if top is None:
            table.show_first(ids)
        else:
            table.show_listing(ids)
        self._pane.show_rows()
        if first:
            table.show_from(first)
        # At once: what comes next is imported in a thread, which leaves less time for painting.
        table.viewport().repaint()
        await self._reader.show_marks(recordings)

    def _tell(self, left: "LeftOff", order: Order) -> None:
        """Show where else it stands what the rows are and how they are sorted."""
        if left.query and not self._line.text:
            self._line.set_text(left.query)
        if order != NEWEST_FIRST:
            self._pane.table.header.sort_by(order)
