"""Limits of everything that a server can send, each with its reason.

A limit is well beyond what an honest server sends and well below what harms the window: it is counted while a
body arrives and is unpacked, never afterwards.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playhead.core.errors import Unreachable

KB: Final = 1024
MB: Final = 1024 * KB

# Bytes, after unpacking.

PAGE_BYTES: Final = 8 * MB
"""A page of 99 rows, of recordings or of transcriptions: they take some 100 KB."""

LIST_BYTES: Final = 64 * MB
"""Convirza's list, which comes whole: 100 000 prompts take 40 MB."""

ANSWER_BYTES: Final = 256 * KB
"""Any other answer of an API (one recording, a profile, a pair of tokens), which takes a few KB.

It is understood in the window's thread, within a frame."""

ERROR_BYTES: Final = 64 * KB
"""The body of an error, of which only a code and the id of the request are read."""

TRANSCRIPT_BYTES: Final = 5 * MB
"""A transcript: some hundred hours of talk."""

HEAD_BYTES: Final = 32 * KB
"""Status and headers: web servers themselves give up at 8 to 16 KB."""

AUDIO_BYTES: Final = 1024 * MB
"""Audio, whatever its host announces: nine hours of stereo telephony as WAV. What is played is in memory."""

UNTOLD_AUDIO_BYTES: Final = 256 * MB
"""Audio of which neither host nor provider says how long it is: nine hours of MP3 at 64 kbit/s."""

SLACK_AUDIO_BYTES: Final = 64 * MB
"""Audio that may come beyond what was told: a length in a row may be wrong, and pictures lie in tags."""

SECOND_OF_AUDIO_BYTES: Final = 400 * KB
"""The most that a second of audio takes: two channels of 48 000 samples, each a float of four bytes."""

UNPRODUCTIVE_BYTES: Final = 1 * MB
"""Compressed bytes in a row that unpack to nothing."""

GZIP_MEMBERS: Final = 64
"""Parts of one gzip body; a compressor that works in parallel makes one for each of its blocks."""

# JSON.

PAGE_OBJECTS: Final = 100_000
"""Objects and lists in any JSON but Convirza's list: a page of 99 rows has some 1 000."""

LIST_OBJECTS: Final = 1_000_000
"""Objects and lists in Convirza's list: ten for each of 100 000 prompts."""

PAGE_ROWS: Final = 10_000
"""Rows of a page, of which 99 are asked for: a server may not heed that."""

LIST_ROWS: Final = 200_000
"""Rows of Convirza's list: each takes a KB or two."""

JSON_DEPTH: Final = 64
"""Objects and lists within each other: providers nest five deep."""

ROW_SIZE: Final = 256 * KB
"""Limit of a row that is kept: characters, and `VALUE_SIZE` for each value. A row has some 2 000."""

TEXT_SIZE: Final = 20_000
"""Characters of one text of a row that are kept: to look for links in more takes longer than a frame."""

NAME_SIZE: Final = 1_000
"""Characters of the name of a field that are kept. Names are remembered, to know them sooner next time."""

VALUE_SIZE: Final = 16
"""Characters that each value of a row counts for besides its characters."""

# Time, in seconds.

CONNECT_SECONDS: Final = 10.0
"""Until there is a connection; the same again until it is encrypted."""

API_SILENCE_SECONDS: Final = 30.0
"""Seconds for which an API may send nothing: it may have to look for much."""

MEDIA_SILENCE_SECONDS: Final = 20.0
"""Seconds for which a media host may send nothing: it has only to read a file."""

WHOLE_ANSWER_SECONDS: Final = 120.0
"""A whole answer of an API or a whole transcript, however steadily it drips."""

ERROR_SECONDS: Final = 5.0
"""The body of an error: its status counts even if nothing of it comes."""

SILENCES_IN_ALL: Final = 3
"""Number of times its longest silence a media host may take to come up with the head of an answer, redirects
included, and the time over which its least speed is measured: with `MEDIA_SILENCE_SECONDS`, a minute."""

LONGEST_PAUSE_SECONDS: Final = 120.0
"""A pause that a server asks for; one that asks for more is asked again after this."""

LEAST_SPEED: Final = 1_000
"""Bytes a second of audio, on average: at less, a call of ten minutes in MP3 takes more than an hour."""

# Work.

PIECE_BYTES: Final = 64 * KB
"""Bytes that are unpacked in one go, in a tenth of a millisecond."""


def untold_audio(duration: float | None, size: int | None) -> int:
    """The most bytes that audio may have whose host does not announce its length.

    `duration` (seconds) and `size` are what the provider says of the recording. Either may be wrong, so that
    the more generous one counts.
    """
    told = max((duration or 0.0) * SECOND_OF_AUDIO_BYTES, 2.0 * (size or 0))
    return int(min(AUDIO_BYTES, SLACK_AUDIO_BYTES + told)) if told else UNTOLD_AUDIO_BYTES


class TimeBudget:
    """A limit of `seconds` for all that is done within `spending`; what passes in between does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Count the time inside. Raises `Unreachable("timeout")` when there is none left."""
        if self._left <= 0:
            raise Unreachable("timeout")
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise Unreachable("timeout") from None
        finally:
            self._left -= now() - began
