"""End of an export: its papers, with the person's stars and notes."""

from dataclasses import replace

from playhead.core.errors import ExportError
from playhead.core.exports.beside import marked
from playhead.core.exports.files import Kept
from playhead.core.exports.needs import Needs
from playhead.core.exports.report import Report
from playhead.core.exports.standing import sweep_sheets
from playhead.core.exports.targetfolder import TargetFolder
from playhead.core.threads import Threads

AWAY = frozenset({"missing", "moved"})
"""Troubles of a folder that is somewhere else, and may come back."""


class Ending:
    """Writes the sheets of an export into its `target`."""

    def __init__(self, needs: Needs, disk: Threads, target: TargetFolder) -> None:
        self._needs = needs
        self._disk = disk
        self._target = target
        self._broken = False

    async def written(self, report: Report) -> Report:
        """`report` with its sheets, or with why there are none."""
        if report.choices.marks and self._needs.said is not None:
            report = await marked(report, self._needs.said)
        try:
            return replace(report, sheets=await self._disk.run(self._write, report))
        except ExportError as error:
            self._broken = error.reason in AWAY
            return replace(report, sheets_failure=error)

    def _write(self, report: Report) -> tuple[Kept, ...]:
        self._target.require()
        if self._broken:
            # Of sheets that were being written when the folder went away.
            sweep_sheets(report.plan.folder)
        sheets = self._needs.papers.write(report, self._needs.program)
        # Nobody may take them for those of a folder that has another one's path by now.
        self._target.require()
        return sheets
