"""Reading of rows: recordings out of the catalogue, then what was marked in them."""

from collections.abc import Sequence

from playhead.core.recording import Recording
from playhead.core.stores import Catalogue
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.lettersahead import LettersAhead


class RowReader:
    """Reads what the rows of the table show.

    Marks are read by themselves: nobody waits for them to see the rows.
    """

    def __init__(self, catalogue: Catalogue, pane: ListingPane) -> None:
        self._catalogue = catalogue
        self._model = pane.model
        self._letters = LettersAhead(pane.table)

    async def recordings(self, ids: Sequence[int]) -> dict[int, Recording]:
        """The recordings of these ids, without those that are no longer there."""
        read = await self._catalogue.recordings.read(ids) if ids else ()
        found = {each: known for each, known in zip(ids, read, strict=True) if known is not None}
        self._letters.look(name for recording in found.values() for name in _names(recording))
        return found

    async def show_marks(self, found: dict[int, Recording]) -> None:
        """Show the stars, the notes and what was heard of these recordings."""
        marks = await self._catalogue.marks.read(list(found.values())) if found else ()
        self._model.show_marks({each.key: mark for each, mark in zip(found.values(), marks, strict=True)})


def _names(recording: Recording) -> list[str]:
    parties = (recording.caller, recording.callee)
    named = [party.name for party in parties if party is not None]
    return [name for name in (recording.name, *named) if name]
