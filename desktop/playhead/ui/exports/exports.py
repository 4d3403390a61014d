"""Journey of exports: from a selection to a folder that can be handed on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.needs import Needs
from playhead.core.exports.exportplanner import ExportPlanner
from playhead.core.exports.report import Report
from playhead.core.exports.template import DEFAULT_TEMPLATE, FORMER_DEFAULTS, TemplateError
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.exports.exportquestion import ExportQuestion
from playhead.ui.exports.exportqueue import ExportQueue
from playhead.ui.exports.exportselection import ExportSelection, Gathered
from playhead.ui.exports.exportwish import What, Wish
from playhead.ui.exports.reopening import ReopenJourney
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.look.announcing import announce
from playhead.ui.look.icons import Icons
from playhead.ui.shell.actions import EXPORT, EXPORT_ALL
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording.exportwords import interrupted
from playhead.ui.wording.sentences import sentence
from playhead.ui.wording.whereabouts import zone_name


class ExportsJourney(QObject):
    """Asks what and whereto, runs exports one after the other, and goes on with those that were cut short."""

    ended = Signal(object)
    """An export has ended: its `Report`."""
    turned = Signal()
    """`busy` may be different."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        listing: ListingJourney,
        transfers: TransfersPanel,
        notices: NoticeBar,
        icons: Icons,
        needs: Needs,
    ) -> None:
        super().__init__(transfers)
        self._session = session
        self._listing = listing
        self._notices = notices
        self._panel = transfers
        self._folder = Path(QDir.homePath())
        self._choices = Choices()
        self._begun = 0
        self._planner = ExportPlanner(session, zone_name)
        self._selection = ExportSelection(session, listing.pane.table, listing.status)
        self._question = ExportQuestion(session, listing, icons, self._selection, self._planner)
        self._queue = ExportQueue(session.catalogue.exports, session.jobs, transfers, needs)
        self._queue.ended.connect(self.ended)
        self._queue.turned.connect(self.turned)
        self._queue.stopped.connect(self._offer_to_go_on)
        self._queue.folder_asked.connect(_show_folder)
        self._reopening = ReopenJourney(session, commands, notices, self._selection, self._queue)
        transfers.acted.connect(self._review)
        commands.bind(EXPORT, partial(self.ask, What.SELECTED))
        commands.bind(EXPORT_ALL, partial(self.ask, What.MATCHING))

    @property
    def busy(self) -> bool:
        """True if an export is at work or waits for its turn: at the next start it goes on."""
        return self._queue.busy

    @property
    def folder(self) -> str:
        """Folder of the last export, for the settings."""
        return str(self._folder)

    @property
    def choices(self) -> Choices:
        """Choices of the last export, for the settings."""
        return self._choices

    @property
    def presets(self) -> Mapping[str, str]:
        """The templates that are kept, by their names, for the settings."""
        return self._question.presets

    def prefer(
        self, folder: str, choices: Choices, presets: Mapping[str, str], locked: frozenset[str] = frozenset()
    ) -> None:
        """Take up what the settings have; `locked` are the rows that stay so."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if folder == "~" or folder.startswith("~/"):  # as an administrator writes it
            folder = f"{QDir.homePath()}{folder[1:]}"
        self._folder = Path(folder or documents)
        kept = "" if choices.template in FORMER_DEFAULTS else choices.template
        self._choices = replace(choices, template=kept or DEFAULT_TEMPLATE)
        self._question.presets, self._question.locked = presets, locked
        self._reopening.begin_at(self._folder)

    def begin(self) -> None:
        """Show the exports of earlier runs of the program that the person has not dismissed."""
        self._session.jobs.start("exports", self._take_up())

    def ask(self, what: What) -> None:
        """Open the dialog; it begins with `what`, if there is such."""
        if not self._session.jobs.running("ask export"):
            self._session.jobs.start("ask export", self._ask(what))

    def reopen(self, folder: Path) -> None:
        """Open the export in `folder` again."""
        self._reopening.open(folder)

    async def run(self, recordings: Sequence[Recording], folder: Path, choices: Choices) -> Report:
        """Export `recordings` into `folder`, a new one in it if it is there, when those before have ended.

        Raises `ExportError`, `TemplateError`.
        """
        made = await self._planner.fresh(recordings, folder, choices)
        return await (await self._queue.add(made, choices))

    async def _ask(self, what: What) -> None:
        wanted = await self._question.ask(what, folder=self._folder, choices=self._choices)
        if wanted is not None:
            wish, gathered = wanted
            self._folder = wish.folder
            self._choices = wish.choices
            # A job of its own: another export can be asked for while the names of this one are made.
            self._begun += 1
            self._session.jobs.start(f"begin export {self._begun}", self._begin(wish, gathered))
        elif self._question.old:
            self._reopening.ask()

    async def _begin(self, wish: Wish, gathered: Gathered) -> None:
        # Not what stands in the filter line: that may have a mistake in it, and the rows be of before.
        query = self._listing.state.query.text if wish.scope.what is What.SELECTED else wish.scope.query
        choices = replace(wish.choices, query=query, coverage=gathered.figures.coverage)
        try:
            recordings = await self._selection.all(gathered.ids)
            if wish.add:
                await self._queue.go_on_with(await self._planner.joined(recordings, wish.folder, choices))
            else:
                made = await self._planner.fresh(recordings, wish.folder, choices, own=wish.own)
                await self._queue.add(made, choices)
        except (ExportError, ExportUnreadable, CatalogueError, TemplateError) as error:
            self._notices.say("export", sentence(error), "attention")

    # Those of earlier runs

    async def _take_up(self) -> None:
        briefs = await self._session.catalogue.exports.briefs()
        self._queue.take_up(briefs)
        cut_short = [brief for brief in briefs if not brief.ended]
        if cut_short:
            # To be seen and continued below the table.
            announce(self._panel, interrupted(cut_short))

    # Those that the person stopped

    def _offer_to_go_on(self, number: int, folder: Path) -> None:
        self._notices.say(
            key=f"export {number} stopped",
            sentence=f"The export to {folder.name or folder} is stopped. What is finished stays.",
            action="Continue",
            act=partial(self._go_on, number),
        )

    def _go_on(self, number: int) -> None:
        self._notices.withdraw(f"export {number} stopped")
        self._queue.try_again(number)

    def _review(self, number: int, act: Act) -> None:
        """Offer no longer to continue what was continued or dismissed below the table."""
        if act in {Act.RETRY, Act.DISMISS}:
            self._notices.withdraw(f"export {number} stopped")


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
