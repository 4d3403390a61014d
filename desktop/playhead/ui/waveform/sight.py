"""State of a waveform: the recording that it shows, and the part of it that is looked at."""

from dataclasses import dataclass, field
from typing import Final

from playhead.core.figures import clock
from playhead.core.health.faults import Fault
from playhead.core.marks import Spans
from playhead.ui.waveform.bars import Outline
from playhead.ui.waveform.timescale import TimeScale
from playhead.ui.waveform.waveformmarks import Pin, SaidMark
from playhead.ui.waveform.waveformranges import Loop, View
from playhead.ui.wording import faultwords
from playhead.ui.wording.words import spoken_time

_TOLD: Final = 5
"""Places where it was said that are told one by one."""
LEAD: Final = 0.3
"""Seconds that are heard before a fault."""


@dataclass(slots=True)
class Sight:
    """One recording as it is seen: a new one is the beginning of another recording.

    Times are seconds of the recording.
    """

    stated: float = 0.0
    """The duration that the provider tells."""
    arrived: float = 0.0
    """Seconds that the peaks reach."""
    outline: Outline = field(default_factory=Outline)
    played: float = 0.0
    """Second that is heard."""
    dragged: float | None = None
    """Second to which the person drags the playhead."""
    hovered: int | None = None
    """The point under the pointer, from the left."""
    view: View = field(default_factory=View)
    loop: Loop = field(default_factory=Loop)
    silences: Spans = field(default_factory=Spans)
    heard: Spans = field(default_factory=Spans)
    pins: tuple[Pin, ...] = ()
    faults: tuple[Fault, ...] = ()
    said: tuple[SaidMark, ...] = ()
    """Places where it was said what the filter asks for."""

    @property
    def duration(self) -> float:
        """The whole recording: as stated, or as far as the peaks reach."""
        return max(self.stated, self.arrived)

    @property
    def position(self) -> float:
        """Second at which the playhead is drawn."""
        return self.played if self.dragged is None else self.dragged

    def scale(self, width: int, ratio: float) -> TimeScale:
        """The geometry of a waveform of `width` points."""
        view = self.view.within(self.duration)
        channels = self.outline.channels or 2
        return TimeScale(width, self.duration, channels, view.first, view.shown, ratio)

    def note_beside(self, by: int) -> Pin | None:
        """The next note after the playhead, or the last one before it if `by` is negative."""
        if by > 0:
            return next((pin for pin in self.pins if pin.seconds > self.played + 0.05), None)
        # What has just begun to play is not before: one could never go farther back.
        return next((pin for pin in reversed(self.pins) if pin.seconds < self.played - 0.5), None)

    def fault_beside(self, by: int) -> Fault | None:
        """The next fault after the playhead, or the last one before it if `by` is negative.

        Faults are gone to `LEAD` before they begin: what is heard first is how they come about.
        """
        if by > 0:
            return next((each for each in self.faults if each.start - LEAD > self.played + 0.05), None)
        return next((each for each in reversed(self.faults) if each.start - LEAD < self.played - 0.5), None)

    def words(self) -> str:
        """All of it for a screen reader."""
        words = f"Position {spoken_time(self.position)} of {spoken_time(self.duration)}"
        if self.loop.pair is not None:
            words += f", loop from {' to '.join(map(spoken_time, self.loop.pair))}"
        view = self.view.within(self.duration)
        if view.zoomed:
            words += f", showing {spoken_time(view.first)} to {spoken_time(view.first + view.shown)}"
        if self.said:
            places = ", ".join(clock(each.seconds) for each in self.said[:_TOLD])
            more = f" and {len(self.said) - _TOLD} more" if len(self.said) > _TOLD else ""
            words += f". Said at {places}{more}"
        found = faultwords.faults(self.faults)
        return f"{words}. {found}" if found else words
