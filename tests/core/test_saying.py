"""What was said in recordings: from the catalogue first, then from the provider, once."""

import asyncio
from typing import cast

from playhead.core.exports.engine.needs import Saying
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.stores import Catalogue
from playhead.core.transcript import Line, Transcript
from support.fakes import FakeCatalogue, FakeMarks, FakeSource, FixedClock, recording

SAID = Transcript(id="1", locale="en", lines=(Line(start=0.0, end=1.0, text="Hello"),))


def saying_of(*sources: FakeSource, marks: FakeMarks | None = None) -> Saying:
    """What is asked for words, over an empty catalogue."""
    catalogue = FakeCatalogue()
    library = Library(catalogue, FixedClock())
    for source in sources:
        library.connect(source)
    reader = TranscriptReader(cast(Catalogue, catalogue), library, FixedClock())
    return Saying(reader, marks or FakeMarks(), library)


def test_the_provider_is_asked_only_for_what_the_catalogue_does_not_have() -> None:
    async def scene() -> None:
        call = recording(1)
        source = FakeSource(transcripts={call.id: SAID})
        saying = saying_of(source)
        assert await saying.transcript(call) == SAID
        source.failures.append(AssertionError())  # type: ignore[arg-type]
        assert await saying.transcript(call) == SAID

    asyncio.run(scene())


def test_stars_and_notes_are_those_of_the_catalogue() -> None:
    async def scene() -> None:
        marks = FakeMarks()
        call = recording(1)
        marks.change(call, starred=True)
        saying = saying_of(marks=marks)
        assert [each.starred for each in await saying.marks([call, recording(2)])] == [True, False]

    asyncio.run(scene())


def test_what_a_filter_asks_to_have_been_said_is_told_with_the_words_around_it() -> None:
    async def scene() -> None:
        call = recording(1)
        saying = saying_of(FakeSource(transcripts={call.id: SAID}))
        await saying.transcript(call)
        (found, none) = await saying.passages([call, recording(2)], "said:hello date:today")
        assert [(each.text, each.at, each.marks) for each in found] == [("Hello", 0.0, ((0, 5),))]
        assert none == ()
        assert await saying.passages([call], "hello") == [()]
        assert await saying.passages([call], "said:") == [()]

    asyncio.run(scene())
