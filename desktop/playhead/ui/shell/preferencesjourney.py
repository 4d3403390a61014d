"""Journey of the preferences: each takes effect at once."""

from collections.abc import Callable
from dataclasses import replace

from playhead.core.session import Session
from playhead.ui.listing.refresh import Refresh
from playhead.ui.look.dialogs import finished
from playhead.ui.look.theme import Appearance, Theme
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.preferencesdialog import PreferencesDialog
from playhead.ui.window import Window


class PreferencesJourney:
    """Opens the dialog and does what it asks; `remember` keeps the appearance and the limit (bytes)."""

    def __init__(
        self,
        session: Session,
        window: Window,
        theme: Theme,
        *,
        remember_appearance: Callable[[str], None],
        remember_limit: Callable[[int], None],
        listening: PlayerJourney,
        returning: Refresh,
    ) -> None:
        self._session = session
        self._window = window
        self._theme = theme
        self._remember_appearance = remember_appearance
        self._remember_limit = remember_limit
        self._listening = listening
        self._returning = returning
        self._dialog: PreferencesDialog | None = None
        window.commands.preferences_asked.connect(self.ask)

    def ask(self) -> None:
        """Open the dialog."""
        if not self._session.jobs.running("preferences"):
            self._session.jobs.start("preferences", self._ask())

    async def _ask(self) -> None:
        dialog = PreferencesDialog(
            str(self._theme.appearance),
            density=self._window.table.header.density,
            check_every=self._returning.every,
            quiet=self._listening.settings.quiet,
            least=self._listening.settings.least,
            parent=self._window,
        )
        dialog.silence_chosen.connect(self._choose_silence)
        dialog.density_chosen.connect(self._window.table.show_density)
        dialog.check_chosen.connect(self._returning.look_every)
        dialog.appearance_chosen.connect(self._choose_appearance)
        dialog.limit_chosen.connect(lambda limit: self._session.jobs.start("audio", self._limit(limit)))
        dialog.empty_asked.connect(lambda: self._session.jobs.start("audio", self._empty()))
        self._dialog = dialog
        dialog.finished.connect(self._let_go)
        await self._show_usage()
        await finished(dialog)
        await self._session.jobs.wait("audio")

    def _choose_silence(self, quiet: float, least: float) -> None:
        self._listening.choose(replace(self._listening.settings, quiet=quiet, least=least))

    def _choose_appearance(self, appearance: str) -> None:
        self._theme.choose(Appearance(appearance))
        self._remember_appearance(appearance)

    async def _limit(self, limit: int) -> None:
        await self._session.catalogue.limit_media(limit)
        self._remember_limit(limit)
        await self._show_usage()

    async def _empty(self) -> None:
        await self._session.catalogue.empty_media()
        await self._show_usage()

    async def _show_usage(self) -> None:
        usage = await self._session.catalogue.media_usage()
        if self._dialog is not None:
            self._dialog.show_usage(*usage)

    def _let_go(self) -> None:
        """The dialog is closed, and what is still at work has nothing to show it in."""
        self._dialog = None
