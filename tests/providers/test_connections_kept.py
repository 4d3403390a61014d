"""A connection that was opened once is used again."""

import asyncio

from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web
from support.providers.provider_sources import Hourglass, run
from support.providers.tiny_server import Asked, data, speaking

AT_ONCE = 32
"""Connections of an export: to the API and to a media host."""


def test_as_many_connections_as_an_export_opens_are_kept() -> None:
    async def scene() -> None:
        connections, waiting = set[int](), asyncio.Barrier(AT_ONCE)

        async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
            connections.add(id(writer))
            await waiting.wait()
            writer.write(data("{}"))

        web = Web(Hourglass().pace)
        async with speaking(answer) as tiny:
            api = ApiClient(web, at_once=AT_ONCE)
            for _ in range(3):
                asking = (api.ask(HttpRequest(address=tiny.address)) for _ in range(AT_ONCE))
                await asyncio.gather(*asking)
            await web.close()
        assert len(connections) == AT_ONCE

    run(scene())
