"""Convirza's media prompts for one account: prompts, whispers, voicemails and surveys, all in one answer.

Source: https://docs.convirza.com/list-prompts-31381265e0
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from playhead.core.account import Account, Credential
from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Missing,
    NoAudio,
    PlayheadError,
    ProviderError,
    Refused,
    Rejected,
)
from playhead.core.finding import fields
from playhead.core.finding.query import Flag, Match, Query
from playhead.core.likeness.judging import names
from playhead.core.page import Asked, Page
from playhead.core.ports import Clock, Delivery, Keys, NextPageListener, Waiting
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript, Transcription, TranscriptionPage
from playhead.providers.certainty import Traits, verdict
from playhead.providers.convirza.convirzarows import ConvirzaAnswer, PromptLists, prompts, read_answer
from playhead.providers.convirza.convirzatokens import absent, renew
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.limits import ANSWER_BYTES, LIST_BYTES, MEDIA_SILENCE_SECONDS, untold_audio
from playhead.providers.http.redirects import Link, require_audio
from playhead.providers.http.request import HttpRequest, may_open, origin
from playhead.providers.http.sharing import Shared
from playhead.providers.http.web import Web, base_of, shown
from playhead.providers.reading.rawfields import LONGEST_NAME, Row

PER_SECOND = 10.0
"""Convirza states no limit for its API; this is a polite one."""

_TRAITS = Traits(
    kinds=frozenset({"prompt", "whisper", "voicemail", "survey"}),
    lacks=frozenset(
        {
            fields.DIRECTION,
            fields.STATUS,
            fields.FROM,
            fields.TO,
            fields.WITH,
            fields.CHANNEL,
            fields.CALL,
            Flag.STEREO,
            Flag.MONO,
            Flag.TRANSCRIBED,
            Flag.ANONYMOUS,
        }
    ),
)

_log = logging.getLogger(__name__)


class ConvirzaSource:
    """Source of one Convirza account (a `core.ports.Source`)."""

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
        self._keys = keys
        self._clock = clock
        self._silence = silence
        self._api = ApiClient(web, per_second=PER_SECOND, waiting=waiting)
        self._links: dict[str, str] = {}
        self._everything = Shared(lambda: self._list(Asked()), web.pace)
        self._owners: Mapping[str, str] | None = None
        """Of ids that several recordings share, whose each is; None until all were listed once."""
        self._credential: Credential | None = None
        self._unsaved = False
        self._renewing: asyncio.Task[Credential] | None = None

    @property
    def account(self) -> Account:
        """Account that this is the source of."""
        return self._account

    def asks(self, query: Query) -> Asked | None:
        """Part of `query` that the server can filter; None if nothing of this account can match it.

        `name` is not asked for: what it is compared with is not documented, and all comes at once anyway.
        """
        if verdict(query.node, self._account, _TRAITS) is False:
            return None
        for node in query.conditions:
            if isinstance(node, Match) and node.field is fields.KIND and node.pattern in _TRAITS.kinds:
                return Asked((("type", node.pattern),))
        return Asked()

    async def check(self) -> str:
        """Make sure that the token works; says whose it is, if Convirza does. Raises `ProviderError`."""
        try:
            answer = await self._get("/auth/profile")
        except Missing:
            # Here a 404 for the list as well is no empty list, but most likely a wrong address.
            try:
                answer = await self._get("/media-prompts", largest=LIST_BYTES)
            except Missing as error:
                raise absent(error) from None
            found = await asyncio.to_thread(self._read, answer, {})
            return f"The account answers, with {len(found.recordings)} recordings."
        profile = Row({"": answer.facts}).inner("").inner("data")
        address = profile.text("email", LONGEST_NAME) or profile.inner("user").text("email", LONGEST_NAME)
        return f"Signed in as {address}." if address else "The account answers."

    async def page(
        self,
        asked: Asked,
        cursor: str | None,  # noqa: ARG002 - there is only one page
        onward: NextPageListener | None = None,  # noqa: ARG002 - and none behind it
    ) -> Page:
        """Everything at once."""
        listed = await self._list(asked)
        return Page(
            recordings=listed.recordings,
            cursor=None,
            as_of=listed.moment,
            complete=listed.complete,
            trouble=listed.trouble,
        )

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        """Fetch audio through the link of the last list, or of a new one where that is dead or unknown."""
        require_audio(recording)
        listed = self._everything.number
        relisted = False

        async def known() -> Link:
            address = self._links.get(recording.id)
            return await self._link(address) if address is not None else await fresh()

        async def fresh() -> Link:
            nonlocal relisted
            relisted = True
            newer = await self._everything.newer(listed)
            address = self._links.get(recording.id)
            if address is None:
                raise newer.trouble or Missing("Convirza no longer lists it")
            return await self._link(address)

        wish = AudioRequest(
            offset=offset,
            validator=validator,
            told=names(recording),
            silence=self._silence,
            untold=untold_audio(recording.duration, recording.size),
        )
        try:
            async with deliver(self._api, known, fresh, wish) as delivery:
                yield delivery
        except (Refused, Forbidden, Missing, Gone, Rejected):
            if relisted:
                self._everything.was_vain()
            raise

    def prepare(self, recording: Recording) -> None:
        """Do nothing: links came with the list."""

    async def again(self, recording: Recording) -> Recording | None:
        """The recording as the list has it now; None if the list is complete without it."""
        listed = await self._everything.newer(self._everything.number)
        found = next((each for each in listed.recordings if each.id == recording.id), None)
        if found is None and not listed.complete:
            raise listed.trouble or Missing("Convirza does not list it")
        return found

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:  # noqa: ARG002 -- as below
        """Nothing, without asking: prompts and voicemails are not written down at Convirza."""
        return TranscriptionPage()

    async def transcript(
        self,
        recording: Recording,  # noqa: ARG002 -- there is none
        transcription: Transcription | None,  # noqa: ARG002 -- as above
    ) -> Transcript | None:
        """None, without asking."""
        return None

    async def close(self) -> None:
        """Let a renewal of the tokens end, as it would be lost; forget the rest."""
        if self._renewing is not None:
            await asyncio.wait([self._renewing])
            if not self._renewing.cancelled():
                self._renewing.exception()  # whoever waited for it may have gone
        if self._unsaved and self._credential is not None:
            with suppress(PlayheadError):
                await self._keys.save(self._credential)
        self._credential = None
        self._links.clear()
        self._everything.forget()

    async def _list(self, asked: Asked) -> "_Listed":
        if not asked.everything and self._owners is None:
            # Which of several recordings bears an id alone, only the whole list tells.
            await self._list(Asked())
        try:
            answer = await self._get("/media-prompts", asked.parameters, LIST_BYTES)
        except Missing:
            # The version before answers an empty list with an error; this one documents a 404 for the list.
            return _Listed((), self._clock(), complete=False, trouble=None)
        owners = self._owners or {}
        found = await asyncio.to_thread(self._read, answer, {} if asked.everything else owners)
        trouble = answer.trouble or (Garbled("part", "errors beside the lists") if found.faulty else None)
        if asked.everything:
            if trouble is None:
                self._links.clear()
            self._owners = {**owners, **found.owners} if trouble else found.owners
        self._links.update(found.links)
        return _Listed(
            found.recordings, answer.moment or self._clock(), found.complete and not trouble, trouble
        )

    def _read(self, answer: ConvirzaAnswer, owners: Mapping[str, str]) -> PromptLists:
        oddities = Counter[str]()
        found = prompts(self._account, answer.groups(), oddities, owners)
        if answer.trouble is not None and not found.recordings:
            raise answer.trouble
        if oddities:
            _log.info("Convirza sent values of an unexpected type: %s", dict(oddities))
        return found

    async def _link(self, address: str) -> Link:
        base = self._base()
        if not may_open(address, since=base):
            raise NoAudio("link")
        if origin(address) != origin(base):
            return Link(address)
        return Link(address, _bearer(await self._current()))

    async def _get(
        self, path: str, parameters: tuple[tuple[str, str], ...] = (), largest: int = ANSWER_BYTES
    ) -> ConvirzaAnswer:
        credential = await self._current()
        call = HttpRequest(
            address=self._base() + path,
            parameters=parameters,
            authorization=_bearer(credential),
            headers=(("Accept", "application/json"),),
            largest=largest,
        )
        try:
            return await self._ask(call)
        except Refused:
            newer = await self._newer(credential)
            return await self._ask(replace(call, authorization=_bearer(newer)))

    async def _ask(self, call: HttpRequest) -> ConvirzaAnswer:
        """Answer to a request. Raises `ProviderError`, also one that is in an answer of a good status."""
        answer = await asyncio.to_thread(read_answer, await self._api.ask(call))
        if answer.trouble is not None and (isinstance(answer.trouble, Refused) or not answer.has_data):
            raise answer.trouble
        return answer

    def _base(self) -> str:
        return base_of(self._account.base_url)

    async def _current(self) -> Credential:
        if self._credential is None:
            self._credential = await self._keys.load()
        if self._unsaved:
            return await self._newer(self._credential)
        return self._credential

    async def _newer(self, refused: Credential) -> Credential:
        """The pair that replaces the refused one. Whoever needs it meanwhile waits for the same renewal.

        The refresh token works once, so a renewal is never given up half-way: not even when all who wait for
        it are cancelled.
        """
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.get_running_loop().create_task(self._renew(refused))
        return await asyncio.shield(self._renewing)

    async def _renew(self, refused: Credential) -> Credential:
        current = self._credential or await self._keys.load()
        if current.access == refused.access and not self._unsaved:
            current = await self._keys.load()
        if current.access == refused.access and not self._unsaved:
            current = await renew(self._api, self._account, refused, clock=self._clock)
            # The old pair is worthless now: this one must not be lost, whatever the vault says.
            self._unsaved = True
        self._credential = current
        if self._unsaved:
            await self._keys.save(current)
            self._unsaved = False
        return current


@dataclass(frozen=True, slots=True)
class _Listed:
    recordings: tuple[Recording, ...]
    moment: datetime
    complete: bool
    trouble: ProviderError | None


def _bearer(credential: Credential) -> str:
    return f"Bearer {shown(credential.access)}"
