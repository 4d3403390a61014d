"""The outline of a sound as bars: how loud each stretch of a channel is at its loudest."""

from collections.abc import Iterator, Sequence
from typing import Final

from playhead.core.peaks import Peaks

_COARSE: Final = 32
"""Peaks that one byte of the coarser copy stands for."""


class Outline:
    """Answers for the loudest peak of any stretch; hours are looked at through a coarser copy.

    The copy grows with the peaks, so that each of them is looked at once while media arrives.
    """

    def __init__(self) -> None:
        self.per_second = 1
        self._fine: tuple[bytes, ...] = ()
        self._coarse: list[bytearray] = []

    @property
    def channels(self) -> int:
        """Number of channels; 0 before there is anything."""
        return len(self._fine)

    def take(self, peaks: Peaks) -> None:
        """Know these peaks from now on, most often those of before and some more."""
        grown = (
            peaks.per_second == self.per_second
            and len(peaks.channels) == len(self._fine)
            and all(new.startswith(old) for old, new in zip(self._fine, peaks.channels, strict=True))
        )
        if not grown:
            self._coarse = [bytearray() for _ in peaks.channels]
        self.per_second = max(1, peaks.per_second)
        self._fine = peaks.channels
        for coarse, fine in zip(self._coarse, self._fine, strict=True):
            whole = len(fine) // _COARSE
            coarse.extend(
                max(fine[place * _COARSE : (place + 1) * _COARSE]) for place in range(len(coarse), whole)
            )

    def loudest(self, channel: int, begin: int, end: int) -> int | None:
        """The loudest of the peaks from `begin` to before `end`, 0 to 255; None where there are none yet."""
        fine = self._fine[channel]
        if begin >= len(fine):
            return None
        if end - begin < 4 * _COARSE:
            return max(fine[begin:end])
        first, last = -(-begin // _COARSE), min(end, len(fine)) // _COARSE
        stretches: Sequence[Sequence[int]] = (
            fine[begin : first * _COARSE],
            self._coarse[channel][first:last],
            fine[max(begin, last * _COARSE) : end],
        )
        return max(max(stretch, default=0) for stretch in stretches)

    def bars(
        self, channel: int, first: float, last: float, step: float
    ) -> Iterator[tuple[float, float, int | None]]:
        """Start and end in seconds, and loudest peak, of each `step` seconds from `first` to `last`.

        The steps lie where they lie in the recording, wherever one looks at it from, and are never shorter
        than a peak: nothing is drawn that was not measured.
        """
        peaks = max(1.0, step * self.per_second)
        for place in range(
            max(0, int(first * self.per_second / peaks)), int(last * self.per_second / peaks) + 1
        ):
            begin, end = int(place * peaks), int((place + 1) * peaks)
            yield (
                place * peaks / self.per_second,
                (place + 1) * peaks / self.per_second,
                self.loudest(channel, begin, max(begin + 1, end)),
            )
