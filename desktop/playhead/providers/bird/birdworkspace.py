"""One workspace of Bird's API, and the key that opens it."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from playhead.core.account import Account
from playhead.core.errors import Garbled, Missing, ProviderError, Refused, Rejected, WrongProduct
from playhead.core.latepattern import late_pattern
from playhead.core.ports import Keys
from playhead.providers.http.answers import Reply, complaint
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.limits import ANSWER_BYTES, PAGE_ROWS
from playhead.providers.http.request import HttpRequest, segment
from playhead.providers.http.web import base_of, shown
from playhead.providers.reading.rawfields import Row


class Scheme(StrEnum):
    """The word before the key in a request: an access key, or the older bearer form for a JWT."""

    AUTO = "auto"
    ACCESS_KEY = "AccessKey"
    BEARER = "Bearer"


_FOREIGN: Final = "this key is for Bird’s newer platform. Make an access key of Bird CRM and use that."


def authorization(secret: str, scheme: Scheme) -> str:
    """Give the header for `secret`. Raises `WrongProduct`, or `Refused` for what cannot be a key."""
    refuse_foreign_key(secret.strip())
    key = shown(secret)
    if scheme is Scheme.AUTO:
        scheme = Scheme.BEARER if looks_like_jwt(key) else Scheme.ACCESS_KEY
    return f"{scheme} {key}"


def refuse_foreign_key(secret: str) -> None:
    """Raise `WrongProduct` for a key of Bird's newer platform, which does not open `/workspaces/…`.

    Source: https://bird.com/en-gb/docs/api/regions/ (keys `bk_us1_…`, `bk_eu1_…`; earlier `bird_live_…`).
    """
    if secret.startswith(("bk_", "bird_")):
        raise WrongProduct(_FOREIGN)


def looks_like_jwt(secret: str) -> bool:
    """Say whether `secret` has the three dotted parts of a JSON web token (RFC 7519)."""
    return secret.startswith("eyJ") and secret.count(".") == 2


_SIGNS = frozenset({"status", "url", "createdAt", "startedAt", "sourceId"})
"""Fields of a recording by which it is known, if it lacks its id."""

_ONWARD: Final = r'"nextPageToken"\s*:\s*"([!#-\[\]-~]{1,2000})"'
"""The token of a page that is not the last, of plain signs."""
_GOES_ON_IN_FRONT: Final = late_pattern(rf'\s*\{{\s*{_ONWARD}\s*,\s*"results"\s*:\s*\[', re.ASCII)
_GOES_ON_BEHIND: Final = late_pattern(rf"\]\s*,\s*{_ONWARD}\s*\}}\s*\Z", re.ASCII)
_BEGINS: Final = late_pattern(r'\s*\{\s*"results"\s*:\s*\[', re.ASCII)
_ENDS: Final = late_pattern(r"\]\s*\}\s*\Z", re.ASCII)
_GLANCE: Final = 2_200
"""Bytes at either end of an answer in which its token is looked for before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of any of its lists."""

    rows: list[object]
    token: str | None
    """Token that the next page is asked with; None at the end."""
    trouble: ProviderError | None
    """Reason why this is perhaps not all."""


class BirdWorkspace:
    """Asks for what is below one workspace. It only ever reads: there is no way to send anything but GET."""

    def __init__(self, account: Account, keys: Keys, api: ApiClient) -> None:
        self.api = api
        self._account = account
        self._keys = keys
        self._shown: str | None = None

    @property
    def address(self) -> str:
        """Address of the workspace. Raises `Rejected` if it is not safe, `Missing` without a workspace id."""
        address = base_of(self._account.base_url)
        try:
            return f"{address}/workspaces/{segment(self._account.details.get('workspace_id', '').strip())}"
        except Rejected:
            raise Missing(reason="workspace") from None

    async def authorization(self) -> str:
        """Header with the key, loaded once. Raises `VaultError`, `WrongProduct` or a `ProviderError`."""
        if self._shown is None:
            scheme = Scheme(self._account.details.get("scheme", Scheme.AUTO))
            self._shown = authorization((await self._keys.load()).access, scheme)
        return self._shown

    async def get(
        self, path: str, parameters: tuple[tuple[str, str], ...] = (), *, largest: int = ANSWER_BYTES
    ) -> Reply:
        """The answer for what is at `path`, of so many bytes at most. Raises `ProviderError`.

        An answer that may be larger than usual is to be understood in another thread than the window's.
        """
        call = HttpRequest(
            address=self.address + path,
            parameters=parameters,
            authorization=await self.authorization(),
            headers=(("Accept", "application/json"),),
            largest=largest,
        )
        async with self._minding_its_key():
            return await self.api.ask(call)

    async def page(self, reply: Reply) -> Listed:
        """Page that an answer holds. Raises `ProviderError`."""
        async with self._minding_its_key():
            return await asyncio.to_thread(listed, reply)

    async def row(self, reply: Reply, identity: str) -> Mapping[str, object]:
        """The one recording that an answer describes. Raises `ProviderError`."""
        async with self._minding_its_key():
            return described(reply, identity)

    def forget(self) -> None:
        """Let go of the key: the vault may hold a better one next time."""
        self._shown = None

    @asynccontextmanager
    async def _minding_its_key(self) -> AsyncIterator[None]:
        try:
            yield
        except Refused:
            self.forget()
            raise


def listed(reply: Reply) -> Listed:
    """The page in an answer. Raises `ProviderError` if there is none.

    A server that never made a list may say null or leave it out.
    """
    said = reply.json()
    if not isinstance(said, dict):
        raise Garbled("shape", "no list")
    rows, trouble = said.get("results"), complaint(said, reply.headers, "results")
    if rows is None and trouble is not None:
        raise trouble
    if rows is None and (not said or said.keys() & {"results", "nextPageToken"}):
        rows = []
    if not isinstance(rows, list):
        raise trouble or Garbled("shape", "no list")
    if len(rows) > PAGE_ROWS:
        raise Garbled("large", "too many rows")
    token = _token(said.get("nextPageToken"))
    if token is None and said.get("nextPageToken"):
        trouble = trouble or Garbled("token", "the token of the next page is no text")
    return Listed(rows=rows, token=token, trouble=trouble)


def token_at_a_glance(body: bytes) -> str | None:
    """Token of an ordinary page, without reading it; None for every other answer.

    An ordinary one has its list and the token, in either order, and nothing around them.
    """
    begins, ends = body[:_GLANCE].decode("latin-1"), body[-_GLANCE:].decode("latin-1")
    if (front := _GOES_ON_IN_FRONT.match(begins)) is not None:
        return front[1] if _ENDS.search(ends) else None
    behind = _GOES_ON_BEHIND.search(ends) if _BEGINS.match(begins) else None
    return None if behind is None else behind[1]


def described(reply: Reply, identity: str) -> Mapping[str, object]:
    """The recording of that id in an answer. Raises `ProviderError` if it is none, or another."""
    said = reply.json()
    if not isinstance(said, dict):
        raise Garbled("shape", "the recording is no object")
    named = Row(said).identifier("id")
    if named is None and (trouble := complaint(said, reply.headers, "status")) is not None:
        raise trouble
    if named is None and not said.keys() & _SIGNS:
        raise Garbled("shape", "no recording")
    if named is not None and named.lower() != identity.lower():
        raise Garbled("shape", "another recording than was asked for")
    return {**said, "id": identity}


def _token(sent: object) -> str | None:
    """A token as it came; numbers are tokens, too."""
    if isinstance(sent, str):
        return sent if sent.strip() else None
    return str(sent) if isinstance(sent, int) and not isinstance(sent, bool) else None
