"""Figures of a recording's health in words, in the order in which they stand in the inspector."""

from collections.abc import Callable, Iterator
from itertools import chain

from playhead.core.figures import clock
from playhead.core.health.audiofigures import AudioFigures, ChannelFigures
from playhead.core.health.contradictions import contradictions, kind_of, layout
from playhead.core.health.faults import Fault, FaultKind
from playhead.core.recording import Recording
from playhead.ui.inspector.detaillines import DetailLine
from playhead.ui.look.lefttoright import beside
from playhead.ui.wording import faultwords, words
from playhead.ui.wording.healthwords import loudness, peak, share

_NARROW = 4_000.0
"""Hz up to which a band is that of the telephone."""
_WIDE = 8_000.0
_TOLD = 8
"""Places that a line tells one by one."""
_CODECS = {
    "pcm_mulaw": "mu-law",
    "pcm_alaw": "A-law",
    "pcm_u8": "PCM, 8 bit",
    "pcm_s16le": "PCM, 16 bit",
    "pcm_s24le": "PCM, 24 bit",
    "pcm_f32le": "PCM, float",
    "adpcm_ima_wav": "IMA ADPCM",
    "adpcm_ms": "MS ADPCM",
    "mp3float": "MP3",
    "mp3": "MP3",
    "amrnb": "AMR",
    "amr_nb": "AMR",
    "amrwb": "AMR-WB",
    "amr_wb": "AMR-WB",
    "aac": "AAC",
    "opus": "Opus",
    "vorbis": "Vorbis",
    "flac": "FLAC",
    "adpcm_ima_oki": "Dialogic ADPCM",
    "gsm": "GSM",
    "gsm_ms": "GSM",
    "adpcm_g722": "G.722",
}


def health_lines(
    figures: AudioFigures, recording: Recording, provider: str, found: tuple[Fault, ...]
) -> tuple[DetailLine, ...]:
    """Every figure of a recording with its `found` faults; `provider` is a title."""
    if not figures.channels:
        return ()
    return tuple(
        chain(
            _levels(figures),
            _activity(figures),
            _sound(figures, recording, provider),
            _places(found),
        )
    )


def _line(name: str, *parts: str) -> DetailLine:
    there = [part for part in parts if part]
    return DetailLine(name, (beside(*there),), " · ".join(there))


def _levels(figures: AudioFigures) -> Iterator[DetailLine]:
    clipped, zero = share(figures.clipped), share(figures.zero)
    yield _sided("Loudness", figures, lambda side: loudness(side.loudness), loudness(figures.loudness))
    yield _sided("True peak", figures, lambda side: peak(side.peak), peak(figures.peak))
    yield _sided("Level (RMS)", figures, lambda side: f"{side.rms:.1f} dBFS")
    yield _sided(
        "Offset (DC)", figures, lambda side: f"{100 * side.offset + 0.0:.1f} %".replace("-0.0", "0.0")
    )
    yield _sided("Clipped", figures, lambda side: share(side.clipped), clipped)
    yield _sided("Digital zero", figures, lambda side: share(side.zero), zero)


def _sided(
    name: str, figures: AudioFigures, each: Callable[[ChannelFigures], str], whole: str = "", more: str = ""
) -> DetailLine:
    """A figure of all channels, of each, and `more`; of a single channel it is said once."""
    told = [each(side) for side in figures.channels]
    if len(told) < 2:
        return _line(name, whole or "".join(told))
    shown = beside(*(f"{letter} {_bare(value)}" for letter, value in zip("LR", told, strict=True)))
    spoken = (f"{side} {value}" for side, value in zip(faultwords.SIDES, told, strict=True))
    parts = tuple(part for part in (whole, shown, more) if part)
    return DetailLine(name, parts, " · ".join(part for part in (whole, *spoken, more) if part))


def _bare(value: str) -> str:
    """A level without its unit, which stands in the line already or is that of its name."""
    return value.removesuffix(" LUFS").removesuffix(" dBTP")


def _activity(figures: AudioFigures) -> Iterator[DetailLine]:
    both = f"both {share(figures.both)}"
    yield _sided("Talk", figures, lambda side: share(side.talk), more=both)
    yield _line(
        "Silence",
        f"{share(figures.silence)}, longest {_seconds(figures.longest_silence)}",
        f"{_seconds(figures.leading_silence)} at the start",
        f"{_seconds(figures.trailing_silence)} at the end",
    )
    yield _line("Ends", "in mid-sound" if figures.ends_in_sound else "in silence")
    if len(figures.channels) > 1:
        alike = "none" if figures.likeness is None else f"{figures.likeness:.2f}"
        yield _line("Likeness", alike, "of the channels; 1 is one sound twice, -1 with the sign turned")


def _sound(figures: AudioFigures, recording: Recording, provider: str) -> Iterator[DetailLine]:
    width = "narrow" if figures.bandwidth <= _NARROW else "wide" if figures.bandwidth <= _WIDE else "full"
    yield _line("Bandwidth", f"{figures.bandwidth / 1000:.1f} kHz", f"{width} band")
    yield _line(
        "Length",
        f"{_exactly(figures.seconds)} decoded",
        "" if figures.said_seconds is None else f"{_exactly(figures.said_seconds)} by the file",
        "" if recording.duration is None else f"{_exactly(recording.duration)} by {provider}",
    )
    codec = _CODECS.get(figures.codec, figures.codec)
    kind, rate = kind_of(figures), f"{figures.rate / 1000:g} kHz"
    yield _line("Encoding", kind, codec if codec != kind else "", rate, layout(figures.count))
    told = "" if recording.stereo is None else layout(1 + recording.stereo)
    if told or recording.format:
        yield _line(f"{provider} says", recording.format or "", told)
    otherwise = contradictions(figures, recording)
    if otherwise:
        yield _line("Differs", *map(str, otherwise))


def _places(found: tuple[Fault, ...]) -> Iterator[DetailLine]:
    for kind, name in ((FaultKind.DAMAGED, "Damaged"), (FaultKind.CLIPPED, "Clipped at")):
        these = [each for each in found if each.kind is kind]
        if these:
            more = f"and {len(these) - _TOLD} more" if len(these) > _TOLD else ""
            yield _line(name, *(_place(each) for each in these[:_TOLD]), more)


def _place(each: Fault) -> str:
    side = f" {faultwords.SIDES[each.channels[0]]}" if each.channels else ""
    return f"{clock(each.start)}, {each.end - each.start:.1f} s{side}"


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 60 else words.length(value)


def _exactly(value: float) -> str:
    """A length to a tenth of a second, in which a file and its provider may differ."""
    tenths = round(value * 10)
    return f"{clock(tenths // 10)}.{tenths % 10}"
