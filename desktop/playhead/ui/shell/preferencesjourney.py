"""Journey of the preferences: from the settings file to the places that they are about, and back."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from playhead.core.health.healthlimits import HealthLimits
from playhead.core.preferences import PreferenceKeeper, Preferences
from playhead.core.session import Session
from playhead.ui.exports.exports import ExportsJourney
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.look.dialogs import finished
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.actions import CHANGE_KEYS, PREFERENCES
from playhead.ui.shell.arrangement import Arrangement
from playhead.ui.shell.helpjourney import HelpJourney
from playhead.ui.shell.preferencesdialog import PreferencesDialog


class PreferenceTaker(Protocol):
    """Place that some preferences are about, and that never changes them."""

    def prefer(self, preferences: Preferences) -> None:
        """Take up what the settings have, or what was changed in them."""


class PreferencesJourney:
    """Lets preferences take effect as the program begins and as the dialog changes them, and keeps them."""

    def __init__(
        self,
        session: Session,
        arrangement: Arrangement,
        settings: PreferenceKeeper,
        listening: PlayerJourney,
        browsing: ListingJourney,
        exporting: ExportsJourney,
        helping: HelpJourney,
    ) -> None:
        self._session = session
        self._arrangement = arrangement
        self._settings = settings
        self._listening = listening
        self._browsing = browsing
        self._exporting = exporting
        self._dialog: PreferencesDialog | None = None
        self._helping = helping
        self._takers: list[PreferenceTaker] = []
        arrangement.commands.bind(PREFERENCES, self.ask)
        arrangement.commands.bind(CHANGE_KEYS, partial(self.ask, keys=True))

    def add(self, taker: "PreferenceTaker") -> None:
        """Let somebody else know the preferences as the program begins, and whenever they change."""
        self._takers.append(taker)

    def begin(self) -> None:
        """Take up what the settings have; appearance and arrangement were needed before there were rows."""
        preferences = self._settings.preferences
        self._listening.choose(preferences.playback)
        self._exporting.prefer(
            preferences.export_folder,
            replace(preferences.export_choices, template=preferences.name_template),
            preferences.name_presets,
            preferences.locked,
        )
        self._browsing.refresh.look_every(preferences.check_every)
        self._helping.palette.recent = preferences.recent_actions
        self._session.jobs.start("judging", self._judge(preferences.health_limits))
        self._limit_transcripts(preferences)
        for taker in self._takers:
            taker.prefer(preferences)

    def keep(self) -> None:
        """Let the settings have what the person chose while they were at it."""
        self._settings.change(self._present())

    def ask(self, *, keys: bool = False) -> None:
        """Open the dialog, at the page of the keys if they are meant."""
        if not self._session.jobs.running("preferences"):
            self._session.jobs.start("preferences", self._ask(keys=keys))
        elif keys and self._dialog is not None:
            self._dialog.show_keys()

    def _present(self) -> Preferences:
        """Preferences as they hold now, wherever they are changed."""
        return replace(
            self._arrangement.saved_in(self._settings.preferences),
            check_every=self._browsing.refresh.every,
            recent_actions=self._helping.palette.recent,
            playback=self._listening.settings,
            export_folder=self._exporting.folder,
            name_template=self._exporting.choices.template,
            name_presets=self._exporting.presets,
            export_choices=self._exporting.choices,
        )

    async def _ask(self, *, keys: bool) -> None:
        dialog = self._arrangement.dialog(self._present())
        if keys:
            dialog.show_keys()
        dialog.changed.connect(self._take)
        dialog.limit_chosen.connect(lambda limit: self._session.jobs.start("audio", self._limit(limit)))
        dialog.empty_asked.connect(lambda: self._session.jobs.start("audio", self._empty()))
        dialog.empty_transcripts_asked.connect(
            lambda: self._session.jobs.start("empty transcripts", self._empty_transcripts())
        )
        self._dialog = dialog
        dialog.finished.connect(self._let_go)
        await self._show_usage()
        await finished(dialog)
        await self._session.jobs.wait("audio")

    def _take(self, preferences: Preferences) -> None:
        """Let what the dialog changes take effect; what else plays or lies elsewhere stays as it is."""
        quiet, least = preferences.playback.quiet, preferences.playback.least
        self._listening.choose(replace(self._listening.settings, quiet=quiet, least=least))
        self._arrangement.change(preferences)
        if preferences.check_every != self._browsing.refresh.every:
            self._browsing.refresh.look_every(preferences.check_every)
        if preferences.health_limits != self._settings.preferences.health_limits:
            self._session.jobs.start("judging", self._judge(preferences.health_limits))
        limited = preferences.transcript_limit != self._settings.preferences.transcript_limit
        self._settings.change(
            replace(
                self._settings.preferences,
                theme=preferences.theme,
                health_limits=preferences.health_limits,
                checking=preferences.checking,
                check_rate=preferences.check_rate,
                transcript_limit=preferences.transcript_limit,
            )
        )
        for taker in self._takers:
            taker.prefer(preferences)
        if limited:
            self._limit_transcripts(preferences)

    async def _judge(self, limits: HealthLimits) -> None:
        """Let what was measured be judged by `limits`, and what is shown follow."""
        changed = await self._session.catalogue.analyses.judge_by(limits)
        if changed:
            self._browsing.show_learnt()
        if self._dialog is not None:
            self._dialog.limits.show_judged(changed)

    async def _limit(self, limit: int) -> None:
        await self._session.catalogue.media.limit(limit)
        self._settings.change(replace(self._settings.preferences, media_limit=float(limit)))
        await self._show_usage()

    async def _empty(self) -> None:
        await self._session.catalogue.media.empty()
        await self._show_usage()

    def _limit_transcripts(self, preferences: Preferences) -> None:
        """Keep as much of transcripts as was chosen; what is too much is let go of."""
        limit = round(preferences.transcript_limit)
        self._session.jobs.start("transcript limit", self._keep_transcripts(limit))

    async def _keep_transcripts(self, limit: int) -> None:
        await self._session.catalogue.transcripts.limit(limit)
        if self._dialog is not None:
            self._browsing.show_learnt()
            await self._show_usage()

    async def _empty_transcripts(self) -> None:
        await self._session.catalogue.transcripts.empty()
        self._browsing.show_learnt()
        await self._show_usage()

    async def _show_usage(self) -> None:
        used, limit = await self._session.catalogue.media.usage()
        transcripts, _ = await self._session.catalogue.transcripts.usage()
        if self._dialog is not None:
            self._dialog.show_usage(used, limit, transcripts)

    def _let_go(self) -> None:
        """The dialog is closed, and what is still at work has nothing to show it in."""
        self._dialog = None
