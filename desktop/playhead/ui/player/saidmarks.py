"""Marks on the waveform where it was said what the filter asks for, in the recording at the player."""

import asyncio
from typing import Final

from PySide6.QtCore import QObject

from playhead.core.finding.query import Query
from playhead.core.finding.speechhits import hits, passage, sought
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.transcript import Transcript
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.player.player import PlayerJourney
from playhead.ui.waveform.waveform import Waveform
from playhead.ui.waveform.waveformmarks import SaidMark

_JOB: Final = "said in what plays"


class SaidMarks(QObject):
    """Follows the player and the filter; the transcript is one that was read, none is fetched for this."""

    def __init__(
        self, session: Session, state: ListingState, listening: PlayerJourney, waveform: Waveform
    ) -> None:
        super().__init__(listening)
        self._session = session
        self._state = state
        self._listening = listening
        self._waveform = waveform
        for changed in (listening.began, listening.recalled, state.shown):
            changed.connect(lambda *_: self._look())

    def _look(self) -> None:
        recording = self._listening.recording
        if recording is not None and (self._waveform.sight.said or sought(self._state.query)):
            self._session.jobs.start(_JOB, self._mark(recording))

    async def _mark(self, recording: Recording) -> None:
        query, transcript = self._state.query, None
        if sought(query):
            transcript = await self._session.catalogue.transcripts.read(recording)
        found = () if transcript is None else await asyncio.to_thread(_marks, query, transcript)
        if self._listening.recording == recording and self._state.query == query:
            self._waveform.show_said(found)


def _marks(query: Query, transcript: Transcript) -> tuple[SaidMark, ...]:
    """The places of all hits; none where nobody tells when it was said."""
    found = hits(query, transcript) if transcript.timed else ()
    return tuple(SaidMark(each.start, passage(transcript, each).text) for each in found)
