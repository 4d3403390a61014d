"""The frames of one recording, each with its time."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from playhead.core.errors import Garbled
from playhead.core.marks import Spans
from playhead.sound.media_reader import MediaReader

# Playlists and the like are left out: they would make FFmpeg open links and files of their own.
FORMATS = "aac,ac3,aiff,amr,amrnb,amrwb,au,caf,flac,matroska,webm,mov,mp3,ogg,w64,wav"
OPTIONS = {
    "format_whitelist": FORMATS,
    "protocol_whitelist": "none",
    # The first sound should not wait for seconds of packets whose times are only counted.
    "max_ts_probe": "1",
    "max_probe_packets": "1",
}
# A lossy codec is only sound some frames after the place where decoding begins; a landing may be late.
RUN_UPS = (0.5, 10.0)
# Containers round their times; what is further off is a part that is missing.
HOLE = 0.05
# A clock that jumps by more is broken rather than telling of a hole.
LARGEST_HOLE = 60.0
MOST_FAULTS = 64
# How long a damaged packet is taken to be (seconds) if it does not say so itself.
USUAL_PACKET = 0.02


class TimedFrame(NamedTuple):
    """One decoded frame, and the second of the recording at which it begins."""

    start: float
    frame: AudioFrame

    @property
    def end(self) -> float:
        """The second of the recording at which the frame ends."""
        return self.start + self.frame.samples / self.frame.sample_rate


class Decoder:
    """Decodes the audio of one reader, from one position after another; used by one thread.

    Opening waits for the first bytes. Raises `Garbled("audio")` if this is nothing that can be heard,
    and the download's own failure if that came first.
    """

    def __init__(self, reader: MediaReader) -> None:
        self._reader = reader
        self._damage = Spans()
        self._begun: Iterator[AudioFrame] | None = None
        self._wanted = 0.0
        self._origin = 0.0
        self._end: float | None = None
        self._container = self._open()
        try:
            self._stream = self._audio()
            first = self._beginning()
        except BaseException:
            self.close()
            raise
        clean = None if self._damage.pairs else first.time
        self._origin = clean if clean is not None else self._seconds(self._stream.start_time)

    @property
    def duration(self) -> float | None:
        """Seconds that the recording says it is long; None while not even the file's size is known."""
        if self._reader.total is None:
            return None
        if self._stream.duration is not None:
            return self._seconds(self._stream.duration)
        ticks = self._container.duration
        return None if ticks is None else ticks / av.time_base

    @property
    def end(self) -> float | None:
        """The second at which the recording really ended; None before that was decoded."""
        return self._end

    @property
    def damage(self) -> Spans:
        """Parts that could not be decoded, as far as they were met."""
        return self._damage

    def frames(self, position: float = 0.0) -> Iterator[TimedFrame]:
        """Frames that sound from `position` (seconds) on; the first may begin earlier.

        Raises the download's failure after the last frame that could be decoded before it.
        """
        clock: float | None = None
        self._wanted = position
        for frame in self._land(position):
            told = self._time(frame)
            if clock is None:
                clock = told
            elif HOLE < told - clock < LARGEST_HOLE:
                self._damage = self._damage.add(clock, told)
                clock = told
            timed = TimedFrame(clock, frame)
            clock = timed.end
            if clock > position:
                yield timed
        if self._reader.failure is not None and not self._reader.closed:
            raise self._reader.failure
        if clock is not None and not self._reader.closed:
            self._end = clock

    def close(self) -> None:
        """Let go of the file."""
        # It refers back to this object, and nothing of the recording is to wait for the garbage collector.
        self._begun = None
        self._container.close()

    def _open(self) -> InputContainer:
        with self._reader.glancing():
            container = self._recognised()
        if container is None and self._reader.missed:
            # An m4a that has its table of contents behind the sound.
            container = self._recognised()
        if container is None:
            raise self._reader.failure or Garbled("audio", "not a known audio format")
        return container

    def _recognised(self) -> InputContainer | None:
        self._reader.seek(0)
        try:
            return av.open(self._reader, mode="r", metadata_errors="replace", options=OPTIONS)
        except av.FFmpegError:
            return None

    def _audio(self) -> AudioStream:
        for stream in self._container.streams.audio:
            return stream
        raise Garbled("audio", "no audio inside")

    def _beginning(self) -> AudioFrame:
        decoded = self._decode()
        first = next(decoded, None)
        if first is None:
            raise self._reader.failure or Garbled("audio", "nothing in it could be decoded")
        self._begun = chain((first,), decoded)
        return first

    def _land(self, position: float) -> Iterator[AudioFrame]:
        """Decoding that begins early enough before `position`."""
        begun, self._begun = self._begun, None
        if begun is not None and position <= RUN_UPS[0]:
            return begun
        # WORKAROUND FFmpeg wav demuxer: it takes ADPCM's decoded bit rate for the file's and seeks elsewhere.
        if self._stream.codec_context.name.startswith("adpcm"):
            return self._sought(0.0, after=position - RUN_UPS[0])
        for run_up in RUN_UPS:
            if position > run_up:
                frames = self._sought(position - run_up)
                landing = next(frames, None)
                if landing is not None and self._time(landing) <= position:
                    return chain((landing,), frames)
        return self._sought(0.0)

    def _sought(self, position: float, *, after: float = 0.0) -> Iterator[AudioFrame]:
        ticks = (position + self._origin) / float(self._stream.time_base or 1)
        try:
            self._container.seek(int(ticks), stream=self._stream)
        except av.FFmpegError:
            self._container.seek(0)
        return self._decode(after)

    def _decode(self, after: float = 0.0) -> Iterator[AudioFrame]:
        for packet in self._packets():
            if after and self._seconds((packet.pts or 0) + (packet.duration or 0)) < after and packet.size:
                continue
            try:
                yield from packet.decode()
            except av.FFmpegError:
                self._lose(packet)

    def _packets(self) -> Iterator["Packet[AudioStream]"]:
        for _ in range(MOST_FAULTS):
            try:
                yield from self._container.demux(self._stream)
            except av.FFmpegError:
                continue  # the hole that this leaves is seen in the frames' times
            return

    def _lose(self, packet: "Packet[AudioStream]") -> None:
        if packet.pts is None:
            return
        start = self._seconds(packet.pts) - self._origin
        # Before the place that is wanted, decoding may fail only for having begun in the middle.
        if start >= self._wanted:
            length = self._seconds(packet.duration) or USUAL_PACKET
            self._damage = self._damage.add(start, start + length)

    def _time(self, frame: AudioFrame) -> float:
        return (frame.time or 0.0) - self._origin

    def _seconds(self, ticks: int | None) -> float:
        return float((ticks or 0) * (self._stream.time_base or 0))
