"""Protocols and values that an export needs from the packages around it."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from playhead.core.exports.choices import CopyForm
from playhead.core.exports.custody import UNNAMED, Machine
from playhead.core.exports.files import Kept
from playhead.core.exports.report import Outcome, Report
from playhead.core.finding.query import QueryError
from playhead.core.finding.speechhits import Passage
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.marks import Marks, Spans
from playhead.core.pace import USUAL_PACE, Pace
from playhead.core.ports import Clock
from playhead.core.recording import Recording
from playhead.core.stores import KnownMarks
from playhead.core.transcript import Transcript


class Incoming(Protocol):
    """Audio on its way: `(offset, chunk)`, where an offset of 0 after others begins anew."""

    @property
    def total(self) -> int | None:
        """Bytes in all, once somebody knows."""

    @property
    def validator(self) -> str | None:
        """Validator (ETag) of this edition of the audio, by which its rest can be fetched later, if any."""

    @property
    def doubtful(self) -> bool | None:
        """True if nobody can tell that it is audio; None before that is known, or if it began earlier."""

    @property
    def media_type(self) -> str:
        """Media type that the host has told; empty if it has not."""

    def __aiter__(self) -> AsyncIterator[tuple[int, bytes]]:
        """The pieces, in order; raises `PlayheadError`."""


class Fetcher(Protocol):
    """Source of an export's audio."""

    def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Incoming]:
        """The audio of one recording, from `offset` if it is still what `validator` names, else anew."""

    def prepare(self, recording: Recording) -> None:
        """Get ready what is needed before `fetch`: it is called for this recording soon."""


class Papers(Protocol):
    """Writer of the papers."""

    def write(self, report: Report, program: str) -> tuple[Kept, ...]:
        """Write what `report.choices` asks for into the plan's folder, each whole or not at all.

        Runs in a thread. A name that somebody else has gets a number; `report.replaces` may be replaced.
        `program` is its name and version. Raises `ExportError`.
        """


class Copier(Protocol):
    """Encoder of copies in another form."""

    def copy(self, source: Path, form: CopyForm, target: Path, told: Collection[str] = ()) -> Spans:
        """Make `target` from the audio in `source`; replaces what is at `target`, whatever it is called.

        `told` are the names by which playing it knows its form (`likeness.judging.names`).

        Gives what of the audio could not be decoded: it is silent in the copy. Runs in a thread; `target` is
        a part that gets its name when it is whole. Raises `PlayheadError`.
        """


class Said(Protocol):
    """Transcripts and marks of recordings. Everything may raise `PlayheadError`."""

    async def transcript(self, recording: Recording) -> Transcript | None:
        """Transcript, if there is one."""

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """Stars and notes of each, in that order."""

    async def passages(self, recordings: Sequence[Recording], text: str) -> Sequence[tuple[Passage, ...]]:
        """The words around what the filter `text` asks to have been said in each, in that order."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Everything around the core that an export works with."""

    fetcher: Fetcher
    papers: Papers
    copier: Copier | None = None
    said: Said | None = None
    program: str = "Playhead"
    """Name, version and build, for the papers."""
    machine: Machine = UNNAMED
    """The computer, for the papers."""
    clock: Clock = _utc_now
    pace: Pace = USUAL_PACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """State that an earlier run of the same export has left."""

    done: Mapping[int, Outcome] | None = None
    """Outcomes by place in the plan: they stand as far as they are true. None: there was no run."""
    replaces: Sequence[Kept] = ()
    """Papers of that run, which may be replaced."""
    began: datetime | None = None


NO_RUN = Earlier()


class Saying:
    """Asks the catalogue first, and a recording's provider only for what that does not have."""

    def __init__(self, transcripts: TranscriptReader, marks: KnownMarks, library: Library) -> None:
        self._transcripts = transcripts
        self._marks = marks
        self._library = library

    async def transcript(self, recording: Recording) -> Transcript | None:
        """The transcript, if the provider has one; it is kept. Raises `PlayheadError`."""
        return await self._transcripts.read(recording)

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """Stars and notes of each, in that order. Raises `CatalogueError`."""
        return await self._marks.read(recordings)

    async def passages(self, recordings: Sequence[Recording], text: str) -> Sequence[tuple[Passage, ...]]:
        """The words around what the filter `text` asks to have been said. Raises `CatalogueError`."""
        try:
            query = self._library.understand(text)
        except QueryError:  # it speaks of an account that was disconnected since
            return [()] * len(recordings)
        return await self._transcripts.passages(recordings, query)
