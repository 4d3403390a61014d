"""Aids for the recording that plays: loop, silences and level; and the devices to hear it with."""

from PySide6.QtCore import QObject, Qt

from playhead.core.errors import PlayheadError
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.core.playback import PlaybackSettings
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.silence import silences
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.soundports import Loudness, Player
from playhead.ui.shell.notices import Notice
from playhead.ui.window import Window
from playhead.ui.wording.words import count, length


class PlaybackAids(QObject):
    """Works out silences and level of the recording, for the player and the waveform, and heeds the loop."""

    def __init__(
        self,
        session: Session,
        window: Window,
        listening: PlayerJourney,
        loudness: Loudness,
    ) -> None:
        self._session = session
        super().__init__(window)
        self._bar = window.player
        self._notices = window.notices
        self._loudness = loudness
        self._player: Player | None = None
        self._media: Media | None = None
        self._recording: Recording | None = None
        self._peaks: Peaks | None = None
        self._settings = listening.settings
        self._peak = 0.0
        self._lufs: float | None = None
        listening.equipped.connect(self._equip)
        listening.changed.connect(self._follow)
        listening.began.connect(self._begin)
        listening.drew.connect(self._draw)
        window.commands.pressed.connect(self._press)
        waveform = window.player.waveform
        for changed in (waveform.loop_chosen, waveform.loop_cleared, window.player.loop_toggled):
            changed.connect(self._go_round)

    def _equip(self, player: Player) -> None:
        self._player = player
        player.devices_changed.connect(self._bar.show_devices)
        player.damaged.connect(self._say_damaged)
        self._bar.show_devices(player.devices())

    def _begin(self, recording: Recording, media: Media) -> None:
        self._recording, self._media = recording, media
        self._peaks, self._peak, self._lufs = None, 0.0, None
        self._notices.withdraw("damaged")
        if self._player is not None:
            self._player.set_loop(None, None)
            self._player.set_silences(Spans())
            self._player.set_level(1.0)
        self._measure()

    def _follow(self, settings: PlaybackSettings) -> None:
        """Work out anew what depends on a setting that has changed."""
        before, self._settings = self._settings, settings
        if settings.level != before.level:
            self._match()
            self._measure()
        if (settings.quiet, settings.least) != (before.quiet, before.least) and self._peaks is not None:
            self._draw(self._peaks)

    def _draw(self, peaks: Peaks) -> None:
        self._peaks = peaks
        found = silences(peaks, threshold_db=self._settings.quiet, least=self._settings.least)
        self._bar.show_silences(found)
        self._peak = max((max(line, default=0) for line in peaks.channels), default=0) / 255
        if self._player is not None:
            self._player.set_silences(found)
        if peaks.complete:
            self._match()

    def _measure(self) -> None:
        if (
            self._settings.level
            and self._lufs is None
            and self._recording is not None
            and self._media is not None
        ):
            self._session.jobs.start("loudness", self._find_loudness(self._recording, self._media))

    async def _find_loudness(self, recording: Recording, media: Media) -> None:
        lufs = await self._session.catalogue.loudness(recording)
        if lufs is None:
            try:
                lufs = await self._loudness.measure(media)
            except PlayheadError:
                # The player says what is wrong with the audio; it is played as it is.
                return
            if lufs is not None:
                await self._session.catalogue.keep_loudness(recording, lufs)
        if media is self._media:
            self._lufs = lufs
            self._match()

    def _match(self) -> None:
        if self._player is not None:
            known = self._settings.level and self._lufs is not None and self._peak > 0
            self._player.set_level(self._loudness.matching_gain(self._lufs, self._peak) if known else 1.0)

    def _go_round(self) -> None:
        if self._player is not None:
            start, end = self._bar.loop or (None, None)
            self._player.set_loop(start, end)

    def _say_damaged(self, packets: int, seconds: float) -> None:
        what = f"{count(packets, 'piece')} of this recording, {length(seconds)} in all, could not be decoded."
        self._notices.show_notice(
            Notice(key="damaged", sentence=f"{what} The rest is played.", kind="attention")
        )

    def _press(self, key: int, shift: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        waveform = self._bar.waveform
        match key:
            case Qt.Key.Key_A if shift:
                waveform.clear_loop()
            case Qt.Key.Key_A:
                waveform.mark_start()
            case Qt.Key.Key_B:
                waveform.mark_end()
            case _:
                return
