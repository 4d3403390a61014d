"""Exporting: from a selection to a folder that can be handed on."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from playhead import __version__
from playhead.core.downloads import Downloads
from playhead.core.errors import ExportError
from playhead.core.export import Export
from playhead.core.jobs import Jobs
from playhead.core.plan import Plan, own_folder, plan
from playhead.core.ports import Catalogue, Clock
from playhead.core.progress import Progress as Done
from playhead.core.recording import Recording
from playhead.core.report import Report, State
from playhead.core.template import DEFAULT_TEMPLATE, TemplateError
from playhead.ui import words
from playhead.ui.dialogs import finished
from playhead.ui.exportdialog import ExportDialog
from playhead.ui.notices import Notice
from playhead.ui.sentences import sentence
from playhead.ui.transfers import Failure, Progress
from playhead.ui.window import Window

SHOWN_NAMES = 4
"""How many names the dialog shows while a template is typed."""


class Exporting:
    """Asks whereto, runs the export, and says how it went. One export at a time."""

    def __init__(
        self,
        window: Window,
        catalogue: Catalogue,
        downloads: Downloads,
        jobs: Jobs,
        clock: Clock,
        label_of: Callable[[str], str],
        coverage: Callable[[], str],
        show_folder: Callable[[Path], object],
    ) -> None:
        self._window = window
        self._catalogue = catalogue
        self._downloads = downloads
        self._jobs = jobs
        self._clock = clock
        self._label_of = label_of
        self._coverage = coverage
        self._show_folder = show_folder
        self._folder = Path.home()
        self._template = DEFAULT_TEMPLATE
        self._last: Path | None = None
        self._export: Export | None = None
        window.export_asked.connect(self.ask)
        window.transfers.cancel_asked.connect(self._cancel)
        window.transfers.open_asked.connect(self._open_folder)

    @property
    def folder(self) -> str:
        """Where the last export went, for the settings."""
        return str(self._folder)

    @property
    def template(self) -> str:
        """How the files of the last export were named, for the settings."""
        return self._template

    def prefer(self, folder: str, template: str) -> None:
        """Take up what the settings have."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(folder or documents)
        self._template = template or DEFAULT_TEMPLATE

    def ask(self) -> None:
        """Open the dialog for what is selected."""
        if self._jobs.running("export"):
            self._say("An export is running. Wait for it, or cancel it below the table.")
        elif not self._window.table.selected_count():
            self._say("Select the recordings to export first. Ctrl+A selects all rows.")
        else:
            self._jobs.start("ask export", self._ask())

    async def run(
        self, recordings: Sequence[Recording], folder: Path, template: str, coverage: str
    ) -> Report:
        """Export `recordings` into `folder`, or a new folder in it; raises `ExportError`, `TemplateError`."""
        now = self._clock()
        target = await asyncio.to_thread(_target, folder, now)
        made = await asyncio.to_thread(self._plan, recordings, target, template)
        self._last = target
        export = Export(
            made,
            self._downloads,
            progress=self._show_progress,
            coverage=coverage,
            program=f"Playhead {__version__}",
            clock=self._clock,
        )
        self._export = export
        try:
            report = await export.run()
        finally:
            self._export = None
        self._show_result(report)
        return report

    async def _ask(self) -> None:
        ids = self._window.table.selected_ids()
        found = await self._catalogue.recordings(ids)
        recordings = [recording for recording in found if recording is not None]
        coverage = f"Selected from: {self._coverage()}."
        first = recordings[:SHOWN_NAMES]

        def preview(template: str) -> list[str] | str:
            try:
                return [file.path for file in self._plan(first, self._folder, template).files]
            except TemplateError as error:
                return error.sentence

        dialog = ExportDialog(
            self._summary(recordings),
            coverage=coverage,
            folder=self._folder,
            template=self._template,
            preview=preview,
            parent=self._window,
        )
        chosen: list[tuple[Path, str]] = []
        dialog.export_asked.connect(lambda folder, template: chosen.append((folder, template)))
        await finished(dialog)
        for folder, template in chosen:
            self._folder, self._template = folder, template
            self._jobs.start("export", self._carry_out(recordings, folder, template, coverage))

    async def _carry_out(
        self, recordings: Sequence[Recording], folder: Path, template: str, coverage: str
    ) -> None:
        try:
            await self.run(recordings, folder, template, coverage)
        except ExportError as error:
            self._window.transfers.show_result(sentence(error), [Failure("Export", sentence(error))])

    def _plan(self, recordings: Sequence[Recording], folder: Path, template: str) -> Plan:
        labels = {each.account: self._label_of(each.account) for each in recordings}
        zone = self._clock().tzinfo
        assert zone is not None
        return plan(recordings, folder, template=template, labels=labels, zone=zone)

    def _summary(self, recordings: Sequence[Recording]) -> str:
        parts = [words.count(len(recordings), "recording")]
        seconds = sum(each.duration or 0 for each in recordings)
        if seconds:
            parts.append(words.length(seconds))
        about = self._plan(recordings, self._folder, DEFAULT_TEMPLATE).estimated_bytes
        if about:
            parts.append(f"about {words.size(about)}")
        silent = sum(not each.playable for each in recordings)
        if silent:
            parts.append(f"{words.number(silent)} without audio")
        return " · ".join(parts)

    def _show_progress(self, done: Done) -> None:
        self._window.transfers.show_progress(
            Progress(
                done=done.done,
                total=done.files,
                bytes=done.arrived,
                size=done.expected,
                rate=done.rate,
                left=done.left,
            )
        )

    def _show_result(self, report: Report) -> None:
        kept, skipped = len(report.of(State.KEPT)), len(report.of(State.SKIPPED))
        failed, left = report.of(State.FAILED), report.of(State.LEFT)
        parts = [
            f"{words.count(kept, 'file')} exported to {report.plan.folder.name}, {words.size(report.size)}"
        ]
        if skipped:
            parts.append(f"{words.number(skipped)} without audio")
        if failed:
            parts.append(f"{words.number(len(failed))} failed")
        if left:
            parts.append(f"{words.number(len(left))} not begun")
        trouble = report.stopped or report.sheets_failure
        if trouble is not None:
            parts.append(sentence(trouble))
        elif report.cancelled:
            parts.append("cancelled; what is finished stays")
        failures = [Failure(words.long_title(each.recording), f"{each.why}.") for each in (*failed, *left)]
        if trouble is not None:
            failures.insert(0, Failure("Export", sentence(trouble)))
        self._window.transfers.show_result(" · ".join(parts), failures)

    def _open_folder(self) -> None:
        self._show_folder(self._folder if self._last is None else self._last)

    def _cancel(self) -> None:
        if self._export is not None:
            self._export.cancel()

    def _say(self, text: str) -> None:
        self._window.notices.show_notice(Notice(key="export", sentence=text))


def _target(parent: Path, moment: datetime) -> Path:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        existing = [each.name for each in parent.iterdir()]
    except FileExistsError as error:
        raise ExportError("inway", type(error).__name__) from error
    except FileNotFoundError as error:
        raise ExportError("missing", type(error).__name__) from error
    except OSError as error:
        raise ExportError("readonly", type(error).__name__) from error
    return own_folder(parent, moment, existing=existing)
