"""Waveforms for the window: measured in a thread of their own, shown while they grow."""

import asyncio
from collections.abc import Callable

from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.sound.aside import aside
from playhead.sound.media_reader import MediaReader


class Drawing:
    """Draws the waveform of media that may still be arriving."""

    async def draw(self, media: Media, show: Callable[[Peaks], None]) -> Peaks:
        """The waveform of `media`; `show` is called, on the event loop, with what is done so far.

        Raises `PlayheadError` if the media is not audio or does not arrive. Cancelling ends the thread.
        """
        loop = asyncio.get_running_loop()
        reader = MediaReader(media)

        def tell(peaks: Peaks) -> None:
            if not reader.closed:
                show(peaks)

        def work() -> Peaks:
            # The decoder's libraries take longer to import than a frame of the window.
            from playhead.sound.outline import outlines

            peaks = Peaks(100, (), 0.0, complete=False)
            for peaks in outlines(reader):
                loop.call_soon_threadsafe(tell, peaks)
            return peaks

        try:
            return await aside(work, "waveform")
        finally:
            reader.close()
