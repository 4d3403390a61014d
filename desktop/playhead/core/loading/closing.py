"""The door of an account that can be closed for good, whatever is under way behind it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace

from playhead.core.account import Account
from playhead.core.errors import Disconnected
from playhead.core.finding.query import Query
from playhead.core.page import Asked, Page
from playhead.core.ports import Delivery, NextPageListener, Source
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript, Transcription, TranscriptionPage


class ClosingSource:
    """A `Source` around another one, whose `close` ends every call under way and refuses later ones.

    Both raise `Disconnected` to whoever made the call. So nobody has to know who else uses an account.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._calls: set[asyncio.Timeout] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False

    @property
    def account(self) -> Account:
        """The account that this is the door of."""
        return self._source.account

    def asks(self, query: Query) -> Asked | None:
        """Part of `query` that the server can filter by; None if nothing of this account can match it."""
        return self._source.asks(query)

    async def check(self) -> str:
        """Make sure that the credential works; a short text of what was found, for the person."""
        async with self._call():
            return await self._source.check()

    async def page(self, asked: Asked, cursor: str | None, onward: NextPageListener | None = None) -> Page:
        """One page; the first if `cursor` is None. `onward` is told early of the next one."""
        async with self._call():
            return await self._source.page(asked, cursor, onward)

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        """Fetch audio; each of its chunks may raise `Disconnected`, too."""
        async with AsyncExitStack() as stack:
            opening = self._source.open(recording, offset=offset, validator=validator)
            async with self._call():
                delivery = await stack.enter_async_context(opening)
            chunks = await stack.enter_async_context(aclosing(self._guarded(delivery.chunks)))
            yield replace(delivery, chunks=chunks)

    def prepare(self, recording: Recording) -> None:
        """Get ready what `open` would have to ask for first."""
        if not self._closed:
            self._source.prepare(recording)

    async def again(self, recording: Recording) -> Recording | None:
        """The recording as it is now; None if it is certain that the provider no longer has it."""
        async with self._call():
            return await self._source.again(recording)

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:
        """One page of the list of transcripts; the first if `cursor` is None."""
        async with self._call():
            return await self._source.transcriptions(cursor)

    async def transcript(
        self, recording: Recording, transcription: Transcription | None
    ) -> Transcript | None:
        """Transcript that an entry of that list stands for, or that there is without one."""
        async with self._call():
            return await self._source.transcript(recording, transcription)

    async def close(self) -> None:
        """Refuse every call from now on, end those under way, wait for their end, and let go of connections.

        What the source itself must bring to an end (a renewal of tokens, which would be lost) is waited for.
        """
        self._closed = True
        now = asyncio.get_running_loop().time()
        for call in self._calls:
            if not call.expired():
                call.reschedule(now)
        await self._idle.wait()
        await self._source.close()

    @asynccontextmanager
    async def _call(self) -> AsyncIterator[None]:
        """Run what is inside until the door closes.

        A time limit without a time is what asyncio documents for ending the work of a task from outside
        without cancelling the task itself (https://docs.python.org/3/library/asyncio-task.html#timeouts).
        """
        if self._closed:
            raise Disconnected
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._calls.add(limit)
                self._idle.clear()
                try:
                    yield
                finally:
                    self._calls.discard(limit)
                    if not self._calls:
                        self._idle.set()
        except TimeoutError:
            if limit.expired():
                raise Disconnected from None
            raise

    async def _guarded(self, chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        while True:
            async with self._call():
                try:
                    chunk = await anext(chunks)
                except StopAsyncIteration:
                    return
            yield chunk
