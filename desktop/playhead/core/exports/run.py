"""An export at work: from a plan to files, sheets and a report."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from playhead.core.errors import ExportError
from playhead.core.exports.beside import Beside, marked
from playhead.core.exports.choices import Choices
from playhead.core.exports.disk import Disk, obey_cancellation, to_its_end
from playhead.core.exports.files import Kept, free, prepare, works
from playhead.core.exports.gate import Gate
from playhead.core.exports.ledger import Ledger
from playhead.core.exports.needs import Copier, Fetcher, Journal, Papers, Said
from playhead.core.exports.obtaining import Obtaining
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.progress import Progress, Tally
from playhead.core.exports.report import Outcome, Report, State, reason
from playhead.core.exports.standing import standing
from playhead.core.exports.turns import Turns
from playhead.core.ports import Clock

_BEGINNING = -1
"""The place of what is no file: getting ready."""


class Export:
    """Carries out a plan once, in its order.

    No link is older than the file that is fetched by it, so none is fetched earlier because its link would
    die. What is whole is on the disk for good, and nothing else is. One recording that fails does not stop
    the others; a credential that is refused fails the rest of its account; an account that cannot be reached
    is waited for some minutes (`Patience`); a target that takes no more is waited for until it does. However
    it ends, the sheets speak of what there is; only if `run` itself is cancelled, and the journal lets it be
    continued, they are left to whoever continues it.
    """

    def __init__(
        self,
        plan: Plan,
        fetcher: Fetcher,
        *,
        choices: Choices,
        papers: Papers,
        journal: Journal | None = None,
        copier: Copier | None = None,
        said: Said | None = None,
        done: Mapping[int, Outcome] | None = None,
        replaces: Sequence[Kept] = (),
        progress: Callable[[Progress], None] = lambda _: None,
        program: str = "Playhead",
        clock: Clock = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`done`, of an export that goes on, is what became of files before: it stands as far as it is true.

        `replaces` are the sheets of that run. `sleep` takes seconds.
        """
        self._plan = plan
        self._choices = choices
        self._papers = papers
        self._said = said
        self._done = done
        self._replaces = tuple(replaces)
        self._program = program
        self._clock = clock
        self._outcomes: dict[int, Outcome] = {}
        self._dropped: set[int] = set()
        self._unwritten: list[int] = []
        self._current: dict[int, asyncio.Task[None]] = {}
        self._cancelled = False
        self._stopped: ExportError | None = None
        self._free: int | None = None
        self._turns = Turns(choices.at_once)
        self._tally = Tally(plan, progress)
        self._disk = Disk(choices.at_once)
        self._ledger = Ledger(journal)
        self._gate = Gate(self._works, sleep, self._tell_pause)
        self._beside = Beside(plan, choices, copier, said, self._disk, self._ledger)
        self._obtaining = Obtaining(
            plan,
            fetcher,
            taken=choices.taken,
            disk=self._disk,
            gate=self._gate,
            ledger=self._ledger,
            running=self._tally.running,
            waits=self._wait,
            sleep=sleep,
        )

    def outcome_of(self, place: int) -> Outcome | None:
        """What became of the file at `place` of the plan; None while it is fetched or has to wait."""
        return self._outcomes.get(place)

    def pause(self) -> None:
        """Go no further until `resume`: what is being fetched stops soon and is taken up where it was."""
        self._gate.hold()

    def resume(self) -> None:
        """Go on; if the target takes no more, look at once whether it does."""
        self._gate.release()

    def cancel(self) -> None:
        """End soon: what is whole stays, `run` returns its report."""
        self._cancelled = True
        self._turns.close()
        for task in self._current.values():
            task.cancel()

    def cancel_one(self, place: int) -> None:
        """Leave one file out, unless it is already settled."""
        if place in self._current:
            self._dropped.add(place)
            self._current[place].cancel()
        elif place not in self._outcomes:
            self._drop(place)

    async def run(self) -> Report:
        """Do everything; returns when every file is on the disk for good or accounted for."""
        began = self._clock()
        work = asyncio.create_task(self._work(), name="export")
        quitting = False
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            quitting = True
            self.cancel()
        try:
            await to_its_end(work)
            report = await to_its_end(self._ended(began, quitting=quitting))
            self._tally.tell_now()
        finally:
            self._gate.close()
            self._disk.close()
        obey_cancellation()
        return report

    async def _work(self) -> None:
        try:
            await self._hold(_BEGINNING, self._begin())
        except ExportError as error:
            self._stopped = error
            return
        if not self._cancelled:
            for place, file in enumerate(self._plan.files):
                if self._is_open(place):
                    self._turns.add(place, file.recording.account)
        workers = (self._take() for _ in range(self._turns.most))
        for ended in await asyncio.gather(*workers, return_exceptions=True):
            if ended is not None:
                raise ended
        # It was not waited for to the end.
        self._stopped = self._gate.trouble

    async def _begin(self) -> None:
        """Make the folder; of a run before, take up what is there."""
        going_on, folder = self._done is not None, self._plan.folder
        done = self._done or {}
        left = (file.recording for place, file in enumerate(self._plan.files) if place not in done)
        needed = sum(recording.size or 0 for recording in left if recording.playable)
        there = any(outcome.state is State.KEPT for outcome in done.values())
        if there and not await self._disk.run(folder.is_dir):
            # A disk that was unplugged must not come back as a folder.
            await self._wait_for_target(ExportError("missing"), 0)
        while True:
            try:
                await self._disk.run(prepare, folder, needed)
                break
            except ExportError as error:
                if not going_on or error.reason == "inway":
                    raise
                await self._wait_for_target(error, needed)
        if going_on:
            checking = self._disk.run(standing, self._plan, done, enough=lambda: self._cancelled)
            for place, outcome in (await to_its_end(checking)).items():
                self._settle(place, outcome)

    async def _wait_for_target(self, error: ExportError, needed: int) -> None:
        self._gate.shut(error, needed)
        await self._gate.passed()

    async def _take(self) -> None:
        while (place := await self._turns.next()) is not None:
            file = self._plan.files[place]
            try:
                if self._is_open(place):
                    await self._hold(place, self._carry(place, file))
                    if place in self._dropped and place not in self._outcomes:
                        self._drop(place)
            finally:
                self._turns.over(file.recording.account)
                self._tell_pause()

    def _is_open(self, place: int) -> bool:
        """Whether there is anything to do for a file."""
        outcome = self._outcomes.get(place)
        return outcome is None or self._beside.wants(outcome)

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

    async def _carry(self, place: int, file: Planned) -> None:
        outcome = self._outcomes.get(place)
        if outcome is None:
            try:
                outcome = await self._obtaining.obtain(place, file)
            finally:
                self._tally.gone(place)
            self._settle(place, outcome)
            obey_cancellation()
        if self._beside.wants(outcome):
            self._outcomes[place] = await self._beside.complete(place, outcome)
            self._tally.changed(place)

    def _settle(self, place: int, outcome: Outcome) -> None:
        self._outcomes[place] = outcome
        self._tally.settled(place, outcome)

    def _drop(self, place: int) -> None:
        self._unwritten.append(place)
        recording = self._plan.files[place].recording
        self._settle(place, Outcome(recording=recording, state=State.LEFT, why="it was cancelled"))

    async def _works(self, needed: int) -> bool:
        self._free = await self._disk.run(free, self._plan.folder)
        self._tell_pause()
        return await self._disk.run(works, self._plan.folder, needed)

    def _wait(self, more: int) -> None:
        self._turns.waits(more)
        self._tell_pause()

    def _tell_pause(self) -> None:
        reason = self._gate.reason or ("network" if self._turns.all_wait else None)
        self._tally.paused(reason, self._free if reason == "full" else None)

    async def _ended(self, began: datetime, *, quitting: bool) -> Report:
        await self._obtaining.clear()
        for place in self._unwritten:
            await self._ledger.settle(place, self._outcomes[place])
        report = self._report(began)
        if quitting and self._ledger.trusted:
            return report
        if self._choices.marks and self._said is not None:
            report = await marked(report, self._said)
        try:
            sheets = await self._disk.run(self._papers.write, report, self._program)
            report = replace(report, sheets=sheets)
        except ExportError as error:
            report = replace(report, sheets_failure=error)
        if not quitting:
            await self._ledger.end()
        return replace(report, journal_failure=self._ledger.failure)

    def _report(self, began: datetime) -> Report:
        why = "the export was cancelled" if self._stopped is None else reason(self._stopped)
        outcomes = (
            self._outcomes.get(place) or Outcome(recording=file.recording, state=State.LEFT, why=why)
            for place, file in enumerate(self._plan.files)
        )
        return Report(
            plan=self._plan,
            outcomes=tuple(outcomes),
            began=began,
            # Somebody may have set the clock back.
            ended=max(began, self._clock()),
            choices=self._choices,
            cancelled=self._cancelled,
            stopped=self._stopped,
            replaces=self._replaces,
            journal_failure=self._ledger.failure,
        )
