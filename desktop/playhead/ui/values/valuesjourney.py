"""Journey of the values of a column: counted for what matches now, and chosen among."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from playhead.core.errors import Superseded
from playhead.core.finding.choosing import ValueCondition, with_choice, without_choice
from playhead.core.finding.grouping import Counted
from playhead.core.finding.query import EVERYTHING, Node
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.spreadsheet import guarded
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.look.announcing import announce
from playhead.ui.look.labels import plain
from playhead.ui.shell.actions import VALUES
from playhead.ui.shell.commands import Commands
from playhead.ui.table.column import Column
from playhead.ui.table.valuekinds import ColumnValue, ValueKind
from playhead.ui.values.valueorder import ArrangedValues, ValueOrder, arranged
from playhead.ui.values.valuespanel import ValuesPanel
from playhead.ui.wording import valuewords, words

_COUNT, _ARRANGE, _CHOOSE, _COPY, _NAME = (
    f"{each} values" for each in ("count", "arrange", "choose", "copy", "name")
)
_FIRST: Final = "from"
"""Key of the column that one asks about first: who rings most."""
_AT_FIRST: Final = 200
"""Values that are shown while the others are still being counted."""
_PAUSE: Final = 1000
"""Milliseconds after which the same is counted again, however much comes meanwhile."""
_WINDOW: Final = 500
"""Recordings that are read in one go."""
LIMIT: Final = 100_000
"""Values that are copied at most."""


class ValuesJourney(QObject):
    """Keeps the panel true to the filter while it is open."""

    _told = Signal(int, object)
    """So much was counted so far, for the question with this number: told from another thread."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        panel: ValuesPanel,
        line: FilterLine,
        state: ListingState,
        commands: Commands,
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._table = pane.table
        self._model = pane.model
        self.panel = panel
        self._line = line
        self._state = state
        self._last = next(each for each in self._model.columns if each.key == _FIRST)
        """The column whose values are shown where the current one is of no interest."""
        self._asked = 0
        self._new = False
        """Another column is to be counted."""
        self._counted = Counted()
        self._of = EVERYTHING
        """The query that was counted last."""
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        """Runs until the same is counted again, as more has come or something was learnt."""
        commands.bind(VALUES, self._open)
        pane.table.header.values_asked.connect(self.show)
        panel.column_chosen.connect(self.show)
        panel.order_changed.connect(self._arrange_anew)
        panel.filter_asked.connect(lambda: self._choose(wanted=True))
        panel.exclude_asked.connect(lambda: self._choose(wanted=False))
        panel.copy_asked.connect(lambda: session.jobs.start(_COPY, self._copy()))
        panel.closed.connect(self._leave)
        panel.rows.wanted.connect(lambda ids: session.jobs.start(_NAME, self._name(ids)))
        pane.table.installEventFilter(panel)
        state.shown.connect(self.look_again)
        state.changed.connect(self._follow)
        self._later.timeout.connect(self._count_anew)
        self._told.connect(self._show_part)

    def show(self, column: Column) -> None:
        """Show the values of a column."""
        if column.values is None:
            return
        self._last, self._counted, self._new = column, Counted(), True
        self.panel.appear(column)
        self.panel.show_values(self._model.showing, self._counted, ArrangedValues())
        self._count_anew()

    def look_again(self) -> None:
        """Other recordings may match, or something of them may be different: count anew, in a moment."""
        if self.panel.isVisible() and self._state.query == self._of and not self._later.isActive():
            self._later.start()

    def _open(self) -> None:
        """Show those of the current column; a second time, they go."""
        if self.panel.isVisible():
            self.panel.put_away()
            return
        column = self._model.columns[max(0, self._table.currentIndex().column())]
        if not column.title or column.values is None:
            # That is where the keyboard begins, not what somebody has pointed at.
            column = self._last
        self.show(column)

    def _leave(self) -> None:
        self._later.stop()
        for job in (_COUNT, _ARRANGE, _NAME):
            self._session.jobs.cancel(job)
        # First: a hidden line would let the keyboard go anywhere for a moment, and a screen reader say so.
        if self.panel.focused:
            target = self._table if self._table.isVisible() else self._line.line
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # Counting

    def _follow(self) -> None:
        if self._state.query != self._of and self.panel.isVisible():
            self._counted = Counted()
            self._count_anew()

    def _count_anew(self) -> None:
        if not self.panel.isVisible():
            return
        if self._session.jobs.running(_COUNT) and self._state.query == self._of and not self._new:
            # Else pages that come one after another would never let it come to an end.
            self._later.start()
            return
        self._asked += 1
        self._new = False
        self._of = self._state.query
        self._session.jobs.start(_COUNT, self._count(self._asked, self.panel.column))

    async def _count(self, mine: int, column: Column) -> None:
        kind = column.values
        if kind is None:
            return
        showing, query = self._model.showing, self._state.query
        grouping = kind.grouping(showing, self._meaning)

        def told(counted: Counted) -> None:
            few = counted.counts if kind.ordered else dict(counted.counts.most_common(_AT_FIRST))
            part = Counted(Counter(few), number=counted.number)
            part.samples.update({key: counted.samples[key] for key in few if key in counted.samples})
            part = kind.gathered(part, showing)
            self._told.emit(mine, (part, arranged(part, kind, showing, ValueOrder())))

        if not self._counted.number:
            self.panel.say(valuewords.counting(0))
        try:
            found = await self._session.catalogue.values.values(query, grouping, told)
        except Superseded:
            return
        self._counted = await asyncio.to_thread(kind.gathered, found, showing)
        await self._arrange(kind)

    def _show_part(self, mine: int, part: tuple[Counted, ArrangedValues]) -> None:
        if mine == self._asked and self.panel.isVisible() and not self._counted.number:
            counted, values = part
            self.panel.show_values(self._model.showing, counted, values)
            self.panel.say(valuewords.counting(counted.number))

    def _arrange_anew(self) -> None:
        kind = self.panel.column.values
        if self.panel.isVisible() and kind is not None and self._counted.whole:
            self._session.jobs.start(_ARRANGE, self._arrange(kind))

    async def _arrange(self, kind: ValueKind) -> None:
        counted, showing = self._counted, self._model.showing
        values = await asyncio.to_thread(arranged, counted, kind, showing, self.panel.order)
        axis: Sequence[str] = ()
        if kind.ordered:
            axis = arranged(counted, kind, showing, ValueOrder(by_value=True)).keys
        if counted is not self._counted or not self.panel.isVisible():
            return
        self.panel.show_values(showing, counted, values, axis)
        self.panel.say(
            valuewords.summary(
                values.distinct,
                values.shown,
                counted.number,
                filtered=self._of != EVERYTHING,
                overlapping=kind.overlapping,
            )
        )

    async def _name(self, ids: Sequence[int]) -> None:
        self.panel.rows.fill(await self._read(ids))

    async def _read(self, ids: Sequence[int]) -> dict[int, Recording]:
        found = await self._session.catalogue.recordings.read(ids)
        return {each: recording for each, recording in zip(ids, found, strict=True) if recording is not None}

    def _meaning(self, text: str) -> Node:
        return self._session.library.understand(text).node

    # Choosing

    def _choose(self, *, wanted: bool) -> None:
        if keys := self.panel.meant:
            self._session.jobs.start(_CHOOSE, self._filter(keys, wanted=wanted))

    async def _filter(self, keys: Sequence[str], *, wanted: bool) -> None:
        values = await self._values(keys)
        conditions: list[ValueCondition] = [each.condition for each in values if each.condition is not None]
        change = with_choice if wanted else without_choice
        text = change(self._line.text.rstrip(), conditions, self._meaning)
        self.panel.rows.ticked.clear()
        if wanted:
            self.panel.put_away()
        # The blank is for what is typed next.
        self._line.set_text(f"{text} ")
        verb = "Filtered by" if wanted else "Excluded"
        titles = ", ".join(plain(each.title) for each in values[:3])
        announce(self._table, f"{verb} {titles if len(values) <= 3 else words.count(len(values), 'value')}")

    async def _values(self, keys: Sequence[str]) -> list[ColumnValue]:
        """The values with these keys; those are left out that are no longer there."""
        kind, showing, counted = self.panel.column.values, self._model.showing, self._counted
        found: list[ColumnValue] = []
        for start in range(0, len(keys), _WINDOW):
            part = keys[start : start + _WINDOW]
            samples = [counted.samples[key] for key in part if key in counted.samples]
            known = await self._read(samples) if samples else {}
            for key in part:
                value = kind and kind.value(key, known.get(counted.samples.get(key, -1)), showing)
                found += [value] if value else []
        return found

    async def _copy(self) -> None:
        keys = self.panel.rows.keys[:LIMIT]
        counted, title = self._counted, self.panel.column.title or "State"
        lines = [f"{title}\tMore\tRecordings\tShare"]
        for start in range(0, len(keys), _WINDOW):
            part = keys[start : start + _WINDOW]
            for key, value in zip(part, await self._values(part), strict=False):
                number = counted.counts[key]
                shown = (guarded(plain(value.title)), guarded(plain(value.second)))
                lines.append(
                    "\t".join((*shown, str(number), valuewords.share(number / max(1, counted.number))))
                )
        QGuiApplication.clipboard().setText("\n".join([*lines, ""]))
        announce(self.panel, f"{words.count(len(lines) - 1, 'value')} copied")
