"""Joins the journeys: what each of them needs from the others, and from the packages around."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playhead.core.errors import Refused
from playhead.core.exports.carrier import Carrier
from playhead.core.exports.custody import Machine
from playhead.core.exports.report import Report
from playhead.core.health.checkup import Checkup, CheckupNeeds
from playhead.core.loading.transcriptwork import TranscriptWork
from playhead.core.playbacksettings import PlayerState
from playhead.core.ports import Vault
from playhead.core.session import Session
from playhead.core.worklists.workstates import Hold
from playhead.machine.settings import Settings
from playhead.machine.threadpriority import step_back
from playhead.runparts import export_needs
from playhead.sound.analysis import AudioAnalysis
from playhead.ui.accounts.accounts import AccountsJourney
from playhead.ui.checkup.checkupjourney import CheckupJourney
from playhead.ui.exports.exportmenu import DesktopNotice
from playhead.ui.exports.exports import ExportsJourney
from playhead.ui.exports.filedrag import Drag, FileDrag, drag_files
from playhead.ui.filter.filter import FilterJourney
from playhead.ui.filter.queryform import FormSync
from playhead.ui.filter.savedfilters import SavedFilters
from playhead.ui.inspector.healthjourney import HealthJourney
from playhead.ui.inspector.marksjourney import MarksJourney
from playhead.ui.inspector.samejourney import SameSoundJourney
from playhead.ui.inspector.transcriptjourney import TranscriptJourney
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.listing.listingannouncing import ListingAnnouncer
from playhead.ui.listing.rowmenu import RowMenu
from playhead.ui.listing.selectionstatus import SelectionStatus
from playhead.ui.listing.stepback import StepBack
from playhead.ui.player.autoplay import AutoPlay
from playhead.ui.player.comparing import Comparing
from playhead.ui.player.playbackaids import PlaybackAids
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.playeractions import PlayerActions
from playhead.ui.player.playerannouncing import PlayerAnnouncements
from playhead.ui.player.saidmarks import SaidMarks
from playhead.ui.player.soundports import Player
from playhead.ui.shell.actions import ADD_ACCOUNT, COMPARE, COPY_FILES, FORM, JUMP, REFRESH, SAVE_FILTER
from playhead.ui.shell.helpjourney import HelpJourney
from playhead.ui.shell.leavingoff import LeavingOff
from playhead.ui.shell.preferencesjourney import PreferencesJourney
from playhead.ui.strip.strip import StripJourney
from playhead.ui.values.valuesjourney import ValuesJourney
from playhead.ui.window import Window
from playhead.ui.wording.checkupwords import CheckupWords
from playhead.ui.wording.readingwords import ReadingWords
from playhead.ui.worklists.readingjourney import ReadingJourney
from playhead.ui.worklists.workjob import WorkJob, WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Parts of this computer that the journeys use."""

    carried: Path
    """Folder of files on their way to other programs."""
    vault: Vault
    program: str
    """Name, version and build, for the papers of exports."""
    machine: Machine
    guide: Path
    """Folder of the guide."""
    player: Callable[[], Player] | None = None
    """Makes what plays; None: an engine on the sound devices."""
    drag: Drag = drag_files
    """Carries files out of the window."""


class Journeys:
    """Everything that the person can do at the window, ready to begin."""

    def __init__(
        self,
        stack: AsyncExitStack,
        session: Session,
        window: Window,
        settings: Settings,
        environment: Environment,
    ) -> None:
        """Close with `stack` what they open."""
        self._session = session
        self._window = window
        self._new_player = environment.player or _engine
        icons = window.icons
        carrier = Carrier(environment.carried, session.downloads, session.library.providers.extensions)
        stack.push_async_callback(carrier.close)
        stack.push_async_callback(session.jobs.close)

        self.browsing = ListingJourney(
            session, window.rows, window.filter, window.side_bar, window.status, window.notices
        )
        self.browsing.status.reconnect_asked.connect(self._reconnect)
        commands = window.commands
        self._announcer = ListingAnnouncer(session, self.browsing.state, self.browsing.status, window.filter)
        self._step_back = StepBack(window.rows, window.filter, window.notices, commands)
        commands.bind(REFRESH, self.browsing.refresh.look_as_wished)
        commands.bind(JUMP, self.browsing.go_to_date.ask)
        self._selection = SelectionStatus(
            session, window.rows, window.status, window.inspector, window.export_button, self.browsing.status
        )
        self._row_menu = RowMenu(session, window.rows, window.filter, window.notices, commands)
        bar, make_player = window.player, partial(self._make_player, stack)
        self.listening = PlayerJourney(session, window.rows, bar, window.notices, make_player)
        analysis = AudioAnalysis(step_back)
        self.aids = PlaybackAids(session, self.listening, bar, window.notices, analysis)
        self.measuring = HealthJourney(session, window.rows, window.inspector, self.listening, analysis)
        for learning in (self.aids, self.measuring):
            learning.learnt.connect(self.browsing.show_learnt)
        self.aids.learnt.connect(self.measuring.look_again)
        self.auditioning = AutoPlay(session, window.rows, self.listening, bar.transport)
        self._player_actions = PlayerActions(commands, self.listening, self.auditioning, bar)
        self.marking = MarksJourney(
            session, window.rows, window.inspector, bar.waveform, self.listening, commands, window.notices
        )
        stack.push_async_callback(self.marking.close)
        self.connecting = AccountsJourney(
            session, window.side_bar, window.welcome, window.notices, icons, environment.vault
        )
        commands.bind(ADD_ACCOUNT, self.connecting.choose)
        self.connecting.connected.connect(self.browsing.account_connected)
        self.connecting.leaving.connect(self._account_leaving)
        self.connecting.gone.connect(self.browsing.account_gone)
        self.exporting = ExportsJourney(
            session,
            commands,
            self.browsing,
            window.transfers,
            window.notices,
            icons,
            export_needs(session, environment.program, environment.machine),
        )
        self._join_checkup(analysis)
        self._join_reading()
        self._join_same_sounds()
        self._desktop_notice = DesktopNotice(window, window.windowIcon())
        self.exporting.ended.connect(self._desktop_notice.export_ended)
        self.exporting.ended.connect(self._export_ended)
        self.carrying = FileDrag(
            session, window.table, window.notices, icons, self.exporting, carrier, environment.drag
        )
        stack.callback(self.carrying.close)
        self.carrying.begin()
        commands.bind(COPY_FILES, self.carrying.copy)
        self._join_finding(stack)
        helping = HelpJourney(commands, window.theme, window, environment.guide, environment.program)
        self.preferring = PreferencesJourney(
            session,
            window.arrangement,
            settings,
            self.listening,
            self.browsing,
            self.exporting,
            helping,
        )
        for taker in (self.checking, self.measuring):
            self.preferring.add(taker)
        self.leaving = LeavingOff(session, window.filter, window.inspector, self.browsing, self.listening)

    def begin(self) -> None:
        """Take up what the settings have, and show what there is."""
        self.preferring.begin()
        # Not before: nobody is told of the choices that the settings have.
        PlayerAnnouncements(self.listening, self._window.player)
        self.browsing.begin()
        self.leaving.begin()
        self.exporting.begin()
        self.connecting.begin()
        self.reading.begin()
        self._window.commands.catch_up()

    def _join_same_sounds(self) -> None:
        """Let recordings of one sound be shown beside each other, and compared."""
        session, window = self._session, self._window
        self.comparing = Comparing(session, window.rows, self.listening, self.aids, window.notices)
        window.commands.bind(COMPARE, self.comparing.turn)
        self.same = SameSoundJourney(
            session, window.rows, window.inspector.same, window.filter, self.browsing.state
        )
        for learning in (self.aids, self.measuring, self.checkup):
            learning.learnt.connect(self.same.look_again)
        self.connecting.gone.connect(lambda _account: self.same.look_again())

    def _join_finding(self, stack: AsyncExitStack) -> None:
        """Make what stands beside the filter line."""
        session, window = self._session, self._window
        self.strip = StripJourney(session, self.browsing.state, window.strip, window.filter)
        for learning in (self.aids, self.measuring, self.checkup):
            learning.learnt.connect(self.strip.show_learnt)
        self.completing = FilterJourney(session, window.filter, window.theme)
        self.forming = FormSync(session, window.filter, window.form)
        window.commands.bind(FORM, self.forming.turn)
        self.counting = ValuesJourney(
            session, window.rows, window.values, window.filter, self.browsing.state, window.commands
        )
        for changed in (self.marking.marked, self.browsing.state.learnt):
            changed.connect(self.counting.look_again)
        self.marking.marked.connect(self.strip.show_marked)
        self.saving = SavedFilters(session, window.filter, window.side_bar, window.notices)
        stack.push_async_callback(self.saving.close)
        window.commands.bind(SAVE_FILTER, self.saving.save)
        self.marking.marked.connect(self.saving.count)
        self.browsing.state.learnt.connect(self.saving.count)
        self.saving.begin()

    def _join_checkup(self, analysis: AudioAnalysis) -> None:
        """Let a checkup wait for what goes before it, and what is shown follow what it finds."""
        session, window, listening, exporting = self._session, self._window, self.listening, self.exporting
        needs = CheckupNeeds(
            analyses=session.catalogue.analyses, fetcher=session.downloads, measurer=analysis
        )
        kind = WorkKind(session.catalogue.checkups, Checkup(needs), CheckupWords())
        work = WorkJob(session, kind, window.transfers, window.notices, window.icons)
        self.checkup = work
        self.checking = CheckupJourney(session, window.commands, self.browsing, work)
        for changed in (self.connecting.connected, self.connecting.gone):
            changed.connect(self.checking.allow)
            changed.connect(work.go_on)
        for look in (self.browsing.show_learnt, self.measuring.look_again):
            work.learnt.connect(look)
        listening.state_changed.connect(
            lambda: work.hold(Hold.PLAYING, on=listening.state in {PlayerState.PLAYING, PlayerState.LOADING})
        )
        exporting.turned.connect(lambda: work.hold(Hold.EXPORT, on=exporting.busy))

    def _join_reading(self) -> None:
        """Let transcripts be read and shown, and what is found follow them."""
        session, window, state = self._session, self._window, self.browsing.state
        self.transcribing = TranscriptJourney(
            session, window.rows, state, window.inspector, self.listening, window.commands
        )
        self._said_marks = SaidMarks(session, state, self.listening, window.player.waveform)
        kind = WorkKind(session.catalogue.readings, TranscriptWork(session.transcripts), ReadingWords())
        work = WorkJob(session, kind, window.transfers, window.notices, window.icons)
        self.reading = ReadingJourney(session, window.commands, self.browsing, work)
        for changed in (self.connecting.connected, self.connecting.gone):
            changed.connect(work.go_on)
        work.learnt.connect(self.browsing.show_learnt)

    def _account_leaving(self, account: str) -> None:
        playing = self.listening.recording
        if playing is not None and playing.account == account:
            self.listening.stop()
        self.checkup.account_leaving(account)
        self.reading.account_leaving(account)
        self._session.downloads.forget(account)
        self.carrying.forget(account)
        self.browsing.account_leaving(account)

    def _export_ended(self, report: Report) -> None:
        refused = {
            outcome.recording.account: outcome.error
            for outcome in report.outcomes
            if isinstance(outcome.error, Refused)
        }
        for account, error in refused.items():
            self.browsing.status.show_refusal(account, error)

    def _reconnect(self, account: str) -> None:
        self.connecting.reconnect(account)

    def _make_player(self, stack: AsyncExitStack) -> Player:
        player = self._new_player()
        stack.callback(player.close)
        return player


def _engine() -> Player:
    """Make the engine; imported when something is played for the first time."""
    from playhead.sound.engine import Engine

    return Engine()
