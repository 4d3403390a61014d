"""Bird's Recordings API for one workspace.

Source: https://docs.bird.com/api/voice-api/recordings-api
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from playhead.core.account import Account
from playhead.core.errors import Gone, Missing, NoAudio
from playhead.core.finding.query import Query
from playhead.core.likeness.judging import names
from playhead.core.page import Asked, Page
from playhead.core.ports import Clock, Delivery, Keys, NextPageListener, Waiting
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript, Transcription, TranscriptionPage
from playhead.providers.bird.birdrows import bird_asks
from playhead.providers.bird.birdrows import recording as read_row
from playhead.providers.bird.birdrows import recordings as read_rows
from playhead.providers.bird.birdtranscriptions import read_page
from playhead.providers.bird.birdtranscripts import read_transcript
from playhead.providers.bird.birdworkspace import BirdWorkspace, Listed, token_at_a_glance
from playhead.providers.http.answers import Reply
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.limits import MEDIA_SILENCE_SECONDS, PAGE_BYTES, untold_audio
from playhead.providers.http.linksahead import LinksAhead
from playhead.providers.http.redirects import Link, require_audio
from playhead.providers.http.request import may_open, origin, segment
from playhead.providers.http.web import Web

PAGE_SIZE = 99
"""The most that List Recordings gives at once."""

PER_SECOND = 50.0
"""Bird's default limit for GET per workspace: https://docs.bird.com/api/channels-api/rate-limit ."""

_PLUS, _BARE = "plus:", "bare:"

_log = logging.getLogger(__name__)


class BirdSource:
    """Source of one Bird account (a `core.ports.Source`)."""

    def __init__(
        self,
        account: Account,
        keys: Keys,
        web: Web,
        *,
        waiting: Waiting | None = None,
        clock: Clock = lambda: datetime.now(UTC),
        silence: float = MEDIA_SILENCE_SECONDS,
    ) -> None:
        self._account = account
        self._clock = clock
        self._silence = silence
        self._api = ApiClient(web, per_second=PER_SECOND, waiting=waiting)
        self._workspace = BirdWorkspace(account, keys, self._api)
        self._links = LinksAhead(self._link, web.pace)
        self._form = _PLUS

    @property
    def account(self) -> Account:
        """Account that this is the source of."""
        return self._account

    def asks(self, query: Query) -> Asked | None:
        """Part of `query` that the server can filter; None if nothing of this account can match it."""
        return bird_asks(query, self._account)

    async def check(self) -> str:
        """Make sure that key and workspace id work together; says what was found. Raises `ProviderError`."""
        page = await self._workspace.page(await self._list((("limit", "1"),)))
        if page.trouble is not None and not page.rows:
            raise page.trouble
        return "The workspace answers." if page.rows else "The workspace answers; it has no recordings yet."

    async def page(self, asked: Asked, cursor: str | None, onward: NextPageListener | None = None) -> Page:
        """One page. An empty one with a cursor is not the end. `onward` is told before the rows are read."""
        if "from" not in dict(asked.parameters) and "to" not in dict(asked.parameters):
            return await self._page(asked, cursor, onward)
        if cursor is not None:
            form = _BARE if cursor.startswith(_BARE) else _PLUS
            return await self._page(asked, cursor.removeprefix(form), onward, form)
        # Whether a number has to be asked for with its plus sign is not documented.
        for form in (self._form, _BARE if self._form == _PLUS else _PLUS):
            page = await self._page(asked, None, onward, form)
            if page.recordings or page.cursor is not None or page.trouble is not None:
                self._form = form
                break
        return page

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        """Fetch audio through a fresh link, from `offset` if the host still has what `validator` names."""
        require_audio(recording)

        async def prepared() -> Link:
            return await self._links.link(recording.id)

        async def fresh() -> Link:
            return await self._link(recording.id)

        wish = AudioRequest(
            offset=offset,
            validator=validator,
            told=names(recording),
            silence=self._silence,
            untold=untold_audio(recording.duration, recording.size),
        )
        async with deliver(self._api, prepared, fresh, wish) as delivery:
            yield delivery

    def prepare(self, recording: Recording) -> None:
        """Ask for a link that `open` is going to use."""
        if recording.playable:
            self._links.prepare(recording.id)

    async def again(self, recording: Recording) -> Recording | None:
        """The recording as it is now; None if the workspace is there and it is not."""
        if recording.fault is not None:
            return recording
        try:
            reply = await self._workspace.get(_path(recording.id))
        except (Missing, Gone):
            # A workspace that is not there answers the same to everything; this raises `Missing` for it.
            page = await self._workspace.page(await self._list((("limit", "1"),)))
            if page.trouble is not None:
                raise page.trouble from None
            return None
        row = await self._workspace.row(reply, recording.id)
        return read_row(self._account, row, recording.position, Counter())

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:
        """One page of the list of transcriptions; the first if `cursor` is None."""
        return await read_page(self._workspace, cursor)

    async def transcript(
        self, recording: Recording, transcription: Transcription | None
    ) -> Transcript | None:
        """Text of a transcription; None without one. Nothing is ever asked to be transcribed."""
        if transcription is None:
            return None
        return await read_transcript(self._workspace, transcription, recording.duration)

    async def close(self) -> None:
        """Forget the key and all links; the connections are the `Web`'s."""
        self._links.close()
        self._workspace.forget()

    async def _page(
        self, asked: Asked, cursor: str | None, onward: NextPageListener | None, form: str = ""
    ) -> Page:
        parameters = {"limit": str(PAGE_SIZE), **dict(asked.parameters)}
        if form == _BARE:
            for side in ("from", "to"):
                if side in parameters:
                    parameters[side] = parameters[side].removeprefix("+")
        if cursor is not None:
            parameters["pageToken"] = cursor
        reply = await self._list(tuple(parameters.items()))
        early = token_at_a_glance(reply.body) if onward is not None else None
        if onward is not None and early is not None:
            await _tell(onward, form + early)
        page = await self._workspace.page(reply)
        if onward is not None and page.token not in (None, early) and page.trouble is None:
            await _tell(onward, f"{form}{page.token}")
        recordings = await asyncio.to_thread(self._recordings, page)
        return Page(
            recordings=recordings,
            cursor=None if page.token is None else form + page.token,
            as_of=reply.moment or self._clock(),
            trouble=page.trouble,
        )

    def _recordings(self, page: Listed) -> tuple[Recording, ...]:
        oddities = Counter[str]()
        recordings = read_rows(self._account, page.rows, oddities)
        if oddities:
            _log.info("Bird sent values of an unexpected type: %s", dict(oddities))
        return recordings

    async def _list(self, parameters: tuple[tuple[str, str], ...]) -> Reply:
        try:
            return await self._workspace.get("/recordings", parameters, largest=PAGE_BYTES)
        except Missing as error:
            raise Missing(
                error.detail, reason="workspace", status=error.status, request_id=error.request_id
            ) from None

    async def _link(self, identity: str) -> Link:
        """Link to the audio as it is now: Bird signs a link when it is asked for the recording."""
        row = await self._workspace.row(await self._workspace.get(_path(identity)), identity)
        require_audio(read_row(self._account, row, 0, Counter()))
        address = row.get("url")
        base = self._workspace.address
        if not isinstance(address, str) or not address.strip():
            return Link(f"{base}{_path(identity)}.mp3", await self._workspace.authorization())
        address = address.strip()
        if not may_open(address, since=base):
            raise NoAudio("link")
        return Link(
            address, await self._workspace.authorization() if origin(address) == origin(base) else None
        )


async def _tell(onward: NextPageListener, cursor: str) -> None:
    onward.next_cursor(cursor)
    # Reading the answer would hold the interpreter while that request is sent.
    await asyncio.sleep(0)


def _path(identity: str) -> str:
    return f"/recordings/{segment(identity)}"
