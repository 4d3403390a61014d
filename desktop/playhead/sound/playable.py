"""Frames as FFmpeg can convert them, and their samples as numbers."""

from functools import cache
from typing import Any

import av
import numpy as np

# Not from its own module: two threads that begin with different parts of PyAV hand one another half of it.
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

LARGEST = np.float32(100.0)
"""Level, 40 dB above full scale, that no recorder means."""
MOST_MIXED = 64
"""Channels of one recorder; a file that speaks of more is broken, which FFmpeg says of it."""

Wave = NDArray[np.float32]
_TYPES: dict[str, np.dtype[Any]] = {
    "u8": np.dtype(np.uint8),
    "s16": np.dtype(np.int16),
    "s32": np.dtype(np.int32),
    "s64": np.dtype(np.int64),
    "flt": np.dtype(np.float32),
    "dbl": np.dtype(np.float64),
}


def playable(frame: AudioFrame, kept: str = "") -> AudioFrame:
    """The frame as FFmpeg can convert and mix it: without values that are no number, which become silence.

    Two channels at odd places are the two sides; more that FFmpeg has no places for are mixed into one, all
    of them alike, but for an arrangement that is to be `kept`.
    """
    _silence_what_is_none(frame)
    channels = frame.layout.nb_channels
    if channels > MOST_MIXED or frame.layout.name == kept or is_mixable(frame.layout.name):
        return frame
    wave = wave_of(frame)
    if channels > 2:
        wave = wave.mean(axis=0, keepdims=True)
    made = AudioFrame.from_ndarray(wave, "fltp", "mono" if channels > 2 else "stereo")
    made.sample_rate = frame.sample_rate
    return made


@cache
def is_mixable(layout: str) -> bool:
    """True if FFmpeg makes other channels out of these."""
    channels = av.AudioLayout(layout).nb_channels
    silence = AudioFrame.from_ndarray(np.zeros((1, channels), np.int16), "s16", layout)
    silence.sample_rate = 8_000
    try:
        AudioResampler("s16", "stereo", 16_000).resample(silence)
    except av.FFmpegError:
        return False
    return True


def bounded(wave: Wave) -> Wave:
    """A wave without what is no number, or larger than any sound."""
    # Files of floats can hold anything.
    return wave if np.abs(wave).max() < LARGEST else np.clip(np.nan_to_num(wave), -LARGEST, LARGEST)


def wave_of(frame: AudioFrame) -> Wave:
    """The samples between -1 and 1, shaped (channels, frames)."""
    samples = _samples(frame)
    # Woven channels are taken apart here: everything else is many times faster on rows.
    wave: Wave = samples.astype(np.float32, order="C")
    if samples.dtype == np.uint8:
        wave -= 128
        wave /= 128
    elif samples.dtype.kind == "i":
        wave /= 2.0 ** (8 * samples.dtype.itemsize - 1)
    return wave


def _silence_what_is_none(frame: AudioFrame) -> None:
    kind = _TYPES[frame.format.name.removesuffix("p")]
    if kind.kind != "f":
        return
    for values in _lines(frame, kind):
        if not -LARGEST < values.min(initial=0) <= values.max(initial=0) < LARGEST:
            values[:] = bounded(values)


def _samples(frame: AudioFrame) -> NDArray[Any]:
    # `AudioFrame.to_ndarray` takes as long as decoding a frame of a call does.
    lines = _lines(frame, _TYPES[frame.format.name.removesuffix("p")])
    if not frame.format.is_planar:
        return lines[0].reshape(-1, frame.layout.nb_channels).T
    return lines[0][np.newaxis] if len(lines) == 1 else np.stack(lines)


def _lines(frame: AudioFrame, kind: np.dtype[Any]) -> list[NDArray[Any]]:
    """The samples of each channel, or all of them in one line where they are woven."""
    planar, channels = frame.format.is_planar, frame.layout.nb_channels
    number = frame.samples * (1 if planar else channels)
    # PyAV tells of more planes than there are where these are eight or more.
    planes = frame.planes[: channels if planar else 1]
    return [np.frombuffer(memoryview(plane), kind, number) for plane in planes]
