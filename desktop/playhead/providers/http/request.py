"""HTTP request and response as the rest of this package sees them, whatever library carries them."""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote, urlsplit

from playhead.core.account import is_loopback
from playhead.core.errors import Rejected
from playhead.providers.http.limits import ANSWER_BYTES, API_SILENCE_SECONDS

_DOUBTFUL = re.compile(r"[\x00-\x20\x7f\\]|^[^/]*//[^/?#]*@")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """HTTP request. Its representation hides what must not be logged."""

    method: str = "GET"
    address: str = field(repr=False)
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    authorization: str | None = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: Mapping[str, str] | None = field(default=None, repr=False)
    """Sent as JSON."""
    silence: float = API_SILENCE_SECONDS
    """Seconds without a byte after which the server is given up."""
    largest: int = ANSWER_BYTES
    """Bytes of a whole answer, unpacked, after which it is given up."""
    gathered: bool = False
    """Whether its body is long, so that what comes is read every few milliseconds, not packet by packet."""


class HttpResponse(Protocol):
    """HTTP response whose head has arrived and whose body has not been read. Has to be closed."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names compare whatever their case."""

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body, decoded if it came compressed. Raises `Unreachable` or `Garbled`."""

    async def close(self) -> None:
        """Let go of the connection."""


def segment(identity: str) -> str:
    """Part of a path that stands for an id. Raises `Rejected` for one that would lead elsewhere."""
    if identity in {"", ".", ".."}:
        # Not even `%2E%2E` would do: whoever tidies an address on its way may read that as the dots it is.
        raise Rejected("no address can hold this id")
    return quote(identity, safe="")


def origin(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port: what a credential belongs to. None if `address` has no such thing.

    Whatever two libraries could read differently has none.
    """
    if _DOUBTFUL.search(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None


def may_open(address: str, *, since: str) -> bool:
    """True if audio may be fetched where `since` led to: by https, or on this computer."""
    target, source = origin(address), origin(since)
    if target is None or source is None:
        return False
    return target[0] == "https" or (target[0] == "http" and is_loopback(target[1]) and is_loopback(source[1]))
