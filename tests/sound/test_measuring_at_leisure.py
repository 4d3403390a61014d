"""Audio that nobody plays is measured as if it were played, but rests whenever it is asked to."""

import asyncio
import threading

from typing_extensions import override

from playhead.sound.analysis import AudioAnalysis
from support.audio.arriving_media import arrived
from support.audio.tones import FORMATS, encoded, tone

NAME = "mp3 at 8 kHz"
SOUND = encoded(NAME, tone(440, 12, FORMATS[NAME][2]))


class Rest(threading.Event):
    """A rest that ends after so many looks at it, or never; `begun` once it was looked at."""

    def __init__(self, looks: float = float("inf")) -> None:
        super().__init__()
        self.begun = threading.Event()
        self.looks = looks

    @override
    def wait(self, timeout: float | None = None) -> bool:
        self.begun.set()
        self.looks -= 1
        return self.looks < 0


def test_it_finds_what_playing_finds_and_in_a_thread_that_gives_way() -> None:
    gave_way: list[str] = []

    async def scene() -> None:
        analysis = AudioAnalysis(lambda: gave_way.append(threading.current_thread().name))
        rest = Rest(looks=3)
        found = await analysis.measure(arrived(SOUND), rest)
        assert found == await analysis.draw(arrived(SOUND), lambda _: None)
        assert rest.looks < 0
        assert gave_way == ["checkup"]

    asyncio.run(scene())


def test_a_rest_that_nobody_ends_can_be_given_up() -> None:
    async def scene() -> None:
        rest = Rest()
        measuring = asyncio.ensure_future(AudioAnalysis().measure(arrived(SOUND), rest))
        await asyncio.to_thread(rest.begun.wait)
        (thread,) = (each for each in threading.enumerate() if each.name == "checkup")
        measuring.cancel()
        await asyncio.wait({measuring})
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive()

    asyncio.run(scene())
