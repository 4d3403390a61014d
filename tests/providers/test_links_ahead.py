"""Links that are asked for ahead of their files."""

import asyncio
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from playhead.core.account import Credential
from playhead.core.errors import Unavailable
from playhead.core.fetching.downloads import Downloads
from playhead.core.loading.closing import ClosingSource
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.http.linksahead import LIFE, MOST, LinksAhead
from playhead.providers.http.redirects import Link
from support.cloud.faultycloud import Fault, FaultyCloud
from support.fakes import FakeMedia, FakeSource, recording
from support.providers.provider_sources import Hourglass, bird_account, heard, opened, run


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


def test_audio_comes_through_the_link_that_was_asked_for_ahead_and_a_dead_one_is_renewed(
    cloud: FaultyCloud,
) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            page = await at.source.page(Asked(), None)
            first, second = [each for each in page.recordings if each.playable][:2]
            cloud.requests.clear()
            at.source.prepare(first)
            assert await heard(at.source, first) == cloud.audio(first.id)
            asked = [request.path for request in cloud.requests if request.path.startswith("/workspaces")]
            assert len(asked) == 1
            at.source.prepare(second)
            cloud.faults.add(Fault(scope="media", status=403, times=1))
            assert await heard(at.source, second) == cloud.audio(second.id)

    run(scene())


def test_a_closed_door_prepares_nothing() -> None:
    async def scene() -> None:
        source = Prepared()
        door = ClosingSource(source)
        door.prepare(recording(1))
        await door.close()
        door.prepare(recording(2))
        assert source.prepared == [recording(1)]

    run(scene())


class Prepared(FakeSource):
    """Remembers what it was to prepare."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared: list[Recording] = []

    @override
    def prepare(self, recording: Recording) -> None:
        self.prepared.append(recording)


def test_what_is_on_its_way_already_is_not_prepared() -> None:
    async def scene() -> None:
        source = Prepared()
        downloads = Downloads(lambda _: source, FakeMedia())
        media = downloads.open(recording(1))
        downloads.prepare(recording(1))
        downloads.prepare(recording(2))
        assert source.prepared == [recording(2)]
        downloads.release(media)
        await downloads.close()

    run(scene())
