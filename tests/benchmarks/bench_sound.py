"""How soon and how cheaply recordings are heard, into a device without a sound card that keeps real time.

Baselines of the same run: PyAV alone decoding the same first 0.2 s, and `ffmpeg` decoding to nothing.
"""

import asyncio
import io
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from figures import section, show, show_ratio
from measuring import Heartbeat, run
from typing_extensions import override

from playhead.core.media import Media
from playhead.core.peaks import Peaks, silences
from playhead.core.playbacksettings import Device, PlaybackSettings
from playhead.sound.analysis import AudioAnalysis
from playhead.sound.engine import Engine
from playhead.sound.speakers import Sink, Speakers
from support.audio.arriving_media import arrived

RUNS = 15
MINUTES = 30
LOADS = 200
PLAYING = 6.0
"""Seconds for which the processor's time is measured."""
RATE = 48000
BUFFER = RATE // 5


class TimedSink(Sink):
    """Plays into nothing, as fast as a device would."""

    def __init__(self, closed: Callable[[], None]) -> None:
        self.first: float | None = None
        self._closed = closed
        self._began = 0.0
        self._written = 0

    @property
    @override
    def device(self) -> str:
        return "nothing"

    @property
    @override
    def lost(self) -> bool:
        return False

    @override
    def room(self) -> int:
        return BUFFER - (self._written - self.heard())

    @override
    def write(self, pcm: bytes) -> None:
        if self.first is None:
            self.first = self._began = time.perf_counter()
        self._written += len(pcm) // 4

    @override
    def heard(self) -> int:
        if self.first is None:
            return 0
        return min(self._written, round((time.perf_counter() - self._began) * RATE))

    @override
    def hold(self) -> None:
        """Nothing here is paused."""

    @override
    def release(self) -> None:
        """Nothing here is paused."""

    @override
    def close(self) -> None:
        self._closed()


class TimedSpeakers(Speakers):
    """One device; remembers how many sounds there ever were at once."""

    def __init__(self) -> None:
        self.sinks: list[TimedSink] = []
        self.open_now = self.most_open = 0

    @override
    def devices(self) -> tuple[Device, ...]:
        return (Device("nothing", "Nothing", default=True),)

    @override
    def open(self, device: str) -> Sink:
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        self.sinks.append(TimedSink(self._closed))
        return self.sinks[-1]

    @override
    def watch(self, changed: Callable[[], None]) -> None:
        """Nothing comes or goes."""

    def _closed(self) -> None:
        self.open_now -= 1


@contextmanager
def playing() -> Iterator[tuple[Engine, TimedSpeakers]]:
    """An engine on timed speakers."""
    speakers = TimedSpeakers()
    engine = Engine(lambda: speakers)
    try:
        yield engine, speakers
    finally:
        engine.close()


@cache
def call(minutes: int) -> bytes:
    """An mp3 of 8 kHz, as telephone recordings are: noise in words, with pauses of 2 s."""
    rate, seconds = 8000, 60
    noise = np.random.default_rng(1).normal(size=rate * seconds) * 3000
    words = noise * (np.arange(len(noise)) // rate % 5 < 3)
    target = io.BytesIO()
    options = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(target, "w", format="mp3", options=options) as output:
        stream = output.add_stream("libmp3lame", rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = 16_000
        frame = AudioFrame.from_ndarray(words.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target.getvalue() * minutes


async def until(condition: Callable[[], bool]) -> None:
    """Wait for it, by looking every millisecond."""
    while not condition():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.001)


async def to_first_sound(engine: Engine, speakers: TimedSpeakers, order: Callable[[], None]) -> float:
    """Milliseconds from an order to the first PCM in a device that was opened after it."""
    before = len(speakers.sinks)
    begun = time.perf_counter()
    order()
    await until(lambda: len(speakers.sinks) > before and speakers.sinks[-1].first is not None)
    first = speakers.sinks[-1].first
    assert first is not None
    return (first - begun) * 1000


async def entering(media: Media) -> list[tuple[float, float]]:
    """Milliseconds from Enter to the first PCM, with audio that is in memory, and those of PyAV alone."""

    def enter() -> None:
        engine.load(media)
        engine.play()

    content = media.content()
    with playing() as (engine, speakers):
        return [(await to_first_sound(engine, speakers, enter), bare(content)) for _ in range(RUNS + 1)][1:]


async def seeking(media: Media) -> list[float]:
    """Milliseconds from a click in the waveform to the first PCM from there."""
    places = np.random.default_rng(2).uniform(0, MINUTES * 60 - 10, RUNS + 1)
    with playing() as (engine, speakers):
        engine.load(media)
        engine.play()
        await until(lambda: bool(speakers.sinks))
        times = []
        for place in places:
            times.append(await to_first_sound(engine, speakers, partial(engine.seek, place)))
            await asyncio.sleep(0.1)
    return times[1:]


def bare(content: bytes) -> float:
    """Milliseconds in which PyAV alone has opened a file and decoded its first 0.2 s for the device."""
    begun = time.perf_counter()
    frames = 0
    with av.open(io.BytesIO(content), "r") as container:
        resampler = AudioResampler("s16", "stereo", RATE)
        for frame in container.decode(audio=0):
            frames += sum(out.samples for out in resampler.resample(frame))
            if frames >= RATE // 5:
                break
    return (time.perf_counter() - begun) * 1000


async def drawing(media: Media) -> tuple[float, Peaks]:
    """Milliseconds for the whole waveform, and the waveform."""
    begun = time.perf_counter()
    peaks, _ = await AudioAnalysis().draw(media, lambda _: None)
    return (time.perf_counter() - begun) * 1000, peaks


def decoding(file: Path) -> float:
    """Milliseconds in which `ffmpeg` decodes a file to nothing, its start included."""
    begun = time.perf_counter()
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(file), "-f", "null", "-"], check=True)
    return (time.perf_counter() - begun) * 1000


async def share_of_a_core(media: Media, peaks: Peaks | None, speed: float) -> float:
    """Percent of one core while playing; with peaks, silence is skipped."""
    with playing() as (engine, _):
        engine.apply(PlaybackSettings(speed=speed, skip_silence=peaks is not None))
        engine.load(media)
        if peaks is not None:
            engine.set_silences(silences(peaks))
        engine.play()
        await until(lambda: engine.position > 1)
        used, begun = time.process_time(), time.perf_counter()
        await asyncio.sleep(PLAYING)
        return (time.process_time() - used) / (time.perf_counter() - begun) * 100


async def browsing(content: bytes) -> None:
    """Print what 200 recordings, 10 in a second, leave behind."""
    with playing() as (engine, speakers):
        media = arrived(content)
        engine.load(media)
        engine.play()
        await asyncio.sleep(0.5)
        threads, memory, heartbeat = threading.active_count(), resident(), Heartbeat()
        half = 0.0
        for turn in range(LOADS):
            engine.load(arrived(content))
            engine.play()
            await asyncio.sleep(0.1)
            if turn == LOADS // 2:
                half = resident()
        heartbeat.stop()
        await asyncio.sleep(0.5)
        show("worst gap of the loop", [heartbeat.worst], "ms", aim=16)
        show("threads more than before", [threading.active_count() - threads], "", aim=0)
        show("more memory after the first half", [half - memory], "MB")
        show("more memory after the second half", [resident() - half], "MB")
        show("sounds at once, at most", [speakers.most_open], "", aim=1)
        show("of the loads were heard", [len(speakers.sinks) - 1], "")


def resident(kind: str = "VmRSS") -> float:
    """Megabytes of memory that this process holds (Linux; elsewhere 0).

    `RssAnon` counts its own alone: no pages of libraries and fonts, which the system can take back.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = (line.split() for line in status.read_text().splitlines())
    return next(int(line[1]) for line in lines if line[0] == f"{kind}:") / 1024


def main() -> None:
    """Print medians over several runs."""
    content = call(MINUTES)
    media = arrived(content)
    print(f"Sound: an mp3 of {MINUTES} min ({len(content) / 1e6:.1f} MB), {RUNS} runs")
    section("to the first PCM in the device")
    entered, alone = zip(*run(entering(media)), strict=True)
    show("PyAV alone, 0.2 s of PCM", alone, "ms")
    show("Enter, cached", entered, "ms", aim=30)
    show_ratio("Enter : PyAV alone", entered, alone)
    show("seek", run(seeking(media)), "ms", aim=60)
    section("waveform")
    drawn = [run(drawing(media)) for _ in range(5)]
    peaks = drawn[-1][1]
    show("Playhead", [milliseconds for milliseconds, _ in drawn], "ms")
    if shutil.which("ffmpeg") is None:
        print("  no ffmpeg here to compare with")
    else:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "call.mp3"
            file.write_bytes(content)
            decoded = [decoding(file) for _ in range(5)]
        show("ffmpeg -f null", decoded, "ms")
        show_ratio("Playhead : ffmpeg", [milliseconds for milliseconds, _ in drawn], decoded, aim=1.3)
    section("processor while playing, without a window")
    show("at 1x", [run(share_of_a_core(media, None, 1.0))], "%")
    show("at 2x, silence skipped", [run(share_of_a_core(media, peaks, 2.0))], "%", aim=8)
    section(f"{LOADS} recordings, 10 in a second")
    run(browsing(call(1)))


if __name__ == "__main__":
    main()
