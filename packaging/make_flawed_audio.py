"""Makes the recordings of the demo cloud that something is wrong with: their sound and `flawed.json`.

Each is made of a sound one in `resources/demo`, with known values, so that every verdict of health is met in
the demo, and measuring can be tested by it. Run it after `make_demo_audio.py`; it needs nothing but PyAV and
NumPy.
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float64]
Values = dict[str, float]

_TARGET = Path(__file__).resolve().parent.parent / "resources" / "demo"
_RATE = 8_000
_BITS = 8_000
"""Bits a second of MP3."""
_FULL = 32_124 / 32_768
"""The largest value of mu-law."""
_LINE = 0.0006
"""RMS of the noise of a line: -64 dBFS."""


def _noise(samples: int) -> Wave:
    return np.random.default_rng(7).normal(size=samples) * _LINE


def _silenced(wave: Wave) -> tuple[Wave, Values]:
    """Nothing but the noise of the line."""
    quiet = np.stack([_noise(wave.shape[1] + place)[place:] for place in range(len(wave))])
    return quiet, {"silence": 1.0}


def _one_sided(wave: Wave) -> tuple[Wave, Values]:
    return np.stack([wave[0], _noise(wave.shape[1])]), {"talk_right": 0.0}


def _same(wave: Wave) -> tuple[Wave, Values]:
    both = wave.mean(axis=0)
    return np.stack([both, both]), {"likeness": 1.0}


def _clipped(wave: Wave) -> tuple[Wave, Values]:
    """Far too loud, and cut at full scale; a sample is clipped if one beside it is, too."""
    wave = np.clip(wave * 8, -_FULL, _FULL)
    tops = np.abs(wave) >= _FULL
    flat = tops[:, 1:] & tops[:, :-1] & (wave[:, 1:] == wave[:, :-1])
    clipped = np.zeros_like(tops)
    clipped[:, 1:] |= flat
    clipped[:, :-1] |= flat
    return wave, {"clipped": float(clipped.mean(axis=1).max())}


def _softer(decibels: float) -> "Callable[[Wave], tuple[Wave, Values]]":
    return lambda wave: (wave * 10 ** (-decibels / 20), {"softer": decibels})


def _squashed(wave: Wave) -> tuple[Wave, Values]:
    """As loud as can be without clipping."""
    return np.tanh(wave * 12) * 0.55, {}


@dataclass(frozen=True)
class Flaw:
    """One recording: of which it is made, and what is wrong with it."""

    verdict: str
    base: str
    file: str = ""
    """Its own sound; without one, that of `base` is served with what follows."""
    make: Callable[[Wave], tuple[Wave, Values]] | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    """What is told otherwise of it (see `demo.audio.Clip`), or done to its bytes."""
    known: Values = field(default_factory=dict)


_CALL, _PROMPT = {"kind": "call"}, {"kind": "prompt"}
_FLAWS = (
    Flaw("no-sound", "planning.mp3", "no-sound.mp3", _silenced, {**_CALL, "lines": []}),
    Flaw("one-sided", "door-code.wav", "one-sided.mp3", _one_sided),
    Flaw("same-sides", "door-code.wav", "same-sides.mp3", _same),
    Flaw("clipped", "whisper-campaign.wav", "clipped.wav", _clipped, _CALL),
    Flaw("too-quiet", "booking.ogg", "too-quiet.mp3", _softer(24.0)),
    Flaw("too-loud", "door-code.wav", "too-loud.mp3", _squashed),
    Flaw("longer", "delivery-late.mp3", changes={"seconds": 20.0}, known={"decoded": 38.988}),
    Flaw("broken", "booking.ogg", changes={"hole": [0.4, 0.6]}, known={"damaged": 3.0}),
    Flaw("cut-off", "meter-reading.mp3", changes={"cut": 0.5}, known={"decoded": 8.2}),
    Flaw("broken", "no-answer.mp3", changes={"hole": [0.0, 1.0]}),
    Flaw("fine", "planning.mp3", changes={**_CALL, "format": "wav"}),
    Flaw("too-quiet", "welcome.mp3", "quiet-prompt.mp3", _softer(18.0)),
    Flaw("too-loud", "opening-hours.mp3", "loud-prompt.mp3", _squashed),
    Flaw("cut-off", "bienvenue.mp3", changes={"cut": 0.42}),
    Flaw("no-sound", "whisper-sales.mp3", "silent-prompt.mp3", _silenced, {**_PROMPT, "lines": []}),
)


def main() -> None:
    """Makes every file, then writes the index, in which the rest of a recording is that of its `base`."""
    index = json.loads((_TARGET / "audio.json").read_text(encoding="utf-8"))
    clips = {clip["file"]: clip for clip in index["clips"]}
    text = json.dumps({"clips": [_made(flaw, clips[flaw.base]) for flaw in _FLAWS]}, indent=1)
    (_TARGET / "flawed.json").write_text(text + "\n", encoding="utf-8")
    total = sum((_TARGET / flaw.file).stat().st_size for flaw in _FLAWS if flaw.file)
    print(f"{len(_FLAWS)} recordings, {total / 1e6:.2f} MB of files of their own")


def _made(flaw: Flaw, base: dict[str, Any]) -> dict[str, Any]:
    known = flaw.known
    if flaw.make is not None:
        wave, more = flaw.make(_decoded(_TARGET / flaw.base))
        known = known | more
        (_TARGET / flaw.file).write_bytes(_encoded(wave, flaw))
    told: dict[str, Any] = {"base": flaw.base, "verdict": flaw.verdict}
    if flaw.file:
        told |= {"file": flaw.file, "format": flaw.file.rpartition(".")[2]}
    if flaw.verdict == "one-sided":
        told["lines"] = [line for line in base["lines"] if line["channel"] == 0]
    told |= {"known": {name: round(value, 4) for name, value in known.items()}} if known else {}
    return told | flaw.changes


def _decoded(path: Path) -> Wave:
    """The samples between -1 and 1, shaped (channels, samples), at the rate of a telephone."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout=stream.layout, rate=_RATE)
        frames = [done for frame in container.decode(stream) for done in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1).astype(np.float64)


def _encoded(wave: Wave, flaw: Flaw) -> bytes:
    target = io.BytesIO()
    kind = Path(flaw.file).suffix[1:]
    layout = "stereo" if len(wave) == 2 else "mono"
    with av.open(target, "w", format=kind, options={"fflags": "+bitexact"}) as output:
        stream = output.add_stream("libmp3lame" if kind == "mp3" else "pcm_mulaw", rate=_RATE)
        assert isinstance(stream, av.AudioStream)
        stream.layout = layout
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        if kind == "mp3":
            stream.bit_rate = _BITS
        samples = np.round(np.clip(wave, -1, 1) * 32_767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T).reshape(1, -1), "s16", layout)
        frame.sample_rate, frame.pts = _RATE, 0
        size = stream.codec_context.frame_size or 1_024
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=_RATE, frame_size=size)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return target.getvalue()


if __name__ == "__main__":
    main()
