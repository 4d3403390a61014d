"""Words for the health of a recording: verdicts, levels, shares, and the figures behind them."""

from collections.abc import Callable, Mapping

from playhead.core.health.audiofigures import AudioFigures, Loudness, NoLoudness
from playhead.core.health.contradictions import contradictions, kind_of, layout, rate
from playhead.core.health.undecodable import INSTEADS
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.recording import Recording
from playhead.ui.wording import words
from playhead.ui.wording.sentences import INSTEAD_OF_AUDIO

UNMEASURED = "Not measured yet: that is done when it is played, or when its health is checked."


def loudness(measured: Loudness) -> str:
    """Integrated loudness, or that there is none: `-23.4 LUFS`."""
    return measured.value if isinstance(measured, NoLoudness) else f"{measured:.1f} LUFS"


def peak(decibels: float) -> str:
    """A true peak: `-1.2 dBTP`."""
    return f"{decibels:.1f} dBTP"


def encoding(figures: AudioFigures, recording: Recording) -> str:
    """The kind of file, its rate and channels, and what was said instead: `MP3, 8 kHz, mono (said WAV)`."""
    if not figures.channels:
        return ""
    parts = filter(None, (kind_of(figures), rate(figures.rate), layout(figures.count)))
    said = ", ".join(each.said for each in contradictions(figures, recording))
    return f"{', '.join(parts)} (said {said})" if said else ", ".join(parts)


def share(part: float | None) -> str:
    """A share in percent, with decimals where it is small: `0.13 %`, `52 %`; nothing if it is not known."""
    if part is None:
        return ""
    percent = 100 * part
    return f"{percent:.2f} %" if 0 < percent < 1 else f"{percent:.0f} %"


def reason(health: SoundHealth, recording: Recording) -> str:
    """A sentence on the figures behind a verdict, and one on what was said and is otherwise."""
    because = _REASONS[health.verdict](health.figures, recording)
    otherwise = "; ".join(map(str, contradictions(health.figures, recording)))
    return f"{because} {otherwise[0].upper()}{otherwise[1:]}." if otherwise else because


def _sides(figures: AudioFigures, _recording: Recording) -> str:
    return f"Talk on the left {share(figures.left)}, on the right {share(figures.right)} of the time."


def _lengths(figures: AudioFigures, recording: Recording) -> str:
    told = max(recording.duration or 0.0, figures.said_seconds or 0.0)
    return f"{words.length(figures.seconds)} of sound; said to be {words.length(told)}."


def _ending(figures: AudioFigures, recording: Recording) -> str:
    return "It ends while somebody talks." if figures.ends_in_sound else _lengths(figures, recording)


def _level(figures: AudioFigures, _recording: Recording) -> str:
    return f"Loudness {loudness(figures.loudness)}, true peak {peak(figures.peak)}."


def _silence(figures: AudioFigures, _recording: Recording) -> str:
    if not figures.channels:
        return "There is no sound in the file."
    return f"Nothing but silence or noise; true peak {peak(figures.peak)}."


def _damage(figures: AudioFigures, _recording: Recording) -> str:
    if figures.trouble in INSTEADS:
        return f"The provider sent {INSTEAD_OF_AUDIO[figures.trouble]}."
    if figures.trouble:
        return "It cannot be decoded, and perhaps is no audio."
    return f"{words.length(figures.damaged)} could not be decoded."


_REASONS: Mapping[Verdict, Callable[[AudioFigures, Recording], str]] = {
    Verdict.NO_SOUND: _silence,
    Verdict.ONE_SIDED: _sides,
    Verdict.SAME_SIDES: lambda _figures, _recording: "Both channels have the same sound.",
    Verdict.CLIPPED: lambda figures, _: f"{share(figures.clipped)} of the samples are clipped.",
    Verdict.TOO_QUIET: _level,
    Verdict.TOO_LOUD: _level,
    Verdict.LONGER: _lengths,
    Verdict.BROKEN: _damage,
    Verdict.CUT_OFF: _ending,
    Verdict.FINE: _level,
}
