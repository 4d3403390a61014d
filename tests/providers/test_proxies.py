"""A credential goes by https or to this computer, past every proxy; a slip in a proxy is not repeated."""

import asyncio
import logging
import sys
import traceback
from pathlib import Path

import pytest

from playhead.core.errors import ProviderError, Rejected, Unreachable
from playhead.core.page import Asked
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.client import name_of_this_computer
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web
from support.providers.provider_sources import KEY, Hourglass, bird_account, opened, run
from support.providers.tiny_server import data, http, serving, speaking

VARIABLES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture(autouse=True)
def no_proxy_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


async def failing(address: str, **changes: object) -> ProviderError:
    web = Web(Hourglass().pace)
    try:
        with pytest.raises(ProviderError) as caught:
            await ApiClient(web).ask(HttpRequest(address=address, **changes))  # type: ignore[arg-type]
    finally:
        await web.close()
    return caught.value


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.2", "127.255.1.9", "[::ffff:127.0.0.1]", "localhost", "LocalHost", "localhost."],
)
def test_a_credential_for_this_computer_never_meets_a_proxy(
    variable: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(502)) as proxy, serving(lambda _: data('{"results": []}')) as tiny:
            monkeypatch.setenv(variable, proxy.address)
            async with opened(bird_account(f"http://{host}:{tiny.port}")) as at:
                try:
                    await at.source.page(Asked(), None)
                except Unreachable:
                    assert not tiny.asked, "nobody listens at the other addresses of this computer"
            assert proxy.asked == []

    run(scene())


def test_a_name_below_localhost_is_this_computer_whoever_could_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(502)) as proxy, serving(lambda _: data('{"results": []}')) as tiny:
            monkeypatch.setenv("ALL_PROXY", proxy.address)
            for host in ("bird.localhost", "bird.localhost.", "localhost."):
                async with opened(bird_account(f"http://{host}:{tiny.port}")) as at:
                    await at.source.page(Asked(), None)
                assert tiny.asked[-1].headers["host"].startswith(host)
                assert KEY in tiny.asked[-1].headers["authorization"]
            assert proxy.asked == []

    run(scene())


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the name is known there without a file")
@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        ("127.0.0.1\tlocalhost\n", "localhost"),
        ("::1 ip6-localhost localhost # this one\n", "localhost"),
        ("# 127.0.0.1 localhost\n10.0.0.1 notlocalhost\n", "127.0.0.1"),
        ("", "127.0.0.1"),
        (None, "127.0.0.1"),
    ],
)
def test_a_system_that_does_not_know_localhost_is_reached_by_number(
    tmp_path: Path, hosts: str | None, name: str
) -> None:
    if hosts is not None:
        (tmp_path / "hosts").write_text(hosts, encoding="utf-8")
    assert name_of_this_computer(tmp_path / "hosts") == name


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    "host",
    [
        "bird.example",
        "127.0.0.1.example",
        "localhost.example",
        "notlocalhost",
        "0.0.0.0",
        "[::2]",
        "10.0.0.1",
    ],
)
def test_no_credential_is_sent_by_plain_http_to_anybody_else(
    variable: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with serving(lambda _: data("{}")) as proxy:
            monkeypatch.setenv(variable, proxy.address)
            for secret in ({"authorization": f"AccessKey {KEY}"}, {"method": "POST", "body": {"a": KEY}}):
                error = await failing(f"http://{host}/x", **secret)
                assert isinstance(error, Rejected)
                assert error.reason == "address"
            assert proxy.asked == []

    run(scene())


def test_a_proxy_sees_where_an_encrypted_connection_goes_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(http(502))
        writer.close()

    async def scene() -> None:
        async with await asyncio.start_server(proxy, "127.0.0.1", 0) as server:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            error = await failing("https://bird.example/secret", authorization=f"AccessKey {KEY}")
        assert isinstance(error, Unreachable)
        assert error.reason == "proxy"
        assert seen[0].startswith(b"CONNECT bird.example:443 ")
        assert b"secret" not in b"".join(seen)
        assert KEY.encode() not in b"".join(seen)

    run(scene())


SLIPS = [
    "http://corp:S3crPart/etPw@proxy.example:8080",
    "http://corp:S3crPart#etPw@proxy.example:8080",
    "http://corp:S3crPart?etPw@proxy.example:8080",
    "http://corp:S3crPart[etPw@proxy.example:8080",
    "http://corp:S3crPart etPw@proxy.example:80x80",
    "http://corp:S3crPart@proxy.example:S3crPart",
    "corp:S3crPart/@proxy",
    "S3crPart://proxy.example",
    "socks4://corp:S3crPart@proxy.example",
    "socks5://corp:S3crPart@proxy.example:x",
    "::::",
    "http://",
    "http://[S3crPart",
    "http://a..b",
    "http://proxy.example:99999",
]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_proxy_is_said_without_what_it_says(
    variable: str, slip: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(variable, slip)

    async def scene() -> ProviderError:
        error = await failing("https://bird.invalid/x", silence=1.0)
        # What needs no proxy is not held up by it.
        async with serving(lambda _: data("{}")) as tiny:
            web = Web(Hourglass().pace)
            await ApiClient(web).ask(HttpRequest(address=tiny.address, authorization="AccessKey x"))
            await web.close()
        return error

    with caplog.at_level(logging.DEBUG):
        error = run(scene())
    assert isinstance(error, Unreachable)
    told = "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
    assert "S3crPart" not in told


@pytest.mark.parametrize("slip", ["::::", "http://corp:S3crPart/etPw@proxy.example:8080", "gopher://x"])
def test_a_proxy_that_cannot_be_used_has_a_reason_of_its_own(
    slip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", slip)
    error = run(failing("https://bird.invalid/x"))
    assert isinstance(error, Unreachable)
    assert error.reason == "proxy"


@pytest.mark.parametrize("exempt", ["*", "bird.invalid", ".invalid", "[::", "a b", "://", "http://[x"])
def test_exceptions_from_a_proxy_never_end_in_an_error_of_another_kind(
    exempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", exempt)
    assert isinstance(run(failing("https://bird.invalid/x")), Unreachable)


def test_a_proxy_that_drips_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        try:
            while True:
                writer.write(b"H")
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def scene() -> None:
        async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            web = Web(Hourglass().pace)
            with pytest.raises(Unreachable):
                await ApiClient(web).open(HttpRequest(address="https://bird.invalid/x", silence=0.1))
            await web.close()

    run(scene())


def test_plain_http_without_a_secret_still_goes_by_its_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with speaking(_answer) as proxy:
            monkeypatch.setenv("http_proxy", proxy.address)
            web = Web(Hourglass().pace)
            await ApiClient(web).ask(HttpRequest(address="http://bird.example/x"))
            await web.close()
            assert proxy.asked[0].target == "http://bird.example/x"

    run(scene())


async def _answer(_: object, writer: asyncio.StreamWriter) -> None:
    writer.write(data("{}"))
