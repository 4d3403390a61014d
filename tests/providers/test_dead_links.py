"""Many dead links are no reason to fetch Convirza's whole list again for each of them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from playhead.core.errors import Missing
from playhead.core.pace import Pace
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.http.sharing import VAIN_SECONDS, Shared
from support.providers.provider_sources import Opened, convirza_account, heard, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving

AUDIO = bytes([255, 251, 144, 0]) * 64
NUMBER = 40


@dataclass(slots=True)
class Convirza:
    """Forty prompts whose links are new in each list; those of `dead` lead nowhere."""

    lists: int = 0
    fetches: int = 0
    dead: bool = True
    listed: int = NUMBER
    port: int = 0
    tried: list[str] = field(default_factory=list)

    def answer(self, asked: Request) -> bytes:
        if "media-prompts" in asked.target:
            self.lists += 1
            rows = [{"id": n, "name": f"p{n}", "url": self._link(n)} for n in range(self.listed)]
            return data(json.dumps({"data": {"prompts": rows}}))
        self.fetches += 1
        self.tried.append(asked.target)
        return http(404) if self.dead else http(200, AUDIO)

    def _link(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/audio/{number}?list={self.lists}"


@asynccontextmanager
async def convirza() -> AsyncIterator[tuple[Convirza, Opened, tuple[Recording, ...]]]:
    server = Convirza()
    async with serving(server.answer) as tiny:
        server.port = tiny.port
        async with opened(convirza_account(tiny.address)) as at:
            yield server, at, (await at.source.page(Asked(), None)).recordings


async def fail(at: Opened, recording: Recording) -> None:
    """What a player does of a recording whose audio is not there."""
    with pytest.raises(Missing):
        await heard(at.source, recording)
    await at.source.again(recording)


def test_forty_dead_links_one_after_the_other_cost_a_list_every_few_seconds() -> None:
    async def scene() -> None:
        async with convirza() as (server, at, recordings):
            for recording in recordings:
                await fail(at, recording)
            assert server.lists <= 2 + at.glass.time / VAIN_SECONDS
            assert server.lists <= 4

    run(scene())


def test_forty_dead_links_at_once_cost_one_list_or_two() -> None:
    async def scene() -> None:
        async with convirza() as (server, at, recordings):
            await asyncio.gather(*(fail(at, recording) for recording in recordings))
            assert server.lists <= 3

    run(scene())


def test_forty_recordings_that_are_no_longer_listed_cost_one_list() -> None:
    async def scene() -> None:
        async with convirza() as (server, at, recordings):
            server.listed = 0
            for recording in recordings:
                with pytest.raises(Missing):
                    await heard(at.source, recording)
                assert await at.source.again(recording) is None
            assert server.lists == 2

    run(scene())


def test_after_a_while_the_list_is_asked_for_again() -> None:
    async def scene() -> None:
        async with convirza() as (server, at, recordings):
            await fail(at, recordings[0])
            at.glass.time += VAIN_SECONDS
            server.dead = False
            assert await heard(at.source, recordings[0]) == AUDIO
            server.dead = True
            await fail(at, recordings[1])
            assert server.lists == 3

    run(scene())


def test_links_that_die_are_replaced_from_a_new_list_however_soon() -> None:
    async def scene() -> None:
        server = Convirza(dead=False)

        def answer(asked: Request) -> bytes:
            if "media-prompts" not in asked.target:
                server.dead = not asked.target.endswith(f"list={server.lists}")
            return server.answer(asked)

        async with serving(answer) as tiny:
            server.port = tiny.port
            async with opened(convirza_account(tiny.address)) as at:
                recordings = (await at.source.page(Asked(), None)).recordings
                for recording in recordings[:5]:
                    server.lists += 1
                    assert await heard(at.source, recording) == AUDIO
        assert server.lists == 11

    run(scene())


def test_a_shared_answer_is_newer_than_asked_for_or_as_good_as_any() -> None:
    async def scene() -> None:
        asked, time = 0, 0.0

        async def ask() -> int:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0)
            return asked

        shared = Shared(ask, Pace(now=lambda: time))
        assert await asyncio.gather(*(shared.newer(0) for _ in range(5))) == [1] * 5
        assert await shared.newer(0) == 1
        assert await shared.newer(1) == 2
        shared.was_vain()
        assert await shared.newer(2) == 2
        time += VAIN_SECONDS
        assert await shared.newer(2) == 3
        shared.forget()
        assert await shared.newer(0) == 4

    run(scene())


def test_who_waits_for_an_answer_whose_asker_gave_up_asks_anew() -> None:
    async def scene() -> None:
        asked = 0
        never = asyncio.Event()

        async def ask() -> int:
            nonlocal asked
            asked += 1
            if asked == 1:
                await never.wait()
            return asked

        shared = Shared(ask, Pace(now=lambda: 0.0))
        first = asyncio.create_task(shared.newer(0))
        await asyncio.sleep(0)
        second = asyncio.create_task(shared.newer(0))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == 2

    run(scene())
