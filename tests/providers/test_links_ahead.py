"""Links that are asked for ahead of their files."""

import asyncio
from dataclasses import dataclass, field

import pytest

from playhead.core.errors import Unavailable
from playhead.providers.http.linksahead import LIFE, MOST, LinksAhead
from playhead.providers.http.redirects import Link
from support.providers.provider_sources import Hourglass, run


@dataclass
class Signer:
    """Signs links, and remembers whom they were for."""

    asked: list[str] = field(default_factory=list)
    failing: bool = False

    async def link(self, identity: str) -> Link:
        self.asked.append(identity)
        await asyncio.sleep(0)
        if self.failing:
            raise Unavailable
        return Link(f"https://media.example/{identity}/{len(self.asked)}")


def test_a_link_is_asked_for_once_and_given_out_once() -> None:
    async def scene() -> None:
        signer, glass = Signer(), Hourglass()
        links = LinksAhead(signer.link, glass.pace)
        links.prepare("a")
        links.prepare("a")
        first, second = await links.link("a"), await links.link("a")
        assert signer.asked == ["a", "a"]
        assert first != second

    run(scene())


def test_a_link_that_lay_too_long_is_asked_for_again() -> None:
    async def scene() -> None:
        signer, glass = Signer(), Hourglass()
        links = LinksAhead(signer.link, glass.pace)
        links.prepare("a")
        await asyncio.sleep(0)
        glass.time += LIFE
        assert (await links.link("a")).address.endswith("/2")

    run(scene())


def test_only_so_many_links_are_kept_and_a_closed_door_asks_for_none() -> None:
    async def scene() -> None:
        signer, glass = Signer(), Hourglass()
        links = LinksAhead(signer.link, glass.pace)
        for number in range(MOST + 5):
            links.prepare(str(number))
        await asyncio.sleep(0)
        assert len(signer.asked) == MOST, "what is dropped before its turn is not asked for"
        links.prepare("late")
        links.close()
        for _ in range(3):
            await asyncio.sleep(0)
        assert "late" not in signer.asked

    run(scene())


def test_a_failure_is_told_to_whoever_wants_the_link_and_to_nobody_else() -> None:
    async def scene() -> None:
        signer, glass = Signer(failing=True), Hourglass()
        links = LinksAhead(signer.link, glass.pace)
        links.prepare("a")
        links.prepare("unwanted")
        with pytest.raises(Unavailable):
            await links.link("a")

    run(scene())
