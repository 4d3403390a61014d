"""Voice: PCM for one opened device, mixed onto two ears without clicks, and the account of what was heard."""

import numpy as np

from playhead.core.playbacksettings import Matrix
from playhead.sound.block import RATE, Block, Samples, blended
from playhead.sound.decoding import Decoding
from playhead.sound.heardledger import HeardLedger, HeardSpan
from playhead.sound.speakers import FRAME, Sink

SILENCE: Matrix = ((0.0, 0.0), (0.0, 0.0))
RAMP = RATE // 100
"""Frames over which one setting becomes another: 10 ms."""

TAIL = 4800
"""Frames of silence behind the last sound (0.1 s), so that the device's own delay does not cut it."""


class Mix:
    """Mixes PCM by a matrix; a matrix that changes is reached gently. Begins in silence."""

    def __init__(self) -> None:
        self._matrix: Matrix = SILENCE
        self._from = self._to = np.array(SILENCE, dtype=np.float32)
        self._gone = RAMP

    def stereo(self, samples: Samples, matrix: Matrix) -> bytes:
        """16 bit stereo of samples that are shaped (frames, 1 or 2)."""
        wide = samples.astype(np.float32)
        if wide.shape[1] == 1:
            wide = np.repeat(wide, 2, axis=1)
        self._turn_to(matrix)
        mixed = wide @ self._to.T
        ramp = min(RAMP - self._gone, len(wide))
        if ramp:
            weight = (np.arange(self._gone, self._gone + ramp, dtype=np.float32) / RAMP)[:, np.newaxis]
            mixed[:ramp] = mixed[:ramp] * weight + (wide[:ramp] @ self._from.T) * (1 - weight)
            self._gone += ramp
        np.rint(mixed, out=mixed)
        np.clip(mixed, -32768, 32767, out=mixed)
        return mixed.astype(np.int16).tobytes()

    def _turn_to(self, matrix: Matrix) -> None:
        if matrix != self._matrix:
            weight = self._gone / RAMP
            self._from = self._to * weight + self._from * (1 - weight)
            self._matrix, self._to, self._gone = matrix, np.array(matrix, dtype=np.float32), 0


class Voice:
    """Carries PCM from a decoding to a sink; used by the playing thread."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._mix = Mix()
        self._ledger = HeardLedger()
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
            self._ledger.wrote(block.frames, HeardSpan(block.start, block.end))
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

    def hear(self) -> list[HeardSpan]:
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
