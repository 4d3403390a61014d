"""Reopening of an earlier export: it is checked, and missing or new files are fetched into it."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog

from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.again import Again, again
from playhead.core.exports.audit import PastExport, PastFile, examine, read_export
from playhead.core.exports.custody import origins_of
from playhead.core.exports.files import contents
from playhead.core.exports.target import longest_name
from playhead.core.exports.template import TemplateError
from playhead.core.finding.query import QueryError
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.exports.examined import Examined, Fate, Findings, set_aside
from playhead.ui.exports.examined import fates as fates_of
from playhead.ui.exports.exportqueue import ExportQueue
from playhead.ui.exports.exportselection import ExportSelection
from playhead.ui.exports.exportwish import Scope, What
from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.look.dialogs import finished
from playhead.ui.look.screenroom import room_for
from playhead.ui.shell.actions import REOPEN
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence

_TOLD_EVERY = 0.1
"""Seconds between two looks at how far the examination is."""
_CHOSEN_BY_HAND = "Selected from"
"""How the coverage of an export begins whose recordings were selected one by one."""


class ReopenJourney:
    """Asks for a folder, examines it off the window's thread, and hands on what is to be fetched."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        notices: NoticeBar,
        selection: ExportSelection,
        queue: ExportQueue,
    ) -> None:
        self._session = session
        self._notices = notices
        self._selection = selection
        self._queue = queue
        self._folder = Path(QDir.homePath())
        commands.bind(REOPEN, self.ask)

    def begin_at(self, folder: Path) -> None:
        """Let the choice of a folder begin at `folder`."""
        self._folder = folder

    def ask(self) -> None:
        """Let the person choose the folder of an export."""
        chooser = QFileDialog(self._notices.window(), "Open an old export", str(self._folder))
        chooser.setObjectName("reopenChooser")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda folder: self.open(Path(folder)))
        chooser.resize(chooser.sizeHint().boundedTo(room_for(chooser)))
        chooser.open()

    def open(self, folder: Path) -> None:
        """Look at the export in `folder`."""
        self._folder = folder
        self._session.jobs.start("reopen", self._open(folder))

    async def _open(self, folder: Path) -> None:
        dialog = ReopenDialog(folder.name or str(folder), self._notices.window())
        wanted: list[frozenset[Fate]] = []
        dialog.fetch_asked.connect(wanted.append)
        shown = asyncio.ensure_future(finished(dialog))
        looking = asyncio.ensure_future(self._look(folder, dialog))
        # At once: what it has found a moment later has no dialog to be shown in.
        dialog.finished.connect(lambda _result: looking.cancel())
        try:
            await asyncio.wait({shown, looking}, return_when=asyncio.FIRST_COMPLETED)
            if not looking.cancelled() and not shown.done():
                looking.result()
            await shown
            examined = None if looking.cancelled() else looking.result()
            if wanted and examined is not None:
                await self._take(examined, wanted[0])
        finally:
            for each in (looking, shown):
                each.cancel()
            await asyncio.wait({looking, shown})

    async def _look(self, folder: Path, dialog: ReopenDialog) -> Examined | None:
        try:
            past = await asyncio.to_thread(read_export, folder)
            whole = past.choices.handed_on(past.folder)
            dialog.show_about(whole.name or str(whole), self._about(past))
            dialog.show_seal(past.sums.sha256 if past.sums is not None else "", whole.name or str(whole))
            files = await self._examine(past, dialog)
            examined, findings = await self._compare(past, files)
        except (ExportUnreadable, CatalogueError) as error:
            dialog.show_problem(sentence(error))
            return None
        dialog.show_findings(findings)
        return examined

    def _about(self, past: PastExport) -> str:
        asked = "all recordings"
        if _chosen_by_hand(past):
            asked = "chosen by hand"
        elif past.choices.query:
            asked = f"“{past.choices.query}”"
        began = words.full_moment(past.began.astimezone(past.zone), self._session.clock())
        return f"{words.count(len(past.outcomes), 'recording')} · {asked} · {began}"

    async def _examine(self, past: PastExport, dialog: ReopenDialog) -> Sequence[PastFile]:
        """Read every file of it in a thread; ends with the task that waits for it."""
        loop = asyncio.get_running_loop()
        ended = False
        told = 0.0

        def tell(read: int, total: int) -> bool:
            nonlocal told
            now = time.monotonic()
            if now > told + _TOLD_EVERY and not ended:
                told = now
                loop.call_soon_threadsafe(show, read, total)
            return not ended

        def show(read: int, total: int) -> None:
            if not ended:
                dialog.show_progress(read, total)

        try:
            return await asyncio.to_thread(lambda: list(examine(past, tell)))
        finally:
            ended = True

    async def _compare(self, past: PastExport, files: Sequence[PastFile]) -> tuple[Examined, Findings]:
        recordings = [outcome.recording for outcome in past.outcomes]
        labels = {account.id: account.label for account in self._session.library.accounts}
        marks = await self._session.catalogue.marks.read(recordings)
        sentences = [
            f"{past.labels.get(account) or account} is not connected: nothing of it can be fetched."
            for account in sorted({each.account for each in recordings} - labels.keys())
        ]
        by_hand = _chosen_by_hand(past)
        new: list[Recording] = []
        if past.choices.query or not by_hand:
            new, more = await self._new_since(past)
            sentences += more
        examined = Examined(
            past=past,
            files=files,
            fates=fates_of(files),
            marks=dict(zip((each.key for each in recordings), marks, strict=True)),
            new=new,
            labels=labels,
            providers=self._session.library.providers,
        )
        found = await asyncio.to_thread(examined.found)
        return examined, Findings(files=found, sentences=sentences, take_new=not by_hand)

    async def _new_since(self, past: PastExport) -> tuple[list[Recording], list[str]]:
        """Recordings that match now and are not in the export, and sentences about them."""
        try:
            gathered = await self._selection.gather(Scope(What.MATCHING, past.choices.query))
        except QueryError as fault:
            return [], [f"What it was looking for cannot be asked any more: {fault.sentence}"]
        keys = past.keys
        found = [
            recording
            async for some in self._selection.recordings(gathered.ids)
            for recording in some
            if recording.key not in keys
        ]
        more = ["“New since” speaks of what is loaded; more exist."] if gathered.figures.more else []
        return found, more

    # Fetching

    async def _take(self, examined: Examined, fates: frozenset[Fate]) -> None:
        past = examined.past
        labels = {account.id: account.label for account in self._session.library.accounts}
        origins = origins_of(self._session.library.accounts)

        def prepare() -> Again:
            if Fate.ALTERED in fates:
                for path in examined.altered():
                    set_aside(path)
            return again(
                past,
                examined.wanted(fates),
                past.choices,
                labels=labels,
                origins=origins,
                existing=contents(past.folder),
                longest=longest_name(past.folder),
                extensions=self._session.library.providers.extensions,
                lost=examined.lost(fates),
            )

        try:
            await self._queue.go_on_with(await asyncio.to_thread(prepare))
        except (ExportError, CatalogueError, TemplateError) as error:
            self._notices.say("export", sentence(error), "attention")
        except OSError:
            self._notices.say("export", sentence(ExportError("readonly")), "attention")


def _chosen_by_hand(past: PastExport) -> bool:
    return past.choices.coverage.startswith(_CHOSEN_BY_HAND)
