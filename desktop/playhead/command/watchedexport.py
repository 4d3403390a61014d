"""One export that a command carries out, shown on the terminal; a target in trouble ends it for now."""

import asyncio
from contextlib import suppress

from playhead.command.exitstatus import ExitStatus, Halt
from playhead.command.terminal import Terminal
from playhead.command.wording import paused, stopped
from playhead.core.errors import CatalogueError
from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.journal import Journal, written_down
from playhead.core.exports.engine.needs import Earlier, Needs
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.run import Export
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Report
from playhead.core.stores import Entry, Exports
from playhead.ui.wording.exportwords import how_far, trouble

_WAITED_FOR = frozenset({"person", "network", None})
"""Pauses that an export ends by itself; any other is of its target, which nobody may look after for days."""


class WatchedExport:
    """Carries exports out by the journal. Raises `Halt` where a target takes no more: the journal goes on."""

    def __init__(self, exports: Exports, needs: Needs, terminal: Terminal) -> None:
        self._exports = exports
        self._needs = needs
        self._terminal = terminal
        self._progress: Progress | None = None
        self._task: asyncio.Task[Report] | None = None
        self._hindered: Progress | None = None

    @property
    def stopped(self) -> str:
        """Sentence on how far it was when it was stopped."""
        return stopped(self._progress)

    async def begin(self, plan: Plan, choices: Choices, earlier: Earlier) -> Report:
        """Write an export down and carry it out."""
        entry = await written_down(self._exports, plan, choices, earlier.done or {})
        return await self._run(plan, choices, earlier, entry)

    async def go_on(self, entry: Entry, earlier: Earlier) -> Report:
        """Carry out what is left of an export of the journal."""
        return await self._run(entry.plan, entry.choices, earlier, entry.number)

    async def _run(self, plan: Plan, choices: Choices, earlier: Earlier, entry: int | None) -> Report:
        export = Export(
            plan,
            self._needs,
            choices,
            journal=Journal(self._exports, entry),
            earlier=earlier,
            progress=self._show,
        )
        self._task = asyncio.create_task(export.run(), name="export")
        try:
            await asyncio.wait({self._task})
        except asyncio.CancelledError:
            self._task.cancel()
            await asyncio.wait({self._task})
            raise
        if self._task.cancelled():
            assert self._hindered is not None
            raise Halt(paused(self._hindered), ExitStatus.PAUSED)
        report = self._task.result()
        await self._clear_away(report, entry)
        return report

    async def _clear_away(self, report: Report, entry: int | None) -> None:
        """Let the journal go of what is done, and of earlier exports to a folder that this one speaks of.

        A schedule would fill it. What is left is offered at the window to be tried again.
        """
        if entry is None:
            return
        with suppress(CatalogueError):
            if report.complete and trouble(report) is None:
                await self._exports.dismiss(entry)
            for brief in await self._exports.briefs():
                if brief.ended and brief.number < entry and brief.folder == report.plan.folder:
                    await self._exports.dismiss(brief.number)

    def _show(self, progress: Progress) -> None:
        self._progress = progress
        share = progress.arrived / progress.expected if progress.expected else None
        self._terminal.show(how_far(progress), share)
        if progress.paused not in _WAITED_FOR and self._hindered is None and self._task is not None:
            self._hindered = progress
            self._task.cancel()
