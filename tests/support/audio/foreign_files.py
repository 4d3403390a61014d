"""Files as foreign recorders and converters leave them, made when they are asked for."""

import io
import struct
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from support.audio.tones import Wave


def written(
    container: str,
    codec: str,
    rate: int,
    *channels: Wave,
    options: dict[str, str] | None = None,
    begins: float = 0.0,
    pauses: Mapping[float, float] = MappingProxyType({}),
    bit_rate: int = 0,
) -> bytes:
    """The channels in any container and codec of FFmpeg, the first sample being that of second `begins`.

    `pauses` are seconds of the sound, and for how long nothing was recorded then.
    """
    layout = {1: "mono", 2: "stereo"}.get(len(channels), f"{len(channels)} channels")
    target = io.BytesIO()
    target.name = "x"
    with av.open(target, "w", format=container, options=options or {}) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        if codec == "vorbis":
            stream.codec_context.options = {"strict": "experimental"}
        if bit_rate:
            stream.bit_rate = bit_rate
        pcm = np.rint(np.stack(channels) * 32767).astype(np.int16)
        resampler = av.AudioResampler(
            stream.format.name, layout, rate, frame_size=stream.codec_context.frame_size or 1024
        )
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(pcm.T).reshape(1, -1), "s16", layout)
        frame.sample_rate, frame.pts = rate, 0
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            piece.time_base, piece.pts = Fraction(1, rate), (piece.pts or 0) + round(begins * rate)
            output.mux(_later(stream.encode(piece), pauses))
        output.mux(_later(stream.encode(None), pauses))
    return target.getvalue()


def _later(
    packets: "list[Packet[AudioStream]]", pauses: Mapping[float, float]
) -> "list[Packet[AudioStream]]":
    for packet in packets:
        assert packet.pts is not None
        second = float(packet.pts * packet.time_base)
        late = sum(length for at, length in pauses.items() if second >= at)
        packet.pts += round(late / packet.time_base)
        packet.dts = packet.pts
    return packets


def riff(rate: int, bits: int, samples: bytes, *, order: str = "<", channels: int = 1, tag: int = 1) -> bytes:
    """A WAV file of these samples; `order` > makes it RIFX, with the highest byte first everywhere."""
    block = channels * bits // 8
    form = struct.pack(f"{order}HHIIHH", tag, channels, rate, rate * block, block, bits)
    body = b"WAVEfmt " + struct.pack(f"{order}I", len(form)) + form
    body += b"data" + struct.pack(f"{order}I", len(samples)) + samples
    return (b"RIFX" if order == ">" else b"RIFF") + struct.pack(f"{order}I", len(body)) + body


_STEPS = (
    16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157,
    173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166,
    1282, 1411, 1552,
)  # fmt: skip
_MOVES = (-1, -1, -1, -1, 2, 4, 6, 8)


def dialogic(wave: Wave) -> bytes:
    """A VOX file: 4 bits a sample of 12, by "Dialogic ADPCM Algorithm" (Dialogic Corporation, 1988)."""
    codes = bytearray()
    value, at = 0, 0
    for sample in np.rint(wave * 2047).astype(int).tolist():
        step = _STEPS[at]
        distance = sample - value
        size = min(7, 4 * abs(distance) // step)
        code, moved = 8 * (distance < 0) + size, (2 * size + 1) * step // 8
        value = max(-2048, min(2047, value - moved if code & 8 else value + moved))
        at = max(0, min(len(_STEPS) - 1, at + _MOVES[code & 7]))
        codes.append(code)
    return bytes(high << 4 | low for high, low in zip(codes[::2], codes[1::2], strict=True))


def gsm(seconds: float, seed: int = 1) -> bytes:
    """Frames of GSM 06.10 that hold noise: 33 bytes each 20 ms, with the mark of a frame (0xD)."""
    noise = np.random.default_rng(seed)
    frames = [bytearray(noise.bytes(33)) for _ in range(round(seconds * 50))]
    for frame in frames:
        frame[0] = 0xD0 | frame[0] & 0x0F
    return b"".join(bytes(frame) for frame in frames)


def speex(seconds: float, *, seed: int = 1, a_page: int = 50) -> bytes:
    """Speex at 8 kHz in Ogg that holds noise: `a_page` packets of 20 ms to a page, each unlike the others."""
    noise = np.random.default_rng(seed)
    head = (
        b"Speex   "
        + b"1.2".ljust(20, b"\0")
        + struct.pack("<13i", 1, 80, 8000, 0, 4, 1, -1, 160, 0, 1, 0, 0, 0)
    )
    pages = [ogg_page(0, 0, [head], first=True), ogg_page(1, 0, [struct.pack("<II", 0, 0)])]
    packets = [_speex_packet(noise.bytes(43)) for _ in range(round(seconds * 50))]
    for at in range(0, len(packets), a_page):
        some = packets[at : at + a_page]
        pages.append(ogg_page(len(pages), (at + len(some)) * 160, some))
    return b"".join(pages)


def _speex_packet(noise: bytes) -> bytes:
    """A frame of mode 5 (15 kbit/s, 300 bits), every field of which may have any value, and a terminator."""
    bits = int.from_bytes(noise, "big") >> 44
    bits = bits & ~(0b11111 << 295) | 0b00101 << 295
    return (bits << 4 | 0b1111).to_bytes(38, "big")


def ogg_page(
    number: int, granule: int, packets: list[bytes], *, first: bool = False, serial: int = 77
) -> bytes:
    """A page of Ogg with whole packets."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    flags = 2 if first else 0
    head = (
        b"OggS\0" + struct.pack("<BqIII", flags, granule, serial, number, 0) + bytes([len(lacing)]) + lacing
    )
    return _summed(head + b"".join(packets))


def shifted(ogg: bytes, granules: int) -> bytes:
    """An Ogg file whose clock begins later, as of a stream that was tapped while it ran."""
    pages = ogg.split(b"OggS\0")[1:]
    made = []
    for page in pages:
        granule = int.from_bytes(page[1:9], "little", signed=True)
        if granule > 0:
            page = page[:1] + (granule + granules).to_bytes(8, "little", signed=True) + page[9:]  # noqa: PLW2901
        made.append(_summed(b"OggS\0" + page))
    return b"".join(made)


def _summed(page: bytes) -> bytes:
    """The page with its checksum: CRC-32 of the other direction than that of `zlib`."""
    left = 0
    for byte in (*page[:22], 0, 0, 0, 0, *page[26:]):
        left = left << 8 & 0xFFFFFFFF ^ _remainder(left >> 24 ^ byte)
    return page[:22] + struct.pack("<I", left) + page[26:]


@cache
def _remainder(byte: int) -> int:
    left = byte << 24
    for _ in range(8):
        left = (left << 1 ^ (0x04C11DB7 if left & 0x80000000 else 0)) & 0xFFFFFFFF
    return left


def ape_tag(size: int = 3000) -> bytes:
    """A tag of version 2 with a picture, as some programs put it behind the sound of an MP3."""
    item = struct.pack("<II", size, 2) + b"Cover Art (Front)\0" + np.random.default_rng(2).bytes(size)
    ends = b"APETAGEX" + struct.pack("<III", 2000, len(item) + 32, 1)
    return (
        ends
        + struct.pack("<I", 0xA0000000)
        + bytes(8)
        + item
        + ends
        + struct.pack("<I", 0x80000000)
        + bytes(8)
    )
