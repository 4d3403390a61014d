"""Whatever is typed or pasted into the filter line is understood, or answered with a sentence."""

from playhead.core.finding.matching import matches
from playhead.core.finding.query import EVERYTHING
from playhead.core.recording import Recording
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

UNDERSTOOD = (
    "a",
    "é",
    "31",
    "0",
    "%",
    "_",
    "100%",
    "🎧",
    "山田",
    "'; drop table recording; --",
    '"\'; select * from search"',
    "NEAR AND NOT",
    "^a {b} [c] ~d",
    '"a* OR b"',
    "words match x",
    "-a",
    "- -",
    "*",
    "maria OR jose",
    "maria or jose",
    "from:*",
    "from:+31* -is:transcribed",
    "with:020*",
    "020 555 0123",
    "+31 20 555 01",
    "size:>1MB",
    "-size:>0",
    "date:lastyear,thisyear",
    "(status:failed,absent or duration:>2m) -kind:conference",
    "is:gone",
    "-is:exported is:unheard",
    "is:starred,noted",
)
REFUSED = {
    'maria "three': "A quotation mark is missing.",
    "(maria": "This bracket is not closed.",
    "maria)": "This bracket closes nothing.",
    "colour:red": "There is no field called “colour”.",
    "formt:mp3": "Did you mean format: ?",
    "after:2026-02-30": "There is no such date: 2026-02-30.",
    "date:2026-03..2026-01": "The range ends before it begins",
    "from:": "Write what to look for after “from:”.",
    "x" * 10_000: "This is too long to be a filter",
}


async def everything(person: Person) -> list[Recording]:
    listed = await person.program.session.catalogue.listings.matching(EVERYTHING)
    return [
        each for each in await person.program.session.catalogue.recordings.read(listed) if each is not None
    ]


async def test_whatever_is_typed_is_answered(desk: Desk) -> None:
    async with desk.opened(*desk.both) as person:
        await person.loads_everything(540)
        recordings = await everything(person)
        for text in UNDERSTOOD:
            person.type_filter(text)
            node = person.program.journeys.browsing.state.query.node
            assert person.program.journeys.browsing.state.query.text == text
            expected = sum(matches(node, each) for each in recordings)
            await until(lambda n=expected: person.rows == n, f"the {expected} rows of {text}")  # type: ignore[misc]
        before = person.rows
        for text, sentence in REFUSED.items():
            person.type_filter(text)
            assert sentence in person.window.filter.line.accessibleDescription()
            assert person.rows == before
        assert not person.notices
