"""Lengths of tracks: those that the file says, and those that it only lets one guess.

Sources of what an MP3 file says in the frame before its first sound: the Xing header (Xing Technologies,
"Variable Bitrate SDK"; LAME writes it as `Info` where the bit rate is constant), and VBRI (Fraunhofer).
"""

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from playhead.sound.media_reader import Reader
from playhead.sound.oggchain import LinkReader
from playhead.sound.soundforms import GUESSED

# Seconds by which containers begin late that count their length from elsewhere.
LATE = 0.5
# Seconds by which a length may differ from that of the frames that are counted: encoders fill some up.
_FILLED = 0.4
_LONGEST = 2_881
"""Bytes of the longest frame of layer III."""
_HAS_FRAMES = 1
_EMPTIEST = 1 / 8
"""Bytes a second below which no recording is as long as it says, not even one of which most is missing."""


class TrackLength:
    """The length of an audio stream that begins at second `origin`, with its first packet at byte `sound`."""

    def __init__(
        self, reader: Reader, container: InputContainer, stream: AudioStream, origin: float, sound: int
    ) -> None:
        self._reader = reader
        self._container = container
        self._stream = stream
        self._origin = origin
        self._sound = sound

    @property
    def estimate(self) -> float | None:
        """Seconds that it seems to be long; None if not even that is known, or it is more than can be."""
        if (total := self._reader.total) is None:
            return None
        length = self._told()
        return length if length is not None and length * _EMPTIEST <= total else None

    @property
    def duration(self) -> float | None:
        """Seconds that the file says it is long; None if it does not, or nobody knows its size."""
        name, length = self._container.format.name, self.estimate
        if length is None or (name == "ogg" and self._by_granules() is None):
            return None
        if name in GUESSED or (self._stream.duration is None and abs(self._origin) > LATE):
            return length if name == "mp3" and self._counted(length) else None
        return length

    def _told(self) -> float | None:
        if (exact := self._by_granules()) is not None:
            return exact
        name = self._container.format.name
        if self._stream.duration is not None:
            length, ends = (
                self._seconds(self._stream.duration),
                name == "asf" and self._origin > LATE,
            )
        elif self._container.duration is not None:
            # FLV tells the length of what it holds, others the moment of its end.
            length, ends = self._container.duration / av.time_base, name != "flv"
        else:
            return None
        length -= self._origin if ends and self._origin < length else 0.0
        return length if length > 0 else None

    def _by_granules(self) -> float | None:
        """Length by the last page of an Ogg file that holds nothing but this stream, once it is here."""
        reader = self._reader
        if not isinstance(reader, LinkReader) or len(self._container.streams) != 1:
            return None
        place = reader.tell()
        last = reader.last_position()
        reader.seek(place)
        if last is None:
            return None
        codec = self._stream.codec_context
        early = codec.delay if codec.name in {"opus", "libopus"} else 0
        length = self._seconds(last - early) - self._origin
        return length if length > 0 else None

    def _counted(self, length: float) -> bool:
        """True if an MP3 file says how many frames it has, and FFmpeg went by that."""
        place = self._reader.tell()
        codec = self._stream.codec_context
        told = _frames_told(self._reader, self._sound)
        self._reader.seek(place)
        if told is None or not codec.sample_rate:
            return False
        return abs(told * (codec.frame_size or 1152) / codec.sample_rate - length) < _FILLED

    def _seconds(self, ticks: int) -> float:
        return float(ticks * (self._stream.time_base or 0))


def has_constant_rate(reader: Reader, sound: int) -> bool:
    """True if an MP3 file says, before its first sound at byte `sound`, that its bit rate is constant."""
    place = reader.tell()
    content = _before(reader, sound)
    reader.seek(place)
    return b"Info" in content and b"Xing" not in content


def _before(reader: Reader, sound: int) -> bytes:
    """The bytes of a header that stands before byte `sound`."""
    start = max(0, sound - _LONGEST)
    reader.seek(start)
    before = bytearray()
    while start + len(before) < sound and (chunk := reader.read(sound - start - len(before))):
        before += chunk
    return bytes(before)


def _frames_told(reader: Reader, sound: int) -> int | None:
    """Frames that the header tells which stands before byte `sound`; None if there is none."""
    content = _before(reader, sound)
    for mark in (b"Xing", b"Info"):
        at = content.rfind(mark)
        if at >= 0 and int.from_bytes(content[at + 4 : at + 8], "big") & _HAS_FRAMES:
            return int.from_bytes(content[at + 8 : at + 12], "big") or None
    at = content.rfind(b"VBRI")
    return int.from_bytes(content[at + 14 : at + 18], "big") or None if at >= 0 else None
