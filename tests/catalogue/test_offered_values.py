"""The values of a field that the catalogue offers for completion."""

import asyncio
from collections.abc import Sequence

import pytest

from playhead.core.finding.completion import completions
from playhead.core.finding.parser import parse
from playhead.core.recording import Party, Recording
from support.catalogue.catalogue_examples import catalogue, listed, recording

CHANNEL = "880d8171-0000-4000-8000-000000000001"
PAGE = (
    recording(1, caller=Party(name="Maria Jansen", number="+31205550101"), channel=CHANNEL),
    recording(
        2, caller=Party(name="MARIA JANSEN", number="31205550101", identity="+31205550101"), channel=CHANNEL
    ),
    recording(
        3, callee=Party(name="São Paulo", number="sip:Desk@Example.com"), name="Malmö", filename="A.mp3"
    ),
    recording(4, caller=Party(name='The "big"\x07\ud800 one'), callee=Party(number="")),
)


def offered(field: str, *page: Recording) -> Sequence[str]:
    async def scene() -> Sequence[str]:
        async with catalogue(None, *page) as store:
            return await store.recordings.values(field)

    return asyncio.run(scene())


def test_an_id_that_many_recordings_have_is_offered_once() -> None:
    assert offered("channel", *PAGE) == [CHANNEL]


def test_names_are_offered_as_the_provider_wrote_them_and_once_each() -> None:
    assert offered("name", *PAGE) == ["A.mp3", "Malmö"]
    assert offered("to", *PAGE) == ["São Paulo", "sip:Desk@Example.com"]
    numbers, (jansen,) = offered("from", *PAGE[:2])[:-1], offered("from", *PAGE[:2])[-1:]
    assert numbers == ["+31205550101"]
    assert jansen in {"Maria Jansen", "MARIA JANSEN"}


def test_the_other_side_is_offered_too() -> None:
    assert set(offered("with", PAGE[0], PAGE[2])) == {
        "+31205550101", "Maria Jansen", "São Paulo", "sip:Desk@Example.com",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["name", "from", "to", "with", "channel"])
def test_what_is_chosen_finds_the_rows_that_have_it(field: str) -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            values = await store.recordings.values(field)
            for each in completions(f"{field}:", len(field) + 1, values):
                query = parse(f"{field}:{each.text}", PAGE[0].moment or pytest.fail("no date"))
                assert await listed(store, query.node), each

    asyncio.run(scene())
