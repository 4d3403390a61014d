"""Copies of audio in another form, beside the originals of an export."""

from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer

from playhead.core.errors import Garbled
from playhead.core.exports.choices import CopyForm
from playhead.core.marks import Spans
from playhead.sound.decoder import Decoder
from playhead.sound.media_reader import FileReader
from playhead.sound.playable import is_mixable, playable
from playhead.sound.soundfile import told_faults
from playhead.sound.track import TimedFrame

_OPUS_RATE = 48_000
_OPUS_FRAME = 960
"""Samples that the encoder takes at a time: 20 ms."""
_OPUS_BITS = 32_000
"""Bits per second and channel: speech is as good as it was."""
_SAMPLES = 4096
_WAV = {"rf64": "auto"}
"""RF64 (EBU Tech 3306) for what is too long for the sizes of a RIFF, which are of 32 bits."""
_OPUS_LAYOUTS = frozenset({"mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1"})
"""Arrangements of channels that Ogg has a meaning for; others are mixed down (RFC 7845, 5.1.1)."""


def copy(source: Path, form: CopyForm, target: Path, told: Collection[str] = ()) -> Spans:
    """Write the audio of `source` in another form to `target`, which is a part until it is whole.

    The names `told`, and then the ending of `source`, count where its bytes do not tell what they are.
    Gives the stretches of it that could not be decoded: they are silent in the copy. WAV has 16 bits a sample
    and the rate and channels of the source, the highest and most of one that changes; Opus is in Ogg, at
    48 kHz. What is at `target` is replaced, also if this fails. Blocks; holds a moment of sound at a time.
    Raises `Garbled` or its kind `UnplayedKind` if the source cannot be decoded, `OSError` if a disk fails.
    """
    shape = _Shape(opus=form is CopyForm.OPUS)
    with target.open("wb") as part:
        damage = _copy(source, told, shape, part)
        if damage is None:
            # It became richer on the way: by now the shape is known that holds all of it.
            part.seek(0)
            part.truncate()
            damage = _copy(source, told, shape, part)
    assert damage is not None
    return damage


class _Shape:
    """The rate and channels of a copy, which hold all that was seen of its source."""

    def __init__(self, *, opus: bool) -> None:
        self.opus = opus
        self.rate = _OPUS_RATE if opus else 0
        self.layout = "mono"
        self._seen = set[tuple[str, int]]()

    def see(self, frame: AudioFrame) -> None:
        """Take a frame into account."""
        kind = (frame.layout.name, frame.sample_rate)
        if kind in self._seen:
            return
        self._seen.add(kind)
        if not self.opus:
            self.rate = max(self.rate, frame.sample_rate)
        layouts = sorted({_layout(name, opus=self.opus) for name, _ in self._seen})
        self.layout = max(layouts, key=_channels)
        if len(layouts) > 1 and not is_mixable(self.layout):
            self.layout = "stereo"


def _copy(source: Path, told: Collection[str], shape: _Shape, part: BinaryIO) -> Spans | None:
    """Write a copy to `part`; None if the shape that it began with does not hold all of the source."""
    with FileReader(source, told) as reader:
        try:
            container, options = ("ogg", {}) if shape.opus else ("wav", _WAV)
            with av.open(part, "w", format=container, options=options) as output:
                return _transcode(reader, shape, output)
        except (av.FFmpegError, ValueError) as error:
            # Also of the disk, as FFmpeg has the file in its hand: those are Python's own errors.
            raise Garbled("broken", type(error).__name__) from error
        finally:
            if reader.fault is not None:
                raise reader.fault


def _transcode(reader: FileReader, shape: _Shape, output: OutputContainer) -> Spans | None:
    decoder = Decoder(reader)
    try:
        writing: _Writing | None = None
        for timed in decoder.frames():
            shape.see(timed.frame)
            if writing is None:
                writing = _Writing(shape, output)
            if writing.is_of(shape):
                writing.add(timed)
        if writing is None:
            raise Garbled("empty", "no sample")
        if not writing.is_of(shape):
            return None
        writing.end(decoder.end or 0.0)
        return decoder.damage
    finally:
        decoder.close()


class _Writing:
    """The encoder of a copy, with the clock of what was written."""

    def __init__(self, shape: _Shape, output: OutputContainer) -> None:
        self._output = output
        self._rate, self._layout = shape.rate, shape.layout
        self._piece = _OPUS_FRAME if shape.opus else _SAMPLES
        self._channels = _channels(self._layout)
        self._encoder = self._encoder_of(opus=shape.opus)
        self._resampler: AudioResampler | None = None
        self._kind: tuple[str, str, int] | None = None
        self._clock = 0.0
        self._written = 0

    def is_of(self, shape: _Shape) -> bool:
        """True if this is still the shape of the copy."""
        return (self._rate, self._layout) == (shape.rate, shape.layout)

    def add(self, timed: TimedFrame) -> None:
        """Write a frame; what is missing before it becomes silence."""
        frame = playable(timed.frame, self._layout)
        if frame.layout.nb_channels == 1 and self._channels == 2:
            frame = _on_both_sides(frame)
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        apart = timed.start - self._clock > 0.5 / frame.sample_rate
        if apart or kind != self._kind:
            # A recording may change its form on the way, such as when a call is passed on.
            self._flush()
            if apart:
                self._fill(timed.start)
            self._resampler, self._kind = AudioResampler("s16", self._layout, self._rate, self._piece), kind
        self._clock = timed.end
        frame.pts = None
        self._resample(frame)

    def end(self, length: float) -> None:
        """Write what was held back. There is always something, however short the recording is."""
        self._flush()
        if self._written < round(length * self._rate) and self._written < self._piece:
            self._fill(length)
        self._output.mux(self._encoder.encode(None))

    def _encoder_of(self, *, opus: bool) -> AudioStream:
        codec = "libopus" if opus else "pcm_s16le"
        options = {"application": "voip", "vbr": "constrained"} if opus else None
        stream = self._output.add_stream(codec, rate=self._rate, layout=self._layout, options=options)
        assert isinstance(stream, AudioStream)
        if opus:
            stream.bit_rate = _OPUS_BITS * self._channels
        return stream

    def _flush(self) -> None:
        if self._resampler is not None:
            self._resample(None)
        self._resampler = None

    def _resample(self, frame: AudioFrame | None) -> None:
        with told_faults():
            pieces = self._resampler.resample(frame) if self._resampler is not None else []
        for piece in pieces:
            self._write(piece)

    def _fill(self, until: float) -> None:
        """Write silence up to a second of the recording."""
        while (missing := round(until * self._rate) - self._written) > 0:
            silence = np.zeros((1, min(missing, self._piece) * self._channels), np.int16)
            piece = AudioFrame.from_ndarray(silence, "s16", self._layout)
            piece.sample_rate = self._rate
            self._write(piece)

    def _write(self, piece: AudioFrame) -> None:
        piece.pts = self._written
        piece.time_base = Fraction(1, self._rate)
        self._written += piece.samples
        self._output.mux(self._encoder.encode(piece))


def _on_both_sides(frame: AudioFrame) -> AudioFrame:
    """One channel as two, as it is heard: FFmpeg would make it 3 dB softer."""
    axis = 0 if frame.format.is_planar else 1
    content = np.ascontiguousarray(np.repeat(frame.to_ndarray(), 2, axis=axis))
    doubled = AudioFrame.from_ndarray(content, frame.format.name, "stereo")
    doubled.sample_rate = frame.sample_rate
    return doubled


def _layout(name: str, *, opus: bool) -> str:
    """Arrangement of the channels of a copy; files may only tell their number."""
    channels = _channels(name)
    if channels <= 2:
        return "mono" if channels == 1 else "stereo"
    return name if not opus or name in _OPUS_LAYOUTS else "stereo"


def _channels(layout: str) -> int:
    return AudioLayout(layout).nb_channels
