"""The requests of one account: not too many, not too fast, repeated where that is safe."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar

from playhead.core.errors import Garbled, Limited, ProviderError, Unreachable
from playhead.core.ports import Waiting
from playhead.providers.answers import LARGEST_JSON, Reply, failure, retry_after
from playhead.providers.web import Web
from playhead.providers.wire import Call, Stream

ATTEMPTS = 4
"""How often a GET is sent at most."""

LONGEST_PAUSE = 120.0
"""Seconds; a server that asks for more is asked again after this."""

WHOLE_ANSWER_SECONDS = 120.0
"""How long a whole JSON answer may take, however steadily it drips."""

_FIRST_PAUSE = 0.5
"""Seconds, before chance makes it shorter."""

_LONGEST_BACKOFF = 20.0
_LARGEST_ERROR = 64 * 1024
_TRIES_AFTER = {"cut": ATTEMPTS, "timeout": 2}
"""A name that is not found or a certificate that is wrong will be so a second later."""

Result = TypeVar("Result")


class _Busy(Exception):
    """An answer that asks to come back later; `wait` seconds if it said so."""

    def __init__(self, error: ProviderError, wait: float | None) -> None:
        super().__init__()
        self.error = error
        self.wait = wait


class Lane:
    """Sends one account's requests. A pause that the server asks of one of them holds all of them back."""

    def __init__(
        self,
        web: Web,
        *,
        per_second: float = 50.0,
        at_once: int = 6,
        waiting: Waiting | None = None,
    ) -> None:
        self._web = web
        self._pace = web.pace
        self._interval = 1 / per_second
        self._asking = asyncio.Semaphore(at_once)
        self._opening = asyncio.Semaphore(at_once)
        self._waiting = waiting or (lambda _: None)
        self._next = self._pace.now()
        self._pauses = 0

    async def ask(self, call: Call) -> Reply:
        """The whole answer of an API, if it is a success; raises what it is otherwise.

        A GET is repeated on 429 and 5xx, on a time-out and when the connection is cut; nothing else is.
        """
        reply = await self._patiently(call, self._asking, lambda: self._whole(call))
        if not 200 <= reply.status < 300:
            raise failure(reply)
        return reply

    async def open(self, call: Call) -> Stream:
        """The answer to a GET, of any status but 429 and 5xx; to be closed. Repeated as in `ask`.

        A slow media host does not hold up what is asked of the API.
        """
        return await self._patiently(call, self._opening, lambda: self._head(call))

    async def _patiently(
        self, call: Call, gate: asyncio.Semaphore, send: Callable[[], Awaitable[Result]]
    ) -> Result:
        attempt = 0
        while True:
            attempt += 1
            try:
                async with gate:
                    await self._turn()
                    return await send()
            except _Busy as busy:
                if call.method != "GET" or attempt >= ATTEMPTS:
                    raise busy.error from None
                wait, asked = busy.wait, busy.wait is not None or isinstance(busy.error, Limited)
            except Unreachable as error:
                if call.method != "GET" or attempt >= _TRIES_AFTER.get(error.reason, 1):
                    raise
                wait, asked = None, False
            seconds = self._backoff(attempt) if wait is None else min(wait, LONGEST_PAUSE)
            await (self._hold(seconds) if asked else self._pace.sleep(seconds))

    async def _turn(self) -> None:
        """Wait for this request's place in time."""
        while (wait := self._next - self._pace.now()) > 0:
            await self._pace.sleep(wait)
        self._next = self._pace.now() + self._interval

    def _backoff(self, attempt: int) -> float:
        """Longer every time, and anything up to that: so that many do not come back at once."""
        return self._pace.chance() * min(_LONGEST_BACKOFF, _FIRST_PAUSE * 4.0 ** (attempt - 1))

    async def _hold(self, seconds: float) -> None:
        """Pause the whole account, and say so."""
        self._next = max(self._next, self._pace.now() + seconds)
        self._pauses += 1
        self._waiting(seconds)
        try:
            await self._pace.sleep(seconds)
        finally:
            self._pauses -= 1
            if not self._pauses:
                self._waiting(0.0)

    async def _whole(self, call: Call) -> Reply:
        try:
            async with asyncio.timeout(WHOLE_ANSWER_SECONDS):
                stream = await self._head(call)
                try:
                    return await read_whole(stream, LARGEST_JSON)
                finally:
                    await stream.close()
        except TimeoutError:
            raise Unreachable("timeout") from None

    async def _head(self, call: Call) -> Stream:
        stream = await self._web.open(call)
        if stream.status != 429 and stream.status < 500:
            return stream
        try:
            reply = await read_whole(stream, _LARGEST_ERROR)
        except ProviderError:
            reply = Reply(status=stream.status, headers=stream.headers, body=b"")
        finally:
            await stream.close()
        raise _Busy(failure(reply), retry_after(reply.headers))


async def read_whole(stream: Stream, limit: int) -> Reply:
    """Head and body of an answer, which stays open. Raises `Garbled` for more than `limit` bytes."""
    body = bytearray()
    async with aclosing(stream.chunks()) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) > limit:
                raise Garbled("length", "the answer is too long", status=stream.status)
    return Reply(status=stream.status, headers=stream.headers, body=bytes(body))
