"""One export in the queue: what is known of it, how it runs, and what the panel shows of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.journal import Journal
from playhead.core.exports.engine.needs import Earlier, Needs
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.run import Export
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.stores import Brief, Exports
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.wording.exportwords import cancelled, cancelled_unread, ended, so_far, trouble

_AGAIN = {State.FAILED, State.LEFT}
"""What can be tried once more."""


class QueuedExport:
    """An export from its plan, or from what the journal has of it, to its report; it can run again after."""

    def __init__(
        self,
        plan: Plan,
        choices: Choices,
        shown: Transfer,
        exports: Exports,
        *,
        entry: int | None,
        done: Mapping[int, Outcome] | None = None,
        replaces: tuple[Kept, ...] = (),
    ) -> None:
        """`entry` is its number in the journal; None if that cannot be written.

        `done` is what became of files before it begins, if it goes on with an old export; `replaces` are the
        papers of that.
        """
        self._plan = plan
        self._choices = choices
        self._shown = shown
        self._exports = exports
        self._entry = entry
        self._done = dict(done or {})
        self._replaces = replaces
        self._fresh = done is None
        """Whether it begins: it is no continuation, and nothing of it is in the folder yet."""
        self._began: datetime | None = None
        """When its first run began, if it has."""
        self._brief: Brief | None = None
        """What is known of one of an earlier run of the program, until somebody needs all of it."""
        self._withdrawn = False
        """Whether it was cancelled before all of it was read."""
        self._shows = True
        """Whether there is somebody to show it to."""
        self._unreached: Mapping[int, Outcome] = {}
        """What was in a folder that could not be reached at the end."""
        self._export: Export | None = None
        """While it runs."""
        self.report: asyncio.Future[Report] = asyncio.get_running_loop().create_future()
        """What became of it, when it has run for the first time; cancelled if it never does."""

    @property
    def folder(self) -> Path:
        """Folder that is handed on."""
        return self._choices.handed_on(self._plan.folder)

    @property
    def runs(self) -> bool:
        """True if it is at work."""
        return self._export is not None

    @property
    def interrupted(self) -> bool:
        """True if it was cut short and is not continued yet."""
        return self._shown.phase is Phase.INTERRUPTED

    def show_queued(self) -> None:
        """It waits for its turn."""
        self._shown.show_queued()

    def show_brief(self, brief: Brief) -> None:
        """It is of an earlier run of the program."""
        self._brief, self._began, self._fresh = brief, brief.began, False
        self._shown.show_brief(brief, so_far(brief))

    async def read(self) -> None:
        """Have all of it, if it is known by its brief only. Raises `CatalogueError`."""
        if self._entry is None or not self._unread:
            return
        entry = await self._exports.entry(self._entry)
        # It may have been wanted twice at the same time.
        if entry is not None and self._unread:
            self._plan, self._done, self._brief = entry.plan, dict(entry.outcomes), None
            self._began = entry.first_run
            self._shown.show_files(entry.plan, entry.outcomes)

    async def run(self, needs: Needs) -> Report | None:
        """Run it to its report; None if it was cancelled before, or the journal no longer has it."""
        await self.read()
        if self._withdrawn or self._brief is not None:
            await self.end()
            self._withdrawn = False
            # Last: from now on it can be tried again.
            self.show_cancelled()
            return None
        export = self._export = Export(
            self._plan,
            needs,
            self._choices,
            journal=Journal(self._exports, self._entry),
            earlier=Earlier(
                done=None if self._fresh else self._done, replaces=self._replaces, began=self._began
            ),
            progress=self._show_progress,
        )
        self._fresh = False
        try:
            report = await export.run()
        finally:
            self._export = None
        self._done = dict(enumerate(report.outcomes))
        self._unreached = report.unreached
        self._began = report.began
        self._replaces = report.sheets or self._replaces
        self._show_end(ended(report), trouble=not report.complete or trouble(report) is not None)
        self._shown.show_seal(report.sheets[-1].sha256 if report.sheets else "")
        if not self.report.done():
            self.report.set_result(report)
        return report

    def pause(self) -> None:
        """Stop for a while, if it runs."""
        if self._export is not None:
            self._export.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._export is not None:
            self._export.resume()

    def cancel(self) -> None:
        """Come to an end early, keeping what is finished; before it runs, it will not."""
        if self._export is None:
            self._withdrawn = True
        else:
            self._shown.show_stopping()
            self._export.cancel()

    def cancel_one(self, place: int) -> None:
        """Leave out the file at this place of the plan, if it runs."""
        if self._export is not None:
            self._export.cancel_one(place)

    def try_again(self) -> None:
        """Forget what failed or was left: the next run fetches it, or finds it in a folder that is back."""
        self._done = {place: each for place, each in self._done.items() if each.state not in _AGAIN}
        self._done |= self._unreached

    async def end(self) -> None:
        """Write down that it will not be continued. Raises `CatalogueError`."""
        if self._entry is not None:
            await self._exports.end(self._entry)

    def let_go(self) -> None:
        """Show nothing any more: its line is gone."""
        self._shows = False

    async def dismiss(self) -> None:
        """Let the journal go of it. Raises `CatalogueError`."""
        if self._entry is not None:
            await self._exports.dismiss(self._entry)

    def show_failure(self, sentence: str) -> None:
        """It broke off, and why."""
        self._show_end(sentence, trouble=True)

    def show_cancelled(self) -> None:
        """It was cancelled while it waited for its turn."""
        if self._fresh:
            text = "Cancelled before it began"
        elif self._brief is not None:
            text = cancelled_unread(self._brief)
        else:
            text = cancelled(len(self._plan.files), list(self._done.values()))
        self._show_end(text, trouble=False)

    @property
    def _unread(self) -> bool:
        return self._brief is not None and self._shows

    def _show_progress(self, progress: Progress) -> None:
        outcomes: dict[int, Outcome] = {}
        if self._export is not None:
            found = ((place, self._export.outcome_of(place)) for place in progress.changed)
            outcomes = {place: outcome for place, outcome in found if outcome is not None}
        self._shown.show_progress(progress, outcomes)

    def _show_end(self, text: str, *, trouble: bool) -> None:
        if self._brief is not None:
            self._shown.show_brief(replace(self._brief, ended=True), text)
            return
        again = sum(each.state in _AGAIN for each in self._done.values())
        missing = len(self._plan.files) - len(self._done)
        self._shown.show_result(text, self._done, retryable=again + missing, trouble=trouble)
