"""Clock of a file whose every second has as many bytes: it goes on where bytes cannot be understood."""

from av.audio.stream import AudioStream
from av.packet import Packet

_LEAST = 0.1
"""Seconds that are certainly missing: bytes tell the time no closer than to a frame or two."""
_FRAMES = 2.5
_PADDING, _UNUSUAL = 4, 0.2
"""Bytes, and share of them, by which a packet may differ from those of its bit rate..."""
_MANY = 16
"""...and number of packets in a row that differ by more in another file."""


class ByteClock:
    """Tells by its place in the file how much later a packet is than its container counts.

    FFmpeg counts the frames of an MP3 file that it finds, and what lies between them takes no time.
    """

    def __init__(self, first: "Packet[AudioStream]", bit_rate: int) -> None:
        self._place = first.pos or 0
        # Of every packet it would be a fraction, which takes longer to multiply than the packet to decode.
        self._tick = float(first.time_base or 0)
        self._counted = (first.pts or 0) * self._tick
        self._bytes_per_second = bit_rate / 8
        self._late = 0.0
        self._odd: list[int] = []
        """Places of the packets of another bit rate, without one of the usual between them."""

    def late(self, packet: "Packet[AudioStream]") -> float:
        """Seconds of sound that were lost before a packet, in whole frames.

        Where many packets of another bit rate begin, as of a file that was put behind this one, places tell
        no time any more.
        """
        if packet.pos is None or packet.pts is None or not packet.duration:
            return 0.0
        if len(self._odd) >= _MANY and packet.pos >= self._odd[0]:
            return self._late
        usual = packet.duration * self._tick * self._bytes_per_second
        if abs(packet.size - usual) > max(_PADDING, usual * _UNUSUAL):
            self._odd.append(packet.pos)
            return self._late
        if len(self._odd) < _MANY:
            self._odd.clear()
        late = self._told_late(packet)
        if len(self._odd) < _MANY:
            self._late = late
        return late

    def _told_late(self, packet: "Packet[AudioStream]") -> float:
        assert packet.pos is not None
        assert packet.pts is not None
        assert packet.duration
        told = (packet.pos - self._place) / self._bytes_per_second
        late = told - (packet.pts * self._tick - self._counted)
        if late <= _LEAST:
            return 0.0
        frame = packet.duration * self._tick
        return round(late / frame) * frame if late > _FRAMES * frame else 0.0
