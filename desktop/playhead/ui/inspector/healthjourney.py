"""Journey of health: the figures of the current row are shown, and measured if the person wants that."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from playhead.core.errors import PlayheadError
from playhead.core.health.audiofigures import Measured
from playhead.core.health.verdicts import SoundHealth
from playhead.core.peaks import Peaks
from playhead.core.preferences import HealthChecking, Preferences
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.inspector.inspector import Inspector
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.announcing import announce
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.soundports import Analysis
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence

_JOB = "health of the row"
_MEASURING = "measuring"
_YET = "Its health is not measured yet. That is done when it is played"
_UNMEASURED = f"{_YET}, or at once:"
_NEVER = f"{_YET}; checks are turned off in the preferences."
_FORBIDDEN = f"{_YET}; your administrator has turned checks off."


class HealthJourney(QObject):
    """Reads the figures of the current row, and measures a recording without playing it."""

    learnt = Signal()
    """A recording was measured."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        inspector: Inspector,
        listening: PlayerJourney,
        analysis: Analysis,
    ) -> None:
        super().__init__(inspector)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._pane = inspector.health
        self._listening = listening
        self._analysis = analysis
        self._current: Recording | None = None
        self._seen: SoundHealth | None = None
        """What its row says of it."""
        self._why_not = ""
        """Sentence in place of the offer to measure, if nothing is to be measured."""
        self._measured: Recording | None = None
        """What is being measured, if anything is."""
        self._table.chosen.connect(self._choose)
        self._model.dataChanged.connect(self._compare)
        self._pane.wanted.connect(self._measure)
        self._pane.stopped.connect(self._stop)
        self._pane.sought.connect(self._seek)
        listening.moved.connect(self._show_position)
        for changed in (listening.began, listening.recalled, listening.stopped):
            changed.connect(lambda *_: self._show_position())

    def prefer(self, preferences: Preferences) -> None:
        """Take up what the settings have, or what was changed in them: if anything is measured unplayed."""
        never = preferences.checking is HealthChecking.NEVER
        if never:
            self._stop()
        if never != bool(self._why_not):
            self._why_not = (_FORBIDDEN if "checking" in preferences.locked else _NEVER) if never else ""
            self._pane.offers = not never
            self.look_again()

    def look_again(self) -> None:
        """Show the figures of the current row anew: they may have been measured meanwhile."""
        if self._current is not None:
            self._seen = self._model.showing.marks_of(self._current).health
            self._session.jobs.start(_JOB, self._show(self._current))

    def _choose(self) -> None:
        recording = self._model.recording(self._table.currentIndex().row())
        if recording is not None and (self._current is None or recording.key != self._current.key):
            self._pane.say("")
        self._current = recording
        self.look_again()
        self._show_position()

    def _compare(self) -> None:
        """Follow the row: it was measured by somebody else, or is judged by other limits."""
        if self._current is not None and self._model.showing.marks_of(self._current).health != self._seen:
            self.look_again()

    async def _show(self, recording: Recording) -> None:
        analyses = self._session.catalogue.analyses
        measured, limits = await analyses.measured(recording), await analyses.limits()
        if self._current is not recording:
            return
        if measured is not None:
            who = self._model.showing.provider(recording)
            self._pane.show_measured(measured, recording, who, limits)
        elif self._is_measuring(recording):
            self._say_progress(None)
        else:
            why = words.unplayable(recording)
            self._pane.say(why or self._why_not or _UNMEASURED, offer=not why)

    def _is_measuring(self, recording: Recording) -> bool:
        return self._measured is not None and self._measured.key == recording.key

    # Measuring

    def _measure(self) -> None:
        if self._current is not None:
            self._measured = self._current
            self._say_progress(None)
            self._session.jobs.start(_MEASURING, self._fetch_and_measure(self._current))

    def _stop(self) -> None:
        self._session.jobs.cancel(_MEASURING)

    async def _fetch_and_measure(self, recording: Recording) -> None:
        media = self._session.downloads.open(recording)
        failed = ""
        try:
            peaks, found = await self._analysis.draw(media, partial(self._tell, recording))
            await self._keep(recording, peaks, found)
        except PlayheadError as error:
            failed = sentence(error, self._session.library.label(recording.account))
        finally:
            self._session.downloads.release(media)
            if self._measured is recording:
                self._measured = None
            if not failed:
                self.look_again()
        if failed and self._current is not None and recording.key == self._current.key:
            self._pane.say(failed, offer=True)
            announce(self._pane, failed)

    async def _keep(self, recording: Recording, peaks: Peaks, found: Measured | None) -> None:
        analyses = self._session.catalogue.analyses
        if peaks.complete:
            await analyses.keep_peaks(recording, peaks.to_bytes())
            if recording.length is None and peaks.duration > 0:
                await analyses.keep_length(recording, peaks.duration)
        if found is not None:
            await analyses.keep_measured(recording, found)
            self.learnt.emit()
            announce(self._pane, "Measured")

    def _tell(self, recording: Recording, peaks: Peaks) -> None:
        if self._current is not None and recording.key == self._current.key and not peaks.complete:
            self._say_progress(peaks.duration / recording.length if recording.length else None)

    def _say_progress(self, share: float | None) -> None:
        far = "" if share is None else f" {100 * min(1.0, share):.0f} %"
        self._pane.say(f"Measuring…{far}", busy=True)

    # The player

    def _plays(self) -> bool:
        playing = self._listening.recording
        return self._current is not None and playing is not None and playing.key == self._current.key

    def _show_position(self, _second: float = 0.0) -> None:
        self._pane.picture.show_position(self._listening.position if self._plays() else None)

    def _seek(self, seconds: float) -> None:
        if not self._plays() and self._table.current_id is not None:
            self._listening.open(self._table.current_id)
        self._listening.seek(seconds)
