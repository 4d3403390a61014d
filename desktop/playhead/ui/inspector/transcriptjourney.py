"""Journey of transcripts: fetched when one is looked at, opened where it was said, followed."""

import asyncio
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import EVERYTHING, Query, Spoken
from playhead.core.finding.speech import words_in
from playhead.core.finding.speechhits import Hit, hits, sought
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.transcript import Transcript
from playhead.ui.inspector.detaillines import TranscriptAnswer
from playhead.ui.inspector.inspector import TRANSCRIPT, Inspector
from playhead.ui.inspector.spokentext import SpokenText
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.look.announcing import announce
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.actions import FIND_SAID, NEXT_HIT, PREVIOUS_HIT
from playhead.ui.shell.commands import Commands
from playhead.ui.wording.sentences import sentence

_SHOWN: Final = "transcript kept"
_FETCHED: Final = "transcript"
_HITS: Final = "hits"


class TranscriptJourney(QObject):
    """Shows the transcript of the current row, with the hits of the filter or of a text looked for in it."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        state: ListingState,
        inspector: Inspector,
        listening: PlayerJourney,
        commands: Commands,
    ) -> None:
        super().__init__(inspector)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._state = state
        self._inspector = inspector
        self._pane = inspector.said
        self._listening = listening
        self._current: Recording | None = None
        self._marked: Sequence[Spoken] = ()
        """What the filter wants to have been said, when hits were marked last."""
        pane.table.chosen.connect(self._choose)
        inspector.said_wanted.connect(self._look)
        state.shown.connect(self._follow_filter)
        listening.moved.connect(self._be_at)
        self._pane.sought.connect(self._seek)
        self._pane.find_asked.connect(lambda _text: self._mark())
        commands.bind(NEXT_HIT, lambda: self._step(1))
        commands.bind(PREVIOUS_HIT, lambda: self._step(-1))
        commands.bind(FIND_SAID, self._find)

    # What is shown

    def _choose(self) -> None:
        recording = self._model.recording(self._table.currentIndex().row())
        if recording is None:
            self._current = None
        elif self._current is None or recording.key != self._current.key:
            self._current = recording
            self._session.jobs.cancel(_FETCHED)
            self._session.jobs.cancel(_HITS)
            self._inspector.offer_words(possible=self._can_be_there(recording))
            self._session.jobs.start(_SHOWN, self._show_kept(recording))

    async def _show_kept(self, recording: Recording) -> None:
        transcripts = self._session.catalogue.transcripts
        kept = await transcripts.read(recording)
        none = kept is None and await transcripts.given_none(recording)
        if recording != self._current:
            return
        if kept is not None:
            await self._show(recording, kept)
            return
        if none:
            self._say_none(recording)
        if self._inspector.shows_words:
            self._look()

    def _can_be_there(self, recording: Recording) -> bool:
        provider = self._model.showing.providers.get(recording.provider)
        return provider is not None and provider.transcripts

    def _look(self) -> None:
        if self._current is not None and self._can_be_there(self._current):
            self._session.jobs.start(_FETCHED, self._fetch(self._current))

    async def _fetch(self, recording: Recording) -> None:
        if self._pane.transcript is not None:
            return
        kept = await self._session.catalogue.transcripts.read(recording)
        if kept is not None:
            await self._show(recording, kept)
            return
        self._pane.say("Looking for a transcript…")
        try:
            transcript = await self._session.transcripts.read(recording)
        except PlayheadError as error:
            if recording == self._current:
                self._pane.say(sentence(error, self._session.library.label(recording.account)))
            return
        if recording != self._current:
            return
        if transcript is None:
            self._say_none(recording)
        else:
            await self._show(recording, transcript)

    async def _show(self, recording: Recording, transcript: Transcript) -> None:
        # Hours of speech are put in order elsewhere than where keys are waited for.
        spoken = await asyncio.to_thread(SpokenText, transcript)
        if recording != self._current or self._pane.transcript is not None:
            return
        self._inspector.show_answer(TranscriptAnswer.GIVEN)
        self._pane.show_spoken(spoken)
        if self._plays():
            self._pane.show_position(self._listening.position)
        self._mark()

    def _say_none(self, recording: Recording) -> None:
        who = self._model.showing.provider(recording)
        self._inspector.show_answer(TranscriptAnswer.NONE)
        has = (
            "says it was transcribed, but gives no transcript (yet)"
            if recording.transcribed
            else "has no transcript of this recording"
        )
        self._pane.say(f"{who} {has}. Playhead never asks for one to be made.")

    # Hits

    def _follow_filter(self) -> None:
        if sought(self._state.query) != self._marked and not self._pane.searching:
            self._mark()

    def _mark(self) -> None:
        if self._pane.transcript is not None:
            self._session.jobs.start(_HITS, self._find_hits(self._pane.transcript))

    async def _find_hits(self, transcript: Transcript) -> None:
        text = self._pane.searching
        words = tuple(words_in(text))
        self._marked = sought(self._state.query)
        query = Query(node=Spoken(words, begins=True)) if words else EVERYTHING if text else self._state.query
        found: Sequence[Hit] = await asyncio.to_thread(hits, query, transcript)
        if transcript is self._pane.transcript:
            self._pane.show_hits(found, counted=bool(text or sought(query)))

    def _step(self, by: int) -> None:
        self._inspector.see(TRANSCRIPT)
        if self._current is None:
            return
        self._pane.step(by)
        hit = self._pane.hit
        if hit is None:
            announce(self._inspector, "No hits in this transcript")
        elif self._plays():
            self._pane.follow()
            self._listening.seek(hit.heard_from)

    def _find(self) -> None:
        self._inspector.see(TRANSCRIPT)
        if self._pane.transcript is None:
            announce(self._inspector, "No transcript is shown")
        self._pane.search()

    # The player

    def _plays(self) -> bool:
        playing = self._listening.recording
        return self._current is not None and playing is not None and playing.key == self._current.key

    def _be_at(self, seconds: float) -> None:
        if self._plays():
            self._pane.show_position(seconds)

    def _seek(self, seconds: float) -> None:
        if not self._plays() and self._table.current_id is not None:
            self._listening.open(self._table.current_id)
        self._listening.seek(seconds)
