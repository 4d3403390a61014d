"""Bird's Recordings API for one workspace.

Source: https://docs.bird.com/api/voice-api/recordings-api
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from playhead.core.account import Account, Scheme, looks_like_jwt, refuse_foreign_key, safe_address
from playhead.core.errors import Garbled, Missing, NoAudio, Refused, Rejected
from playhead.core.page import Asked, Page
from playhead.core.ports import Clock, Delivery, Keys, Waiting
from playhead.core.query import Query
from playhead.core.recording import Recording
from playhead.providers.answers import Reply
from playhead.providers.bird_query import bird_asks
from playhead.providers.bird_rows import recording as read_row
from playhead.providers.bird_rows import recordings as read_rows
from playhead.providers.delivery import SILENCE_SECONDS, Link, Wish, deliver
from playhead.providers.lane import Lane
from playhead.providers.web import Web
from playhead.providers.wire import Call, may_open, origin

PAGE_SIZE = 99
"""The most that List Recordings gives at once."""

PER_SECOND = 50.0
"""Bird's default limit for GET per workspace: https://docs.bird.com/api/channels-api/rate-limit ."""

_PLUS, _BARE = "plus:", "bare:"

_log = logging.getLogger(__name__)


class BirdSource:
    """The door of one Bird account (a `core.ports.Source`)."""

    def __init__(
        self,
        account: Account,
        keys: Keys,
        web: Web,
        *,
        waiting: Waiting | None = None,
        clock: Clock = lambda: datetime.now(UTC),
        silence: float = SILENCE_SECONDS,
    ) -> None:
        self._account = account
        self._keys = keys
        self._clock = clock
        self._silence = silence
        self._lane = Lane(web, per_second=PER_SECOND, waiting=waiting)
        self._shown: str | None = None
        self._form = _PLUS

    @property
    def account(self) -> Account:
        """The account that this is the door of."""
        return self._account

    def asks(self, query: Query) -> Asked | None:
        """What the server can filter of `query`; None if nothing of this account can match it."""
        return bird_asks(query, self._account)

    async def check(self) -> str:
        """Make sure that key and workspace id work together; says what was found. Raises `ProviderError`."""
        rows, _ = _listed(await self._list((("limit", "1"),)))
        return "The workspace answers." if rows else "The workspace answers; it has no recordings yet."

    async def page(self, asked: Asked, cursor: str | None) -> Page:
        """One page. An empty one with a cursor is not the end."""
        if "from" not in dict(asked.parameters) and "to" not in dict(asked.parameters):
            return await self._page(asked, cursor)
        if cursor is not None:
            form = _BARE if cursor.startswith(_BARE) else _PLUS
            return await self._page(asked, cursor.removeprefix(form), form)
        # Whether a number has to be asked for with its plus sign is not documented.
        for form in (self._form, _BARE if self._form == _PLUS else _PLUS):
            page = await self._page(asked, None, form)
            if page.recordings or page.cursor is not None:
                self._form = form
                break
        return page

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        """Fetch audio through a fresh link, from `offset` if the host still has what `validator` names."""
        if not recording.playable:
            raise NoAudio("not available" if recording.fault is None else "the row cannot be used")

        async def fresh() -> Link:
            return await self._link(recording.id)

        wish = Wish(offset=offset, validator=validator, silence=self._silence)
        async with deliver(self._lane, fresh, fresh, wish) as delivery:
            yield delivery

    async def close(self) -> None:
        """Forget the key; the connections are the `Web`'s."""
        self._shown = None

    async def _page(self, asked: Asked, cursor: str | None, form: str = "") -> Page:
        parameters = {"limit": str(PAGE_SIZE), **dict(asked.parameters)}
        if form == _BARE:
            for side in ("from", "to"):
                if side in parameters:
                    parameters[side] = parameters[side].removeprefix("+")
        if cursor is not None:
            parameters["pageToken"] = cursor
        reply = await self._list(tuple(parameters.items()))
        # A page of 99 rows takes a good part of a frame to read.
        recordings, token = await asyncio.to_thread(self._read, reply)
        return Page(
            recordings=recordings,
            cursor=None if token is None else form + token,
            as_of=reply.moment or self._clock(),
        )

    def _read(self, reply: Reply) -> tuple[tuple[Recording, ...], str | None]:
        rows, token = _listed(reply)
        oddities = Counter[str]()
        recordings = read_rows(self._account, rows, oddities)
        if oddities:
            _log.info("Bird sent values of an unexpected type: %s", dict(oddities))
        return recordings, token

    async def _list(self, parameters: tuple[tuple[str, str], ...]) -> Reply:
        try:
            return await self._get("", parameters)
        except Missing as error:
            raise Missing("workspace", status=error.status, request_id=error.request_id) from None

    async def _link(self, identity: str) -> Link:
        """Where the audio is now: Bird signs a link when it is asked for the recording."""
        path = f"/{quote(identity, safe='')}"
        row = (await self._get(path)).json()
        if not isinstance(row, dict):
            raise Garbled("shape", "the recording is no object")
        if not read_row(self._account, {"id": identity, **row}, 0, Counter()).playable:
            raise NoAudio("not available")
        address = row.get("url")
        base = self._base()
        if not isinstance(address, str) or not address.strip():
            return Link(f"{base}{path}.mp3", await self._authorization())
        address = address.strip()
        if not may_open(address, since=base):
            raise NoAudio("the link cannot be used")
        return Link(address, await self._authorization() if origin(address) == origin(base) else None)

    async def _get(self, path: str, parameters: tuple[tuple[str, str], ...] = ()) -> Reply:
        call = Call(
            address=self._base() + path,
            parameters=parameters,
            authorization=await self._authorization(),
            headers=(("Accept", "application/json"),),
        )
        try:
            return await self._lane.ask(call)
        except Refused:
            self._shown = None  # the vault may hold a better one next time
            raise

    def _base(self) -> str:
        address = self._account.base_url.rstrip("/")
        if not safe_address(address):
            raise Rejected("the address is not https")
        if not self._account.workspace_id.strip():
            raise Missing("workspace")
        return f"{address}/workspaces/{quote(self._account.workspace_id.strip(), safe='')}/recordings"

    async def _authorization(self) -> str:
        if self._shown is None:
            self._shown = authorization((await self._keys.load()).access, self._account.scheme)
        return self._shown


def authorization(secret: str, scheme: Scheme) -> str:
    """How `secret` is shown to Bird. Raises `WrongProduct`, or `Refused` for what cannot be a key."""
    key = secret.strip()
    refuse_foreign_key(key)
    if not key or not key.isascii() or not key.isprintable():
        raise Refused("this cannot be a key")
    if scheme is Scheme.AUTO:
        scheme = Scheme.BEARER if looks_like_jwt(key) else Scheme.ACCESS_KEY
    return f"{scheme} {key}"


def _listed(reply: Reply) -> tuple[list[object], str | None]:
    """The rows of a list answer, and the token of the next page. Raises `Garbled`."""
    said = reply.json()
    facts: Mapping[object, object] = said if isinstance(said, dict) else {}
    rows, token = facts.get("results"), facts.get("nextPageToken")
    if not isinstance(rows, list) or not isinstance(token, str | None):
        raise Garbled("shape", "no list of recordings")
    return rows, token or None
