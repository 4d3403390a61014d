"""Joins the journeys: what each of them needs from the others, and from the packages around."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from playhead import __version__
from playhead.core.errors import Disconnected, Refused
from playhead.core.exports.carrier import Carrier
from playhead.core.exports.choices import CopyForm
from playhead.core.exports.custody import Machine
from playhead.core.exports.files import Kept
from playhead.core.exports.report import Report
from playhead.core.exports.saying import Saying
from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.ports import Clock, Source, Store
from playhead.core.recording import Recording
from playhead.machine.settings import Settings
from playhead.sound.drawing import Drawing
from playhead.sound.loudness import Loudness, matching_gain
from playhead.sound.recognising import Ear
from playhead.ui.accounts.accounts import AccountsJourney
from playhead.ui.exports.desktopnotice import DesktopNotice
from playhead.ui.exports.exports import ExportParts, ExportsJourney
from playhead.ui.filter.filter import FilterJourney
from playhead.ui.filter.formsync import FormSync
from playhead.ui.filter.savedfilters import SavedFilters
from playhead.ui.inspector.marksjourney import MarksJourney
from playhead.ui.listing.filedrag import Drag, FileDrag
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.player.autoplay import AutoPlay, Habit
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.shaping import Shape, Shaping
from playhead.ui.player.soundports import Player
from playhead.ui.shell.keysheet import KeysDialog
from playhead.ui.shell.preferencesjourney import PreferencesJourney
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import KEYS, Window


class Journeys:
    """Everything that the person can do at the window, ready to begin."""

    def __init__(
        self,
        stack: AsyncExitStack,
        window: Window,
        model: RecordingModel,
        theme: Theme,
        icons: Icons,
        catalogue: Store,
        library: Library,
        connections: Connections,
        jobs: Jobs,
        settings: Settings,
        *,
        carried: Path,
        vault_name: Callable[[], str | None],
        clock: Clock,
        new_player: Callable[[], Player] | None,
        drag: Drag,
        program: str,
        machine: Machine,
    ) -> None:
        """What they open is closed with `stack`. `carried` is the folder of files on their way elsewhere.

        `new_player` makes what plays, if it is not to be an engine on the devices of this computer; `drag`
        carries files out of the window. `program` and `machine` are named in the papers of exports.
        """
        self._window = window
        self._theme = theme
        self._icons = icons
        self._jobs = jobs
        self._settings = settings
        self._new_player = _engine if new_player is None else new_player

        async def missing(recording: Recording) -> None:
            if await library.recheck(recording):
                await self.browsing.answering.renew()

        downloads = self.downloads = Downloads(
            partial(_source_of, library), catalogue, missing=missing, listener=Ear()
        )
        stack.push_async_callback(downloads.close)
        carrier = Carrier(carried, downloads)
        stack.push_async_callback(carrier.close)
        stack.push_async_callback(jobs.close)

        def label_of(account: str) -> str:
            source = library.source(account)
            return source.account.label if source is not None else ""

        def account_leaving(account: str) -> None:
            playing = self.listening.recording
            if playing is not None and playing.account == account:
                self.listening.stop()
            downloads.forget(account)
            self.carrying.forget(account)
            self.browsing.account_leaving(account)

        self.browsing = ListingJourney(
            window,
            model,
            catalogue,
            library,
            jobs,
            clock,
            reconnect=self._reconnect,
        )
        self.listening = PlayerJourney(
            window,
            model,
            partial(self._make_player, stack),
            downloads,
            catalogue,
            Drawing(),
            jobs,
            label_of,
        )
        self.shaping = Shaping(window, self.listening, catalogue, Loudness(), matching_gain, jobs)
        self.auditioning = AutoPlay(window, model, self.listening, downloads, catalogue, jobs)
        self.marking = MarksJourney(window, model, catalogue, jobs, partial(_source_of, library), label_of)
        stack.push_async_callback(self.marking.close)
        self.listening.began.connect(lambda recording, _media: self.marking.plays(recording))
        self.listening.stopped.connect(lambda: self.marking.plays(None))
        self.listening.moved.connect(self.marking.is_at)
        self.listening.heard.connect(self.marking.heard)
        self.connecting = AccountsJourney(
            window,
            icons,
            connections,
            library,
            jobs,
            vault_name=vault_name,
            connected=self.browsing.account_connected,
            leaving=account_leaving,
            gone=self.browsing.account_gone,
        )
        notice = DesktopNotice(window, window.windowIcon())

        def export_ended(report: Report) -> None:
            notice.export_ended(report)
            refused = {
                outcome.recording.account: outcome.error
                for outcome in report.outcomes
                if isinstance(outcome.error, Refused)
            }
            for account, error in refused.items():
                self.browsing.reporting.show_refusal(account, error)

        self.exporting = ExportsJourney(
            window,
            icons,
            catalogue,
            library,
            ExportParts(
                downloads=downloads,
                exports=catalogue.exports,
                searches=catalogue.searches,
                papers=_Papers(),
                copier=_Copier(),
                said=Saying(catalogue, partial(_source_of, library)),
                program=program,
                machine=machine,
            ),
            jobs,
            clock,
            label_of=label_of,
            query=lambda: self.browsing.query,
            coverage=self.browsing.reporting.coverage_sentence,
            load_rest=self.browsing.load_everything,
            show_folder=lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            ended=export_ended,
        )
        self.carrying = FileDrag(
            window,
            catalogue,
            carrier,
            jobs,
            clock,
            icons,
            label_of=label_of,
            template=lambda: self.exporting.choices.template,
            drag=drag,
        )
        stack.callback(self.carrying.close)
        self.carrying.begin()
        self._join_finding(stack, catalogue, library)
        window.keys_asked.connect(lambda: KeysDialog(KEYS, f"Playhead {__version__}", window).show())
        self.preferring = PreferencesJourney(
            window,
            theme,
            catalogue,
            jobs,
            remember_appearance=self._remember_appearance,
            remember_limit=self._remember_limit,
            shaping=self.shaping,
            returning=self.browsing.returning,
        )

    def begin(self) -> None:
        """Take up what the settings have, and show what there is."""
        preferences = self._settings.preferences
        self.listening.prefer(preferences.speed, preferences.volume)
        self.shaping.prefer(
            Shape(
                skip_silence=preferences.skip_silence,
                level=preferences.level,
                rewind=preferences.rewind,
                quiet=preferences.quiet,
                least=preferences.least,
                device=preferences.device,
            )
        )
        self.auditioning.prefer(Habit(audition=preferences.audition, autoplay=preferences.autoplay))
        self.exporting.prefer(
            preferences.export_folder,
            replace(preferences.export_choices, template=preferences.name_template),
            preferences.name_presets,
        )
        self._window.restore_layout(preferences.layout)
        self._window.table.header.restore(preferences.columns)
        self._window.table.show_density(preferences.density)
        self.browsing.returning.look_every(preferences.check_every)
        self.browsing.begin()
        self.exporting.begin()

    def _join_finding(self, stack: AsyncExitStack, catalogue: Store, library: Library) -> None:
        """What stands beside the filter line."""
        line, searches = self._window.filter, catalogue.searches

        def labels() -> Sequence[str]:
            return [account.label for account in library.accounts]

        self.completing = FilterJourney(line, self._theme, catalogue, searches, self._jobs, labels)
        self.forming = FormSync(self._window, self._icons, catalogue, self._jobs, labels)
        self.saving = SavedFilters(
            self._window,
            catalogue,
            searches,
            library,
            self._jobs,
            library.understand,
        )
        stack.push_async_callback(self.saving.close)
        self.marking.marked.connect(self.saving.count)
        self.listening.began.connect(lambda _recording, _media: self.saving.count())
        self.saving.begin()

    def keep_preferences(self) -> None:
        """Let the settings have what the person chose while they were at it."""
        self._settings.change(
            replace(
                self._settings.preferences,
                layout=self._window.save_layout(),
                columns=self._window.table.header.save(),
                density=self._window.table.header.density,
                check_every=self.browsing.returning.every,
                volume=self.listening.volume,
                speed=self.listening.speed,
                skip_silence=self.shaping.shape.skip_silence,
                level=self.shaping.shape.level,
                rewind=self.shaping.shape.rewind,
                quiet=self.shaping.shape.quiet,
                least=self.shaping.shape.least,
                device=self.shaping.shape.device,
                audition=self.auditioning.habit.audition,
                autoplay=self.auditioning.habit.autoplay,
                export_folder=self.exporting.folder,
                name_template=self.exporting.choices.template,
                name_presets=self.exporting.presets,
                export_choices=self.exporting.choices,
            )
        )

    def _remember_appearance(self, appearance: str) -> None:
        self._settings.change(replace(self._settings.preferences, theme=appearance))

    def _remember_limit(self, limit: int) -> None:
        self._settings.change(replace(self._settings.preferences, media_limit=float(limit)))

    def _reconnect(self, account: str) -> None:
        self.connecting.reconnect(account)

    def _make_player(self, stack: AsyncExitStack) -> Player:
        player = self._new_player()
        stack.callback(player.close)
        return player


class _Papers:
    """The sheets of an export; what writes them is imported in its thread, when the first one ends."""

    def write(self, report: Report, program: str) -> tuple[Kept, ...]:
        from playhead.papers.folder import write

        return write(report, program)


class _Copier:
    """Copies of audio in another form; imported in the thread of an export that wants some."""

    def copy(self, source: Path, form: CopyForm, target: Path) -> None:
        from playhead.sound.copying import copy

        copy(source, form, target)


def _engine() -> Player:
    """What plays here; imported when something is played for the first time."""
    from playhead.sound.engine import Engine

    return Engine()


def _source_of(library: Library, account: str) -> Source:
    source = library.source(account)
    if source is None:
        raise Disconnected
    return source
