"""Comparing two recordings of the same sound by ear: at the same place, equally loud, by one key."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from playhead.core.media import Media
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Twin
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.announcing import announce
from playhead.ui.player.playbackaids import PlaybackAids
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words
from playhead.ui.wording.samewords import NONE_KNOWN, NONE_PLAYABLE, NOT_MATCHED

_KEY = "comparing"


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two recordings that are compared."""

    letter: str
    identifier: int
    recording: Recording
    lag: float
    """Seconds that have to be added to a place of the first one, to have that of this one."""
    gain: float
    """The factor that makes it as loud as the other: 1 for the softer one, so that nothing clips."""
    media: Media
    """Its audio, which stays here while the two are compared."""


class Comparing(QObject):
    """Plays the other of two recordings with the same sound, from the place that is heard now."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        listening: PlayerJourney,
        aids: PlaybackAids,
        notices: NoticeBar,
    ) -> None:
        super().__init__(listening)
        self._session = session
        self._table = pane.table
        self._listening = listening
        self._aids = aids
        self._notices = notices
        self._sides: tuple[ComparedSide, ...] = ()
        listening.began.connect(self._follow)
        listening.stopped.connect(self._end)

    def turn(self) -> None:
        """Play the other one; the first time, find which that is: the current row, or the most alike."""
        playing = self._listening.recording
        if playing is None:
            return
        self._notices.withdraw(_KEY)
        if self._table.current_id in {each.identifier for each in self._sides}:
            self._turn_back(playing)
        else:
            self._session.jobs.start("compare", self._choose(playing))

    def _turn_back(self, playing: Recording) -> None:
        """Play the one of the two that does not play."""
        self._play(playing, next(each for each in self._sides if each.recording.key != playing.key))

    async def _choose(self, playing: Recording) -> None:
        """Compare with the current row, or go on with the two there are, or begin with the most alike."""
        twins = await self._session.catalogue.same_sounds.others(playing)
        if self._listening.recording is not playing:
            return
        playable = [each for each in twins if each.recording.playable]
        meant = next((each for each in playable if each.identifier == self._table.current_id), None)
        if meant is None and self._sides:
            self._turn_back(playing)
        elif playable:
            await self._begin(playing, meant or playable[0])
        else:
            self._notices.say(_KEY, NONE_PLAYABLE if twins else NONE_KNOWN)

    async def _begin(self, playing: Recording, twin: Twin) -> None:
        gains = await self._gains(playing, twin.recording)
        identifier = self._listening.identifier
        if identifier is None or self._listening.recording is not playing:
            return
        if gains is None:
            self._notices.say(_KEY, NOT_MATCHED)
        lag = twin.resemblance.lag if twin.resemblance is not None else 0.0
        self._end()
        first, second = gains or (1.0, 1.0)
        download = self._session.downloads.open
        self._sides = (
            ComparedSide("A", identifier, playing, 0.0, first, download(playing)),
            ComparedSide("B", twin.identifier, twin.recording, lag, second, download(twin.recording)),
        )
        self._play(playing, self._sides[1])

    async def _gains(self, *recordings: Recording) -> tuple[float, ...] | None:
        """The factors that make them equally loud, the louder one softer; None if nobody knows."""
        loud = []
        for each in recordings:
            measured = await self._session.catalogue.analyses.measured(each)
            if measured is None or measured.figures.played_lufs is None:
                return None
            loud.append(measured.figures.played_lufs)
        return tuple(10 ** ((min(loud) - each) / 20) for each in loud)

    def _play(self, playing: Recording, other: ComparedSide) -> None:
        own = next(each for each in self._sides if each.recording.key == playing.key)
        place = max(0.0, self._listening.position + other.lag - own.lag)
        self._aids.hold_level(other.gain)
        self._listening.change_to(other.identifier, other.recording, place, other.letter)
        origin = self._session.library.label(other.recording.account)
        announce(self._table, f"{other.letter}: {words.long_title(other.recording)}, {origin}")

    def _follow(self, recording: Recording) -> None:
        if all(each.recording.key != recording.key for each in self._sides):
            self._end()

    def _end(self) -> None:
        """Let go of both."""
        sides, self._sides = self._sides, ()
        for each in sides:
            self._session.downloads.release(each.media)
