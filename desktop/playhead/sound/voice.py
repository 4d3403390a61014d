"""Voice: PCM for one opened device, and the account of what of it was heard."""

import numpy as np

from playhead.sound.block import Block, Samples, blended
from playhead.sound.decoding import Decoding
from playhead.sound.ledger import Ledger, Span
from playhead.sound.matrix import Matrix
from playhead.sound.mix import RAMP, Mix
from playhead.sound.speakers import FRAME, Sink

TAIL = 4800
"""Frames of silence behind the last sound (0.1 s), so that the device's own delay does not cut it."""


class Voice:
    """Carries PCM from a decoding to a sink; used by the playing thread."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._mix = Mix()
        self._ledger = Ledger()
        self._tail = 0
        self._until: float | None = None
        self._outgoing: Samples | None = None
        self._blended = 0

    @property
    def device(self) -> str:
        """The id of the device."""
        return self._sink.device

    @property
    def lost(self) -> bool:
        """True once the device gave up."""
        return self._sink.lost

    @property
    def until(self) -> float | None:
        """The second of the recording up to which the device has been given PCM."""
        return self._until

    @property
    def drained(self) -> bool:
        """True once everything that was given has been heard."""
        return self._sink.heard() >= self._ledger.written

    def feed(self, decoding: Decoding, matrices: tuple[Matrix, Matrix]) -> None:
        """Give the device what it has room for, as far as it is decoded, mixed for one channel or for two."""
        while (room := self._sink.room()) > 0 and (block := self._next(decoding, room)) is not None:
            self._sink.write(self._mix.stereo(block.samples, matrices[block.samples.shape[1] - 1]))
            self._ledger.wrote(block.frames, Span(block.start, block.end))
            self._until = block.end

    def leave(self, decoding: Decoding) -> None:
        """Let the sound that is broken off here go over into that of another decoding, which is fed next."""
        wanted, rest = RAMP, list[Samples]()
        while wanted > 0 and (block := self._next(decoding, wanted)) is not None:
            if rest and rest[0].shape[1] != block.samples.shape[1]:
                break
            rest.append(block.samples)
            wanted -= block.frames
        if rest:
            self._outgoing, self._blended = np.concatenate(rest), 0

    def sound_out(self) -> bool:
        """Give the device silence behind the last sound; whether that was heard, too."""
        silence = min(TAIL - self._tail, self._sink.room())
        if silence > 0:
            self._sink.write(bytes(silence * FRAME))
            self._tail += silence
        return self._sink.heard() >= self._ledger.written + TAIL

    def hear(self) -> list[Span]:
        """Spans that were heard since the last time."""
        return self._ledger.hear(self._sink.heard())

    def hold(self) -> None:
        """Fall silent, and keep what was given."""
        self._sink.hold()

    def release(self) -> None:
        """Go on after `hold`."""
        self._sink.release()

    def close(self) -> None:
        """Fall silent and let go of the device."""
        self._sink.close()

    def _next(self, decoding: Decoding, frames: int) -> Block | None:
        """Block that is decoded next, with what was left behind cross-faded into it."""
        block = decoding.take(frames)
        if block is None or self._outgoing is None:
            return block
        begun, length = self._blended, len(self._outgoing)
        old = self._outgoing[begun : begun + block.frames]
        self._blended += len(old)
        channels = self._outgoing.shape[1]
        if self._blended == length or block.samples.shape[1] != channels:
            self._outgoing = None
        if block.samples.shape[1] != channels:
            return block
        sound = np.array(block.samples)
        sound[: len(old)] = blended(old, sound[: len(old)], begun, length)
        return Block(block.start, block.end, sound)
