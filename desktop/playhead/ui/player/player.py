"""Journey of the player: from a row to sound, and the controls of playing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from playhead.core import figures
from playhead.core.errors import PlayheadError
from playhead.core.media import Media
from playhead.core.playbacksettings import Heard, PlaybackSettings, PlayerState
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.lefttoright import beside
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.player.playercontrols import nearest_speed
from playhead.ui.player.soundports import Player
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence

SHORT = 2.0
"""Seconds by which audio may be shorter than its provider says before that is worth a word."""


class PlayerJourney(QObject):
    """Plays the row that is opened; knows what plays, and shows it."""

    began = Signal(object, object)
    """Another recording is at the player: Recording, Media."""
    recalled = Signal(object)
    """A Recording of an earlier run waits at the player."""
    stopped = Signal()
    """Nothing is at the player any more."""
    moved = Signal(float)
    """The second that is heard."""
    heard = Signal(object, float, float)
    """A stretch that was really played: Recording, from second, to second."""
    ended = Signal()
    """All of it was heard."""
    equipped = Signal(object)
    """The Player has been made."""
    changed = Signal(object)
    """The PlaybackSettings that hold from now on."""
    state_changed = Signal()
    """`state` is another."""
    failed = Signal(str)
    """A sentence that says why what was opened cannot be heard."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        bar: PlayerBar,
        notices: NoticeBar,
        player: Callable[[], Player],
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._bar = bar
        self._notices = notices
        self._make_player = player
        self._player: Player | None = None
        self._recording: Recording | None = None
        self._identifier: int | None = None
        self._media: Media | None = None
        self._played: WeakKeyDictionary[Media, Recording] = WeakKeyDictionary()
        """Whose audio it is: the player may still tell of what was heard before the one that plays now."""
        self._second = 0.0
        self._recalled = False
        """Whether a recording of an earlier run waits to be played, and nothing of it is fetched yet."""
        self._settings = PlaybackSettings()
        self._state = PlayerState.IDLE
        self._by_itself = False
        self._connect()

    @property
    def recording(self) -> Recording | None:
        """Recording that plays or is paused."""
        return self._recording

    @property
    def identifier(self) -> int | None:
        """The catalogue id of what plays or is paused."""
        return self._identifier

    @property
    def by_itself(self) -> bool:
        """True if the person did not ask for just this recording to be played."""
        return self._by_itself

    @property
    def settings(self) -> PlaybackSettings:
        """Choices of the person, kept from recording to recording."""
        return self._settings

    @property
    def state(self) -> PlayerState:
        """State of the player."""
        return self._state

    def choose(self, settings: PlaybackSettings) -> None:
        """Play in this way from now on, at the nearest of the speeds that can be chosen."""
        self._settings = replace(settings, speed=nearest_speed(settings.speed))
        self._bar.show_settings(self._settings)
        if self._player is not None:
            self._player.apply(self._settings)
        self.changed.emit(self._settings)

    def open(self, identifier: int, *, by_itself: bool = False) -> None:
        """Play the recording of a catalogue id; one that plays already is not started again.

        Where the filter asks what was said, it begins just before the first place where it was.

        It plays `by_itself` if nobody asked for it: after another one, or as its row was chosen.
        """
        row = self._model.row_of(identifier)
        recording = self._model.recording(row) if row is not None else None
        if recording is None:
            return
        if (
            self._recording is not None
            and recording.key == self._recording.key
            and self._state is not PlayerState.FAILED
        ):
            if self._state in {PlayerState.PAUSED, PlayerState.ENDED}:
                self.toggle()
            return
        self._identifier = identifier
        self._by_itself = by_itself
        passage = self._model.passage(recording)
        self._start(recording, 0.0 if passage is None else passage.heard_from)

    def change_to(self, identifier: int, recording: Recording, second: float, letter: str) -> None:
        """Play another recording from a second on, in the table or not, and show by which letter it goes.

        Whoever asks for this says so: it counts as playing by itself.
        """
        self._identifier, self._by_itself = identifier, True
        self._start(recording, second, letter)

    @property
    def position(self) -> float:
        """The second that was heard last, or at which it goes on."""
        return self._second

    def recall(self, identifier: int, recording: Recording, second: float) -> None:
        """Be paused in a recording of an earlier run; nothing of it is fetched before it goes on."""
        if self._recording is None and not words.unplayable(recording):
            self._identifier, self._recording, self._recalled = identifier, recording, True
            self._show_recording(recording)
            self._bar.waveform.show_waiting("Paused where you left. Space goes on.")
            self._show_position(second)
            self._show_state(PlayerState.PAUSED)
            self.recalled.emit(recording)

    def stop(self) -> None:
        """Play nothing any more, as its account is gone or the program ends."""
        if self._player is not None:
            self._player.stop()
        self._let_go()
        self._recording = self._identifier = None
        self._recalled = False
        self._played.clear()
        self._model.show_playing(None)
        self._bar.show_state(PlayerState.IDLE)
        self.stopped.emit()

    def seek(self, seconds: float) -> None:
        """Go to a second of what plays."""
        if self._recalled:
            self._show_position(max(0.0, seconds))
        elif self._player is not None and self._recording is not None:
            self._player.seek(max(0.0, seconds))

    def toggle(self) -> None:
        """Pause or go on; where nothing can, play the current row."""
        if self._recording is None or self._state is PlayerState.FAILED:
            current = self._table.current_id
            if current is not None:
                self.open(current)
        elif self._recalled:
            self._start(self._recording, self._second)
        elif self._player is not None:
            self._player.toggle()

    def step(self, by: int) -> None:
        """Play the row `by` places from the current one."""
        identifier = self._table.step(by)
        if identifier is not None:
            self.open(identifier)

    def skip(self, seconds: float) -> None:
        """Go so far forward from the second that is heard, or back."""
        self.seek(self._second + seconds)

    def _connect(self) -> None:
        bar = self._bar
        self._table.opened.connect(self.open)
        bar.transport.toggled.connect(self.toggle)
        bar.transport.previous.connect(partial(self.step, -1))
        bar.transport.next.connect(partial(self.step, 1))
        bar.waveform.sought.connect(self.seek)
        bar.waveform.resolution_changed.connect(self._resolve)
        bar.changed.connect(self.choose)

    def _show_recording(self, recording: Recording, letter: str = "") -> None:
        self._model.show_playing(recording.key)
        subtitle = self._model.showing.origin(recording)
        title = beside(letter, words.long_title(recording))
        self._bar.show_recording(title, subtitle, stereo=recording.stereo)
        self._bar.show_duration(recording.length or 0)

    def _start(self, recording: Recording, second: float = 0.0, letter: str = "") -> None:
        bar = self._bar
        self._let_go()
        self._recording, self._recalled = recording, False
        self._show_recording(recording, letter)
        self._show_position(second)
        why = words.unplayable(recording)
        if why:
            if self._player is not None:
                self._player.stop()
            self._give_up(why)
            self.stopped.emit()
            return
        self._notices.withdraw("short")
        bar.show_state(PlayerState.LOADING)
        self._media = self._session.downloads.open(recording)
        self._played[self._media] = recording
        player = self._player or self._prepare()
        player.load(self._media, start=second, duration=recording.length)
        self.began.emit(recording, self._media)
        player.play()

    def _prepare(self) -> Player:
        """Make the engine when it is first needed: it costs more than a start should."""
        player = self._make_player()
        player.state_changed.connect(self._show_state)
        player.position_changed.connect(self._show_position)
        player.duration_changed.connect(self._show_duration)
        player.failed.connect(self._fail)
        player.unplugged.connect(self._say_unplugged)
        player.position_changed.connect(self.moved)
        player.ended.connect(self._note_length)
        player.ended.connect(self.ended)
        player.heard.connect(self._tell_heard)
        player.apply(self._settings)
        player.set_resolution(self._bar.waveform.resolution)
        self._player = player
        self.equipped.emit(player)
        return player

    def _resolve(self, seconds: float) -> None:
        if self._player is not None:
            self._player.set_resolution(seconds)

    def _let_go(self) -> None:
        if self._media is not None:
            self._session.downloads.release(self._media)
            self._media = None

    def _show_state(self, state: PlayerState) -> None:
        if state is PlayerState.IDLE and self._state is PlayerState.FAILED and self._recording is not None:
            # What played before has fallen silent; that the next one cannot be heard stands.
            return
        self._state = state
        self.state_changed.emit()
        why = ""
        if state is PlayerState.NO_DEVICE:
            why = "No sound device"
            self._notices.say(
                key="device",
                sentence="There is no sound device, so nothing can be heard here. Exporting works.",
                kind="attention",
            )
        elif state is PlayerState.PLAYING:
            self._notices.withdraw("device")
        if state is not PlayerState.FAILED:
            self._bar.show_state(state, why)

    def _show_position(self, second: float) -> None:
        self._second = second
        self._bar.show_position(second)

    def _show_duration(self, seconds: float | None) -> None:
        self._bar.show_duration(seconds or 0.0)

    def _fail(self, error: PlayheadError) -> None:
        label = self._session.library.label(self._recording.account) if self._recording else ""
        self._give_up(sentence(error, label))

    def _give_up(self, why: str) -> None:
        self._state = PlayerState.FAILED
        self._bar.show_state(PlayerState.FAILED, why)
        self.failed.emit(why)

    def _note_length(self) -> None:
        """Say so when the audio ends well before the provider says that it does."""
        recording, here = self._recording, self._player.position if self._player is not None else 0.0
        if recording is None or not recording.duration or recording.duration - here < SHORT:
            return
        ends, told = figures.clock(here), figures.clock(recording.duration)
        text = f"The audio ends at {ends}, though the provider says {told}: its end may be missing."
        self._notices.say(key="short", sentence=text, kind="attention")

    def _tell_heard(self, heard: Heard) -> None:
        recording = self._played.get(heard.media)
        if recording is not None:
            self.heard.emit(recording, heard.start, heard.end)

    def _say_unplugged(self) -> None:
        text = "The sound device has gone, so playing is paused. To play goes on with the one that is there."
        self._notices.say(key="device", sentence=text, kind="attention")
