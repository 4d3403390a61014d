"""Reading of many transcripts: each is fetched once and kept, and what cannot be had stops nothing."""

import asyncio
from collections.abc import Sequence
from typing import cast

from typing_extensions import override

from playhead.core.errors import Garbled, PlayheadError, Refused, Unavailable
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.loading.transcriptwork import ReadOutcome, TranscriptWork
from playhead.core.pace import Pace
from playhead.core.recording import Recording
from playhead.core.stores import Catalogue
from playhead.core.transcript import Line, Transcript, Transcription
from playhead.core.worklists.workrun import WorkRun
from playhead.core.worklists.workstates import WorkProgress
from support.fakes import BIRD, FakeCatalogue, FakeSource, FixedClock, recording
from support.health.checkup_scene import FakeCheckups


def said(number: int) -> Transcript:
    return Transcript(id=f"t{number}", locale="en", lines=(Line(start=0, end=1, text=f"number {number}"),))


class OddSource(FakeSource):
    """Fails as it is told for each recording; counts what it is asked for."""

    def __init__(self, known: Sequence[int]) -> None:
        super().__init__(transcripts={f"id-{each}": said(each) for each in known})
        self.odd: dict[str, list[PlayheadError]] = {}
        self.wanted: list[str] = []

    @override
    async def transcript(
        self, recording: Recording, transcription: Transcription | None
    ) -> Transcript | None:
        identity = recording.id
        if transcription is not None:
            self.wanted.append(identity)
            if self.odd.get(identity):
                raise self.odd[identity].pop(0)
        return await super().transcript(recording, transcription)


async def read(
    source: FakeSource, numbers: Sequence[int]
) -> tuple[FakeCheckups, FakeCatalogue, WorkProgress]:
    """Read the transcripts of these recordings."""
    catalogue, todo, told = FakeCatalogue(), FakeCheckups(), list[WorkProgress]()
    library = Library(catalogue, FixedClock())
    library.connect(source)
    reader = TranscriptReader(cast(Catalogue, catalogue), library, FixedClock())
    todo.put(*(recording(each) for each in numbers))
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        await asyncio.sleep(0)

    pace = Pace(now=lambda: now, sleep=sleep)
    await WorkRun(todo, TranscriptWork(reader), told.append, pace).run()
    return todo, catalogue, told[-1]


def test_what_is_listed_is_read_and_what_cannot_be_had_stops_nothing() -> None:
    async def scene() -> None:
        source = OddSource((1, 2, 3))
        source.odd = {"id-1": [Unavailable()], "id-2": [Garbled("shape")]}
        todo, catalogue, progress = await read(source, (1, 2, 3, 4))
        assert todo.outcomes() == {
            "id-1": ReadOutcome.READ,
            "id-2": ReadOutcome.FAILED,
            "id-3": ReadOutcome.READ,
            "id-4": ReadOutcome.NONE,
        }
        assert sorted(source.wanted) == ["id-1", "id-1", "id-2", "id-3"]
        assert {key[1] for key in catalogue.transcripts.kept} == {"id-1", "id-3"}
        assert (progress.done, progress.total, progress.fetched) == (4, 4, 3)

    asyncio.run(scene())


def test_an_account_that_refuses_its_key_is_asked_no_more() -> None:
    async def scene() -> None:
        source = OddSource((1, 2))
        source.odd = {"id-1": [Refused()], "id-2": [Refused()]}
        todo, _, progress = await read(source, (1, 2))
        assert set(todo.outcomes().values()) == {None}
        assert progress.refused == (BIRD.id,)

    asyncio.run(scene())
