"""Figures of the sound of a recording, as they are measured when its waveform is made."""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.soundprint import SoundPrint

FAINTEST_DB = -120.0
"""Stands for every level below it, in dB: nothing at all has none."""


_TWICE = 3.0103


class NoLoudness(StrEnum):
    """The reasons why a recording has no integrated loudness."""

    QUIET = "below the gate"
    """No block of it is above -70 LUFS, the absolute gate of ITU-R BS.1770."""
    SHORT = "too short"
    """It is shorter than one block, which has 0.4 s."""
    UNDECODED = "not decoded"
    """Nothing of it could be decoded."""


Loudness = float | NoLoudness
"""Integrated loudness in LUFS by ITU-R BS.1770-4 and EBU R 128, or the reason why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFigures:
    """Figures of one channel. Shares are from 0 to 1."""

    loudness: Loudness
    """Of this channel as if it were the only one."""
    peak: float
    """True peak in dBTP (ITU-R BS.1770-4, annex 2)."""
    rms: float
    """Root mean square in dBFS; 0 is a square wave at full scale."""
    offset: float
    """Mean of all samples (DC), -1 to 1."""
    clipped: float
    """Share of samples at full scale, or in a flat top near it."""
    zero: float
    """Share of samples that are exactly zero."""
    talk: float
    """Share of the time with talk in it (see `activity`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFigures:
    """Figures of a recording: of each channel (the first two of more) and of all together.

    Times are in seconds, shares from 0 to 1.
    """

    channels: tuple[ChannelFigures, ...]
    loudness: Loudness
    """Of all channels together; one channel counts once."""
    both: float
    """Share of the time with talk in both channels."""
    silence: float
    """Share of the time without talk in any channel."""
    longest_silence: float
    leading_silence: float
    trailing_silence: float
    likeness: float | None = None
    """Correlation of the two channels, -1 to 1: 1 is one sound twice, -1 with the sign turned. Where one
    of them is that of the other a little later, it is that at this delay. None for one channel or silence."""
    bandwidth: float = 0.0
    """Hz up to which there is sound: about 3400 on the telephone (ITU-T G.712), 7000 in wide band (G.722)."""
    seconds: float
    """Length of what could be decoded."""
    said_seconds: float | None = None
    """The length that the file itself says, where it does."""
    codec: str = ""
    """The name of the decoder, as FFmpeg has it."""
    rate: int
    """Samples a second."""
    count: int
    """Channels of the file."""
    damage: tuple[tuple[float, float], ...] = ()
    """Stretches that could not be decoded."""
    ends_in_sound: bool = False
    """True if it breaks off while somebody talks."""
    container: str = ""
    """The name of the kind of file, as FFmpeg has it."""
    media_type: str = ""
    """What the host called it, with what it told beside that."""
    trouble: str = ""
    """Reason why it cannot be decoded, if so: that of `Garbled`, or what was sent instead (`NotAudio`)."""

    @property
    def lufs(self) -> float | None:
        """Integrated loudness, where there is any."""
        return None if isinstance(self.loudness, NoLoudness) else self.loudness

    @property
    def played_lufs(self) -> float | None:
        """Loudness as it is heard: one channel comes out of both speakers, which is 3 LU more."""
        return None if self.lufs is None else self.lufs + (_TWICE if len(self.channels) == 1 else 0.0)

    @property
    def peak(self) -> float:
        """True peak of the loudest channel, in dBTP."""
        return max((each.peak for each in self.channels), default=FAINTEST_DB)

    @property
    def clipped(self) -> float:
        """Share of clipped samples in the channel that has most of them."""
        return max((each.clipped for each in self.channels), default=0.0)

    @property
    def zero(self) -> float:
        """Share of samples that are exactly zero, in all channels."""
        return sum(each.zero for each in self.channels) / len(self.channels) if self.channels else 0.0

    @property
    def damaged(self) -> float:
        """Seconds that could not be decoded."""
        return sum(end - start for start, end in self.damage)

    @property
    def left(self) -> float | None:
        """Talk share of the first channel; None if there is no second one."""
        return self.channels[0].talk if len(self.channels) > 1 else None

    @property
    def right(self) -> float | None:
        """Talk share of the second channel, if there is one."""
        return self.channels[1].talk if len(self.channels) > 1 else None

    def to_text(self) -> str:
        """A compact form to be kept; `from_text` reads it."""
        return json.dumps(self.to_plain(), separators=(",", ":"), allow_nan=False)

    def to_plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return _plain(self)

    @classmethod
    def from_text(cls, kept: str) -> "AudioFigures":
        """Read what `to_text` gave. Raises `ValueError` if it is anything else."""
        try:
            known = json.loads(kept)
            known["channels"] = tuple(ChannelFigures(**_read(each)) for each in known["channels"])
            known["damage"] = tuple((start, end) for start, end in known["damage"])
            return cls(**_read(known))
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("not the figures of a recording") from error


def _plain(figures: AudioFigures | ChannelFigures) -> dict[str, Any]:
    values = {each.name: getattr(figures, each.name) for each in fields(figures)}
    if isinstance(figures, AudioFigures):
        values["channels"] = [_plain(each) for each in figures.channels]
    return values


def _read(known: dict[str, Any]) -> dict[str, Any]:
    """The same values, the reason for having no loudness as such."""
    loudness = known["loudness"]
    return {**known, "loudness": NoLoudness(loudness) if isinstance(loudness, str) else float(loudness)}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a recording, and the audio that they were measured of."""

    figures: AudioFigures
    digest: bytes
    """SHA-256 of the encoded audio: another one is other audio."""
    course: SoundCourse | None = None
    """Loudness by time; None of what an older Playhead measured."""
    soundprint: SoundPrint | None = None
    """By which the same sound is found elsewhere; None of what an older Playhead measured."""
