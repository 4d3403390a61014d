"""Measures the integrated loudness of a recording (EBU R128, ITU-R BS.1770)."""

from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph

from playhead.sound.decoder import Decoder
from playhead.sound.media_reader import MediaReader

# What FFmpeg gives where nothing was above the absolute gate.
GATE = -70.0


def integrated(reader: MediaReader) -> float | None:
    """LUFS of the whole recording, one channel counting as two; None below -70 or for less than 0.4 s.

    Waits for bytes, so it belongs on a thread; closing `reader` ends it. Raises what `Decoder` raises.
    """
    decoder = Decoder(reader)
    try:
        meter: _Meter | None = None
        for timed in decoder.frames():
            if meter is None:
                meter = _Meter(timed.frame)
            meter.feed(timed.frame)
    finally:
        decoder.close()
    return None if meter is None or meter.lufs <= GATE else meter.lufs


class _Meter:
    """FFmpeg's ebur128, fed with frames in the format of the first one."""

    def __init__(self, first: AudioFrame) -> None:
        self.lufs = GATE
        layout = "mono" if first.layout.nb_channels == 1 else "stereo"
        rate, kind = first.sample_rate, first.format.name
        self._resampler = AudioResampler(kind, layout, rate)
        self._graph = Graph()
        self._graph.link_nodes(
            self._graph.add_abuffer(sample_rate=rate, format=kind, layout=layout),
            self._graph.add("ebur128", "metadata=1:dualmono=1"),
            self._graph.add("abuffersink"),
        ).configure()

    def feed(self, frame: AudioFrame) -> None:
        # The file's own clock would make the resampler stretch and fill.
        frame.pts = None
        for same in self._resampler.resample(frame):
            self._graph.push(same)
            for measured in self._measured():
                self.lufs = float(measured.metadata.get("lavfi.r128.I", self.lufs))

    def _measured(self) -> Iterator[AudioFrame]:
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            yield frame
