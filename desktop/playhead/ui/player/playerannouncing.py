"""Announcements of the player: what plays, ends or fails, and how it is heard from now on."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from playhead.core.playbacksettings import Autoplay, Channels, PlaybackSettings, PlayerState
from playhead.ui.look.announcing import announce
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.wording import words

SETTLE: Final = 250
"""Milliseconds that a state has to last: loading, and the step from one recording to the next, do not."""
_CHANNELS: Final = {
    Channels.LEFT: "Left channel",
    Channels.RIGHT: "Right channel",
    Channels.BOTH: "Both channels",
}
_AFTERWARDS: Final = {
    Autoplay.OFF: "Autoplay off",
    Autoplay.LISTING: "Autoplay through the list",
    Autoplay.SELECTION: "Autoplay through the selection",
}


class PlayerAnnouncements(QObject):
    """Tells a screen reader, politely and once, what the person cannot see.

    Recordings that play by themselves, one after the other or as their rows are chosen, are heard: nothing is
    said of them. Of a control that has the focus a screen reader speaks itself.
    """

    def __init__(self, listening: PlayerJourney, bar: PlayerBar) -> None:
        super().__init__(bar)
        self._listening = listening
        self._bar = bar
        self._settings = listening.settings
        self._told = PlayerState.IDLE
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._tell_state)
        listening.began.connect(self._begin)
        listening.state_changed.connect(self._settle.start)
        listening.failed.connect(self._tell_failure)
        listening.changed.connect(self._tell_settings)

    def _begin(self) -> None:
        """Say that it plays only if the person asked for this one."""
        self._told = PlayerState.PLAYING if self._listening.by_itself else PlayerState.IDLE

    def _tell_state(self) -> None:
        state = self._listening.state
        if state is self._told:
            return
        match state:
            case PlayerState.PLAYING:
                announce(self._bar, "Playing")
            case PlayerState.PAUSED:
                announce(self._bar, f"Paused at {words.spoken_time(self._bar.waveform.position)}")
            case PlayerState.ENDED:
                announce(self._bar, "End of the recording")
            case _:
                return
        self._told = state

    def _tell_failure(self, sentence: str) -> None:
        self._settle.stop()
        self._told = PlayerState.FAILED
        recording = self._listening.recording
        said_by_row = self._listening.by_itself and recording is not None and words.unplayable(recording)
        if not said_by_row:
            announce(self._bar, sentence)

    def _tell_settings(self, settings: PlaybackSettings) -> None:
        before, self._settings = self._settings, settings
        focused = QApplication.focusWidget()
        if focused is None or not self._bar.controls.isAncestorOf(focused):
            announce(self._bar, ", ".join(_changes(before, settings)))


def _changes(before: PlaybackSettings, now: PlaybackSettings) -> list[str]:
    """The choices that are others than before, in words."""
    ways = (
        ("Skip silence", before.skip_silence, now.skip_silence),
        ("Level", before.level, now.level),
        ("Audition on select", before.audition, now.audition),
        ("Stop after this one", before.stop_after, now.stop_after),
    )
    said = [f"{name} {'on' if on else 'off'}" for name, was, on in ways if was != on]
    if before.speed != now.speed:
        said.append(f"Speed {now.speed:g}")
    if before.channels is not now.channels:
        said.append(_CHANNELS[now.channels])
    if before.volume != now.volume:
        said.append(f"Volume {round(now.volume * 100)} %" if now.volume > 0 else "Muted")
    if before.autoplay is not now.autoplay:
        said.append(_AFTERWARDS[now.autoplay])
    return said
