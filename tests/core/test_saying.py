"""What was said in recordings: from the catalogue first, then from the provider, once."""

import asyncio

from playhead.core.exports.needs import Saying
from playhead.core.loading.library import Library
from playhead.core.transcript import Line, Transcript
from support.fakes import FakeCatalogue, FakeMarks, FakeSource, FakeTranscripts, FixedClock, recording

SAID = Transcript(id="1", locale="en", lines=(Line(start=0.0, end=1.0, text="Hello"),))


def test_the_provider_is_asked_only_for_what_the_catalogue_does_not_have() -> None:
    async def scene() -> None:
        call = recording(1)
        source = FakeSource(transcripts={call.id: SAID})
        library = Library(FakeCatalogue(), FixedClock())
        library.connect(source)
        saying = Saying(FakeTranscripts(), FakeMarks(), library)
        assert await saying.transcript(call) == SAID
        source.failures.append(AssertionError())  # type: ignore[arg-type]
        assert await saying.transcript(call) == SAID

    asyncio.run(scene())


def test_stars_and_notes_are_those_of_the_catalogue() -> None:
    async def scene() -> None:
        marks = FakeMarks()
        call = recording(1)
        marks.change(call, starred=True)
        saying = Saying(FakeTranscripts(), marks, Library(FakeCatalogue(), FixedClock()))
        assert [each.starred for each in await saying.marks([call, recording(2)])] == [True, False]

    asyncio.run(scene())
