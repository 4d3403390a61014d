"""Short sound in every form that recorders use, made when it is asked for."""

import io
from functools import cache

import av
import numpy as np

FORMS: tuple[tuple[str, str, str, int], ...] = (
    ("mp3", "mp3", "libmp3lame", 44_100),
    ("mp3 of a telephone", "mp3", "libmp3lame", 8_000),
    ("mp2", "mp2", "mp2", 48_000),
    ("wav", "wav", "pcm_s16le", 8_000),
    ("wav mu-law", "wav", "pcm_mulaw", 8_000),
    ("wav A-law", "wav", "pcm_alaw", 8_000),
    ("wav ADPCM", "wav", "adpcm_ima_wav", 8_000),
    ("w64", "w64", "pcm_s16le", 8_000),
    ("caf", "caf", "pcm_s16le", 8_000),
    ("aiff", "aiff", "pcm_s16be", 8_000),
    ("au", "au", "pcm_mulaw", 8_000),
    ("aac", "adts", "aac", 44_100),
    ("m4a", "ipod", "aac", 44_100),
    ("mp4", "mp4", "aac", 44_100),
    ("3gp", "3gp", "aac", 44_100),
    ("quicktime", "mov", "pcm_s16le", 8_000),
    ("ogg opus", "ogg", "libopus", 48_000),
    ("ogg flac", "ogg", "flac", 8_000),
    ("flac", "flac", "flac", 8_000),
    ("webm", "webm", "libopus", 48_000),
    ("matroska", "matroska", "aac", 44_100),
    ("wavpack", "wv", "wavpack", 44_100),
    ("mpeg-ts", "mpegts", "aac", 44_100),
    ("ac3", "ac3", "ac3", 48_000),
    ("amr", "amr", "libopencore_amrnb", 8_000),
    ("tta", "tta", "tta", 44_100),
)
"""Name, container and codec of FFmpeg, samples a second."""


def forms() -> list[str]:
    """The names of those that can be made here."""
    return [name for name, _, codec, _ in FORMS if _can(codec)]


@cache
def made(name: str, seconds: float = 1.0) -> bytes:
    """A rising tone in the form of that name."""
    _, container, codec, rate = next(form for form in FORMS if form[0] == name)
    target = io.BytesIO()
    target.name = "x"
    with av.open(target, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        if codec == "libopencore_amrnb":
            stream.bit_rate = 12_200
        moments = np.arange(int(seconds * rate)) / rate
        samples = (np.sin(2 * np.pi * (300 + 200 * moments) * moments) * 12_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        frame.pts = 0
        size = stream.codec_context.frame_size or 1024
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate, frame_size=size)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return target.getvalue()


def _can(codec: str) -> bool:
    try:
        av.Codec(codec, "w")
    except (av.FFmpegError, ValueError):
        return False
    return True
