"""Mixing matrix: which part of the two channels of a recording reaches which ear."""

from playhead.core.playback import Channels, PlaybackSettings

Matrix = tuple[tuple[float, float], tuple[float, float]]

SILENCE: Matrix = ((0.0, 0.0), (0.0, 0.0))


def matrix(settings: PlaybackSettings, channels: int, level: float = 1.0) -> Matrix:
    """Gain of each ear (row) for the left and the right channel (column); `level` is that of the recording.

    A recording of one channel comes as two equal ones; it is heard on both ears whatever is soloed.
    """
    loudness = settings.volume**3 * level
    left, right = loudness * settings.left, loudness * settings.right
    if channels == 1:
        single = max(left, right)
        return (single, 0.0), (0.0, single)
    if settings.channels is Channels.LEFT:
        return (left, 0.0), (left, 0.0)
    if settings.channels is Channels.RIGHT:
        return (0.0, right), (0.0, right)
    if settings.mono:
        return (left / 2, right / 2), (left / 2, right / 2)
    if settings.swap:
        return (0.0, right), (left, 0.0)
    return (left, 0.0), (0.0, right)
