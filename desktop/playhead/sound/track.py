"""The audio stream of one container, which FFmpeg reads and decodes."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from playhead.core.errors import Garbled, UnplayedKind
from playhead.core.likeness.look import ENOUGH, Look, is_raw, look
from playhead.sound.faults import FAULTS
from playhead.sound.media_reader import Reader
from playhead.sound.oggchain import LinkReader
from playhead.sound.soundforms import GUESSED, OPTIONS, SoundForm, raw_form, unplayed, unplayed_inside
from playhead.sound.vbrheader import frames_told

# A lossy codec is only sound some frames after the place where decoding begins; a landing may be late.
RUN_UPS = (0.5, 10.0)
# A clock that jumps by more is broken rather than telling of a hole.
LARGEST_HOLE = 60.0
MOST_FAULTS = 64
# How long a damaged packet is taken to be (seconds) if it does not say so itself.
USUAL_PACKET = 0.02
# Samples a second below which nothing can be understood and a frame would become hours, and above which there
# is no sound and a resampler would take gigabytes.
LEAST_RATE, MOST_RATE = 1_000, 3_072_000
# Bytes by which a header would be known.
_HEADERS = 4_096
# Seconds by which containers begin late that count their length from elsewhere.
LATE = 0.5


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
        self._swapped: AudioCodecContext | None = None
        self._first_packet: Packet[AudioStream] | None = None
        self.broken_off = False
        """True if decoding ended with an error of the container instead of its end."""
        self._container = self._open()
        try:
            self._stream = self._audio()
            first = self._beginning()
        except BaseException:
            self.close()
            raise
        self._origin = self._begins_at(first)

    @property
    def estimate(self) -> float | None:
        """Seconds that it seems to be long; None if not even that is known."""
        if self._reader.total is None:
            return None
        if (exact := self._by_granules()) is not None:
            return exact
        if self._stream.duration is not None:
            length = self._seconds(self._stream.duration)
        elif self._container.duration is not None:
            length = self._container.duration / av.time_base
            length -= self._origin if self._origin < length else 0.0
        else:
            return None
        return length if length > 0 else None

    @property
    def duration(self) -> float | None:
        """Seconds that the file says it is long; None if it does not, or nobody knows its size."""
        name, length = self._container.format.name, self.estimate
        if length is None or (name == "ogg" and self._by_granules() is None):
            return None
        if name in GUESSED or (self._stream.duration is None and abs(self._origin) > LATE):
            return length if name == "mp3" and self._counted(length) else None
        return length

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

    def time(self, frame: AudioFrame) -> float:
        """Second of the recording at which a frame begins, as the file tells it."""
        return (frame.time or 0.0) - self._origin

    def _open(self) -> InputContainer:
        with self._reader.glancing():
            container = self._recognised()
        if container is None and self._reader.missed:
            # An m4a that has its table of contents behind the sound.
            container = self._recognised()
        if container is None:
            raise self._reader.failure or self._refusal()
        return container

    def _recognised(self) -> InputContainer | None:
        if is_raw(self._reader.told):
            start = self._start(_HEADERS)
            form = raw_form(self._reader.told, start, whole=len(start) < _HEADERS)
            if form is not None and (raw := self._opened(form)) is not None:
                return raw
        return self._opened(SoundForm(""))

    def _opened(self, form: SoundForm) -> InputContainer | None:
        self._reader.seek(0)
        options = {**OPTIONS, **form.options}
        if form.name:
            options["format_whitelist"] = form.name
        try:
            return av.open(
                self._reader, mode="r", format=form.name or None, metadata_errors="replace", options=options
            )
        except FAULTS:
            return None

    def _start(self, size: int = ENOUGH) -> bytes:
        """The first bytes, as many as are needed to know a kind of file."""
        self._reader.seek(0)
        start = b""
        while len(start) < size and (chunk := self._reader.read(size - len(start))):
            start += chunk
        return start

    def _refusal(self) -> Garbled:
        """Error for what FFmpeg does not open."""
        start = self._start()
        if kind := unplayed(start, self._reader.told):
            return UnplayedKind(kind)
        seen = self._seen()
        if seen.instead in {"soundless", "nothing"}:
            return Garbled("empty", "no sound behind the header")
        if seen.sound is None:
            return Garbled("audio", "not a known format")
        return Garbled("broken", "cannot be opened")

    def _seen(self) -> Look:
        start = self._start()
        return look(start, whole=len(start) < ENOUGH, told=self._reader.told)

    def _audio(self) -> AudioStream:
        for stream in self._container.streams.audio:
            if stream.codec_context is None:
                raise UnplayedKind(unplayed_inside(self._container.format.name))
            self._swapped = self._big_endian(stream)
            return stream
        raise Garbled("empty", "no audio inside")

    def _big_endian(self, stream: AudioStream) -> AudioCodecContext | None:
        """Decoder of a WAV file whose samples begin with their highest byte.

        WORKAROUND FFmpeg wav demuxer: of a RIFX file it reads the header so, and the samples as of RIFF.
        """
        name = stream.codec_context.name
        if self._container.format.name != "wav" or not name.endswith("le") or self._mark() != b"RIFX":
            return None
        swapped = av.CodecContext.create(f"{name.removesuffix('le')}be", "r")
        assert isinstance(swapped, AudioCodecContext)
        swapped.sample_rate, swapped.layout = stream.codec_context.sample_rate, stream.codec_context.layout
        return swapped

    def _mark(self) -> bytes:
        place = self._reader.tell()
        self._reader.seek(0)
        mark = self._reader.read(4)
        self._reader.seek(place)
        return mark

    def _beginning(self) -> AudioFrame:
        decoded = self._decode()
        first = next(decoded, None)
        missing = self._to_skip() if first is not None else 0
        while first is not None and missing >= first.samples:
            missing -= first.samples
            first = next(decoded, None)
        if first is None:
            raise self._reader.failure or self._nothing()
        if missing:
            first = _without(first, missing)
        self._begun = chain((first,), decoded)
        return first

    def _to_skip(self) -> int:
        """Samples at the beginning that an Opus stream says are none of the sound, and FFmpeg leaves there.

        WORKAROUND FFmpeg matroska demuxer: it goes by the delay of the container, which FFmpeg 5 wrote
        in samples of what was recorded instead of those that are decoded.
        """
        codec, packet = self._stream.codec_context, self._first_packet
        if packet is None or codec.name not in {"opus", "libopus"} or self._container.format.name == "ogg":
            return 0
        skips = (bytes(data) for data in packet.iter_sidedata() if data.data_type == "skip_samples")
        skipped = next(skips, None)
        return 0 if skipped is None else max(0, codec.delay - int.from_bytes(skipped[:4], "little"))

    def _nothing(self) -> Garbled:
        """Error for a file in which nothing could be decoded."""
        if kind := unplayed(self._start()):
            return UnplayedKind(kind)
        if self.lost or self.broken_off or (self._is_bare() and self._seen().instead is None):
            return Garbled("broken", "nothing in it could be decoded")
        return Garbled("empty", "no sample")

    def _is_bare(self) -> bool:
        """True for a format without a table of its packets: other bytes may be broken ones."""
        return self._container.format.name in GUESSED | {"flac", "ogg"}

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
            # RealMedia files may hold no times at all: everything is decoded, and counted.
            untimed = self._container.format.name == "rm"
            return self._sought(0.0, after=0.0 if untimed else position - RUN_UPS[0])
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
        WORKAROUND FFmpeg ogg demuxer: after a seek in Speex and FLAC it gives the packets of a page the times
        of another one, where a page holds several.
        """
        form, codec = self._container.format.name, self._stream.codec_context.name
        return codec.startswith("adpcm") or form == "rm" or (form == "ogg" and codec in {"speex", "flac"})

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
        self._container = self._open()
        self._stream = self._audio()

    def _decode(self, after: float = 0.0) -> Iterator[AudioFrame]:
        for packet in self._packets():
            if after and packet.size and self._until(packet) < after:
                continue
            try:
                decoded = self._swapped.decode(packet) if self._swapped is not None else packet.decode()
            except FAULTS:
                self._lose(packet)
                continue
            if decoded and decoded[0].pts is None:
                decoded[0].pts, decoded[0].time_base = packet.pts, packet.time_base
            for frame in decoded:
                if frame.samples and LEAST_RATE <= frame.sample_rate <= MOST_RATE:
                    yield frame
                else:
                    self._lose(packet)

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

    def _until(self, packet: "Packet[AudioStream]") -> float:
        return self._seconds((packet.pts or 0) + (packet.duration or 0)) - self._origin

    def _lose(self, packet: "Packet[AudioStream]") -> None:
        if packet.pts is None:
            return
        start = self._seconds(packet.pts) - self._origin
        # Before the place that is wanted, decoding may fail only for having begun in the middle.
        if start >= self._wanted:
            length = self._seconds(packet.duration) or USUAL_PACKET
            self.lost.append((start, start + length))

    def _seconds(self, ticks: int | None) -> float:
        return float((ticks or 0) * (self._stream.time_base or 0))

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
        told = frames_told(self._reader, (self._first_packet and self._first_packet.pos) or 0)
        self._reader.seek(place)
        if told is None or not codec.sample_rate:
            return False
        return abs(told * (codec.frame_size or 1152) / codec.sample_rate - length) < USUAL_PACKET * 20


def _without(frame: AudioFrame, samples: int) -> AudioFrame:
    """A frame without its first samples."""
    woven = 1 if frame.format.is_planar else frame.layout.nb_channels
    content: Any = np.ascontiguousarray(frame.to_ndarray()[:, samples * woven :])
    rest = AudioFrame.from_ndarray(content, format=frame.format.name, layout=frame.layout.name)
    rest.sample_rate, rest.time_base = frame.sample_rate, Fraction(1, frame.sample_rate)
    rest.pts = round((frame.time or 0.0) * frame.sample_rate) + samples
    return rest
