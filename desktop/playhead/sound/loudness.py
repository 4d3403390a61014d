"""Loudness of a recording, and the gain that makes it as loud as the others."""

from playhead.core.media import Media
from playhead.sound.aside import aside
from playhead.sound.media_reader import MediaReader

TARGET = -18.0
"""LUFS that every recording is brought to."""
MOST_GAIN_DB = 12.0
"""What is farther from the target than this is only brought nearer to it."""
# Resampling may draw a wave a little higher than its highest sample.
CEILING = 10 ** (-1 / 20)


class Loudness:
    """Measures recordings that may still be arriving."""

    async def measure(self, media: Media) -> float | None:
        """The integrated loudness of `media` by EBU R128, in LUFS; None if nothing in it can be heard.

        One channel counts as two equal ones, as it is played. Waits for all of the media, which is decoded
        in a thread. Raises `PlayheadError` if it is not audio or does not arrive. Cancelling ends the thread.
        """
        reader = MediaReader(media)

        def work() -> float | None:
            # The decoder's libraries take longer to import than a frame of the window.
            from playhead.sound.loudness_meter import integrated

            return integrated(reader)

        try:
            return await aside(work, "loudness")
        finally:
            reader.close()

    @staticmethod
    def matching_gain(lufs: float | None, peak: float) -> float:
        """The factor that brings a recording to the target, for `Engine.set_level`.

        Within 12 dB either way, and never so much that `peak` (its highest sample, 0 to 1) would clip:
        a recording that is full already is not made louder, nor softer for that reason alone. 1 if the
        loudness is not known.
        """
        if lufs is None:
            return 1.0
        gain: float = 10 ** (min(max(TARGET - lufs, -MOST_GAIN_DB), MOST_GAIN_DB) / 20)
        return min(gain, max(1.0, CEILING / peak)) if peak > 0 else gain
