"""An export at work: from a plan to files, sheets and a report."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime

from playhead.core.errors import ExportError
from playhead.core.exports.choices import Choices
from playhead.core.exports.custody import Sitting
from playhead.core.exports.engine.journal import Journal
from playhead.core.exports.engine.needs import NO_RUN, Earlier, Needs
from playhead.core.exports.engine.progress import Progress, Tally
from playhead.core.exports.engine.reconcile import begin, sweep_sheets
from playhead.core.exports.engine.scheduler import Scheduler
from playhead.core.exports.engine.sidecars import copies_of, marked
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.exports.engine.worker import Worker
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report, State, lost, reason
from playhead.core.jobs import obey_cancellation, to_its_end

AWAY = frozenset({"missing", "moved"})
"""Troubles of a folder that is somewhere else, and may come back."""
_BEGINNING = -1
_ENDING = -2
"""The places of what is no file: getting ready, and waiting for a folder that went away at the end."""
_RETURNS = 5
"""How often the papers are begun anew because their folder went away: it may be theirs alone that fail."""
_LOOKS = 3
"""How often the papers are written if files change while they are."""


class Export:
    """Carries out a plan once, in its order, by a scheduler, a worker and the journal.

    Links are asked for only shortly before their files, so none is fetched earlier because its link would
    die. What is whole is on the disk for good, and nothing else is. One recording that fails does not stop
    the others; a credential that is refused fails the rest of its account; an account that cannot be reached
    is waited for some minutes; a target that takes no more is waited for until it does. However it ends, the
    sheets speak of what there is; only if `run` itself is cancelled, and the journal lets it be continued,
    they are left to whoever continues it.
    """

    def __init__(
        self,
        plan: Plan,
        needs: Needs,
        choices: Choices,
        *,
        journal: Journal,
        earlier: Earlier = NO_RUN,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self._plan = plan
        self._needs = needs
        self._choices = choices
        self._earlier = earlier
        self._replaces = tuple(earlier.replaces)
        self._journal = journal
        self._tally = Tally(plan, progress, needs.pace)
        self._target = TargetFolder(plan.folder, choices.at_once)
        self._scheduler = Scheduler(choices.at_once, self._target, self._tally, needs.pace)
        self._worker = Worker(plan, choices, needs, self._target, self._scheduler, journal, self._tally)
        self._dropped: set[int] = set()
        self._unwritten: list[int] = []
        self._current: dict[int, asyncio.Task[None]] = {}
        self._cancelled = False
        self._stopped: ExportError | None = None
        self._away: ExportError | None = None
        """Reason for which the folder could not be looked at when everything else had ended."""
        self._returns = _RETURNS
        self._is_broken = False
        """True if the folder went away while papers were written into it."""

    def outcome_of(self, place: int) -> Outcome | None:
        """Outcome of the file at `place` of the plan; None while it is fetched or has to wait."""
        return self._tally.outcomes.get(place)

    def pause(self) -> None:
        """Go no further until `resume`: what is being fetched stops soon and is taken up where it was."""
        self._scheduler.hold()

    def resume(self) -> None:
        """Go on; if the target takes no more, look at once whether it does."""
        self._scheduler.release()

    def cancel(self) -> None:
        """End soon: what is whole stays, `run` returns its report."""
        self._cancelled = True
        self._scheduler.close()
        for task in self._current.values():
            task.cancel()

    def cancel_one(self, place: int) -> None:
        """Leave one file out, unless it is already settled."""
        if place in self._current:
            self._dropped.add(place)
            self._current[place].cancel()
        elif place not in self._tally.outcomes:
            self._drop(place)

    async def run(self) -> Report:
        """Do everything; returns when every file is on the disk for good or accounted for."""
        now = self._needs.clock()
        began = self._earlier.began or now
        self._journal.begin(
            Sitting(
                began=now,
                person=self._choices.person,
                program=self._needs.program,
                machine=self._needs.machine,
            )
        )
        try:
            quitting = await self._through(self._work())
            report = await to_its_end(self._ended(began, quitting=quitting))
            while self._may_come_back(report.sheets_failure):
                self._returns -= 1
                quitting |= await self._through(self._hold(_ENDING, self._back(report.sheets_failure)))
                report = await to_its_end(self._ended(began, quitting=quitting))
            self._tally.tell_now()
        finally:
            self._scheduler.stop_looking()
            self._target.disk.shutdown()
        obey_cancellation()
        return report

    async def _through(self, work: Coroutine[object, object, None]) -> bool:
        """Do `work`; whether the program quits meanwhile, which ends it soon."""
        task = asyncio.create_task(work, name="export")
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            self.cancel()
            await to_its_end(task)
            return True
        return False

    def _may_come_back(self, failure: ExportError | None) -> bool:
        """Tell whether the papers are to be written when the folder is where it was again."""
        waits = self._returns > 0 and not self._cancelled and self._stopped is None
        return waits and failure is not None and failure.reason in AWAY

    async def _back(self, failure: ExportError | None) -> None:
        assert failure is not None
        self._scheduler.shut(failure, 0)
        await self._scheduler.passed()

    async def _work(self) -> None:
        try:
            await self._hold(_BEGINNING, self._begin())
        except ExportError as error:
            self._stopped = error
            return
        if not self._cancelled:
            for place, file in enumerate(self._plan.files):
                if self._worker.is_open(place):
                    self._scheduler.add(place, file.recording.account)
        workers = (self._take() for _ in range(self._scheduler.most))
        for ended in await asyncio.gather(*workers, return_exceptions=True):
            if ended is not None:
                raise ended
        # It was not waited for to the end.
        self._stopped = self._scheduler.trouble

    async def _begin(self) -> None:
        done = self._earlier.done
        there = await begin(
            self._plan,
            done,
            self._target,
            self._scheduler,
            copies=copies_of(self._plan, self._choices.copy, (done or {}).values()),
            enough=lambda: self._cancelled,
        )
        for place, outcome in there.items():
            self._tally.settle(place, outcome)

    async def _take(self) -> None:
        while (place := await self._scheduler.next()) is not None:
            self._prepare(place)
            try:
                if self._worker.is_open(place):
                    await self._hold(place, self._worker.work(place))
                    if place in self._dropped and place not in self._tally.outcomes:
                        self._drop(place)
            finally:
                self._scheduler.over(self._plan.files[place].recording.account)

    def _prepare(self, first: int) -> None:
        """Ask for the links of a file and of the next ones, which arrive while those before them do."""
        for place in (first, *self._scheduler.coming):
            file = self._plan.files[place]
            # What was kept is probably there, and needs none.
            if place not in self._tally.outcomes and file.kept is None and self._scheduler.reason is None:
                self._needs.fetcher.prepare(file.recording)

    async def _hold(self, place: int, work: Coroutine[object, object, None]) -> None:
        """Do `work` in a task of its own, so that it can be cancelled and nothing else is."""
        task = asyncio.create_task(work, name="export file")
        self._current[place] = task
        if self._cancelled:
            task.cancel()
        await asyncio.wait({task})
        del self._current[place]
        if not task.cancelled():
            if task.exception() is not None:
                self.cancel()
            task.result()

    def _drop(self, place: int) -> None:
        self._unwritten.append(place)
        recording = self._plan.files[place].recording
        self._tally.settle(place, Outcome(recording=recording, state=State.LEFT, why="it was cancelled"))

    async def _ended(self, began: datetime, *, quitting: bool) -> Report:
        await self._worker.clear()
        for place in self._unwritten:
            await self._journal.settle(place, self._tally.outcomes[place])
        if quitting and self._journal.trusted:
            return self._report(began)
        report = await self._described(began)
        if not quitting and not self._may_come_back(report.sheets_failure):
            await self._journal.end()
        return replace(report, journal_failure=self._journal.failure)

    async def _described(self, began: datetime) -> Report:
        """The report with its papers, of the disk and not of what this run remembers of it."""
        await self._look_again()
        report = await self._written(self._report(began))
        for _ in range(1, _LOOKS):
            if report.sheets_failure is not None:
                break
            if not (
                await self._look_again() or await self._target.disk.run(self._target.lacks, report.sheets)
            ):
                break
            self._replaces = (*self._replaces, *report.sheets)
            report = await self._written(self._report(began))
        return report

    async def _written(self, report: Report) -> Report:
        """`report` with its papers, or with why there are none."""
        if self._needs.said is not None:
            report = await marked(report, self._needs.said)
        try:
            return replace(report, sheets=await self._target.disk.run(self._write, report))
        except ExportError as error:
            self._is_broken = error.reason in AWAY
            return replace(report, sheets_failure=error)

    def _write(self, report: Report) -> tuple[Kept, ...]:
        self._target.require()
        if self._is_broken:
            # Of sheets that were being written when the folder went away.
            sweep_sheets(self._plan.folder)
        sheets = self._needs.papers.write(report, self._needs.program)
        # Nobody may take them for those of a folder that has another one's path by now.
        self._target.require()
        return sheets

    async def _look_again(self) -> bool:
        """Look at every kept file and at the folder; whether anything is not as it was."""
        was_away, self._away = self._away is not None, None
        try:
            await self._target.disk.run(self._target.require)
        except ExportError as error:
            # Of files that cannot be looked at nobody knows; the journal stays as it is.
            self._away = error
            return True
        changed = await self._target.disk.run(self._target.changed, self._tally.outcomes)
        for place, outcome in changed.items():
            self._tally.settle(place, outcome)
            await self._journal.settle(place, outcome)
        return was_away or bool(changed)

    def _report(self, began: datetime) -> Report:
        why = "the export was cancelled" if self._stopped is None else reason(self._stopped)
        outcomes = {
            place: self._tally.outcomes.get(place)
            or Outcome(recording=file.recording, state=State.LEFT, why=why)
            for place, file in enumerate(self._plan.files)
        }
        unreached: dict[int, Outcome] = {}
        if self._away is not None:
            unreached = {place: outcome for place, outcome in outcomes.items() if outcome.sha256}
            outcomes |= {place: lost(outcome, self._away) for place, outcome in unreached.items()}
        return Report(
            plan=self._plan,
            outcomes=tuple(outcomes.values()),
            began=began,
            # Somebody may have set the clock back.
            ended=max(began, self._needs.clock()),
            choices=self._choices,
            cancelled=self._cancelled,
            stopped=self._stopped,
            replaces=self._replaces,
            journal_failure=self._journal.failure,
            unsynced=self._target.unsynced,
            unreached=unreached,
            sitting=self._journal.sitting,
        )
