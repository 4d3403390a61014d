"""HTTP by httpx, trust by the operating system: the library for everything but connections themselves."""

import asyncio
import importlib.util
import logging
import socket
import ssl
import sys
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
import truststore

from playhead import __version__
from playhead.core.account import is_loopback
from playhead.core.errors import Cut, Garbled, ProviderError, Rejected, Unreachable
from playhead.providers.http.bufferedstreams import GATHERED, use_careful_connections
from playhead.providers.http.limits import CONNECT_SECONDS
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.unpacking import ACCEPTED, Unpacking

_log = logging.getLogger(__name__)

_LOCATION = "playhead.location"

_KEPT = 64
"""Connections that are kept: those of an export to API and media host are 32.

WORKAROUND httpcore 1.0: it counts all of them, and not only those that nobody uses
(https://github.com/encode/httpcore/pull/1000): with httpx's usual 20 an export opened anew what had just been
closed.
"""
_BREATH = 16
"""Pieces of a body after which the event loop has its turn, however many more are here already."""

_ROOTS = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)


# WORKAROUND httpcore: it looks for sniffio several times a request, which takes a millisecond of the window's
# thread where it is not installed.
if importlib.util.find_spec("sniffio") is None:
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

use_careful_connections()


class Client:
    """Connections to any host. Follows no redirect, keeps no cookie, logs of an address only the host.

    This computer itself is reached past every proxy, and no other by plain http with a credential. Making one
    takes some 50 ms of reading certificates. Belongs to the event loop that first uses it.
    """

    def __init__(self) -> None:
        # httpx logs every address at INFO, and httpcore every header at DEBUG: links and credentials.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        context = trust()
        self._direct = _client(context, proxies=False)
        self._usual: httpx.AsyncClient | None = None
        # What is wrong with a setting may hold the proxy's password.
        with suppress(ImportError, ValueError, TypeError, httpx.InvalidURL):
            self._usual = _client(context, proxies=True)

    async def open(self, call: HttpRequest) -> "HttpxResponse":
        """Send a request and wait for the head of its answer. Raises `ProviderError`."""
        headers = dict(call.headers)
        if call.authorization is not None:
            headers["Authorization"] = call.authorization
        with _failures():
            request = self._direct.build_request(
                call.method,
                call.address,
                params=call.parameters or None,
                headers=headers,
                json=call.body,
                timeout=httpx.Timeout(call.silence, connect=CONNECT_SECONDS, pool=None),
                extensions={GATHERED: call.gathered},
            )
            client = self._way(request, is_secret=call.authorization is not None or call.body is not None)
            response = await client.send(request, stream=True, follow_redirects=False)
            _log.debug("%s %s: %d", call.method, response.url.host, response.status_code)
            return HttpxResponse(response)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._direct.aclose()
        if self._usual is not None:
            await self._usual.aclose()

    def _way(self, request: httpx.Request, *, is_secret: bool) -> httpx.AsyncClient:
        """Client that may carry `request`, by the host that httpx reads in its address."""
        host = request.url.host
        if is_loopback(host):
            _stay_here(request, host)
            return self._direct
        if is_secret and request.url.scheme != "https":
            raise Rejected("the address is not https", reason="address")
        if self._usual is None:
            raise Unreachable("proxy", "the proxy settings cannot be used")
        return self._usual


class HttpxResponse:
    """An `HttpResponse` that httpx carries."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        location = response.extensions.get(_LOCATION)
        if location is not None:
            response.headers["location"] = location

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names compare whatever their case."""
        return self._response.headers

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body, unpacked if it came compressed once. Raises `Unreachable` or `Garbled`."""
        unpacking = Unpacking(self._response.headers.get("content-encoding", ""))
        number = 0
        with _failures():
            body = self._response.aiter_raw()
            try:
                async for chunk in body:
                    for piece in unpacking.pieces(chunk):
                        yield piece
                        number += 1
                        if number % _BREATH == 0:
                            await asyncio.sleep(0)
                unpacking.end()
            finally:
                # WORKAROUND httpx 0.28, qasync 0.28: httpx leaves its inner generators to the collector, and
                # qasync has no task for those to end in: whoever stops early would lose the connection, if
                # that were not closed before `body` goes.
                await self._response.aclose()

    async def close(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


def _client(context: ssl.SSLContext, *, proxies: bool) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        verify=context,
        trust_env=proxies,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": f"Playhead/{__version__}", "Accept-Encoding": ACCEPTED},
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=_KEPT),
        event_hooks={"response": [_put_location_aside]},
    )


async def _put_location_aside(response: httpx.Response) -> None:
    """Keep httpx from reading where a redirect leads: what it cannot read breaks the connection."""
    location = response.headers.pop("location", None)
    if location is not None:
        response.extensions[_LOCATION] = location


def _stay_here(request: httpx.Request, host: str) -> None:
    """Reach names of this computer (`x.localhost`) without asking anybody where that is."""
    if "localhost" in host and host != (here := name_of_this_computer()):
        request.url = request.url.copy_with(host=here)
        request.extensions = {**request.extensions, "sni_hostname": host.removesuffix(".")}


def name_of_this_computer(hosts: Path = Path("/etc/hosts")) -> str:
    """Give `localhost`, or its number where the file of `hosts` does not have that name (a bare system)."""
    if sys.platform in {"win32", "darwin"}:
        return "localhost"  # known there without a file
    try:
        lines = hosts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    known = any("localhost" in line.partition("#")[0].split() for line in lines)
    return "localhost" if known else "127.0.0.1"


def trust() -> ssl.SSLContext:
    """The roots of the operating system, or httpx's own where it has none (a bare container)."""
    if sys.platform in {"win32", "darwin"} or _has_roots():
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.create_ssl_context()


def _has_roots() -> bool:
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath) if paths.capath else None
    return (
        bool(paths.cafile)
        or (folder is not None and folder.is_dir() and any(folder.glob("*.0")))
        or any(Path(root).is_file() for root in _ROOTS)
    )


@contextmanager
def _failures() -> Iterator[None]:
    """Turn what httpx raises into our errors, without what it says: that holds addresses."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OverflowError) as error:
        _log.debug("no good answer: %s", type(error).__name__)
        raise _failure(error) from None


def _failure(error: Exception) -> ProviderError:
    match error:
        case httpx.TimeoutException():
            return Unreachable("timeout")
        case httpx.ConnectError():
            return Unreachable(_why_not_connected(error))
        case httpx.ProxyError():
            return Unreachable("proxy", "the proxy refused")
        case httpx.NetworkError() | httpx.RemoteProtocolError() | httpx.StreamError():
            return Unreachable("cut")
        case _:
            return Garbled("shape", "the request could not be written")


def _why_not_connected(error: BaseException) -> Cut:
    if isinstance(error, socket.gaierror | UnicodeError):
        return "name"
    if isinstance(error, ssl.SSLError):
        return "tls"
    cause = error.__cause__ or error.__context__
    return "network" if cause is None else _why_not_connected(cause)
