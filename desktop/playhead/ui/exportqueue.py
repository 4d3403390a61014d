"""Exports one after the other: what runs, what waits, what was interrupted, and what they are told to do."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from playhead.core.errors import CatalogueError
from playhead.core.exports.choices import Choices
from playhead.core.exports.files import Kept
from playhead.core.exports.needs import Journal, JournalOf
from playhead.core.exports.plan import Plan
from playhead.core.exports.progress import Progress
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.exports.run import Export
from playhead.core.jobs import Jobs
from playhead.core.ports import Entry, Exports
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.wording.exportwords import ended, so_far, trouble
from playhead.ui.wording.sentences import sentence

_AGAIN = {State.FAILED, State.LEFT}
"""What can be tried once more."""


class Making(Protocol):
    """Makes an export that can be run."""

    def __call__(
        self,
        plan: Plan,
        choices: Choices,
        *,
        journal: Journal | None,
        done: Mapping[int, Outcome] | None,
        replaces: tuple[Kept, ...],
        progress: Callable[[Progress], None],
    ) -> Export:
        """`done` is what became of files in an earlier run, `replaces` the sheets of that."""


def _promise() -> "asyncio.Future[Report]":
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False, kw_only=True)
class _Transfer:
    """One export that the panel shows."""

    number: int
    plan: Plan
    choices: Choices
    shown: Transfer
    entry: int | None = None
    """Its number in the journal; None if that cannot be written."""
    done: Mapping[int, Outcome] = field(default_factory=dict)
    """What became of files so far."""
    replaces: tuple[Kept, ...] = ()
    fresh: bool = True
    """Whether it begins: it is no continuation, and nothing of it is in the folder yet."""
    export: Export | None = None
    """While it runs."""
    report: "asyncio.Future[Report]" = field(default_factory=_promise)
    """What became of it, when it has run for the first time; cancelled if it never does."""


class ExportQueue:
    """Runs exports one at a time, shows them in the panel, and does what its buttons ask.

    `ended` is told of every report.
    """

    def __init__(
        self,
        panel: TransfersPanel,
        exports: Exports,
        jobs: Jobs,
        make: Making,
        *,
        ended: Callable[[Report], None],
        show_folder: Callable[[Path], object],
    ) -> None:
        self._panel = panel
        self._exports = exports
        self._jobs = jobs
        self._make = make
        self._ended = ended
        self._show_folder = show_folder
        self._numbers = itertools.count(1)
        self._all: dict[int, _Transfer] = {}
        self._waiting: deque[_Transfer] = deque()
        self._running: _Transfer | None = None
        panel.pause_asked.connect(self._pause)
        panel.resume_asked.connect(self._resume)
        panel.cancel_asked.connect(self._cancel)
        panel.cancel_one_asked.connect(self._cancel_one)
        panel.retry_asked.connect(self._retry)
        panel.open_asked.connect(lambda number: self._show_folder(self._all[number].plan.folder))
        panel.dismissed.connect(self._dismiss)

    @property
    def running(self) -> bool:
        """Whether an export runs or waits."""
        return self._running is not None or bool(self._waiting)

    @property
    def interrupted(self) -> bool:
        """Whether there is one that was cut short and is not continued yet."""
        return any(made.shown.phase is Phase.INTERRUPTED for made in self._all.values())

    async def add(
        self,
        plan: Plan,
        choices: Choices,
        *,
        done: Mapping[int, Outcome] | None = None,
        replaces: tuple[Kept, ...] = (),
    ) -> "asyncio.Future[Report]":
        """Write an export down and run it when those before it have ended; the future has its report then.

        `done` is what stands before it begins, of an old export that it goes on with; `replaces` are the
        papers of that.
        """
        try:
            entry = await self._exports.begin(plan, choices)
            for place, outcome in (done or {}).items():
                await self._exports.settle(entry, place, outcome)
        except CatalogueError:
            # It can be carried out all the same; the report says that it could not be continued.
            entry = None
        made = self._show(plan, choices, entry)
        made.done, made.replaces, made.fresh = dict(done or {}), replaces, done is None
        self._enqueue(made)
        return made.report

    def take_up(self, entries: Sequence[Entry]) -> None:
        """Show what the journal has of earlier runs of the program."""
        for entry in entries:
            made = self._show(entry.plan, entry.choices, entry.number)
            made.done = entry.outcomes
            made.fresh = False
            if entry.ended:
                self._show_end(made, so_far(entry.plan, entry.outcomes), trouble=False)
            else:
                made.shown.show_interrupted(entry.outcomes)

    def go_on(self) -> None:
        """Continue everything that was interrupted, the oldest first."""
        for number in list(self._all):
            self._resume(number)

    def _show(self, plan: Plan, choices: Choices, entry: int | None) -> _Transfer:
        number = next(self._numbers)
        shown = self._panel.add(number, plan)
        made = self._all[number] = _Transfer(
            number=number, plan=plan, choices=choices, shown=shown, entry=entry
        )
        return made

    def _enqueue(self, made: _Transfer) -> None:
        made.shown.show_queued()
        self._waiting.append(made)
        self._turn()

    def _turn(self) -> None:
        """Let the next one run, if none does."""
        if self._running is None and self._waiting:
            made = self._running = self._waiting.popleft()
            self._jobs.start(f"export {made.number}", self._take(made))

    async def _take(self, made: _Transfer) -> None:
        try:
            await self._run(made)
        except Exception as error:
            self._show_end(made, sentence(error), trouble=True)
            raise
        finally:
            if not made.report.done():
                made.report.cancel()
            self._running = None
            self._turn()

    async def _run(self, made: _Transfer) -> None:
        journal = None if made.entry is None else JournalOf(self._exports, made.entry)
        export = self._make(
            made.plan,
            made.choices,
            journal=journal,
            done=None if made.fresh else made.done,
            replaces=made.replaces,
            progress=lambda progress: self._show_progress(made, progress),
        )
        made.export, made.fresh = export, False
        try:
            report = await export.run()
        finally:
            made.export = None
        made.done = dict(enumerate(report.outcomes))
        made.replaces = report.sheets or made.replaces
        self._show_end(made, ended(report), trouble=not report.complete or trouble(report) is not None)
        if not made.report.done():
            made.report.set_result(report)
        self._ended(report)

    def _show_progress(self, made: _Transfer, progress: Progress) -> None:
        export = made.export
        outcomes: dict[int, Outcome] = {}
        if export is not None:
            found = ((place, export.outcome_of(place)) for place in progress.changed)
            outcomes = {place: outcome for place, outcome in found if outcome is not None}
        made.shown.show_progress(progress, outcomes)

    def _show_end(self, made: _Transfer, text: str, *, trouble: bool) -> None:
        again = sum(each.state in _AGAIN for each in made.done.values()) + len(made.plan.files)
        made.shown.show_result(text, made.done, retryable=again - len(made.done), trouble=trouble)

    # What the panel asks

    def _pause(self, number: int) -> None:
        export = self._all[number].export
        if export is not None:
            export.pause()

    def _resume(self, number: int) -> None:
        made = self._all[number]
        if made.export is not None:
            made.export.resume()
        elif made.shown.phase is Phase.INTERRUPTED and made not in self._waiting:
            self._enqueue(made)

    def _cancel(self, number: int) -> None:
        made = self._all[number]
        if made.export is not None:
            made.shown.show_stopping()
            made.export.cancel()
        elif made in self._waiting:
            self._waiting.remove(made)
            made.report.cancel()
            self._show_end(made, "Cancelled before it began", trouble=False)
            self._jobs.start(f"end export {number}", self._end(made))

    def _cancel_one(self, number: int, place: int) -> None:
        export = self._all[number].export
        if export is not None:
            export.cancel_one(place)

    def _retry(self, number: int) -> None:
        made = self._all[number]
        if made.export is None and made not in self._waiting:
            made.done = {place: each for place, each in made.done.items() if each.state not in _AGAIN}
            self._enqueue(made)

    def _dismiss(self, number: int) -> None:
        made = self._all.pop(number)
        if made.entry is not None:
            self._jobs.start(f"dismiss export {number}", self._exports.dismiss(made.entry))

    async def _end(self, made: _Transfer) -> None:
        if made.entry is not None:
            await self._exports.end(made.entry)
