"""Deciding what came as the audio of a recording, while it comes."""

import asyncio
from typing import Protocol

from playhead.core.errors import NotAudio
from playhead.core.likeness.look import ENOUGH, Look, is_raw, look
from playhead.core.recording import Recording

_LEAST_RATE = 8
"""Bytes a second of the recording; even silence takes more in any form."""
_SHARE = 100
"""A file that has less than one part in so many of the bytes that were told is another one."""


class Listener(Protocol):
    """Tries to decode sound."""

    def recognises(self, start: bytes) -> bool:
        """Tell whether the file that begins with `start` can be decoded as sound. Blocks; never raises."""


class Judging:
    """Takes in the bytes of a recording's audio, and says what they are.

    A wrong media type costs no audio, as it only counts for sound without a header. The `listener` is asked
    where the bytes do not tell; without one, that stays undecided.
    """

    def __init__(self, recording: Recording, listener: Listener | None = None) -> None:
        self._recording = recording
        self._listener = listener
        self._start = bytearray()
        self._look: Look | None = None
        self.media_type = ""
        """What the host calls it, once that is known."""
        self.doubtful: bool | None = None
        """Whether nobody can tell that it is audio; None before that is decided."""
        self.by_type = False
        """Whether only the media type tells that it is audio."""

    @property
    def waits(self) -> bool:
        """True if more of the beginning has to come before anything can be said."""
        return bool(self._start) and self._look is None

    async def hear(self, offset: int, chunk: bytes) -> None:
        """Take in what comes at `offset`; 0 begins anew. Raises `NotAudio`."""
        if offset == 0:
            self._start.clear()
            self._look = self.doubtful = None
        if self._look is None and offset == len(self._start):
            self._start += chunk[: ENOUGH - offset]
            if len(self._start) >= ENOUGH:
                await self._decide(whole=False)

    async def end(self, size: int) -> None:
        """All of it is here, `size` bytes. What did not begin here is only known by its size.

        Raises `NotAudio`.
        """
        if self.waits:
            await self._decide(whole=size == len(self._start))
        sound = self._look.sound if self._look is not None else None
        if sound is not None and size <= sound:
            raise NotAudio("soundless")
        if self._is_too_small(size):
            self.doubtful = True

    async def _decide(self, *, whole: bool) -> None:
        start, told = bytes(self._start), names(self._recording, self.media_type)
        # A hostile beginning takes longer to look at than a frame.
        found = await asyncio.to_thread(look, start, whole=whole, told=told)
        if found.instead is not None:
            raise NotAudio(found.instead)
        if found.undecided and any(start) and self._listener is not None:
            heard = await asyncio.to_thread(self._listener.recognises, start)
            found = Look(sound=0) if heard else found
        elif not found.undecided and is_raw((self.media_type,)):
            self.by_type = look(start, whole=whole, told=names(self._recording)).undecided
        self._look, self.doubtful = found, found.undecided

    def _is_too_small(self, size: int) -> bool:
        """Tell whether it is too small by far for what the provider tells of the recording."""
        duration, told = self._recording.duration or 0.0, self._recording.size or 0
        return size < duration * _LEAST_RATE or size * _SHARE < told


def names(recording: Recording, media_type: str = "") -> tuple[str, ...]:
    """Names told for the form of a recording: its format, the ending of its file, a media type."""
    ending = (recording.filename or "").rpartition(".")[2]
    return tuple(name for name in (recording.format, ending, media_type) if name)


def may_stay(recording: Recording, content: bytes) -> bool:
    """Tell whether content that was kept before may stay: it is not certainly something else."""
    start = content[:ENOUGH]
    return look(start, whole=len(start) == len(content), told=names(recording)).instead is None
