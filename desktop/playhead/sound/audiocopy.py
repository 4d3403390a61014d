"""Copies of audio in another form, beside the originals of an export."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer

from playhead.core.errors import Garbled
from playhead.core.exports.choices import CopyForm
from playhead.sound.decoder import FORMATS, HOLE, LARGEST_HOLE

_OPUS_RATE = 48_000
_OPUS_FRAME = 960
"""Samples that the encoder takes at a time: 20 ms."""
_OPUS_BITS = 32_000
"""Bits per second and channel: speech is as good as it was."""
_SAMPLES = 4096


def copy(source: Path, form: CopyForm, target: Path) -> None:
    """Write the audio of `source` in another form to `target`, which is a part until it is whole.

    WAV has 16 bits a sample and the rate and channels of the source; Opus is in Ogg, at 48 kHz. What is at
    `target` is replaced, also if this fails. Blocks; holds a moment of sound at a time. Raises
    `Garbled("audio")` if the source cannot be decoded or has a hole, `OSError` if a disk fails.
    """
    container = "wav" if form is CopyForm.WAV else "ogg"
    try:
        with (
            source.open("rb") as encoded,
            target.open("wb") as part,
            av.open(part, "w", format=container) as output,
        ):
            _transcode(encoded, form, output)
    except OSError:
        raise
    except (av.FFmpegError, ValueError) as error:
        raise Garbled("audio", type(error).__name__) from error


def _transcode(encoded: BinaryIO, form: CopyForm, output: OutputContainer) -> None:
    encoder: AudioStream | None = None
    resampler: AudioResampler | None = None
    before: tuple[str, str, int] | None = None
    written = 0
    for frame in _whole(_frames(encoded)):
        rate = _OPUS_RATE if form is CopyForm.OPUS else encoder.rate if encoder else frame.sample_rate
        if encoder is None:
            encoder = _encoder(output, form, frame, rate)
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        pieces: list[AudioFrame] = []
        if resampler is None or kind != before:
            # A recording may change its form on the way, such as when a call is passed on.
            pieces += resampler.resample(None) if resampler is not None else []
            resampler = AudioResampler(
                "s16", encoder.layout, rate, _OPUS_FRAME if form is CopyForm.OPUS else _SAMPLES
            )
            before = kind
        frame.pts = None
        pieces += resampler.resample(frame)
        written = _encode(output, encoder, pieces, written)
    if encoder is None or resampler is None:
        raise Garbled("audio", "nothing in it could be decoded")
    _encode(output, encoder, resampler.resample(None), written)
    output.mux(encoder.encode(None))


def _encoder(output: OutputContainer, form: CopyForm, frame: AudioFrame, rate: int) -> AudioStream:
    codec = "pcm_s16le" if form is CopyForm.WAV else "libopus"
    options = {"application": "voip", "vbr": "constrained"} if form is CopyForm.OPUS else None
    stream = output.add_stream(codec, rate=rate, layout=frame.layout.name, options=options)
    assert isinstance(stream, AudioStream)
    if form is CopyForm.OPUS:
        stream.bit_rate = _OPUS_BITS * frame.layout.nb_channels
    return stream


def _encode(output: OutputContainer, encoder: AudioStream, pieces: list[AudioFrame], written: int) -> int:
    for piece in pieces:
        piece.pts = written
        piece.time_base = Fraction(1, piece.sample_rate)
        written += piece.samples
        output.mux(encoder.encode(piece))
    return written


def _frames(encoded: BinaryIO) -> Iterator[AudioFrame | None]:
    """The parts that can be decoded, with None for each hole."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    try:
        with av.open(encoded, mode="r", metadata_errors="replace", options=options) as container:
            if not container.streams.audio:
                raise Garbled("audio", "no audio inside")
            yield from _decoded(container)
    except av.FFmpegError as error:
        raise Garbled("audio", type(error).__name__) from error


def _decoded(container: InputContainer) -> Iterator[AudioFrame | None]:
    for packet in container.demux(container.streams.audio[0]):
        try:
            yield from packet.decode()
        except av.FFmpegError:
            yield None


def _whole(frames: Iterator[AudioFrame | None]) -> Iterator[AudioFrame]:
    """The frames; a hole between two of them raises `Garbled`, one at either end is only odd."""
    clock: float | None = None
    hole = False
    for frame in frames:
        if frame is None:
            hole = clock is not None
            continue
        told = frame.time or 0.0
        if hole or (clock is not None and HOLE < told - clock < LARGEST_HOLE):
            raise Garbled("audio", "a part of it is damaged")
        clock = told + frame.samples / frame.sample_rate
        yield frame
