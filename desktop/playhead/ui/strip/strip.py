"""Journey of the strip: it follows the filter, and what is chosen in it becomes a part of that."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from playhead.core.errors import Superseded
from playhead.core.finding.query import Query
from playhead.core.finding.queryediting import with_value
from playhead.core.loading.coverage import Unloaded, unloaded
from playhead.core.session import Session
from playhead.core.timeline.timeline import Split, Timeline, asked_period
from playhead.core.timeline.weeks import week
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.look.announcing import announce
from playhead.ui.strip.striplegend import LegendEntry
from playhead.ui.strip.strippane import StripPane
from playhead.ui.strip.stripsight import Subject
from playhead.ui.wording import stripwords
from playhead.ui.wording.words import DAYS

JOB: Final = "strip"
_LOADED_EVERY: Final = 300
"""Milliseconds at least between two counts of the same, while recordings arrive."""
_WORTH: Final = 5
"""Times as long as a count takes that the next one waits."""


class StripJourney(QObject):
    """Keeps the strip true to the filter, also while it is typed; a newer question ends the older."""

    def __init__(self, session: Session, state: ListingState, pane: StripPane, line: FilterLine) -> None:
        super().__init__(pane)
        self._session = session
        self._state = state
        self._pane = pane
        self._line = line
        self._timeline = Timeline(whole=False)
        self._shown = (Query(), Split.KIND)
        """Query and split of the timeline that is shown."""
        self._missing = Unloaded()
        self._of: tuple[Query, Split] | None = None
        """What was counted last, or is being counted."""
        self._written: list[tuple[str, str]] = []
        """The filter before each choice, and the one that it became."""
        self._again = QTimer(self, singleShot=True, interval=_LOADED_EVERY)
        self._again.timeout.connect(self._count_again)
        state.asked.connect(self.look)
        state.shown.connect(self._refresh)
        state.changed.connect(self._learn)
        pane.revealed.connect(self.look)
        pane.split_chosen.connect(self.look)
        pane.strip.looked.connect(self._say)
        pane.strip.chosen.connect(partial(self._narrow, "date"))
        pane.week.chosen.connect(self._narrow_to_hour)
        for picture in (pane.strip, pane.week):
            picture.stepped_back.connect(self._step_back)
        line.changed.connect(self._offer_back)

    def look(self) -> None:
        """Count what is looked for now, unless that is on its way or nobody sees it."""
        wanted = (self._state.query, self._pane.split)
        if not self._pane.isVisible():
            self._of = None
            return
        if wanted != self._of:
            self._start()
        elif self._pane.weekly:
            self._session.jobs.start("strip week", self._show_week(self._timeline))

    def show_learnt(self) -> None:
        """Something was measured."""
        if self._pane.split is Split.HEALTH:
            self._refresh()

    def show_marked(self) -> None:
        """Something was starred, noted or heard: the filter may ask for it."""
        if not self._state.query.empty:
            self._refresh()

    def _refresh(self) -> None:
        """Other rows are there: count again, though not for every page that arrives."""
        if not self._again.isActive():
            self._again.start()

    def _count_again(self) -> None:
        if not self._pane.isVisible():
            # Whoever shows it again wants what is there by then.
            self._of = None
        elif self._session.jobs.running(JOB):
            # Begun anew with every page that arrives, it would never come to its end.
            self._again.start()
        else:
            self._start()

    def _start(self) -> None:
        self._of = (self._state.query, self._pane.split)
        self._session.jobs.start(JOB, self._count(*self._of))

    async def _count(self, query: Query, split: Split) -> None:
        loop, begun = asyncio.get_running_loop(), time.monotonic()

        def tell(found: Timeline) -> None:
            # Quitting may have ended the loop before the catalogue.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._show_if, query, split, found)

        with suppress(Superseded):
            found = await self._session.catalogue.timelines.timeline(query, split, tell)
            self._show(query, split, found)
            self._again.setInterval(max(_LOADED_EVERY, round(1000 * _WORTH * (time.monotonic() - begun))))

    def _show_if(self, query: Query, split: Split, found: Timeline) -> None:
        """Show what has been read so far, if it is still what is asked for."""
        if self._of == (query, split) and self._session.jobs.running(JOB):
            self._show(query, split, found)

    def _show(self, query: Query, split: Split, found: Timeline) -> None:
        self._timeline, self._shown = found, (query, split)
        self._show_subject()
        if self._pane.weekly and found.whole:
            self._session.jobs.start("strip week", self._show_week(found))

    def _show_subject(self) -> None:
        """Show what was counted, and how far it reaches by what is known of the accounts."""
        query, split = self._shown
        now, missing = self._session.clock(), unloaded(self._session.library.coverage(query))
        self._missing = missing
        zone = now.tzinfo
        assert zone is not None
        since = missing.since.timestamp() if missing.since is not None else None
        self._pane.strip.show_subject(
            Subject(
                timeline=self._timeline,
                split=split,
                zone=zone,
                asked=asked_period(query.node),
                now=now.timestamp(),
                # Where nobody knows what is missing when, all of it is in doubt.
                unloaded=now.timestamp() if since is None and not missing.complete else since,
            )
        )

    async def _show_week(self, found: Timeline) -> None:
        zone = self._session.clock().tzinfo
        assert zone is not None
        counted = await asyncio.to_thread(week, found, zone)
        if found is self._timeline:
            self._pane.week.show_week(counted)
            self._say()

    # What is said

    def _learn(self) -> None:
        """More may be known of the accounts: how far they are loaded."""
        if not self._pane.isVisible() or self._of is None:
            return
        missing = unloaded(self._session.library.coverage(self._shown[0]))
        if missing != self._missing:
            self._missing = missing
            self._show_subject()

    def _say(self) -> None:
        pane, found, missing = self._pane, self._timeline, self._missing
        zone = pane.strip.sight.subject.zone
        since = missing.since.timestamp() if missing.since is not None else None
        older = since is not None and found.number_since(since) < len(found)
        sentence = stripwords.unloaded(missing, zone, older=older)
        pane.strip.show_missing(sentence[:1].upper() + sentence[1:])
        self._say_legend()
        seen = [] if pane.strip.says_missing and not pane.weekly else [sentence]
        pane.say(
            _joined([*self._facts(whole=False), *seen], " · "),
            _joined([*self._facts(whole=True), sentence], ", "),
        )
        instead = stripwords.UNDATED if found.undated else stripwords.NOTHING
        for picture in (pane.strip, pane.week):
            picture.show_sentence(instead if found.whole else "")

    def _facts(self, *, whole: bool) -> Sequence[str]:
        """Facts that the picture shows; with `whole`, names are written out."""
        sight, found = self._pane.strip.sight, self._timeline
        if self._pane.weekly:
            facts = [stripwords.busiest(self._pane.week.week)]
        else:
            facts = [
                stripwords.GRAINS[sight.grain] if sight.most else "",
                stripwords.peaks(sight.grain, sight.bars, self._session.clock(), whole=whole),
            ]
        return ["" if found.whole else "counting…", *facts, stripwords.undated(found.undated)]

    def _say_legend(self) -> None:
        sight, found = self._pane.strip.sight, self._timeline
        totals = [sum(numbers) for numbers in zip(*(bar.counts for bar in sight.bars), strict=True)]
        there = enumerate(zip(found.names, totals, strict=False))
        entries = [
            LegendEntry(place, stripwords.part(sight.subject.split, name))
            for place, (name, total) in there
            if total
        ]
        self._pane.legend.show_parts(sight.subject.split, found.names, [] if self._pane.weekly else entries)

    # What is chosen

    def _narrow(self, field: str, value: str) -> None:
        before = self._line.text
        self._write(before, with_value(before, field, value))

    def _narrow_to_hour(self, day: int, hour: int) -> None:
        before = self._line.text
        of_day = with_value(before, "weekday", DAYS[day].lower())
        self._write(before, with_value(of_day, "hour", str(hour)))

    def _write(self, before: str, text: str) -> None:
        self._written.append((before, text))
        self._line.set_text(text)

    def _step_back(self) -> None:
        """Let the filter be as it was before the last choice."""
        before, _ = self._written.pop()
        self._line.set_text(before)
        announce(self._line.line, f"Filter: {before}" if before.strip() else "No filter")

    def _offer_back(self, text: str) -> None:
        """Once the filter is another one, choices of before are no longer to be taken back."""
        while self._written and self._written[-1][1].strip() != text.strip():
            self._written.pop()
        for picture in (self._pane.strip, self._pane.week):
            picture.takes_back = bool(self._written)


def _joined(parts: Sequence[str], sign: str) -> str:
    """A sentence of what there is to say."""
    text = sign.join(filter(None, parts))
    return text[:1].upper() + text[1:]
