"""Analysis of audio that is not played: its waveform, its health, and if it is audio at all."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from threading import Event

from playhead.core.errors import Garbled, NotAudio
from playhead.core.health.audiofigures import Measured
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.undecodable import trouble_of, undecoded
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.core.threads import Threads
from playhead.sound.media_reader import MediaReader

TARGET = -18.0
"""LUFS that every recording is brought to."""
MOST_GAIN_DB = 12.0
"""Gain at most, either way: what is farther from the target is only brought nearer to it."""
# Resampling may draw a wave a little higher than its highest sample.
CEILING = 10 ** (-1 / 20)
_LOOK = 0.5
"""Seconds between two looks at whether it is to rest, or to rest no longer."""
_PIECE = 1 << 20
"""Bytes that are read at once."""


class AudioAnalysis:
    """Draws and measures media that may still be arriving.

    `step_back` lets the thread that calls it give way to all others of the computer.
    """

    def __init__(self, step_back: Callable[[], object] = bool) -> None:
        self._step_back = step_back

    async def draw(self, media: Media, show: Callable[[Peaks], None]) -> tuple[Peaks, Measured | None]:
        """The waveform of `media` and, if it came whole, the figures of its health, by one pass over it.

        `show` is called, on the event loop, with what is drawn so far. What cannot be decoded has an
        incomplete waveform, and figures that say so. Raises `PlayheadError` if the media does not arrive, or
        is of a kind that is not played here. Cancelling ends the pass.
        """
        loop = asyncio.get_running_loop()
        reader = MediaReader(media)

        def tell(peaks: Peaks) -> None:
            if not reader.closed:
                show(peaks)

        def tell_soon(peaks: Peaks) -> None:
            loop.call_soon_threadsafe(tell, peaks)

        try:
            # In a thread that is there: to begin one, the window would wait until the system has begun it.
            return await asyncio.to_thread(_passed, media, reader, tell_soon)
        finally:
            reader.close()

    async def measure(self, media: Media, going: Event) -> tuple[Peaks, Measured | None]:
        """The same of media that has come whole, at leisure: it rests while `going` is not set."""
        reader = MediaReader(media)

        def rest(_peaks: Peaks) -> None:
            while not going.wait(_LOOK) and not reader.closed:
                pass

        def work() -> tuple[Peaks, Measured | None]:
            self._step_back()
            return _passed(media, reader, rest, _LOOK)

        thread = Threads(1, "checkup")
        try:
            return await thread.run(work)
        finally:
            thread.shutdown()
            reader.close()

    async def digest(self, media: Media) -> bytes:
        """The SHA-256 of all of `media`, for which it waits; of what came before it was seen to be no audio.

        Raises `PlayheadError` if it does not arrive.
        """
        return await asyncio.to_thread(_digest, media)

    @staticmethod
    def matching_gain(lufs: float | None, peak: float) -> float:
        """The factor that brings a recording to the target, for `Engine.set_level`.

        Within 12 dB either way, and never so much that `peak` (its highest sample, 0 to 1) would clip:
        a recording that is full already is not made louder, nor softer for that reason alone. 1 if the
        loudness is not known.
        """
        if lufs is None:
            return 1.0
        gain: float = 10 ** (min(max(TARGET - lufs, -MOST_GAIN_DB), MOST_GAIN_DB) / 20)
        return min(gain, max(1.0, CEILING / peak)) if peak > 0 else gain


def _passed(
    media: Media, reader: MediaReader, seen: Callable[[Peaks], None], every: float = 0.1
) -> tuple[Peaks, Measured | None]:
    """Waveform and figures of all of `media`; `seen` is called with the waveform so far, `every` seconds."""
    # The decoder's libraries take longer to import than a frame of the window.
    from playhead.sound.healthgauge import HealthGauge
    from playhead.sound.measurement import outlines

    peaks, gauge = Peaks(100, (), 0.0, complete=False), HealthGauge()
    try:
        for each in outlines(reader, every, gauge):
            peaks = each
            seen(peaks)
    except Garbled as error:
        trouble = trouble_of(error)
        if not trouble or reader.closed:
            raise
        return peaks, Measured(undecoded(trouble, peaks.duration), _digest(media), SoundCourse((), ()))
    if gauge.figures is None:
        return peaks, None
    return peaks, Measured(gauge.figures, _digest(media), gauge.course, gauge.soundprint)


def _digest(media: Media) -> bytes:
    digest = sha256()
    at = 0
    # Something else than audio is not even taken in.
    with suppress(NotAudio):
        while piece := media.read_at(at, _PIECE):
            digest.update(piece)
            at += len(piece)
    return digest.digest()


_FRAMES = 4
"""Noise is taken for a frame or two; what is sound goes on."""
_PACKETS = 40


class Ear:
    """A `core.likeness.judging.Listener` that asks FFmpeg, which it imports when it is first asked."""

    def recognises(self, start: bytes) -> bool:
        """True if several frames of sound can be decoded from `start`, one after the other."""
        import av

        from playhead.sound.soundforms import OPTIONS

        try:
            with av.open(BytesIO(start), mode="r", metadata_errors="replace", options=OPTIONS) as container:
                stream = next(iter(container.streams.audio), None)
                if stream is None:
                    return False
                heard = 0
                for number, packet in enumerate(container.demux(stream)):
                    try:
                        heard += len(packet.decode())
                    except av.FFmpegError:
                        heard = 0
                    if heard >= _FRAMES or number >= _PACKETS:
                        break
                return heard >= _FRAMES
        except (av.FFmpegError, ValueError, MemoryError):
            return False
