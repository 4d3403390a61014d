"""Life of the export dialog, from what could be exported to a wish that can be carried out."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QDir

from playhead.core import figures
from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.choices import Choices
from playhead.core.exports.exportplanner import ExportPlanner
from playhead.core.exports.plan import Plan
from playhead.core.exports.target import Looking
from playhead.core.exports.template import TemplateError
from playhead.core.finding.query import QueryError
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Saved
from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.exportnames import NAMES
from playhead.ui.exports.exportselection import ExportSelection, Gathered
from playhead.ui.exports.exportwish import Figures, Offer, Room, Scope, What, Wish
from playhead.ui.exports.namelist import NameList, named
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.look.dialogs import finished
from playhead.ui.look.icons import Icons
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence


class ExportQuestion:
    """One dialog: fills it, keeps it true, and gives what it asks for."""

    def __init__(
        self,
        session: Session,
        listing: ListingJourney,
        icons: Icons,
        selection: ExportSelection,
        planner: ExportPlanner,
    ) -> None:
        self._session = session
        self._listing = listing
        self._icons = icons
        self._selection = selection
        self._planner = planner
        self.presets: Mapping[str, str] = {}
        """Templates that are kept, by their names."""
        self.locked: frozenset[str] = frozenset()
        """Names of preferences that the administrator has locked."""
        self._looking = Looking()
        self._dialog: ExportDialog | None = None
        self._gathered: Gathered | None = None
        self._result: tuple[Wish, Gathered] | None = None
        self._old = False

    async def ask(self, first: What, *, folder: Path, choices: Choices) -> tuple[Wish, Gathered] | None:
        """Ask the person; None if nothing is to be exported (see `old`). Raises `CatalogueError`."""
        self._gathered, self._result, self._old = None, None, False
        pane = self._listing.pane
        offer = Offer(
            selected=pane.table.selected_count(),
            query=self._listing.line.text.strip(),
            saved=await self._saved(),
            first=first,
            folder=folder,
            choices=choices,
            presets=self.presets,
            locked=self.locked,
        )
        dialog = self._dialog = ExportDialog(self._icons, offer, self._preview, pane.window())
        dialog.scope_chosen.connect(self._count)
        dialog.folder_chosen.connect(self._look)
        dialog.test_asked.connect(lambda wish: self._session.jobs.start("names", self._test(wish)))
        dialog.presets_changed.connect(self._keep_presets)
        dialog.wanted.connect(lambda wish: self._session.jobs.start("load rest", self._settle(wish)))
        dialog.stop_asked.connect(lambda: self._session.jobs.cancel("load rest"))
        dialog.reopen_asked.connect(self._turn_to_old)
        dialog.finished.connect(self._let_go)
        self._count(dialog.scope)
        self._look(folder)
        await finished(dialog)
        return self._result

    @property
    def old(self) -> bool:
        """True if the person turned to an old export instead."""
        return self._old

    async def _saved(self) -> Sequence[Saved]:
        try:
            return await self._session.catalogue.searches.saved()
        except CatalogueError:
            return ()

    def _keep_presets(self, presets: Mapping[str, str]) -> None:
        self.presets = presets

    def _turn_to_old(self) -> None:
        self._old = True

    def _let_go(self) -> None:
        self._dialog = None
        for job in ("count export", "look at folder", "names", "load rest"):
            self._session.jobs.cancel(job)

    # What

    def _count(self, scope: Scope) -> None:
        self._gathered = None
        self._session.jobs.start("count export", self._gather(scope))

    async def _gather(self, scope: Scope) -> None:
        try:
            gathered = await self._selection.gather(scope)
        except QueryError as fault:
            shown = scope.name or scope.query
            self._show(scope, Figures(coverage=f"“{shown}” cannot be asked for: {fault.sentence}"))
            return
        if self._dialog is not None and self._dialog.scope == scope:
            self._gathered = gathered
            self._show(scope, gathered.figures)

    def _show(self, scope: Scope, figures: Figures) -> None:
        if self._dialog is not None and self._dialog.scope == scope:
            self._dialog.show_figures(figures)

    # Where

    def _look(self, folder: Path) -> None:
        self._session.jobs.start("look at folder", self._look_at(folder))

    async def _look_at(self, folder: Path) -> None:
        target = await self._looking.at(folder)
        problem = sentence(ExportError(target.problem)) if target.problem else ""
        if self._dialog is not None:
            self._dialog.show_room(
                Room(
                    folder=folder,
                    free=target.free,
                    occupied=target.occupied,
                    missing=target.missing,
                    export="an earlier export" if target.export else "",
                    problem=problem,
                )
            )

    # What the files will be called

    def _preview(self, template: str) -> list[str] | str:
        """The names that `template` gives to the first recordings; quick enough for every key."""
        first = [] if self._gathered is None else self._gathered.first[:NAMES]
        folder = (self._dialog.folder if self._dialog is not None else None) or Path(QDir.homePath())
        try:
            return self._planner.preview(first, folder, template)
        except TemplateError as error:
            return sentence(error)

    async def _test(self, wish: Wish) -> None:
        dialog, gathered = self._dialog, self._gathered
        if dialog is None or gathered is None:
            return
        names = NameList(dialog)
        shown = asyncio.ensure_future(finished(names))
        try:
            made = await self._planned(await self._selection.all(gathered.ids), wish)
            names.show_names(await asyncio.to_thread(named, made))
        except (ExportError, ExportUnreadable, TemplateError) as error:
            names.show_problem(sentence(error))
        except asyncio.CancelledError:
            shown.cancel()
            raise
        await shown

    async def _planned(self, recordings: Sequence[Recording], wish: Wish) -> Plan:
        if wish.add:
            return (await self._planner.joined(recordings, wish.folder, wish.choices)).plan
        return await self._planner.fresh(recordings, wish.folder, wish.choices, own=wish.own)

    # What it comes to

    async def _settle(self, wish: Wish) -> None:
        """Load what is to be loaded first, then let the dialog go."""
        dialog = self._dialog
        if dialog is None:
            return
        whole = True
        if wish.rest:
            whole = await self._load(dialog, wish)
        if self._dialog is None:
            return
        if wish.rest or self._gathered is None:
            self._gathered = await self._selection.gather(wish.scope)
            dialog.show_figures(self._gathered.figures)
        if not whole:
            dialog.show_problem(
                "Not everything could be loaded; the side bar says why. "
                "Without “Load the rest first”, what is loaded is exported."
            )
        elif not self._gathered.ids:
            dialog.show_problem("Nothing matches.")
        else:
            self._result = (wish, self._gathered)
            dialog.accept()

    async def _load(self, dialog: ExportDialog, wish: Wish) -> bool:
        def progress(read: int, seconds: float) -> None:
            rate = f" · {figures.number(round(read / seconds))} a second" if seconds > 1 else ""
            dialog.show_loading(f"Loading: {words.count(read, 'recording')} read{rate}")

        dialog.show_loading("Loading…")
        try:
            return await self._listing.load_everything(self._selection.query(wish.scope), progress)
        except asyncio.CancelledError:
            if self._dialog is not None:
                # Stopped by the person, who sees how much is there now and decides again.
                dialog.show_problem("Stopped.")
                self._count(wish.scope)
            raise
