"""The stage of the signal path that jumps: over gaps, and from a loop's end to its start."""

from collections.abc import Callable, Iterator

import numpy as np
from typing_extensions import override

from playhead.sound.block import FADE, RATE, Block
from playhead.sound.course import Course

Play = Callable[[float], Iterator[Block]]

LEAD = FADE / RATE
"""Seconds before a landing that are played, too: the seam is blended out of them."""
# What is nearer (seconds) is decoded and thrown away, what is farther is sought.
NEAR = 5.0


def journey(play: Play, position: float, course: Callable[[], Course]) -> Iterator[Block]:
    """Blocks that `course` leads through, from `position` (seconds) on. `play` gives those from any place on.

    After each jump come `LEAD` seconds from before the landing, to be blended with what was heard last.
    `course` is asked at every block, so it may change on the way. Ends where the recording ends, unless that
    is looped.
    """
    landing = course().landing(position)
    way = _Way(play(landing))
    moved = False
    while True:
        block = next(way, None)
        if block is None:
            loop = course().loop
            if loop is None or not moved:
                return
            landing, moved = course().landing(loop[0]), False
            way = _Way(_lead_in(play, landing))
            continue
        heard, rest = _stopped(block, landing, course())
        if heard is not None:
            moved = True
            yield heard
        if rest is not None:
            landing = course().landing(rest.start)
            if 0 <= landing - LEAD - rest.start < NEAR:
                way.leave_out(rest, landing - LEAD)
            else:
                way = _Way(_lead_in(play, landing))


class _Way(Iterator[Block]):
    """Blocks in a row, of which some can be left out."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._rest: Block | None = None
        self._onward: float | None = None

    def leave_out(self, rest: Block, onward: float) -> None:
        """Go on at `onward`; `rest` was taken and is still to come."""
        self._rest, self._onward = rest, onward

    @override
    def __next__(self) -> Block:
        while True:
            block, self._rest = self._rest or next(self._blocks), None
            early = 0 if self._onward is None else round((self._onward - block.start) * RATE)
            if early < block.frames:
                self._onward = None
                return block.split(early)[1] if early > 0 else block


def _stopped(block: Block, landing: float, course: Course) -> tuple[Block | None, Block | None]:
    """The part of a block that is heard before playing goes on elsewhere, and the rest; None for nothing."""
    if block.start >= landing and course.landing(block.start) != block.start:
        return None, block
    stop = course.stop(max(block.start, landing))
    frames = round((stop - block.start) * RATE) if stop < block.end else block.frames
    if frames >= block.frames:
        return block, None
    return block.split(frames) if frames > 0 else (None, block)


def _lead_in(play: Play, landing: float) -> Iterator[Block]:
    """The blocks from a landing's lead on."""
    blocks = play(max(0.0, landing - LEAD))
    first = next(blocks, None)
    if first is None:
        return
    missing = FADE - round(landing * RATE)
    if missing > 0:
        # Nothing is before the recording's first sample: it is held.
        start = first.start - missing / RATE
        yield Block(start, first.start, np.repeat(first.samples[:1], missing, axis=0))
    yield first
    yield from blocks
