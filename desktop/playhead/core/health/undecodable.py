"""Recordings of which nothing can be decoded: what the trouble is, and the figures that stand for it."""

from typing import Final, get_args

from playhead.core.errors import Garbled, Instead, NotAudio, UnplayedKind
from playhead.core.health.audiofigures import AudioFigures, NoLoudness

_OF_ITS_BYTES: Final = frozenset({"audio", "empty", "broken"})
"""Reasons of `Garbled` that will be the same as long as the bytes are."""
EMPTY: Final = frozenset({"empty", "nothing", "soundless"})
"""Troubles of files that are sound, but for having none."""
INSTEADS: Final = frozenset(get_args(Instead))
"""Troubles that tell what was sent instead of audio."""


def trouble_of(error: Exception) -> str:
    """Trouble with the bytes themselves, as `AudioFigures.trouble`; empty if it may be another's fault.

    That of a kind that is merely not played here is no fault of the recording.
    """
    if isinstance(error, UnplayedKind) or not isinstance(error, Garbled):
        return ""
    if isinstance(error, NotAudio):
        return error.instead
    return error.reason if error.reason in _OF_ITS_BYTES else ""


def undecoded(trouble: str, seconds: float = 0.0) -> AudioFigures:
    """Figures of a recording that could not be decoded, or only for the first `seconds`."""
    return AudioFigures(
        channels=(),
        loudness=NoLoudness.UNDECODED,
        both=0.0,
        silence=1.0,
        longest_silence=0.0,
        leading_silence=0.0,
        trailing_silence=0.0,
        seconds=seconds,
        rate=0,
        count=0,
        trouble=trouble,
    )
