"""Journey of the same sound: the others of the current row's group, and the way to them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from playhead.core.finding.fields import SAME
from playhead.core.finding.queryediting import condition
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Twin
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.inspector.samepane import SameLine, SamePane
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import beside
from playhead.ui.wording import words
from playhead.ui.wording.samewords import likeness


class SameSoundJourney(QObject):
    """Shows in which recordings the sound of the current row is heard, too, and goes there."""

    def __init__(
        self, session: Session, pane: ListingPane, same: SamePane, line: FilterLine, state: ListingState
    ) -> None:
        super().__init__(same)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._same = same
        self._line = line
        self._current: Recording | None = None
        self._group: int | None = None
        """The group that is listed."""
        self._wanted: int | None = None
        """The one to go to as soon as it is in the table."""
        pane.table.chosen.connect(self._choose)
        same.chosen.connect(self._go_to)
        same.group_asked.connect(self._filter)
        state.shown.connect(self._arrive)

    def look_again(self) -> None:
        """Something was measured: there may be others by now."""
        if self._current is not None:
            self._session.jobs.start("same sound", self._show(self._current))

    def _choose(self) -> None:
        recording = self._model.recording(self._table.currentIndex().row())
        same = None if recording is None else self._model.marks(recording).same
        if same is None or same.group != self._group:
            # From row to row of one group, what is listed is not to flicker.
            self._same.show_lines((), 0)
        self._current = recording
        if recording is None:
            self._session.jobs.cancel("same sound")
        else:
            self.look_again()

    async def _show(self, recording: Recording) -> None:
        (marks,) = await self._session.catalogue.marks.read([recording])
        twins: Sequence[Twin] = ()
        if marks.same is not None:
            twins = await self._session.catalogue.same_sounds.others(recording)
        others = len(marks.same.ids) - 1 if marks.same is not None else 0
        if recording is self._current:
            self._group = None if marks.same is None else marks.same.group
            self._same.show_lines(tuple(map(self._line_of, twins)), others)

    def _line_of(self, twin: Twin) -> SameLine:
        showing, moment = self._model.showing, twin.recording.moment
        account = showing.labels.get(twin.recording.account, "")
        when = words.moment(moment, showing.now) if moment is not None else ""
        name = plain(words.long_title(twin.recording))
        return SameLine(twin.identifier, name, beside(plain(account), when), likeness(twin))

    def _filter(self) -> None:
        """List the group alone."""
        if self._current is not None:
            self._line.set_text(condition(SAME.word, self._current.id))

    def _go_to(self, identifier: int) -> None:
        """Make one of the others the current row; what the filter leaves out is listed with its group."""
        self._wanted = identifier
        if self._table.row_of(identifier) is None:
            self._filter()
        else:
            self._arrive()

    def _arrive(self) -> None:
        row = None if self._wanted is None else self._table.row_of(self._wanted)
        if row is not None:
            self._wanted = None
            self._table.go_to(row)
            self._table.setFocus()
