"""HTTP by httpx, trust by the operating system: the only file that knows either library."""

import importlib.util
import logging
import socket
import ssl
import sys
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpcore
import httpx
import truststore

from playhead import __version__
from playhead.core.errors import Cut, Garbled, ProviderError, Unreachable
from playhead.providers.wire import Call

CONNECT_SECONDS = 10.0

_log = logging.getLogger(__name__)

_LOOPBACK: Mapping[str, None] = {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}

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

# WORKAROUND httpcore 1.0: it cuts what has arrived into pieces of 64 KiB, and each goes through the loop.
# asyncio itself gives at most this much at a time.
httpcore.AsyncHTTP11Connection.READ_NUM_BYTES = 262_144


class Client:
    """Connections to any host. Follows no redirect, keeps no cookie, logs of an address only the host.

    Making one takes some 50 ms of reading certificates. Belongs to the event loop that first uses it.
    """

    def __init__(self) -> None:
        # httpx logs every address at INFO, and httpcore every header at DEBUG: links and credentials.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        try:
            self._httpx = httpx.AsyncClient(
                verify=trust(),
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                headers={"User-Agent": f"Playhead/{__version__}"},
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
                mounts=_LOOPBACK,
            )
        except (ImportError, ValueError):
            raise Unreachable("network", "the proxy settings cannot be used") from None

    async def open(self, call: Call) -> "Answer":
        """Send a request and wait for the head of its answer. Raises `Unreachable` or `Garbled`."""
        headers = dict(call.headers)
        if call.authorization is not None:
            headers["Authorization"] = call.authorization
        with _failures():
            request = self._httpx.build_request(
                call.method,
                call.address,
                params=call.parameters or None,
                headers=headers,
                json=call.body,
                timeout=httpx.Timeout(call.silence, connect=CONNECT_SECONDS, pool=None),
            )
            response = await self._httpx.send(request, stream=True, follow_redirects=False)
            _log.debug("%s %s: %d", call.method, response.url.host, response.status_code)
            return Answer(response)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._httpx.aclose()


class Answer:
    """A `Stream` (see `providers.wire`) that httpx carries."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names compare whatever their case."""
        return self._response.headers

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body, decoded if it came compressed. Raises `Unreachable` or `Garbled`."""
        with _failures():
            body = self._response.aiter_bytes()
            try:
                async for chunk in body:
                    yield chunk
            finally:
                # WORKAROUND httpx 0.28, qasync 0.28: httpx leaves its inner generators to the collector, and
                # qasync has no task for those to end in: whoever stops early would lose the connection, if
                # that were not closed before `body` goes.
                await self._response.aclose()

    async def close(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


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
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        _log.debug("no good answer: %s", type(error).__name__)
        raise _failure(error) from None


def _failure(error: Exception) -> ProviderError:
    match error:
        case httpx.TimeoutException():
            return Unreachable("timeout")
        case httpx.ConnectError():
            return Unreachable(_why_not_connected(error))
        case httpx.ProxyError():
            return Unreachable("network", "the proxy refused")
        case httpx.NetworkError() | httpx.RemoteProtocolError() | httpx.StreamError():
            return Unreachable("cut")
        case httpx.DecodingError():
            return Garbled("shape", "the compressed body is damaged")
        case _:
            return Garbled("shape", "the request could not be written")


def _why_not_connected(error: BaseException) -> Cut:
    if isinstance(error, socket.gaierror):
        return "name"
    if isinstance(error, ssl.SSLError):
        return "tls"
    cause = error.__cause__ or error.__context__
    return "network" if cause is None else _why_not_connected(cause)
