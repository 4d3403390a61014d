"""No body is read further than its limit, whatever it is compressed with and whatever it announces."""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace

import pytest

from playhead.core.account import Account
from playhead.core.errors import Forbidden, Garbled, PlayheadError, ProviderError, Unavailable, Unreachable
from playhead.core.likeness.look import look
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.http.apiclient import ApiClient, read_whole
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.limits import (
    ANSWER_BYTES,
    AUDIO_BYTES,
    ERROR_BYTES,
    LIST_BYTES,
    PAGE_BYTES,
    PIECE_BYTES,
    SLACK_AUDIO_BYTES,
    TRANSCRIPT_BYTES,
    UNTOLD_AUDIO_BYTES,
    untold_audio,
)
from playhead.providers.http.redirects import Link
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web
from support.providers.provider_sources import (
    Hourglass,
    Opened,
    bird_account,
    convirza_account,
    heard,
    opened,
    run,
)
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import Tiny, data, http, serving, speaking

Speak = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
AUDIO = bytes([255, 251, 144, 0]) * 64
BOMB = gzip.compress(bytes(100_000_000))


def endless(head: bytes, piece: bytes) -> Speak:
    """Says `head`, and then `piece` for ever."""

    async def speak(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        with suppress(ConnectionError):
            while True:
                writer.write(piece)
                await writer.drain()

    return speak


def head(*lines: str, status: int = 200) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} Because", *lines, "", ""]).encode()


async def asking(address: str, largest: int = ANSWER_BYTES) -> ProviderError:
    web = Web(Hourglass().pace)
    try:
        with pytest.raises(ProviderError) as caught:
            await ApiClient(web).ask(HttpRequest(address=address, largest=largest))
        return caught.value
    finally:
        await web.close()


async def audio(address: str, wish: AudioRequest | None = None) -> tuple[int, ProviderError | None]:
    """How many bytes of audio came, and what ended them."""
    web, received = Web(Hourglass().pace), 0

    async def link() -> Link:
        return Link(address)

    try:
        async with deliver(ApiClient(web), link, link, wish or AudioRequest()) as delivery:
            async for chunk in delivery.chunks:
                received += len(chunk)
    except ProviderError as error:
        return received, error
    finally:
        await web.close()
    return received, None


@pytest.mark.parametrize(
    "said",
    [
        http(200, BOMB, content_encoding="gzip"),
        http(200, BOMB, content_encoding="identity, x-gzip"),
        http(200, gzip.compress(BOMB), content_encoding="gzip, gzip"),
        http(200, b" " * (ANSWER_BYTES + 1)),
    ],
    ids=["gzip", "x-gzip", "gzip twice", "plain"],
)
def test_an_answer_takes_no_more_memory_than_its_limit(said: bytes) -> None:
    async def scene() -> ProviderError:
        async with serving(lambda _: said) as tiny:
            await asking(tiny.address)
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
            error = await asking(tiny.address)
            most = tracemalloc.get_traced_memory()[1] - before
            tracemalloc.stop()
        assert most < 4 * ANSWER_BYTES
        return error

    error = run(scene())
    assert isinstance(error, Garbled)
    assert error.reason in {"large", "encoding"}


def test_no_piece_of_a_compressed_body_is_larger_than_can_be_counted_in_time() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(200, BOMB, content_encoding="gzip")) as tiny:
            web = Web()
            stream = await web.open(HttpRequest(address=tiny.address))
            sizes = [len(chunk) async for chunk in stream.chunks()]
            await web.close()
        assert max(sizes) == PIECE_BYTES
        assert sum(sizes) == 100_000_000

    run(scene())


def test_the_window_has_its_turn_while_a_body_is_unpacked() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(200, BOMB, content_encoding="gzip")) as tiny:
            web = Web()
            stream = await web.open(HttpRequest(address=tiny.address))
            turns, ended = 0, asyncio.Event()

            async def window() -> None:
                nonlocal turns
                while not ended.is_set():
                    turns += 1
                    await asyncio.sleep(0)

            painting = asyncio.create_task(window())
            pieces = 0
            async for _ in stream.chunks():
                pieces += 1
            ended.set()
            await painting
            await web.close()
        assert turns >= pieces / 16 > 50

    run(scene())


def test_a_compressed_answer_without_its_end_is_cut() -> None:
    packed = gzip.compress(b'{"results": []}')

    async def scene() -> ProviderError:
        async with serving(lambda _: http(200, packed[:-4], content_encoding="gzip")) as tiny:
            error = await asking(tiny.address)
            assert len(tiny.asked) == 4
        return error

    error = run(scene())
    assert isinstance(error, Unreachable)
    assert error.reason == "cut"


@pytest.mark.parametrize(
    ("status", "kind"), [(403, Forbidden), (503, Unavailable)], ids=["refused", "at fault"]
)
@pytest.mark.parametrize(
    "body",
    [b" " * (ERROR_BYTES + 1), http(200, BOMB, content_encoding="br").partition(b"\r\n\r\n")[2]],
    ids=["large", "packed"],
)
def test_an_error_is_what_its_status_says_however_large_its_body(
    status: int, kind: type[ProviderError], body: bytes
) -> None:
    async def scene() -> ProviderError:
        packed = {"content_encoding": "br"} if body.startswith(b"\x1f") else {}
        async with serving(lambda _: http(status, body, **packed)) as tiny, opened_lane() as api:
            with pytest.raises(ProviderError) as caught:
                await api.ask(HttpRequest(method="POST", address=tiny.address))
        return caught.value

    error = run(scene())
    assert isinstance(error, kind)
    assert error.status == status


@asynccontextmanager
async def opened_lane() -> AsyncIterator[ApiClient]:
    """A client whose connections are closed at the end."""
    web = Web()
    yield ApiClient(web)
    await web.close()


@pytest.mark.parametrize(
    ("account", "largest"),
    [(bird_account("http://127.0.0.1:9"), PAGE_BYTES), (convirza_account("http://127.0.0.1:9"), LIST_BYTES)],
    ids=lambda value: str(getattr(value, "provider", "")),
)
def test_a_list_that_is_too_long_says_so(account: Account, largest: int) -> None:
    async def scene() -> None:
        async with (
            serving(lambda _: http(200, b" " * (largest + 1))) as tiny,
            opened(replace(account, base_url=tiny.address)) as at,
        ):
            with pytest.raises(Garbled) as caught:
                await at.source.page(Asked(), None)
            assert caught.value.reason == "large"
            assert len(tiny.asked) == 1, "it would be as long a second time"

    run(scene())


@pytest.mark.parametrize(
    "said",
    [
        http(200, gzip.compress(AUDIO), content_encoding="gzip", content_type="audio/mpeg"),
        http(200, gzip.compress(AUDIO)[:-4], content_encoding="x-gzip"),
        http(200, BOMB, content_encoding="deflate"),
        http(200, AUDIO, content_encoding="br"),
        http(200, gzip.compress(BOMB), content_encoding="gzip, gzip"),
    ],
    ids=["gzip", "cut", "bomb", "br", "twice"],
)
def test_audio_that_comes_compressed_is_not_unpacked(said: bytes) -> None:
    async def scene() -> None:
        async with serving(lambda _: said) as tiny:
            received, error = await audio(tiny.address)
            assert (received, len(tiny.asked)) == (0, 2)
            assert tiny.asked[0].headers["accept-encoding"] == "identity"
        assert isinstance(error, Garbled)
        assert error.reason == "encoding"

    run(scene())


@pytest.mark.parametrize("content_encoding", ["identity", "binary", "aws-chunked", "utf-8", "", ","])
def test_a_word_that_is_no_compression_costs_no_audio(content_encoding: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(200, AUDIO, content_encoding=content_encoding)) as tiny:
            assert await audio(tiny.address) == (len(AUDIO), None)

    run(scene())


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        (head("content-type: audio/mpeg"), AUDIO * 64),
        (head("transfer-encoding: chunked"), b"4000\r\n" + AUDIO * 64 + b"\r\n"),
        (head("transfer-encoding: chunked"), b"1\r\n\xff\r\n" * 1000),
    ],
    ids=["until it closes", "chunked", "in tiny chunks"],
)
def test_audio_without_an_end_is_given_up_where_no_recording_reaches(said: bytes, piece: bytes) -> None:
    async def scene() -> None:
        async with speaking(endless(said, piece)) as tiny:
            received, error = await audio(tiny.address, AudioRequest(untold=30_000))
        assert received <= 30_000
        assert isinstance(error, Garbled)
        assert error.reason == "endless"

    run(scene())


def test_audio_that_announces_more_than_is_ever_taken_is_refused_at_once() -> None:
    said = head(f"content-length: {AUDIO_BYTES + 1}")

    async def scene() -> None:
        async with speaking(endless(said, AUDIO * 256)) as tiny:
            received, error = await audio(tiny.address)
        assert received == 0
        assert isinstance(error, Garbled)
        assert error.reason == "endless"

    run(scene())


def test_a_rest_that_makes_the_whole_too_long_is_refused() -> None:
    end = AUDIO_BYTES + 1
    for lines in (
        (f"content-range: bytes 100-{end - 1}/{end}", f"content-length: {end - 100}"),
        (f"content-range: bytes 100-{end - 1}/*", f"content-length: {end - 100}"),
    ):
        said = head(*lines, 'etag: "v1"', status=206)

        async def scene(said: bytes = said) -> None:
            async with speaking(endless(said, AUDIO)) as tiny:
                received, error = await audio(tiny.address, AudioRequest(offset=100, validator='"v1"'))
            assert received == 0
            assert isinstance(error, Garbled)
            assert error.reason == "endless"

        run(scene())


@pytest.mark.parametrize("provider", ["bird", "convirza"])
def test_a_door_takes_no_more_audio_than_its_recording_can_have(provider: str) -> None:
    recording = Recording(account="b1", id="r1", provider=provider, status="available", duration=1.0)

    async def scene() -> None:
        async with speaking(endless(head(), AUDIO * 1024)) as media:
            row = f'{{"id": "r1", "status": "available", "url": "{media.address}/a.mp3"}}'
            said = row if provider == "bird" else f'{{"data": {{"prompts": [{row}]}}}}'
            async with serving(lambda _: data(said)) as tiny, door(provider, tiny) as at:
                with pytest.raises(Garbled) as caught:
                    await heard(at.source, recording)
        assert caught.value.reason == "endless"

    run(scene())


def door(provider: str, tiny: Tiny) -> AbstractAsyncContextManager[Opened]:
    account = bird_account if provider == "bird" else convirza_account
    return opened(account(tiny.address))


def test_what_a_recording_can_have_is_generous() -> None:
    assert untold_audio(None, None) == UNTOLD_AUDIO_BYTES
    assert untold_audio(0.0, 0) == UNTOLD_AUDIO_BYTES
    assert untold_audio(29.0, None) > SLACK_AUDIO_BYTES
    assert untold_audio(29.0, 200_000_000) >= 400_000_000
    assert untold_audio(1e12, None) == AUDIO_BYTES
    assert untold_audio(None, 2**53) == AUDIO_BYTES


def test_a_transcript_is_counted_while_it_is_unpacked() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(200, BOMB, content_encoding="gzip")) as tiny:
            web = Web()
            stream = await web.open(HttpRequest(address=tiny.address))
            with pytest.raises(PlayheadError) as caught:
                await read_whole(stream, TRANSCRIPT_BYTES)
            await stream.close()
            await web.close()
        assert caught.value.reason == "large"

    run(scene())


def test_audio_that_comes_byte_by_byte_is_not_looked_at_for_each_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []

    def counted(start: bytes, *, whole: bool, told: tuple[str, ...]) -> object:
        looks.append(len(start))
        return look(start, whole=whole, told=told)

    monkeypatch.setattr("playhead.providers.http.delivery.look", counted)
    said = head("transfer-encoding: chunked") + b"1\r\n\xff\r\n" * 6000 + b"0\r\n\r\n"

    async def scene() -> None:
        async with serving(lambda _: said) as tiny:
            assert await audio(tiny.address) == (6000, None)

    run(scene())
    assert len(looks) <= 15
