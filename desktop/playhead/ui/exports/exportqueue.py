"""Exports one after the other: which one runs, which ones wait, and what the panel asks of them."""

import asyncio
import itertools
from collections import deque
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from playhead.core.exports.again import Again
from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.journal import written_down
from playhead.core.exports.engine.needs import Needs
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report
from playhead.core.jobs import Jobs
from playhead.core.stores import Brief, Exports
from playhead.ui.exports.queuedexport import QueuedExport
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.wording.sentences import sentence


class ExportQueue(QObject):
    """Runs exports one at a time, shows them in the panel, and does what its buttons ask."""

    ended = Signal(object)
    """An export has ended: its `Report`."""
    stopped = Signal(int, object)
    """The person ended an export early: its number, and the `Path` of its folder."""
    turned = Signal()
    """`busy` may be different."""
    folder_asked = Signal(object)
    """The folder of an export is to be shown: its `Path`."""

    def __init__(self, exports: Exports, jobs: Jobs, panel: TransfersPanel, needs: Needs) -> None:
        super().__init__(panel)
        self._exports = exports
        self._jobs = jobs
        self._panel = panel
        self._needs = needs
        self._numbers = itertools.count(1)
        self._all: dict[int, QueuedExport] = {}
        """Those that the panel shows, by the numbers that it knows them by."""
        self._waiting: deque[int] = deque()
        self._running: int | None = None
        self._acts = {
            Act.PAUSE: self._pause,
            Act.RESUME: self._resume,
            Act.CONTINUE: self._resume,
            Act.CANCEL: self._cancel,
            Act.RETRY: self.try_again,
            Act.READ: self._read,
            Act.OPEN: self._open,
            Act.DISMISS: self._dismiss,
        }
        panel.acted.connect(self._act)
        panel.cancel_one_asked.connect(self._cancel_one)

    @property
    def busy(self) -> bool:
        """True if an export is at work or waits for its turn."""
        return self._running is not None or bool(self._waiting)

    async def go_on_with(self, more: Again) -> None:
        """Add what an earlier export lacks, to be fetched into its folder."""
        await self.add(more.plan, more.choices, done=more.done, replaces=more.replaces)

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
        entry = await written_down(self._exports, plan, choices, done or {})
        number = self._show(plan, choices, entry, done=done, replaces=replaces)
        self._enqueue(number)
        return self._all[number].report

    def take_up(self, briefs: Sequence[Brief]) -> None:
        """Show what the journal has of earlier runs of the program."""
        for brief in briefs:
            number = self._show(Plan(brief.folder, (), {}), brief.choices, brief.number)
            self._all[number].show_brief(brief)

    def _show(
        self,
        plan: Plan,
        choices: Choices,
        entry: int | None,
        *,
        done: Mapping[int, Outcome] | None = None,
        replaces: tuple[Kept, ...] = (),
    ) -> int:
        number = next(self._numbers)
        shown = self._panel.add(number, plan, folder=choices.handed_on(plan.folder))
        self._all[number] = QueuedExport(
            plan, choices, shown, self._exports, entry=entry, done=done, replaces=replaces
        )
        return number

    def _enqueue(self, number: int) -> None:
        self._all[number].show_queued()
        self._waiting.append(number)
        self._turn()

    def _turn(self) -> None:
        """Let the next one run, if none does."""
        if self._running is None and self._waiting:
            number = self._running = self._waiting.popleft()
            self._jobs.start(f"export {number}", self._run(number, self._all[number]))
        self.turned.emit()

    async def _run(self, number: int, made: QueuedExport) -> None:
        try:
            report = await made.run(self._needs)
            if report is not None:
                self.ended.emit(report)
            if report is None or report.cancelled:
                self.stopped.emit(number, made.folder)
        except Exception as error:
            made.show_failure(sentence(error))
            raise
        finally:
            if not made.report.done():
                made.report.cancel()
            self._running = None
            self._turn()

    # What the panel asks

    def _act(self, number: int, act: Act) -> None:
        self._acts[act](number)

    def _pause(self, number: int) -> None:
        self._all[number].pause()

    def _resume(self, number: int) -> None:
        made = self._all[number]
        if made.runs:
            made.resume()
        elif made.interrupted and number not in self._waiting:
            self._enqueue(number)

    def _cancel(self, number: int) -> None:
        made = self._all[number]
        if number == self._running:
            made.cancel()
        elif number in self._waiting:
            self._waiting.remove(number)
            made.report.cancel()
            made.show_cancelled()
            self._jobs.start(f"end export {number}", made.end())
            self.stopped.emit(number, made.folder)

    def _cancel_one(self, number: int, place: int) -> None:
        self._all[number].cancel_one(place)

    def try_again(self, number: int) -> None:
        """Fetch what failed or was left of an export, if it is still shown and does not run."""
        if number not in self._all:
            return
        self._jobs.start(f"retry export {number}", self._try_again(number, self._all[number]))

    async def _try_again(self, number: int, made: QueuedExport) -> None:
        await made.read()
        if number in self._all and number != self._running and number not in self._waiting:
            made.try_again()
            self._enqueue(number)

    def _read(self, number: int) -> None:
        self._jobs.start(f"files of export {number}", self._all[number].read())

    def _open(self, number: int) -> None:
        self.folder_asked.emit(self._all[number].folder)

    def _dismiss(self, number: int) -> None:
        made = self._all.pop(number)
        made.let_go()
        self._jobs.start(f"dismiss export {number}", made.dismiss())
