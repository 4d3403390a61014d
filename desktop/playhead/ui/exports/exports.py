"""Journey of exports: from a selection to a folder that can be handed on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.again import Again
from playhead.core.exports.choices import Choices
from playhead.core.exports.custody import Machine
from playhead.core.exports.needs import Copier, Papers, Said
from playhead.core.exports.report import Report
from playhead.core.exports.run import Export
from playhead.core.exports.template import DEFAULT_TEMPLATE, TemplateError
from playhead.core.finding.query import Query
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.exports.exportplanner import ExportPlanner
from playhead.ui.exports.exportquestion import ExportQuestion, LoadRest
from playhead.ui.exports.exportqueue import ExportQueue
from playhead.ui.exports.exportselection import ExportSelection, Gathered
from playhead.ui.exports.exportwish import What, Wish
from playhead.ui.exports.reopening import ReopenJourney
from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import Notice
from playhead.ui.window import Window
from playhead.ui.wording.exportwords import interrupted
from playhead.ui.wording.sentences import sentence

_INTERRUPTED = "interrupted exports"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportParts:
    """Writers and names that go into every export."""

    papers: Papers
    copier: Copier
    said: Said
    program: str
    """Its name, version and build."""
    machine: Machine


class ExportsJourney:
    """Asks what and whereto, runs exports one after the other, and goes on with those that were cut short."""

    def __init__(
        self,
        session: Session,
        window: Window,
        icons: Icons,
        parts: ExportParts,
        *,
        query: Callable[[], Query],
        coverage: Callable[[], str],
        load_rest: LoadRest,
        show_folder: Callable[[Path], object],
        ended: Callable[[Report], None] = lambda _: None,
    ) -> None:
        """`query` is what the rows answer, `coverage` says what they are taken from.

        `ended` is told of every report.
        """
        self._session = session
        self._window = window
        self._parts = parts
        self._query = query
        self._folder = Path.home()
        self._choices = Choices()
        self._presets: Mapping[str, str] = {}
        self._begun = 0
        self._planning = ExportPlanner(session)
        self._gathering = ExportSelection(session, selected=window.table.selected_ids, listed=coverage)
        self._asking = ExportQuestion(
            session,
            window,
            icons,
            self._gathering,
            self._planning,
            load_rest=load_rest,
            keep_presets=self._keep_presets,
        )
        make = partial(
            Export,
            fetcher=session.downloads,
            papers=parts.papers,
            copier=parts.copier,
            said=parts.said,
            program=parts.program,
            machine=parts.machine,
            clock=session.clock,
        )
        self._queue = ExportQueue(
            session.catalogue.exports,
            session.jobs,
            window.transfers,
            make,
            ended=ended,
            show_folder=show_folder,
        )
        self._reopening = ReopenJourney(session, window, self._gathering, fetch=self._go_on)
        window.transfers.resume_asked.connect(self._review)
        window.transfers.dismissed.connect(self._review)
        window.commands.export_asked.connect(partial(self.ask, What.SELECTED))
        window.commands.export_all_asked.connect(partial(self.ask, What.MATCHING))

    @property
    def folder(self) -> str:
        """Where the last export went, for the settings."""
        return str(self._folder)

    @property
    def choices(self) -> Choices:
        """How the last export was wanted, for the settings."""
        return self._choices

    @property
    def presets(self) -> Mapping[str, str]:
        """The templates that are kept, by their names, for the settings."""
        return self._presets

    def prefer(self, folder: str, choices: Choices, presets: Mapping[str, str]) -> None:
        """Take up what the settings have."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(folder or documents)
        self._choices = replace(choices, template=choices.template or DEFAULT_TEMPLATE)
        self._presets = presets
        self._reopening.begin_at(self._folder)

    def begin(self) -> None:
        """Show the exports of earlier runs of the program that the person has not dismissed."""
        self._session.jobs.start("exports", self._take_up())

    def ask(self, what: What) -> None:
        """Open the dialog; it begins with `what`, if there is such."""
        if not self._session.jobs.running("ask export"):
            self._session.jobs.start("ask export", self._ask(what))

    async def run(self, recordings: Sequence[Recording], folder: Path, choices: Choices) -> Report:
        """Export `recordings` into `folder`, or a new folder in it, when the exports before have ended.

        Raises `ExportError`, `TemplateError`.
        """
        made = await self._planning.fresh(recordings, folder, choices)
        return await (await self._queue.add(made, choices))

    async def _ask(self, what: What) -> None:
        wanted = await self._asking.ask(
            what, folder=self._folder, choices=self._choices, presets=self._presets
        )
        if wanted is not None:
            wish, gathered = wanted
            self._folder = wish.folder
            self._choices = wish.choices
            # A job of its own: another export can be asked for while the names of this one are made.
            self._begun += 1
            self._session.jobs.start(f"begin export {self._begun}", self._begin(wish, gathered))
        elif self._asking.old:
            self._window.commands.reopen_asked.emit()

    async def _begin(self, wish: Wish, gathered: Gathered) -> None:
        # Not what stands in the filter line: that may have a mistake in it, and the rows be of before.
        query = self._query().text if wish.scope.what is What.SELECTED else wish.scope.query
        choices = replace(wish.choices, query=query, coverage=gathered.figures.coverage)
        try:
            recordings = await self._gathering.all(gathered.ids)
            if wish.add:
                await self._go_on(await self._planning.joined(recordings, wish.folder, choices))
            else:
                made = await self._planning.fresh(recordings, wish.folder, choices, own=wish.own)
                await self._queue.add(made, choices)
        except (ExportError, ExportUnreadable, CatalogueError, TemplateError) as error:
            self._say(sentence(error))

    async def _go_on(self, more: Again) -> None:
        await self._queue.add(more.plan, more.choices, done=more.done, replaces=more.replaces)

    # Those of earlier runs

    async def _take_up(self) -> None:
        briefs = await self._session.catalogue.exports.briefs()
        self._queue.take_up(briefs)
        cut_short = [brief for brief in briefs if not brief.ended]
        if cut_short:
            self._window.notices.show_notice(
                Notice(
                    key=_INTERRUPTED,
                    sentence=interrupted(cut_short),
                    kind="attention",
                    action="Continue",
                    act=self._queue.go_on,
                )
            )

    def _review(self, _number: int) -> None:
        """Offer no longer to continue what was continued or dismissed below the table."""
        if not self._queue.interrupted:
            self._window.notices.withdraw(_INTERRUPTED)

    def _keep_presets(self, presets: Mapping[str, str]) -> None:
        self._presets = presets

    def _say(self, text: str) -> None:
        self._window.notices.show_notice(Notice(key="export", sentence=text, kind="attention"))
