"""Sight: what the strip shows of a timeline, and which of its bars are marked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Final

from playhead.core.timeline.grains import Grain, edges, fitting, period
from playhead.core.timeline.timeline import Bar, Split, Timeline
from playhead.ui.wording import stripwords

SHORTEST: Final = 600.0
"""Seconds of the closest look."""
_NEAR: Final = 0.5
"""Share of the strip that may be added to show where what is loaded ends."""
_DOUBT: Final = 0.06
"""Share of the strip for what is not loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A timeline, and all that is needed to show it."""

    timeline: Timeline = field(default_factory=Timeline)
    split: Split = Split.KIND
    zone: tzinfo = UTC
    asked: tuple[float | None, float | None] = (None, None)
    """The period that the filter asks for, in seconds since 1970 UTC, as far as it does."""
    now: float = 0.0
    """Nothing is expected after this second."""
    unloaded: float | None = None
    """Something may be missing that is older than this second."""

    @property
    def home(self) -> tuple[float, float] | None:
        """The seconds that are shown unless the person looks closer: what is asked for, or what there is."""
        extent = self.timeline.reach
        low, high = self.asked
        first, last = extent if extent is not None else (None, None)
        begin = low if low is not None else first
        end = high if high is not None else last
        if begin is None or end is None:
            return None
        if high is not None and end > self.now:
            # The rest of this month has no recordings yet.
            end = max(self.now, last or begin)
        if low is None and self.unloaded is not None and begin - self.unloaded < _NEAR * (end - begin):
            # So that one sees that there may be more.
            begin = min(begin, self.unloaded - _DOUBT * (end - self.unloaded))
        return (begin, end) if end > begin else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripSight:
    """Bars of a subject, from the second `low` to `high`; `cursor` and `anchor` are places among them.

    Of a closer look, the first and the last bar may be seen in part only.
    """

    subject: Subject = field(default_factory=Subject)
    grain: Grain = Grain.DAY
    bars: tuple[Bar, ...] = ()
    low: float = 0.0
    high: float = 1.0
    zoomed: bool = False
    cursor: int | None = None
    anchor: int | None = None

    @property
    def most(self) -> int:
        """The highest number of a bar."""
        return max((bar.number for bar in self.bars), default=0)

    @property
    def marked(self) -> tuple[int, int] | None:
        """The places of the first and the last bar that are marked."""
        if self.cursor is None:
            return None
        other = self.cursor if self.anchor is None else self.anchor
        return min(self.cursor, other), max(self.cursor, other)

    @property
    def promising(self) -> bool:
        """True if there may be anything in what is marked."""
        if self.marked is None:
            return False
        inside = self.bars[self.marked[0] : self.marked[1] + 1]
        unloaded = self.subject.unloaded
        return any(bar.number for bar in inside) or (unloaded is not None and inside[0].start < unloaded)

    def shown(self, subject: Subject, most: int) -> "StripSight":
        """The sight of another subject, with as fine bars as `most` allows.

        A closer look stays, as long as there is something to be seen in it, and so do marks in it.
        """
        home = subject.home
        if home is None:
            return StripSight(subject=subject)
        same = subject.asked == self.subject.asked
        if same and self.zoomed and self.bars and self.low < home[1] and home[0] < self.high:
            found = _looked(subject, self.low, self.high, most, zoomed=True)
        else:
            found = _looked(subject, *home, most, zoomed=False)
        alike = [(bar.start, bar.end) for bar in found.bars] == [(bar.start, bar.end) for bar in self.bars]
        return replace(found, cursor=self.cursor, anchor=self.anchor) if alike else found

    def looked(self, low: float, high: float, most: int) -> "StripSight":
        """A look at other seconds, which never reach beyond the whole."""
        home = self.subject.home
        if home is None:
            return self
        span = min(max(SHORTEST, high - low), home[1] - home[0])
        begin = min(max(low, home[0]), home[1] - span)
        zoomed = span < home[1] - home[0]
        return _looked(self.subject, begin, begin + span, most, zoomed=zoomed)

    def fitted(self, most: int) -> "StripSight":
        """The same seconds in as many bars as `most` allows."""
        return self.shown(self.subject, most)

    def pointed(self, cursor: int | None, *, extend: bool = False) -> "StripSight":
        """The cursor at another bar; with `extend`, everything from where it was is marked."""
        if cursor is None or not self.bars:
            return replace(self, cursor=None, anchor=None)
        place = min(max(0, cursor), len(self.bars) - 1)
        anchor = (self.cursor if self.anchor is None else self.anchor) if extend else None
        return replace(self, cursor=place, anchor=anchor)

    def at(self, second: float) -> int | None:
        """The place of the bar of a second."""
        return next((place for place, bar in enumerate(self.bars) if bar.start <= second < bar.end), None)

    def marked_period(self) -> str:
        """The marked bars as the value of `date:`; empty if none is."""
        if self.marked is None:
            return ""
        first, last = self.marked
        return period(self.grain, self.bars[first].start, self.bars[last].end, self.subject.zone)

    def said(self, *, whole: bool = False) -> str:
        """The marked bars in words: `Tue 27 Oct 2026: 120 (100 calls, 20 voicemails)`."""
        if self.marked is None:
            return ""
        first, last = self.marked
        inside = self.bars[first : last + 1]
        counts = [sum(numbers) for numbers in zip(*(bar.counts for bar in inside), strict=True)]
        return stripwords.told(
            self.grain,
            inside[0].start,
            inside[-1].end,
            self.subject.zone,
            zip(self._words(counts), counts, strict=True),
            whole=whole,
        )

    def _words(self, counts: Sequence[int]) -> Sequence[str]:
        """The words for so many recordings of each part."""
        names = zip(self.subject.timeline.names, counts, strict=True)
        return [stripwords.part(self.subject.split, name, one=number == 1) for name, number in names]


def _looked(subject: Subject, low: float, high: float, most: int, *, zoomed: bool) -> StripSight:
    grain = fitting(low, high, most)
    bars = subject.timeline.bars(edges(grain, low, high, subject.zone))
    if not zoomed:
        low, high = bars[0].start, bars[-1].end
    return StripSight(subject=subject, grain=grain, bars=bars, low=low, high=high, zoomed=zoomed)
