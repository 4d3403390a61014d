"""Journey of a restart: the window is left as it is, and is so again when it opens."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from playhead.core.errors import CatalogueError
from playhead.core.leftoff import MOST_SELECTED, Known, LeftOff, from_text
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.inspector.inspector import Inspector
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.player.player import PlayerJourney
from playhead.ui.table.columns import COLUMNS


class LeavingOff(QObject):
    """Keeps filter, order, selection, place and what was heard, in the catalogue: they are nobody else's.

    What the person has done by the time that it comes back is not undone.
    """

    def __init__(
        self,
        session: Session,
        line: FilterLine,
        inspector: Inspector,
        browsing: ListingJourney,
        listening: PlayerJourney,
    ) -> None:
        super().__init__(inspector)
        self._session = session
        self._line = line
        self._inspector = inspector
        self._table = browsing.pane.table
        self._browsing = browsing
        self._listening = listening
        self._left = LeftOff()
        self._found: dict[int, Recording] = {}
        self._kept = ""
        self._scrolled = False

    async def read(self) -> None:
        """Read how it was left. A catalogue that cannot be read has nothing to tell."""
        try:
            self._kept = await self._session.catalogue.searches.left_off()
            self._left = from_text(self._kept)
            known = self._left.recordings
            found = await self._session.catalogue.recordings.read([each.id for each in known])
        except CatalogueError:
            return
        self._found = {
            each.id: recording
            for each, recording in zip(known, found, strict=True)
            if recording is not None and recording.key == each.key
        }

    def begin(self) -> None:
        """Let it be so again: the order at once, the rest when the rows are there.

        The filter is there since `FirstRows`, unless the person wants another.
        """
        left, table = self._left, self._table
        known = any(column.key == left.order.column for column in COLUMNS)
        if known and left.order != self._browsing.state.order:
            table.header.sort_by(left.order)
        self._inspector.show_page(left.page)
        if (playing := self._still(left.playing)) is not None:
            self._listening.recall(playing.id, self._found[playing.id], left.second)
        table.verticalScrollBar().actionTriggered.connect(self._note_scrolling)
        self._browsing.state.shown.connect(self._return, Qt.ConnectionType.SingleShotConnection)

    async def keep(self) -> None:
        """Write down how it is now, if that is new. Raises `CatalogueError`."""
        present = await self._present()
        text = present.to_text()
        if text != self._kept:
            await self._session.catalogue.searches.leave_off(text)
            self._kept = text

    def _return(self) -> None:
        """Go back to the rows that were selected and in view, unless the person went elsewhere meanwhile."""
        table, left = self._table, self._left
        if table.selected_count() or self._line.text.strip() != left.query.strip():
            return
        current = self._still(left.current)
        selected = [each.id for each in left.selected if self._still(each) is not None]
        if left.everything:
            table.select_everything()
        elif selected or current is not None:
            table.select_ids(selected, None if current is None else current.id)
        if self._scrolled:
            return
        top = self._still(left.top)
        row = None if top is None else table.row_of(top.id)
        if row is None:
            table.scrollToTop()
        else:
            table.show_from(row)

    def _note_scrolling(self) -> None:
        self._scrolled = True

    def _still(self, known: Known | None) -> Known | None:
        """A recording that is still the one that it was."""
        return known if known is not None and known.id in self._found else None

    async def _present(self) -> LeftOff:
        table, listening, state = self._table, self._listening, self._browsing.state
        everything = table.selection.everything
        few = not everything and table.selected_count() <= MOST_SELECTED
        selected = list(table.selected_ids()) if few else []
        scrolled = table.verticalScrollBar().value() > 0
        left = LeftOff(
            query=state.query.text,
            order=state.order,
            everything=everything,
            second=round(listening.position, 2),
            page=self._inspector.page,
        )
        current, top, playing = table.current_id, table.top_id if scrolled else None, listening.identifier
        ids = [each for each in (current, top, playing, *selected) if each is not None]
        found = await self._session.catalogue.recordings.read(ids)
        known = {
            each: Known(id=each, key=recording.key)
            for each, recording in zip(ids, found, strict=True)
            if recording is not None
        }
        return replace(
            left,
            current=known.get(current or 0),
            top=known.get(top or 0),
            playing=known.get(playing or 0),
            selected=tuple(known[each] for each in selected if each in known),
        )
