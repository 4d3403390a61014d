"""The audio stream of one container, which FFmpeg reads and decodes."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from playhead.sound.byteclock import ByteClock
from playhead.sound.media_reader import Reader
from playhead.sound.oggchain import page_at
from playhead.sound.soundfile import FAULTS, SoundFile
from playhead.sound.tracklength import LATE, TrackLength, has_constant_rate

# A lossy codec is only sound some frames after the place where decoding begins; a landing may be late.
RUN_UPS = (0.5, 10.0)
# A clock that jumps by more is broken rather than telling of a hole, unless all else agrees with it.
LARGEST_HOLE = 60.0
MOST_FAULTS = 64
_TAGS = frozenset({b"ID3", b"TAG", b"APE", b"LYR"})
"""Beginnings of tags, which FFmpeg looks for before the sound and behind it alone."""
# How long a damaged packet is taken to be (seconds) if it does not say so itself.
USUAL_PACKET = 0.02
# Samples a second below which nothing can be understood and a frame would become hours, and above which there
# is no sound and a resampler would take gigabytes.
LEAST_RATE, MOST_RATE = 1_000, 3_072_000
# Channels beyond which a frame is none of a file that does not say at its beginning that it has so many.
MOST_CHANNELS = 8


class TimedFrame(NamedTuple):
    """One decoded frame, and the second of the recording at which it begins."""

    start: float
    frame: AudioFrame

    @property
    def end(self) -> float:
        """The second of the recording at which the frame ends."""
        return self.start + self.frame.samples / self.frame.sample_rate


class Track:
    """Decodes the first audio stream of what `reader` reads, from one position after another.

    Seconds are counted from the first sample. Opening waits for the first bytes. Raises `UnplayedKind` for a
    kind of file that is not played, `Garbled` for what is `audio` of no known kind, `broken` or `empty`, the
    download's own failure if that came first, and whatever FFmpeg does.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._begun: Iterator[AudioFrame] | None = None
        self._wanted = 0.0
        self._origin = 0.0
        self.lost: list[tuple[float, float]] = []
        """Stretches that could not be decoded, for whoever counts them to take out."""
        self._first_packet: Packet[AudioStream] | None = None
        self._bytes: ByteClock | None = None
        self._late = 0.0
        """Seconds by which packets are later than their container counts."""
        self._uncounted: dict[float, float] = {}
        """Seconds at which the container counts what is no sound, as a tag is, and for how long."""
        self.broken_off = False
        """True if decoding ended with an error of the container instead of its end."""
        self._file = SoundFile(reader)
        self._container = self._file.container()
        try:
            self._stream = self._file.audio(self._container)
            self._decoder = self._file.decoder(self._container, self._stream)
            self._most_channels = max(MOST_CHANNELS, self._stream.codec_context.channels)
            first = self._beginning()
        except BaseException:
            self.close()
            raise
        self._origin = self._begins_at(first)
        self._bytes = self._byte_clock()
        self._clock_begins = self._origin + self._jump_behind_the_first_page()

    @property
    def length(self) -> TrackLength:
        """Length of a track, as far as that can be said."""
        sound = self._first_packet.pos if self._first_packet is not None else None
        return TrackLength(self._reader, self._container, self._stream, self._clock_begins, sound or 0)

    @property
    def codec(self) -> str:
        """The name of the codec, as FFmpeg has it."""
        return self._decoder.codec.canonical_name

    @property
    def container(self) -> str:
        """The name of the kind of file, as FFmpeg has it."""
        return self._container.format.name

    def close(self) -> None:
        """Let go of the file."""
        # It refers back to this object, and nothing of the recording is to wait for the garbage collector.
        self._begun = None
        self._container.close()

    def frames(self, position: float) -> Iterator[AudioFrame]:
        """Frames from some place before `position` on."""
        self._wanted, self.broken_off = position, False
        self.lost.clear()
        return self._land(position)

    def rewind(self) -> None:
        """Begin anew with the file, as if nothing of it had been read: frames come in their order."""
        self._reopen()
        self._begun = self._decode()

    def time(self, frame: AudioFrame) -> float:
        """Second of the recording at which a frame begins, as the file tells it."""
        return self._second(frame.time or 0.0)

    def _second(self, told: float) -> float:
        """Second of the recording that is this one of the container's."""
        return told - self._origin + self._late - self._uncounted_until(told)

    def _uncounted_until(self, told: float) -> float:
        return sum(length for at, length in self._uncounted.items() if at <= told) if self._uncounted else 0.0

    def _byte_clock(self) -> ByteClock | None:
        first, bit_rate = self._first_packet, self._stream.codec_context.bit_rate
        if first is None or not first.pos or not bit_rate or self._container.format.name != "mp3":
            return None
        return ByteClock(first, bit_rate) if has_constant_rate(self._reader, first.pos) else None

    def _jump_behind_the_first_page(self) -> float:
        """Seconds by which the clock jumps there, where it did not begin at zero.

        WORKAROUND FFmpeg ogg demuxer: it counts FLAC from zero on until the first page says when it ends.
        """
        first = self._first_packet
        if first is None or first.pos is None or not first.duration:
            return 0.0
        if self._container.format.name != "ogg" or self.codec != "flac":
            return 0.0
        place = self._reader.tell()
        packets, end = page_at(self._reader, first.pos)
        self._reader.seek(place)
        counted = packets * first.duration
        jump = self._seconds(end - counted)
        if jump < LATE:
            return 0.0
        self._uncounted[self._seconds(counted)] = jump
        return jump

    def _beginning(self) -> AudioFrame:
        decoded = self._decode()
        first = next(decoded, None)
        missing = self._to_skip() if first is not None else 0
        while first is not None and missing >= first.samples:
            missing -= first.samples
            first = next(decoded, None)
        if first is None:
            failed = bool(self.lost) or self.broken_off
            raise self._reader.failure or self._file.nothing(self._container, failed=failed)
        if missing:
            first = _without(first, missing)
        self._begun = chain((first,), decoded)
        return first

    def _to_skip(self) -> int:
        """Samples at the beginning that an Opus stream says are none of the sound, and FFmpeg leaves there.

        WORKAROUND FFmpeg matroska demuxer: it goes by the delay of the container, which FFmpeg 5 wrote
        in samples of what was recorded instead of those that are decoded
        (https://github.com/LadybirdBrowser/ladybird/pull/6685).
        """
        codec, packet = self._stream.codec_context, self._first_packet
        if packet is None or codec.name not in {"opus", "libopus"} or self._container.format.name == "ogg":
            return 0
        skips = (bytes(data) for data in packet.iter_sidedata() if data.data_type == "skip_samples")
        skipped = next(skips, None)
        return 0 if skipped is None else max(0, codec.delay - int.from_bytes(skipped[:4], "little"))

    def _begins_at(self, first: AudioFrame) -> float:
        """Second of the container's clock at which the recording begins."""
        told = first.time or 0.0
        if not self.lost:
            return told
        # What could not be decoded at the beginning is a part of it.
        begun = self._seconds(self._stream.start_time)
        return begun if 0 <= told - begun < LARGEST_HOLE else told

    def _land(self, position: float) -> Iterator[AudioFrame]:
        """Decoding that begins early enough before `position`."""
        begun, self._begun = self._begun, None
        if begun is not None and position <= RUN_UPS[0]:
            return begun
        if self._is_lost_by_seeking():
            # RealMedia files may hold no times at all, and samples of VOX and of Yamaha's ADPCM are told by
            # those before them: everything is decoded, and counted.
            whole = self._container.format.name == "rm" or self.codec in {"adpcm_ima_oki", "adpcm_yamaha"}
            return self._sought(0.0, after=0.0 if whole else position - RUN_UPS[0])
        for run_up in RUN_UPS:
            if position > run_up:
                frames = self._sought(position - run_up)
                landing = next(frames, None)
                if landing is not None and self.time(landing) <= position:
                    return chain((landing,), frames)
        return self._sought(0.0)

    def _is_lost_by_seeking(self) -> bool:
        """True where FFmpeg seeks elsewhere than it says, so that packets are counted from the beginning.

        WORKAROUND FFmpeg wav demuxer: it takes ADPCM's decoded bit rate for the file's.
        WORKAROUND FFmpeg mpeg demuxer: after a seek it gives the first packet the time of a later one.
        WORKAROUND FFmpeg ogg demuxer: after a seek in Speex and FLAC it gives the packets of a page the times
        of another one, where a page holds several.
        WORKAROUND FFmpeg aac demuxer: after a seek it counts time for bytes that are no AAC; read straight on
        they take none.
        """
        form, codec = self._container.format.name, self.codec
        adpcm = codec.startswith("adpcm") and (form == "wav" or self._decoder.name.startswith("adpcm"))
        return adpcm or form in {"rm", "mpeg", "aac"} or (form == "ogg" and codec in {"speex", "flac"})

    def _sought(self, position: float, *, after: float = 0.0) -> Iterator[AudioFrame]:
        ticks = (position + self._origin) / float(self._stream.time_base or 1)
        try:
            if self._is_lost_by_seeking():
                self._reopen()
            else:
                self._container.seek(int(ticks), stream=self._stream)
        except FAULTS:
            self._reopen()
        return self._decode(after)

    def _reopen(self) -> None:
        """Begin anew with the file."""
        self._container.close()
        self._container = self._file.container()
        self._stream = self._file.audio(self._container)
        self._decoder = self._file.decoder(self._container, self._stream)

    def _decode(self, after: float = 0.0) -> Iterator[AudioFrame]:
        # In ticks: a fraction for every packet takes longer than to read it.
        told = after + self._origin
        begin = (told + self._uncounted_until(told)) / float(self._stream.time_base or 1) if after else 0.0
        for packet in self._packets():
            if begin and packet.size and (packet.pts or 0) + (packet.duration or 0) < begin:
                continue
            if self._bytes is not None and packet.size:
                self._late = self._bytes.late(packet)
            try:
                decoded = self._decoder.decode(packet)
            except FAULTS:
                self._lose(packet)
                continue
            if decoded and decoded[0].pts is None:
                decoded[0].pts, decoded[0].time_base = packet.pts, packet.time_base
            for frame in decoded:
                if self._is_sound(frame):
                    yield frame
                else:
                    self._lose(packet)

    def _is_sound(self, frame: AudioFrame) -> bool:
        """False for a frame of damaged bytes, which may be decoded as anything."""
        rate, channels = frame.sample_rate, frame.layout.nb_channels
        return frame.samples > 0 and LEAST_RATE <= rate <= MOST_RATE and channels <= self._most_channels

    def _packets(self) -> Iterator["Packet[AudioStream]"]:
        for _ in range(MOST_FAULTS):
            try:
                for packet in self._container.demux(self._stream):
                    if self._first_packet is None:
                        self._first_packet = packet
                    if self.broken_off and packet.size:
                        self.broken_off = False
                    yield packet
            except av.FFmpegError:
                self.broken_off = True
                continue  # the hole that this leaves is seen in the frames' times
            return

    def _lose(self, packet: "Packet[AudioStream]") -> None:
        if packet.pts is None:
            return
        if bytes(packet)[:3] in _TAGS:
            self._uncounted[self._seconds(packet.pts)] = self._seconds(packet.duration)
            return
        start = self._second(self._seconds(packet.pts))
        # Before the place that is wanted, decoding may fail only for having begun in the middle.
        if start >= self._wanted:
            length = self._seconds(packet.duration) or USUAL_PACKET
            self.lost.append((start, start + length))

    def _seconds(self, ticks: int | None) -> float:
        return float((ticks or 0) * (self._stream.time_base or 0))


def _without(frame: AudioFrame, samples: int) -> AudioFrame:
    """A frame without its first samples."""
    woven = 1 if frame.format.is_planar else frame.layout.nb_channels
    content: Any = np.ascontiguousarray(frame.to_ndarray()[:, samples * woven :])
    rest = AudioFrame.from_ndarray(content, format=frame.format.name, layout=frame.layout.name)
    rest.sample_rate, rest.time_base = frame.sample_rate, Fraction(1, frame.sample_rate)
    rest.pts = round((frame.time or 0.0) * frame.sample_rate) + samples
    return rest
