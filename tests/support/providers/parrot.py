"""An invented third provider, as somebody would add one: its server, its source and its descriptor."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playhead.core.account import Account, Credential
from playhead.core.finding.query import Query
from playhead.core.formfield import FormField, address_field, bare, token_problem
from playhead.core.page import Asked, Page
from playhead.core.ports import Delivery, Keys, NextPageListener, Source, Waiting
from playhead.core.provider import Provider, SignInWay
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Line, Transcript, Transcription, TranscriptionPage
from playhead.providers.certainty import Traits, verdict
from playhead.providers.http.answers import Reply
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.redirects import Link
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web, base_of
from support.audio.tones import encoded, tone
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import Tiny, data, http, serving

KEY, AVIARY, TALKS = "cracker", "north", 5
SOUND = encoded("wav PCM", tone(440, 1))
FIRST = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

_TRAITS = Traits(kinds=frozenset({"call"}))


@dataclass
class ParrotCloud:
    """What the server has been asked, and the tokens that it has taken back."""

    tiny: Tiny
    revoked: list[str] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, str]:
        """What a person fills in to connect it."""
        return {"label": "Aviary", "aviary": AVIARY, "secret": KEY, "address": self.tiny.address}


@asynccontextmanager
async def parrot_cloud() -> AsyncIterator[ParrotCloud]:
    """A server with a few talks, on this computer."""

    def answer(asked: Request) -> bytes:
        if asked.headers.get("authorization") != f"Parrot {KEY}":
            return http(401)
        home = f"/aviaries/{AVIARY}/talks"
        if asked.method == "POST":
            cloud.revoked.append(asked.body.decode())
            return data("{}")
        if asked.target == home:
            talks = [{"id": f"talk-{n}", "minute": n} for n in reversed(range(TALKS))]
            return data(json.dumps(talks))
        return http(200, SOUND, content_type="audio/wav") if asked.target.startswith(home) else http(404)

    async with serving(answer) as tiny:
        cloud = ParrotCloud(tiny)
        yield cloud


def parrot(web: Web) -> Provider:
    """Parrot Voice, asked through `web`."""
    return Provider(
        name="parrot",
        title="Parrot Voice",
        offer="Whatever the birds repeat.",
        icon="cloud",
        service=ParrotService(web),
        details=(
            FormField(
                key="aviary",
                label="Aviary",
                required=True,
                check=lambda text: "" if text else "Fill in the aviary.",
            ),
        ),
        ways=(
            SignInWay(
                (
                    FormField(
                        key="secret",
                        label="Cracker",
                        hidden=True,
                        read=bare,
                        check=lambda text: token_problem(bare(text), "cracker"),
                    ),
                )
            ),
        ),
        advanced=(address_field("https://parrot.example"),),
        revokes=True,
        transcripts=True,
        extension="wav",
    )


class ParrotService:
    """Opens aviaries."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def prepare(self) -> None:
        """Nothing is left to be imported."""

    def open(self, account: Account, keys: Keys, waiting: Waiting) -> Source:
        """The source of an aviary."""
        return ParrotSource(account, keys, ApiClient(self._web, waiting=waiting))

    async def sign_in(self, account: Account, given: Mapping[str, str]) -> Credential:
        """The key as it is, with one that can be taken back."""
        return Credential(access=given["secret"], refresh=f"of {account.details['aviary']}")

    async def revoke(self, account: Account, credential: Credential) -> None:
        """Take it back."""
        call = HttpRequest(
            method="POST",
            address=f"{base_of(account.base_url)}/goodbye",
            authorization=f"Parrot {credential.access}",
            body={"refresh": credential.refresh or ""},
        )
        await ApiClient(self._web).ask(call)


class ParrotSource:
    """The talks of one aviary."""

    def __init__(self, account: Account, keys: Keys, api: ApiClient) -> None:
        self._account = account
        self._keys = keys
        self._api = api

    @property
    def account(self) -> Account:
        """The account that this is the source of."""
        return self._account

    def asks(self, query: Query) -> Asked | None:
        """Everything, unless nothing of this account can match."""
        return None if verdict(query.node, self._account, _TRAITS) is False else Asked()

    async def check(self) -> str:
        """Count the talks."""
        return f"The aviary has {len((await self.page(Asked(), None)).recordings)} talks."

    async def page(self, asked: Asked, cursor: str | None, onward: NextPageListener | None = None) -> Page:
        """All talks at once."""
        reply = await self._get()
        talks = reply.json()
        assert isinstance(talks, list)
        recordings = tuple(self._recording(str(each["id"]), int(each["minute"])) for each in talks)
        return Page(recordings=recordings, cursor=None, as_of=FIRST + timedelta(days=1), complete=True)

    def prepare(self, recording: Recording) -> None:
        """Nothing has to be asked for first."""

    def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Delivery]:
        """The audio, with the key, as it is at the account's own address."""

        async def link() -> Link:
            return Link(f"{self._talks}/{recording.id}", await self._authorization())

        return deliver(self._api, link, link, AudioRequest(offset=offset, validator=validator))

    async def again(self, recording: Recording) -> Recording | None:
        """As it was: talks do not change."""
        return recording

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:
        """Nothing: talks are written down, but not listed."""
        return TranscriptionPage()

    async def transcript(
        self,
        recording: Recording,
        transcription: Transcription | None,
    ) -> Transcript | None:
        """One line."""
        line = Line(start=0.0, end=1.0, text=f"Polly said {recording.id}")
        return Transcript(id=recording.id, locale="en", lines=(line,))

    async def close(self) -> None:
        """Nothing is held open."""

    @property
    def _talks(self) -> str:
        return f"{base_of(self._account.base_url)}/aviaries/{self._account.details['aviary']}/talks"

    async def _authorization(self) -> str:
        return f"Parrot {(await self._keys.load()).access}"

    async def _get(self) -> Reply:
        return await self._api.ask(
            HttpRequest(address=self._talks, authorization=await self._authorization())
        )

    def _recording(self, identity: str, minute: int) -> Recording:
        return Recording(
            account=self._account.id,
            id=identity,
            provider="parrot",
            status="available",
            direction="incoming",
            caller=Party(name="Polly"),
            started=FIRST + timedelta(minutes=minute),
            duration=1.0,
        )
