"""Makes the recordings of the demo cloud that are the sound of another one: their files and `copies.json`.

Prompts under several names, in another codec, at another level, cut; and a call in which one is heard. Run it
after `make_demo_audio.py`; it needs nothing but PyAV and NumPy.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np

_TARGET = Path(__file__).resolve().parent.parent / "resources" / "demo"
_FORMATS = {
    "mp3": ("mp3", "libmp3lame", 8_000, 8_000),
    "ogg": ("ogg", "libopus", 48_000, 8_000),
}
"""Container, codec, rate and bits a second by the end of a name."""
_HEARD = {"base": "welcome.mp3", "kind": "call", "title": "", "cut": 0.85, "seconds": 7.37}
"""A call of somebody who hears most of a prompt and hangs up: its own file, cut."""


@dataclass(frozen=True)
class Copy:
    """One recording: of which it is made, and what became of the sound."""

    base: str
    file: str
    decibels: float = 0.0
    """By which it is softer."""
    front: float = 0.0
    """Seconds that are cut from its beginning."""


_COPIES = (
    Copy("welcome.mp3", "welcome-archive.mp3", decibels=7.0, front=0.4),
    Copy("opening-hours.mp3", "opening-hours-web.ogg", decibels=5.0),
)


def main() -> None:
    """Makes every file, then writes the index, in which the rest of a recording is that of its `base`."""
    index = json.loads((_TARGET / "audio.json").read_text(encoding="utf-8"))
    clips = {clip["file"]: clip for clip in index["clips"]}
    line = clips[str(_HEARD["base"])]["lines"][0]
    heard = {**_HEARD, "lines": [{**line, "end": _HEARD["seconds"]}]}
    text = json.dumps({"clips": [*(_made(copy, clips[copy.base]) for copy in _COPIES), heard]}, indent=1)
    (_TARGET / "copies.json").write_text(text + "\n", encoding="utf-8")


def _made(copy: Copy, base: dict[str, Any]) -> dict[str, Any]:
    kind = copy.file.rpartition(".")[2]
    container, codec, rate, bits = _FORMATS[kind]
    target = BytesIO()
    with (
        av.open(str(_TARGET / copy.base), "r") as source,
        av.open(target, "w", format=container, options={"fflags": "+bitexact"}) as output,
    ):
        reader = av.AudioResampler(format="fltp", layout="mono", rate=rate)
        pieces = [piece for frame in source.decode(audio=0) for piece in reader.resample(frame)]
        wave = np.concatenate([piece.to_ndarray()[0] for piece in [*pieces, *reader.resample(None)]])
        wave = wave[round(copy.front * rate) :]
        samples = np.round(wave * 10 ** (-copy.decibels / 20) * 32_767).astype(np.int16).reshape(1, -1)
        stream = output.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        stream.bit_rate = bits
        frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
        frame.sample_rate, frame.pts = rate, 0
        size = stream.codec_context.frame_size or 1_024
        writer = av.AudioResampler(format=stream.format, layout="mono", rate=rate, frame_size=size)
        for part in (*writer.resample(frame), *writer.resample(None)):
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    (_TARGET / copy.file).write_bytes(target.getvalue())
    seconds = len(wave) / rate
    lines = [
        {
            **line,
            "start": round(max(0.0, line["start"] - copy.front), 2),
            "end": round(min(seconds, line["end"] - copy.front), 2),
        }
        for line in base["lines"]
    ]
    told = {"base": copy.base, "file": copy.file, "format": kind, "seconds": round(seconds, 3)}
    return {**told, "lines": lines}


if __name__ == "__main__":
    main()
