"""What was said in recordings: from the catalogue first, then from the provider, once."""

import asyncio
from typing import cast

from playhead.core.exports.needs import Saying
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.stores import Catalogue
from playhead.core.transcript import Line, Transcript
from support.fakes import FakeCatalogue, FakeMarks, FakeSource, FixedClock, recording

SAID = Transcript(id="1", locale="en", lines=(Line(start=0.0, end=1.0, text="Hello"),))


def reader(*sources: FakeSource) -> TranscriptReader:
    """A reader of transcripts over an empty catalogue."""
    catalogue = FakeCatalogue()
    library = Library(catalogue, FixedClock())
    for source in sources:
        library.connect(source)
    return TranscriptReader(cast(Catalogue, catalogue), library, FixedClock())


def test_the_provider_is_asked_only_for_what_the_catalogue_does_not_have() -> None:
    async def scene() -> None:
        call = recording(1)
        source = FakeSource(transcripts={call.id: SAID})
        saying = Saying(reader(source), FakeMarks())
        assert await saying.transcript(call) == SAID
        source.failures.append(AssertionError())  # type: ignore[arg-type]
        assert await saying.transcript(call) == SAID

    asyncio.run(scene())


def test_stars_and_notes_are_those_of_the_catalogue() -> None:
    async def scene() -> None:
        marks = FakeMarks()
        call = recording(1)
        marks.change(call, starred=True)
        saying = Saying(reader(), marks)
        assert [each.starred for each in await saying.marks([call, recording(2)])] == [True, False]

    asyncio.run(scene())
