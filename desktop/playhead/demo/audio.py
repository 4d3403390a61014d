"""The speech the demo cloud serves: a few recorded clips, made different for every recording."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

CONTENT_TYPES: Mapping[str, str] = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
}


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One spoken sentence, from `start` to `end` seconds; channel 0 is left (agent), 1 right (caller)."""

    start: float
    end: float
    channel: int
    text: str


@dataclass(frozen=True, slots=True)
class Clip:
    """One recorded file and what is said in it.

    `kind` is call, conference, prompt, whisper, voicemail or survey.
    """

    file: str
    kind: str
    title: str
    format: str
    channels: int
    seconds: float
    locale: str
    lines: tuple[SpokenLine, ...]
    verdict: str = "fine"
    """What is to be said of its sound."""
    known: Mapping[str, float] = field(default_factory=dict)
    """Values that measuring has to find, by their names in `flawed.json`."""
    hole: tuple[float, float] = (0.0, 0.0)
    """From which to which share of the file something else than sound is served."""
    cut: float = 1.0
    """The share of the file after which it breaks off."""


class AudioShelf:
    """The clips of a folder that holds `audio.json`, `flawed.json` and `copies.json`, and their bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        index = json.loads((folder / "audio.json").read_text(encoding="utf-8"))
        self.clips = tuple(_clip(entry) for entry in index["clips"])
        bases = {entry["file"]: entry for entry in index["clips"]}
        self.flawed = _derived(folder / "flawed.json", bases)
        """Clips that something is wrong with."""
        self.copies = _derived(folder / "copies.json", bases)
        """Clips that are the sound of another one, in another form."""
        self._read = lru_cache(maxsize=None)(self._read_file)

    def of_kind(self, *kinds: str) -> tuple[Clip, ...]:
        """The clips of these kinds that nothing is wrong with, in the order of the index."""
        return tuple(clip for clip in self.clips if clip.kind in kinds)

    def flawed_of_kind(self, kind: str) -> tuple[Clip, ...]:
        """The other clips of this kind."""
        return tuple(clip for clip in self.flawed if clip.kind == kind)

    def audio(self, clip: Clip, mark: str) -> bytes:
        """The bytes of a clip for one recording: `mark` (an id) is written into them where the format can.

        So recordings that share a clip still differ byte for byte (all but ogg).
        """
        content = self._read(clip.file)
        start, end = (round(share * len(content)) for share in clip.hole)
        spoilt = content[:start] + b"\xa5\n" * ((end - start) // 2) + content[end:]
        whole = _marked(spoilt, clip.file.rpartition(".")[2], mark)
        return whole[: round(clip.cut * len(whole))]

    def _read_file(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()


def _derived(index: Path, bases: Mapping[str, dict[str, Any]]) -> tuple[Clip, ...]:
    """The clips of an index that tells in what each differs from its base."""
    entries = json.loads(index.read_text(encoding="utf-8"))["clips"]
    return tuple(_clip({**bases[entry.pop("base")], **entry}) for entry in entries)


def _clip(entry: dict[str, Any]) -> Clip:
    known = {**entry, "lines": tuple(SpokenLine(**line) for line in entry["lines"])}
    return Clip(**{**known, "hole": tuple(entry.get("hole", (0.0, 0.0)))})


def _marked(audio: bytes, kind: str, mark: str) -> bytes:
    text = mark.encode("ascii")
    match kind:
        case "mp3":  # an ID3v2.3 tag with one TIT2 frame, in front
            frame = b"TIT2" + struct.pack(">IH", len(text) + 1, 0) + b"\x00" + text
            size = len(frame)
            return b"ID3\x03\x00\x00" + bytes((0, 0, size >> 7, size & 0x7F)) + frame + audio
        case "wav":  # a LIST INFO chunk behind, and the RIFF length that includes it
            text += b"\x00" * (2 - len(text) % 2)
            info = b"INFOINAM" + struct.pack("<I", len(text)) + text
            whole = audio + b"LIST" + struct.pack("<I", len(info)) + info
            return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]
        case "m4a":  # a box that players skip, behind
            return audio + struct.pack(">I", len(text) + 8) + b"free" + text
        case _:
            return audio
