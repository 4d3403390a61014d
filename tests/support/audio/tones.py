"""Sounds made for tests, and the formats that PyAV can write them in."""

import io
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

Wave = NDArray[np.float64]

# What a format is called here: container, codec, rate, bit rate, container options.
FORMATS: dict[str, tuple[str, str, int, int, dict[str, str]]] = {
    "mp3 CBR": ("mp3", "libmp3lame", 44100, 64_000, {}),
    "mp3 at 8 kHz": ("mp3", "libmp3lame", 8000, 16_000, {}),
    "mp3 without Xing": ("mp3", "libmp3lame", 22050, 32_000, {"write_xing": "0"}),
    "mp3 VBR without Xing": ("mp3", "libmp3lame", 44100, 0, {"write_xing": "0"}),
    "wav PCM": ("wav", "pcm_s16le", 44100, 0, {}),
    "wav PCM at 48 kHz": ("wav", "pcm_s16le", 48000, 0, {}),
    "wav mu-law": ("wav", "pcm_mulaw", 8000, 0, {}),
    "wav A-law": ("wav", "pcm_alaw", 8000, 0, {}),
    "wav IMA ADPCM": ("wav", "adpcm_ima_wav", 8000, 0, {}),
    "wav MS ADPCM": ("wav", "adpcm_ms", 8000, 0, {}),
    "ogg Opus": ("ogg", "libopus", 48000, 32_000, {}),
    "m4a": ("mp4", "aac", 44100, 64_000, {}),
    "m4a in fragments": ("mp4", "aac", 44100, 64_000, {"movflags": "frag_keyframe+empty_moov"}),
    "flac": ("flac", "flac", 44100, 0, {}),
    "AMR": ("amr", "libopencore_amrnb", 8000, 12_200, {}),
    "webm": ("webm", "libopus", 48000, 32_000, {}),
}
# What can only be written with two channels here.
STEREO = {"ogg Vorbis": ("ogg", "vorbis", 44100, 0, dict[str, str]())}
CODEC_OPTIONS = {
    "mp3 VBR without Xing": {"flags": "+qscale", "global_quality": "472"},
    "ogg Vorbis": {"strict": "experimental"},
}


def tone(hertz: float, seconds: float, rate: int = 44100, level: float = 0.5) -> Wave:
    """A sine, between -level and level."""
    return level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def sweep(seconds: float, rate: int, first: float = 300.0, last: float = 3000.0) -> Wave:
    """A tone that rises steadily, so that every moment of it is unlike the others."""
    moments = np.arange(round(seconds * rate)) / rate
    return 0.5 * np.sin(2 * np.pi * (first * moments + (last - first) / (2 * seconds) * moments**2))


def encoded(name: str, *channels: Wave) -> bytes:
    """The channels in one of the formats, in which their sampling rate is fixed."""
    container, codec, rate, bit_rate, options = (FORMATS | STEREO)[name]
    layout = "mono" if len(channels) == 1 else "stereo"
    target = io.BytesIO()
    with av.open(target, "w", format=container, options=dict(options)) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout, options=CODEC_OPTIONS.get(name))
        assert isinstance(stream, AudioStream)
        if bit_rate:
            stream.bit_rate = bit_rate
        pcm = np.rint(np.stack(channels) * 32767).astype(np.int16)
        for begin in range(0, pcm.shape[1], 4096):
            piece = np.ascontiguousarray(pcm[:, begin : begin + 4096].T).reshape(1, -1)
            frame = AudioFrame.from_ndarray(piece, format="s16", layout=layout)
            frame.sample_rate = rate
            frame.time_base = Fraction(1, rate)
            frame.pts = begin
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target.getvalue()
