"""Contradictions between a recording and what is said of it: its kind of file, its rate, its channels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from playhead.core.health.audiofigures import AudioFigures
from playhead.core.likeness.judging import names
from playhead.core.likeness.look import plain
from playhead.core.recording import Recording


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing that was said of the sound, and what it is, both as people call it."""

    said: str
    found: str

    @override
    def __str__(self) -> str:
        """Both as one phrase: `said WAV, is MP3`."""
        return f"said {self.said}, is {self.found}"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of sound: its name, what others call it, and FFmpeg's names for its container or codec."""

    name: str
    called: frozenset[str]
    found: frozenset[str]


def _kind(name: str, called: str, found: str) -> _Kind:
    return _Kind(name, frozenset(called.split()), frozenset(found.split()))


# Containers first: a WAV file is called so, whatever is inside.
_KINDS: Final = (
    _kind("WAV", "wav wave pn-wav w64", "wav w64"),
    _kind("MP3", "mp3 mpeg mpeg3 mpg mpga mp2", "mp3 mp2 mp1"),
    _kind("Opus", "opus", "opus"),
    _kind("Speex", "speex spx", "speex"),
    _kind("Vorbis", "vorbis", "vorbis"),
    _kind("Ogg", "ogg oga", "ogg"),
    _kind("MPEG-4", "m4a mp4 m4b 3gp 3gpp 3g2 3gpp2 mov quicktime", "mov mp4 m4a 3gp 3g2 mj2"),
    _kind("AAC", "aac aacp adts", "aac"),
    _kind("FLAC", "flac", "flac"),
    _kind("AIFF", "aiff aif aifc", "aiff"),
    _kind("AU", "au snd", "au"),
    _kind("CAF", "caf", "caf"),
    _kind("WebM", "webm mka mkv matroska", "matroska webm"),
    _kind("Windows Media", "wma asf ms-wma ms-asf", "asf xwma"),
    _kind("AMR", "amr amr-wb amr-nb awb", "amr amrnb amrwb amr_nb amr_wb"),
    _kind("WavPack", "wv wavpack", "wv wavpack"),
    _kind("VOX", "vox", "adpcm_ima_oki"),
    _kind("AC-3", "ac3 eac3", "ac3 eac3"),
    _kind("MPEG-TS", "ts mp2t", "mpegts"),
    _kind("GSM", "gsm", "gsm gsm_ms"),
    _kind("G.722", "g722 g.722", "g722 adpcm_g722"),
    _kind("mu-law", "ulaw mulaw mu-law u-law pcmu pcm_mulaw g711u ul basic", "mulaw pcm_mulaw"),
    _kind("A-law", "alaw a-law pcma pcm_alaw g711a al", "alaw pcm_alaw"),
)
_MEDIA_TYPE: Final = re.compile(r"[a-z]{1,20}/[a-z0-9.+_-]{1,80}")
_NUMBER: Final = re.compile(r"[0-9]{1,7}")
_LAYOUTS: Final[Mapping[int, str]] = {1: "mono", 2: "stereo"}


def contradictions(figures: AudioFigures, recording: Recording) -> tuple[Contradiction, ...]:
    """All that was said and is otherwise. What nobody said, or nobody knows, contradicts nothing."""
    if not figures.channels:
        return ()
    return (*_of_kind(figures, recording), *_of_rate(figures), *_of_channels(figures, recording))


def essence(media_type: str) -> str:
    """A media type with what it tells of rate and channels, without anything else; empty if it is none."""
    kind = media_type.partition(";")[0].strip().lower()
    told = ((name, _parameter(media_type, name)) for name in ("rate", "channels"))
    tail = "".join(f";{name}={value}" for name, value in told if value)
    return f"{kind}{tail}" if _MEDIA_TYPE.fullmatch(kind) else ""


def kind_of(figures: AudioFigures) -> str:
    """The kind of file, as people call it; as FFmpeg does where they have no other word; or empty."""
    known = _found(figures)
    return next((kind.name for kind in _KINDS if known & kind.found), figures.container or figures.codec)


def layout(channels: int) -> str:
    """So many channels in a word."""
    return _LAYOUTS.get(channels, f"{channels} channels")


def rate(hertz: float) -> str:
    """Samples a second: `8 kHz`."""
    return f"{hertz / 1000:g} kHz"


def _found(figures: AudioFigures) -> frozenset[str]:
    return frozenset((*figures.container.split(","), figures.codec)) - {""}


def _of_kind(figures: AudioFigures, recording: Recording) -> Iterator[Contradiction]:
    if not figures.container:  # measured by an older Playhead, which did not look
        return
    for name in names(recording, figures.media_type):
        kind = next((each for each in _KINDS if plain(name) in each.called), None)
        if kind is not None and not kind.found & _found(figures):
            yield Contradiction(kind.name, kind_of(figures))
            return


def _of_rate(figures: AudioFigures) -> Iterator[Contradiction]:
    said = _parameter(figures.media_type, "rate")
    if said and said != figures.rate:
        yield Contradiction(rate(said), rate(figures.rate))


def _of_channels(figures: AudioFigures, recording: Recording) -> Iterator[Contradiction]:
    said = _parameter(figures.media_type, "channels")
    if recording.stereo is not None and recording.stereo != (figures.count > 1):
        said = 2 if recording.stereo else 1
    if said and said != figures.count:
        yield Contradiction(layout(said), layout(figures.count))


def _parameter(media_type: str, name: str) -> int:
    """A number that a media type tells beside itself (RFC 3555); 0 for none."""
    if ";" not in media_type:
        return 0
    # Only now: what reads a header is imported with all that reads a letter.
    from email.message import Message

    told = Message()
    told["content-type"] = media_type
    value = told.get_param(name)
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else 0
