"""Work of reading the transcripts of many recordings."""

import logging
from enum import StrEnum
from typing import Final

from playhead.core.errors import (
    CatalogueError,
    Disconnected,
    Limited,
    PlayheadError,
    Refused,
    Unavailable,
    Unreachable,
)
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript
from playhead.core.worklists.workrun import Watch
from playhead.core.worklists.workstates import FAILED as WORK_FAILED
from playhead.core.worklists.worksupply import Turn

_log = logging.getLogger(__name__)


class ReadOutcome(StrEnum):
    """Outcome of reading the transcript of one recording."""

    READ = "read"
    NONE = "none"
    """Its provider gives none, though it lists one."""
    FAILED = WORK_FAILED
    """It could not be fetched, or makes no sense; it is worth another try."""


FAILED: Final = (ReadOutcome.FAILED, None)


class TranscriptWork:
    """Fetches transcripts and keeps them; what is kept already is not fetched again.

    Each account obeys its own rate limit; several are asked for at once, so that the limit is reached.
    """

    at_once = 8
    failed: tuple[ReadOutcome, Transcript | None] = FAILED

    def __init__(self, reader: TranscriptReader) -> None:
        self._reader = reader

    def begin(self) -> None:
        """Nothing is to be remembered of what is under way."""

    async def do(self, turn: Turn[None], watch: Watch) -> tuple[ReadOutcome, Transcript | None]:
        """Fetch a transcript. Raises `ProviderError` where its account has to wait, and `CatalogueError`."""
        await watch.holds.passed()
        try:
            transcript = await self._reader.fetch(turn.recording)
        except (Unreachable, Unavailable, Limited, Refused, Disconnected, CatalogueError):
            raise
        except PlayheadError as error:
            _log.info("transcript not read: %s", type(error).__name__)
            return FAILED
        watch.arrived(turn.recording.account)
        await watch.took(1)
        return (ReadOutcome.NONE if transcript is None else ReadOutcome.READ), transcript

    async def keep(self, recording: Recording, found: tuple[ReadOutcome, Transcript | None]) -> str:
        """Keep a transcript, or that there is none. Raises `CatalogueError`."""
        outcome, transcript = found
        if outcome is not ReadOutcome.FAILED:
            await self._reader.keep(recording, transcript)
        return outcome
