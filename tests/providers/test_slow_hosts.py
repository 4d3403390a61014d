"""A host that drips, or wants a pause, holds up nobody but those who want something of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import pytest
from typing_extensions import override

from playhead.core.errors import Garbled, Limited, ProviderError, Unavailable, Unreachable
from playhead.core.pace import Pace
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.limits import LEAST_SPEED
from playhead.providers.http.redirects import Link
from playhead.providers.http.request import HttpRequest, HttpResponse
from playhead.providers.http.web import Web
from support.providers.provider_sources import Hourglass, bird_account, heard, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving, speaking

Speak = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
AUDIO = bytes([255, 251, 144, 0]) * 64
SILENCE = 0.2


def dripping(start: bytes, drop: bytes, every: float = 0.02) -> Speak:
    """Says `start`, and then a `drop` now and then, for ever."""

    async def speak(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        with suppress(ConnectionError):
            while True:
                writer.write(drop)
                await writer.drain()
                await asyncio.sleep(every)

    return speak


@asynccontextmanager
async def api_client(glass: Hourglass | None = None) -> AsyncIterator[ApiClient]:
    web = Web((glass or Hourglass()).pace)
    yield ApiClient(web)
    await web.close()


async def listen(api: ApiClient, address: str, wish: AudioRequest) -> bytes:
    async def link() -> Link:
        return Link(address)

    async with deliver(api, link, link, wish) as delivery:
        return b"".join([chunk async for chunk in delivery.chunks])


HEADS = {
    "a head": dripping(b"HTTP/1.1 200 OK\r\nx: ", b"y"),
    "early hints": dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a flood of early hints": dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500, 0.0),
    "many headers": dripping(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("speak", HEADS.values(), ids=HEADS)
def test_a_head_has_to_come_in_a_time_for_all_of_it(speak: Speak) -> None:
    async def scene() -> None:
        async with speaking(speak) as tiny, api_client() as api:
            with pytest.raises(Unreachable) as caught:
                await listen(api, tiny.address, AudioRequest(silence=SILENCE))
            assert caught.value.reason == "timeout"
            assert len(tiny.asked) == 1, "the time was for all attempts"

    run(scene())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "kind"), [(503, Unavailable), (500, Unavailable), (429, Limited)], ids=str
)
def test_an_error_counts_however_slowly_its_body_comes(status: int, kind: type[ProviderError]) -> None:
    said = f"HTTP/1.1 {status} Because\r\ncontent-length: 60000\r\n\r\n".encode()

    async def scene() -> None:
        async with speaking(dripping(said, b"x")) as tiny, api_client() as api:
            with pytest.raises(kind):
                await listen(api, tiny.address, AudioRequest(silence=SILENCE))
            with pytest.raises(kind):
                await api.ask(HttpRequest(address=tiny.address, silence=SILENCE))

    run(scene())


def test_redirects_share_the_time() -> None:
    async def speak(asked: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.8 * SILENCE)
        writer.write(http(302, location=f"{asked.target}x"))

    async def scene() -> None:
        async with speaking(speak) as tiny, api_client() as api:
            with pytest.raises(Unreachable) as caught:
                await listen(api, f"{tiny.address}/", AudioRequest(silence=SILENCE))
            assert caught.value.reason == "timeout"
            assert len(tiny.asked) == 4

    run(scene())


class Crowd:
    """Lets it be awaited that `number` requests have come."""

    def __init__(self, number: int) -> None:
        self._missing = number
        self.complete = asyncio.Event()

    def of(self, speak: Speak) -> Speak:
        """The same, counted."""

        async def counted(asked: Request, writer: asyncio.StreamWriter) -> None:
            self._missing -= 1
            if not self._missing:
                self.complete.set()
            await speak(asked, writer)

        return counted


DRIPPING = dripping(b"HTTP/1.1 200 OK\r\nx: ", b"y")


@pytest.mark.parametrize("hosts", [1, 6], ids=["one slow host", "six of them"])
def test_slow_hosts_do_not_hold_up_the_others(hosts: int) -> None:
    async def scene() -> None:
        crowd = Crowd(6)
        async with AsyncExitStack() as stack:
            slow = [await stack.enter_async_context(speaking(crowd.of(DRIPPING))) for _ in range(hosts)]
            quick = await stack.enter_async_context(serving(lambda _: http(200, AUDIO)))
            api = await stack.enter_async_context(api_client())
            addresses = [slow[number % hosts].address for number in range(6)]
            waiting = [
                asyncio.create_task(listen(api, each, AudioRequest(silence=5.0))) for each in addresses
            ]
            await crowd.complete.wait()
            assert await listen(api, quick.address, AudioRequest()) == AUDIO
            assert not any(task.done() for task in waiting)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    run(scene())


def test_a_slow_host_gives_its_places_back() -> None:
    async def speak(asked: Request, writer: asyncio.StreamWriter) -> None:
        if asked.target == "/slow":
            await DRIPPING(asked, writer)
        writer.write(http(200, AUDIO))

    async def scene() -> None:
        crowd = Crowd(6)
        async with speaking(crowd.of(speak)) as tiny, api_client() as api:
            slow = [listen(api, f"{tiny.address}/slow", AudioRequest(silence=SILENCE)) for _ in range(6)]
            tasks = [asyncio.create_task(each) for each in slow]
            await crowd.complete.wait()
            assert await listen(api, f"{tiny.address}/quick", AudioRequest(silence=SILENCE)) == AUDIO
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(error, Unreachable) for error in ended)

    run(scene())


class Ticking(Hourglass):
    """Time that passes by `step` with every look at it, however little there is to wait for."""

    def __init__(self, step: float) -> None:
        super().__init__()
        self.step = step

    def look(self) -> float:
        self.time += self.step
        return self.time

    @property
    @override
    def pace(self) -> Pace:
        return Pace(now=self.look, sleep=self.sleep, chance=lambda: 1.0)


def in_drops(size: int, number: int) -> Speak:
    """Audio in so many drops of so many bytes, each of which arrives by itself."""

    async def speak(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {size * number}\r\n\r\n".encode())
        with suppress(ConnectionError):
            for _drop in range(number):
                writer.write(b"\xff" * size)
                await writer.drain()
                await asyncio.sleep(0.001)

    return speak


def test_audio_that_drips_is_given_up_with_a_reason_of_its_own() -> None:
    async def scene() -> None:
        async with speaking(in_drops(3, 1000)) as tiny, api_client(Ticking(1.0)) as api:
            with pytest.raises(Unreachable) as caught:
                await listen(api, tiny.address, AudioRequest(silence=20.0))
            assert caught.value.reason == "slow"
            assert len(tiny.asked) == 1

    run(scene())


def test_audio_that_is_slow_but_can_be_listened_to_is_waited_for() -> None:
    async def scene() -> None:
        async with speaking(in_drops(2 * LEAST_SPEED, 200)) as tiny, api_client(Ticking(1.0)) as api:
            assert len(await listen(api, tiny.address, AudioRequest(silence=20.0))) == 400 * LEAST_SPEED

    run(scene())


def test_who_takes_audio_at_leisure_does_not_make_its_host_slow() -> None:
    glass = Hourglass()

    async def scene() -> None:
        async with speaking(in_drops(30, 10)) as tiny, api_client(glass) as api:

            async def link() -> Link:
                return Link(tiny.address)

            received = 0
            async with deliver(api, link, link, AudioRequest(silence=20.0)) as delivery:
                async for chunk in delivery.chunks:
                    received += len(chunk)
                    glass.time += 3600
            assert received == 300

    run(scene())


def test_a_pause_that_a_media_host_wants_holds_back_no_other_and_no_list() -> None:
    glass = Hourglass()
    waits: list[float] = []
    held = asyncio.Event()
    times: list[float] = []

    async def sleep(seconds: float) -> None:
        if seconds >= 30:
            held.set()
            await go_on.wait()
        await glass.sleep(seconds)

    def answer(_: Request) -> bytes:
        times.append(glass.time)
        return http(429, retry_after="30") if len(times) == 1 else http(200, AUDIO)

    async def scene() -> None:
        web = Web(Pace(now=lambda: glass.time, sleep=sleep, chance=lambda: 1.0))
        api = ApiClient(web, waiting=waits.append)
        async with serving(answer) as busy, serving(lambda _: http(200, AUDIO)) as other:
            pausing = asyncio.create_task(listen(api, busy.address, AudioRequest()))
            await held.wait()
            await api.ask(HttpRequest(address=other.address))
            assert await listen(api, other.address, AudioRequest()) == AUDIO
            assert glass.time < 30
            go_on.set()
            assert await pausing == AUDIO
            assert times[1] >= 30
        await web.close()
        assert waits == [], "the account does not wait"

    go_on = asyncio.Event()
    run(scene())


def test_a_pause_binds_everything_that_is_wanted_of_its_host() -> None:
    glass = Hourglass()
    times: list[float] = []

    def answer(_: Request) -> bytes:
        times.append(glass.time)
        return http(503, retry_after="30") if len(times) == 1 else http(200, AUDIO)

    async def scene() -> None:
        async with serving(answer) as tiny, api_client(glass) as api:
            await asyncio.gather(*(listen(api, tiny.address, AudioRequest()) for _ in range(3)))
        assert len([time for time in times if time < 30]) <= 3
        assert len(times) == 4

    run(scene())


def test_a_pause_of_the_api_does_not_keep_audio_waiting_elsewhere() -> None:
    """Audio through the API itself does wait: it is asked for with the credential."""

    async def scene() -> None:
        async with serving(lambda _: http(200, AUDIO)) as media:
            row = f'{{"id": "r1", "status": "available", "url": "{media.address}/a.mp3"}}'
            said = [http(429, retry_after="60"), data('{"results": []}')]

            def answer(asked: Request) -> bytes:
                return data(row) if "r1" in asked.target else said.pop(0)

            async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
                await at.source.page(Asked(), None)
                assert at.waits == [60.0, 0.0]
                assert await heard(at.source, recording()) == AUDIO

    run(scene())


def recording() -> Recording:
    return Recording(account="b1", id="r1", provider="bird", status="available")


class Nowhere(Web):
    """A web in which nobody is there."""

    @override
    async def open(self, call: HttpRequest, *, whole: bool = False) -> HttpResponse:
        raise Unreachable("name")


def test_many_hosts_are_not_remembered_for_ever() -> None:
    glass = Hourglass()
    api = ApiClient(Nowhere(glass.pace))

    async def scene() -> None:
        for number in range(300):
            glass.time += 1
            with suppress(Unreachable):
                await api.open(HttpRequest(address=f"https://media{number}.example/a"))
        assert len(vars(api)["_hosts"]) <= 64

    run(scene())


def test_endless_redirects_to_ever_new_addresses_end_at_once() -> None:
    async def scene() -> None:
        async with serving(lambda asked: http(302, location=f"{asked.target}x")) as tiny, api_client() as api:
            with pytest.raises(Garbled) as caught:
                await listen(api, f"{tiny.address}/", AudioRequest())
            assert caught.value.reason == "redirects"
            assert len(tiny.asked) == 6

    run(scene())


def test_a_redirect_that_goes_round_is_followed_once() -> None:
    async def scene() -> None:
        other = {"/a": "/b", "/b": "/a"}
        async with (
            serving(lambda asked: http(302, location=other[asked.target])) as tiny,
            api_client() as api,
        ):
            with pytest.raises(Garbled) as caught:
                await listen(api, f"{tiny.address}/a", AudioRequest())
            assert caught.value.reason == "redirects"
            assert [asked.target for asked in tiny.asked] == ["/a", "/b"]

    run(scene())
