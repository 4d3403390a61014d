"""Figures of recordings that are fine but for what a test says."""

from dataclasses import replace

from playhead.core.health.audiofigures import AudioFigures, ChannelFigures

_SIDE = ChannelFigures(loudness=-24.0, peak=-3.0, rms=-26.0, offset=0.0, clipped=0.0, zero=0.01, talk=0.4)
_CALL = AudioFigures(
    channels=(_SIDE, _SIDE),
    loudness=-21.0,
    both=0.05,
    silence=0.2,
    longest_silence=3.0,
    leading_silence=0.5,
    trailing_silence=1.0,
    likeness=0.02,
    bandwidth=3400.0,
    seconds=120.0,
    said_seconds=120.0,
    codec="pcm_mulaw",
    rate=8000,
    count=2,
)


def side(**changes: object) -> ChannelFigures:
    """One side of a sound call, with `changes`."""
    return replace(_SIDE, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def figures(**changes: object) -> AudioFigures:
    """A sound call in stereo of two minutes, with `changes`."""
    return replace(_CALL, **changes)  # type: ignore[arg-type]  # as above
