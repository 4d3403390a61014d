"""Waveforms for the window: measured in a thread of their own, shown while they grow."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from playhead.core.errors import PlayheadError
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.sound.media_reader import MediaReader


class Drawing:
    """Draws the waveform of media that may still be arriving."""

    async def draw(self, media: Media, show: Callable[[Peaks], None]) -> Peaks:
        """The waveform of `media`; `show` is called, on the event loop, with what is done so far.

        Raises `PlayheadError` if the media is not audio or does not arrive. Cancelling ends the thread.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Peaks] = loop.create_future()
        reader = MediaReader(media)

        def tell(peaks: Peaks) -> None:
            if not done.done():
                show(peaks)

        def settle(outcome: Peaks | PlayheadError) -> None:
            if done.done():
                return
            if isinstance(outcome, Peaks):
                done.set_result(outcome)
            else:
                done.set_exception(outcome)

        def work() -> None:
            # The decoder's libraries take longer to import than a frame of the window.
            from playhead.sound.outline import outlines

            outcome: Peaks | PlayheadError = Peaks(100, (), 0.0, complete=False)
            # The loop may end while the thread is still on its way out.
            with suppress(RuntimeError):
                try:
                    for outcome in outlines(reader):
                        loop.call_soon_threadsafe(tell, outcome)
                except PlayheadError as error:
                    outcome = error
                loop.call_soon_threadsafe(settle, outcome)

        threading.Thread(target=work, name="waveform", daemon=True).start()
        try:
            return await done
        finally:
            reader.close()
