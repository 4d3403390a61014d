"""API client of one account: limits the rate of its requests, and retries them where that is safe."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar

from playhead.core.errors import Garbled, Limited, ProviderError, Unreachable
from playhead.core.ports import Waiting
from playhead.providers.http.answers import Reply, failure, retry_after
from playhead.providers.http.limits import (
    ERROR_BYTES,
    ERROR_SECONDS,
    LONGEST_PAUSE_SECONDS,
    MB,
    SILENCES_IN_ALL,
    WHOLE_ANSWER_SECONDS,
    TimeBudget,
)
from playhead.providers.http.ratelimiter import RateLimiter, RequestQueue
from playhead.providers.http.request import HttpRequest, HttpResponse, origin
from playhead.providers.http.web import Web

ATTEMPTS = 4
"""Times that a GET is sent at most."""

_FIRST_PAUSE = 0.5
"""Seconds, before chance makes it shorter."""

_LONGEST_BACKOFF = 20.0
_TRIES_AFTER = {"cut": ATTEMPTS, "timeout": 2}
"""A name that is not found or a certificate that is wrong will be so a second later."""

AT_ONCE = 16
"""Requests to one server whose answers have not begun. No provider documents a limit but that of its rate,
which so many reach at a round trip of 0.3 s; more would wait for a server that is slow already."""

_HOSTS = 64
"""Media hosts that are remembered although nobody asks them for anything."""

Result = TypeVar("Result")


class _Busy(Exception):
    """An answer that asks to come back later; `wait` seconds if it said so."""

    def __init__(self, error: ProviderError, wait: float | None) -> None:
        super().__init__()
        self.error = error
        self.wait = wait


class ApiClient:
    """Sends one account's requests. A pause that its API asks for holds all back that go to the API.

    Media hosts, which are asked without a credential, have limits and pauses of their own, each for itself.
    """

    def __init__(
        self,
        web: Web,
        *,
        per_second: float = 50.0,
        at_once: int = AT_ONCE,
        waiting: Waiting | None = None,
    ) -> None:
        self._web = web
        self._pace = web.pace
        self._interval = 1 / per_second
        self._at_once = at_once
        own = RateLimiter(self._pace, self._interval, waiting or _untold)
        self._asking = RequestQueue(own, at_once)
        self._own_audio = RequestQueue(own, at_once)
        self._hosts: dict[tuple[str, str, int] | None, RequestQueue] = {}

    @property
    def now(self) -> Callable[[], float]:
        """Gives seconds that only ever grow."""
        return self._pace.now

    async def ask(self, request: HttpRequest) -> Reply:
        """The whole answer of an API, if it is a success; raises what it is otherwise.

        A GET is repeated on 429 and 5xx, on a time-out and when the connection is cut; nothing else is.
        """
        reply = await self._with_retries(request, self._asking, lambda: self._whole(request))
        if not 200 <= reply.status < 300:
            raise failure(reply)
        return reply

    async def open(self, request: HttpRequest, within: TimeBudget | None = None) -> HttpResponse:
        """The answer to a GET, of any status but 429 and 5xx; to be closed. Repeated as in `ask`.

        Its head has to come `within` a time budget, pauses not counted. A slow media host holds up neither
        what is asked of the API nor other hosts.
        """
        budget = within or TimeBudget(request.silence * SILENCES_IN_ALL)

        return await self._with_retries(request, self._queue(request), lambda: self._head(request, budget))

    def _queue(self, request: HttpRequest) -> RequestQueue:
        if request.authorization is not None:
            return self._own_audio
        host = origin(request.address)
        if host not in self._hosts:
            if len(self._hosts) >= _HOSTS:
                self._hosts = {each: queue for each, queue in self._hosts.items() if not queue.idle}
            self._hosts[host] = RequestQueue(RateLimiter(self._pace, self._interval, _untold), self._at_once)
        return self._hosts[host]

    async def _with_retries(
        self, request: HttpRequest, queue: RequestQueue, send: Callable[[], Awaitable[Result]]
    ) -> Result:
        attempt = 0
        while True:
            attempt += 1
            try:
                async with queue:
                    return await send()
            except _Busy as busy:
                if request.method != "GET" or attempt >= ATTEMPTS:
                    raise busy.error from None
                wait, asked = busy.wait, busy.wait is not None or isinstance(busy.error, Limited)
            except Unreachable as error:
                if request.method != "GET" or attempt >= _TRIES_AFTER.get(error.reason, 1):
                    raise
                wait, asked = None, False
            seconds = self._backoff(attempt) if wait is None else min(wait, LONGEST_PAUSE_SECONDS)
            await (queue.limiter.hold(seconds) if asked else self._pace.sleep(seconds))

    def _backoff(self, attempt: int) -> float:
        """Longer every time, and anything up to that: so that many do not come back at once."""
        return self._pace.chance() * min(_LONGEST_BACKOFF, _FIRST_PAUSE * 4.0 ** (attempt - 1))

    async def _whole(self, request: HttpRequest) -> Reply:
        within = TimeBudget(WHOLE_ANSWER_SECONDS)
        stream = await self._head(request, within, whole=True)
        async with within.spending():
            try:
                if stream.status >= 400:
                    return await _error(stream, request)
                return await read_whole(stream, request.largest)
            finally:
                await stream.close()

    async def _head(self, request: HttpRequest, within: TimeBudget, *, whole: bool = False) -> HttpResponse:
        async with within.spending():
            stream = await self._web.open(request, whole=whole)
        if stream.status != 429 and stream.status < 500:
            return stream
        try:
            reply = await _error(stream, request)
        finally:
            await stream.close()
        raise _Busy(failure(reply), retry_after(reply.headers))


async def read_whole(stream: HttpResponse, limit: int) -> Reply:
    """Head and body of an answer, which stays open. Raises `Garbled` for more than `limit` bytes."""
    parts, length = list[bytes](), 0
    async with aclosing(stream.chunks()) as chunks:
        async for chunk in chunks:
            length += len(chunk)
            if length > limit:
                raise Garbled("large", "the answer is too long", status=stream.status)
            parts.append(chunk)
    # Joining many megabytes takes longer than a frame.
    body = b"".join(parts) if length <= MB else await asyncio.to_thread(b"".join, parts)
    return Reply(status=stream.status, headers=stream.headers, body=body)


async def _error(stream: HttpResponse, request: HttpRequest) -> Reply:
    """An answer that is an error: the status counts, whatever the body is, or however slowly it comes."""
    try:
        async with TimeBudget(min(request.silence, ERROR_SECONDS)).spending():
            return await read_whole(stream, ERROR_BYTES)
    except ProviderError:
        return Reply(status=stream.status, headers=stream.headers, body=b"")


def _untold(_: float) -> None:
    """Tell nobody of a pause."""
