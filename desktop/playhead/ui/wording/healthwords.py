"""Words for the health of a recording: verdicts, levels, shares, and the figures behind them."""

from collections.abc import Callable, Mapping

from playhead.core.health.audiofigures import AudioFigures, Loudness, NoLoudness
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.recording import Recording
from playhead.ui.wording import words

UNMEASURED = "Not measured yet: that is done when it is played."


def loudness(measured: Loudness) -> str:
    """Integrated loudness, or that there is none: `-23.4 LUFS`."""
    return measured.value if isinstance(measured, NoLoudness) else f"{measured:.1f} LUFS"


def peak(decibels: float) -> str:
    """A true peak: `-1.2 dBTP`."""
    return f"{decibels:.1f} dBTP"


def share(part: float | None) -> str:
    """A share in percent, with decimals where it is small: `0.13 %`, `52 %`; nothing if it is not known."""
    if part is None:
        return ""
    percent = 100 * part
    return f"{percent:.2f} %" if 0 < percent < 1 else f"{percent:.0f} %"


def reason(health: SoundHealth, recording: Recording) -> str:
    """A sentence on the figures behind a verdict."""
    return _REASONS[health.verdict](health.figures, recording)


def _sides(figures: AudioFigures, _recording: Recording) -> str:
    return f"Talk on the left {share(figures.left)}, on the right {share(figures.right)} of the time."


def _lengths(figures: AudioFigures, recording: Recording) -> str:
    told = max(recording.duration or 0.0, figures.said_seconds or 0.0)
    return f"{words.length(figures.seconds)} of sound; said to be {words.length(told)}."


def _ending(figures: AudioFigures, recording: Recording) -> str:
    return "It ends while somebody talks." if figures.ends_in_sound else _lengths(figures, recording)


def _level(figures: AudioFigures, _recording: Recording) -> str:
    return f"Loudness {loudness(figures.loudness)}, true peak {peak(figures.peak)}."


_REASONS: Mapping[Verdict, Callable[[AudioFigures, Recording], str]] = {
    Verdict.NO_SOUND: lambda figures, _: f"Nothing but silence or noise; true peak {peak(figures.peak)}.",
    Verdict.ONE_SIDED: _sides,
    Verdict.SAME_SIDES: lambda _figures, _recording: "Both channels have the same sound.",
    Verdict.CLIPPED: lambda figures, _: f"{share(figures.clipped)} of the samples are clipped.",
    Verdict.TOO_QUIET: _level,
    Verdict.TOO_LOUD: _level,
    Verdict.LONGER: _lengths,
    Verdict.BROKEN: lambda figures, _: f"{words.length(figures.damaged)} could not be decoded.",
    Verdict.CUT_OFF: _ending,
    Verdict.FINE: _level,
}
