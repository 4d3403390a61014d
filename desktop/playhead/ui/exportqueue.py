"""Exports one after the other: what runs, what waits, what was interrupted, and what they are told to do."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from playhead.core.ports import Brief, Exports
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.wording.exportwords import cancelled, cancelled_unread, ended, so_far, trouble
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
        began: datetime | None,
        progress: Callable[[Progress], None],
    ) -> Export:
        """`done` is what became of files in a run before that `began` then, `replaces` the sheets of that."""


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
    began: datetime | None = None
    """When its first run began, if it has."""
    brief: Brief | None = None
    """What is known of one of an earlier run of the program, until somebody needs all of it."""
    unwanted: bool = False
    """Whether it was cancelled before all of it was read."""
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
        panel.files_asked.connect(lambda number: jobs.start(f"files of export {number}", self._files(number)))
        panel.open_asked.connect(self._open)
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

    def take_up(self, briefs: Sequence[Brief]) -> None:
        """Show what the journal has of earlier runs of the program."""
        for brief in briefs:
            made = self._show(Plan(brief.folder, (), {}), brief.choices, brief.number)
            made.brief, made.began, made.fresh = brief, brief.began, False
            made.shown.show_brief(brief, so_far(brief))

    def go_on(self) -> None:
        """Continue everything that was interrupted, the oldest first."""
        for number in list(self._all):
            self._resume(number)

    def _show(self, plan: Plan, choices: Choices, entry: int | None) -> _Transfer:
        number = next(self._numbers)
        shown = self._panel.add(number, plan, folder=choices.handed_on(plan.folder))
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

    async def _read(self, made: _Transfer) -> None:
        """Have all of an export that is known by its brief."""
        if made.entry is None or not self._unread(made.number):
            return
        entry = await self._exports.entry(made.entry)
        # It may have been wanted twice at the same time.
        if entry is not None and self._unread(made.number):
            made.plan, made.done, made.brief = entry.plan, entry.outcomes, None
            made.shown.show_files(entry.plan, entry.outcomes)

    def _unread(self, number: int) -> bool:
        made = self._all.get(number)
        return made is not None and made.brief is not None

    async def _files(self, number: int) -> None:
        if number in self._all:
            await self._read(self._all[number])

    async def _run(self, made: _Transfer) -> None:
        await self._read(made)
        if made.unwanted or made.brief is not None:  # that is, the journal no longer has it
            made.unwanted = False
            await self._end(made)
            # Last: from now on it can be tried again.
            self._show_cancelled(made)
            return
        journal = None if made.entry is None else JournalOf(self._exports, made.entry)
        export = self._make(
            made.plan,
            made.choices,
            journal=journal,
            done=None if made.fresh else made.done,
            replaces=made.replaces,
            began=made.began,
            progress=lambda progress: self._show_progress(made, progress),
        )
        made.export, made.fresh = export, False
        try:
            report = await export.run()
        finally:
            made.export = None
        made.done = dict(enumerate(report.outcomes))
        made.began = report.began
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
        if made.brief is not None:
            made.shown.show_brief(replace(made.brief, ended=True), text)
            return
        again = sum(each.state in _AGAIN for each in made.done.values()) + len(made.plan.files)
        made.shown.show_result(text, made.done, retryable=again - len(made.done), trouble=trouble)

    def _show_cancelled(self, made: _Transfer) -> None:
        """It was cancelled while it waited for its turn."""
        if made.fresh:
            text = "Cancelled before it began"
        elif made.brief is not None:
            text = cancelled_unread(made.brief)
        else:
            text = cancelled(len(made.plan.files), list(made.done.values()))
        self._show_end(made, text, trouble=False)

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
        elif made is self._running:
            made.unwanted = True
        elif made in self._waiting:
            self._waiting.remove(made)
            made.report.cancel()
            self._show_cancelled(made)
            self._jobs.start(f"end export {number}", self._end(made))

    def _cancel_one(self, number: int, place: int) -> None:
        export = self._all[number].export
        if export is not None:
            export.cancel_one(place)

    def _open(self, number: int) -> None:
        made = self._all[number]
        self._show_folder(made.choices.handed_on(made.plan.folder))

    def _retry(self, number: int) -> None:
        self._jobs.start(f"retry export {number}", self._try_again(self._all[number]))

    async def _try_again(self, made: _Transfer) -> None:
        await self._read(made)
        if made.number in self._all and made is not self._running and made not in self._waiting:
            made.done = {place: each for place, each in made.done.items() if each.state not in _AGAIN}
            self._enqueue(made)

    def _dismiss(self, number: int) -> None:
        made = self._all.pop(number)
        if made.entry is not None:
            self._jobs.start(f"dismiss export {number}", self._exports.dismiss(made.entry))

    async def _end(self, made: _Transfer) -> None:
        if made.entry is not None:
            await self._exports.end(made.entry)
