"""A further filter field is one value: it is parsed, completed, matched and found by that alone."""

import asyncio

from playhead.core.finding.completion import completions
from playhead.core.finding.fieldreaders import part
from playhead.core.finding.fields import FIELDS
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Field, FieldKind, Match, Way
from support.catalogue.catalogue_examples import NOON, catalogue, listed, recording

CONFERENCE = Field(
    word="conference",
    asks="the id of the conference",
    kind=FieldKind.PART,
    read=part,
    aliases=("room",),
    known={"none": "of no conference"},
    texts=lambda recording, _: (recording.conference,),
    columns=("conference",),
)
MORE = {**FIELDS, "conference": CONFERENCE}


def test_it_is_completed_and_so_are_its_values() -> None:
    assert [(each.text, each.detail) for each in completions("con", 3, fields=MORE)][:1] == [
        ("conference:", "the id of the conference")
    ]
    assert [each.text for each in completions("conference:n", 12, fields=MORE)] == ["none"]


def test_it_is_parsed_matched_and_found_in_the_catalogue() -> None:
    page = [
        recording(1, conference="Room-A"),
        recording(2, conference="Room-B"),
        recording(3, conference=None, call="room-a"),
    ]
    asked = parse("conference:room-a", NOON, fields=MORE)
    refused = parse("-conference:room-a", NOON, fields=MORE)

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            assert Match(CONFERENCE, "room-a", Way.PART) in asked.conditions
            for query in (asked, refused, parse("conference:ro*b", NOON, fields=MORE)):
                plain = [each.id for each in page if matches(query.node, each)]
                assert sorted(await listed(store, query.node)) == plain
            assert await listed(store, asked.node) == ["1"]

    asyncio.run(scene())
