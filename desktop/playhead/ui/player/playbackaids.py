"""Aids for the recording that plays: waveform, silences, level and loop; and the devices to hear it with."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Signal

from playhead.core.errors import PlayheadError
from playhead.core.health.audiofigures import Measured
from playhead.core.health.faults import faults
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.peaks import Peaks, silences
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.player.soundports import Analysis, Player
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording.words import count, length


def _nothing(_peaks: Peaks) -> None:
    pass


class PlaybackAids(QObject):
    """Works out waveform, silences and level of the recording, and lets the player go round its loop."""

    learnt = Signal()
    """The length of a recording is known whose provider tells none."""

    def __init__(
        self,
        session: Session,
        listening: PlayerJourney,
        bar: PlayerBar,
        notices: NoticeBar,
        analysis: Analysis,
    ) -> None:
        super().__init__(bar)
        self._session = session
        self._listening = listening
        self._bar = bar
        self._notices = notices
        self._analysis = analysis
        self.drawn = False
        """True once the waveform of what plays is complete."""
        self._player: Player | None = None
        self._recording: Recording | None = None
        self._peaks: Peaks | None = None
        self._settings = listening.settings
        self._peak = 0.0
        self._lufs: float | None = None
        self._held: float | None = None
        self._held_next: float | None = None
        """The gain of what plays, and of what plays next, if somebody compares them."""
        listening.equipped.connect(self._equip)
        listening.changed.connect(self._follow)
        listening.began.connect(self._begin)
        listening.recalled.connect(lambda recording: session.jobs.start("peaks", self._recall(recording)))
        listening.stopped.connect(lambda: session.jobs.cancel("peaks"))
        for changed in (bar.waveform.loop_chosen, bar.waveform.loop_cleared, bar.loop_toggled):
            changed.connect(self._go_round)

    def hold_level(self, gain: float) -> None:
        """Let what begins next have this gain, however loud recordings are made otherwise."""
        self._held_next = gain

    def _equip(self, player: Player) -> None:
        self._player = player
        player.devices_changed.connect(self._bar.show_devices)
        player.damaged.connect(self._say_damaged)
        self._bar.show_devices(player.devices())

    def _begin(self, recording: Recording, media: Media) -> None:
        self._recording = recording
        self._peaks, self._peak, self._lufs = None, 0.0, None
        self._held, self._held_next = self._held_next, None
        self.drawn = False
        self._notices.withdraw("damaged")
        self._session.jobs.start("peaks", self._draw(recording, media))
        if self._player is not None:
            self._player.set_loop(None, None)
            self._player.set_silences(Spans())
            self._player.set_level(1.0 if self._held is None else self._held)

    def _follow(self, settings: PlaybackSettings) -> None:
        """Work out anew what depends on a setting that has changed."""
        before, self._settings = self._settings, settings
        if settings.level != before.level:
            self._match()
        if (settings.quiet, settings.least) != (before.quiet, before.least) and self._peaks is not None:
            self._find_silences(self._peaks)

    async def _draw(self, recording: Recording, media: Media) -> None:
        analyses = self._session.catalogue.analyses
        show: Callable[[Peaks], None] = partial(self._show_peaks, recording)
        try:
            if await self._draw_kept(recording):
                known = await analyses.measured(recording)
                if known is not None:
                    await self._show_measured(recording, known)
                    if known.course is not None and known.digest == await self._analysis.digest(media):
                        return
                # What is drawn already is not to be drawn once more before the eyes.
                show = _nothing
            peaks, found = await self._analysis.draw(media, show)
        except PlayheadError:
            # The player says what is wrong with the audio; there is nothing more to draw.
            return
        if peaks.channels:
            self._show_peaks(recording, peaks)
        if peaks.complete:
            await analyses.keep_peaks(recording, peaks.to_bytes())
            await self._learn(recording, peaks)
        if found is not None:
            await self._show_measured(recording, found)
            await analyses.keep_measured(recording, found)
            self.learnt.emit()

    async def _recall(self, recording: Recording) -> None:
        if await self._draw_kept(recording):
            known = await self._session.catalogue.analyses.measured(recording)
            if known is not None:
                await self._show_measured(recording, known)

    async def _draw_kept(self, recording: Recording) -> bool:
        """Show the waveform that was drawn before; False if there is none."""
        kept = await self._session.catalogue.analyses.peaks(recording)
        if kept is not None:
            # A waveform of another time or a damaged one is simply drawn again.
            with suppress(ValueError):
                peaks = Peaks.from_bytes(kept)
                self._show_peaks(recording, peaks)
                await self._learn(recording, peaks)
                return True
        return False

    async def _learn(self, recording: Recording, peaks: Peaks) -> None:
        """Keep the length of a recording that was decoded to its end, if nobody knew it."""
        if recording.length is None and peaks.complete and peaks.duration > 0:
            await self._session.catalogue.analyses.keep_length(recording, peaks.duration)
            self.learnt.emit()

    def _show_peaks(self, recording: Recording, peaks: Peaks) -> None:
        if recording is self._listening.recording:
            self._bar.show_peaks(peaks)
            self._find_silences(peaks)
            self.drawn = peaks.complete

    def _find_silences(self, peaks: Peaks) -> None:
        self._peaks = peaks
        found = silences(peaks, threshold_db=self._settings.quiet, least=self._settings.least)
        self._bar.show_silences(found)
        self._peak = max((max(line, default=0) for line in peaks.channels), default=0) / 255
        if self._player is not None:
            self._player.set_silences(found)
        if peaks.complete:
            self._match()

    async def _show_measured(self, recording: Recording, measured: Measured) -> None:
        limits = await self._session.catalogue.analyses.limits()
        if recording is self._listening.recording:
            self._bar.waveform.show_faults(faults(measured, recording, limits))
        if recording is self._recording:
            self._lufs = measured.figures.played_lufs
            self._match()

    def _match(self) -> None:
        if self._player is not None and self._held is None:
            known = self._settings.level and self._lufs is not None and self._peak > 0
            self._player.set_level(self._analysis.matching_gain(self._lufs, self._peak) if known else 1.0)

    def _go_round(self) -> None:
        if self._player is not None:
            start, end = self._bar.loop or (None, None)
            self._player.set_loop(start, end)

    def _say_damaged(self, packets: int, seconds: float) -> None:
        what = f"{count(packets, 'piece')} of this recording, {length(seconds)} in all, could not be decoded."
        self._notices.say(key="damaged", sentence=f"{what} The rest is played.", kind="attention")
