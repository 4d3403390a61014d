"""Accounts of both providers, their keys, and time that passes as it is told."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from playhead.core.account import Account, Credential
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.pace import Pace
from playhead.core.ports import Source
from playhead.core.recording import Recording
from playhead.core.stores import Catalogue
from playhead.core.transcript import Transcript
from playhead.providers.bird.birdsource import BirdSource
from playhead.providers.convirza.convirzasource import ConvirzaSource
from playhead.providers.http.web import Web
from support.cloud.faultycloud import FaultyCloud
from support.fakes import FakeCatalogue, FakeTranscripts

RESOURCES = Path(__file__).resolve().parents[3] / "resources" / "demo"
NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
WORKSPACE = "8bc02f53-87ac-48d2-b4fd-c2cf856a305f"
KEY = "anAccessKeyForTests0123456789"
Result = TypeVar("Result")


def run(scene: Coroutine[Any, Any, Result]) -> Result:
    """Plays a scene to its end, which comes soon."""
    return asyncio.run(asyncio.wait_for(scene, 30))


class Hourglass:
    """Time that only passes while somebody sleeps, which takes none."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Sleeps without waiting."""
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    @property
    def pace(self) -> Pace:
        """The pace by this clock, where chance is always at its most."""
        return Pace(now=lambda: self.time, sleep=self.sleep, chance=lambda: 1.0)


class PocketKeys:
    """A `Keys` that remembers what was saved."""

    def __init__(self, credential: Credential) -> None:
        self.kept = credential
        self.saved: list[Credential] = []
        self.refusal: Exception | None = None

    async def load(self) -> Credential:
        """What is kept."""
        return self.kept

    async def save(self, credential: Credential) -> None:
        """Keeps it, or raises `refusal`."""
        await asyncio.sleep(0)
        if self.refusal is not None:
            raise self.refusal
        self.kept = credential
        self.saved.append(credential)


def demo_cloud() -> FaultyCloud:
    """A small demo cloud, to be started."""
    return FaultyCloud(resources=RESOURCES, bird=250, convirza=40)


def bird_account(address: str, **changes: str) -> Account:
    """A Bird account at this address, with these details besides."""
    details = {"workspace_id": WORKSPACE, **changes}
    return Account(id="b1", provider="bird", label="EU support", base_url=address, details=details)


def convirza_account(address: str, **changes: Any) -> Account:
    """A Convirza account whose API is at this address."""
    facts: dict[str, Any] = {"id": "c1", "label": "Northwind", **changes}
    return Account(provider="convirza", base_url=address, **facts)


@dataclass(slots=True)
class Opened:
    """A door and what is around it."""

    source: Source
    keys: PocketKeys
    glass: Hourglass
    web: Web
    waits: list[float] = field(default_factory=list)
    _lists: FakeCatalogue = field(default_factory=FakeCatalogue)
    _reader: TranscriptReader | None = None

    async def said(self, recording: Recording) -> Transcript | None:
        """What the door gives of a recording for a catalogue that has no transcript, and keeps none."""
        if self._reader is None:
            library = Library(self._lists, lambda: NOW)
            library.connect(self.source)
            self._reader = TranscriptReader(cast(Catalogue, self._lists), library, self._now)
        self._lists.transcripts = FakeTranscripts()
        return await self._reader.read(recording)

    def _now(self) -> datetime:
        return NOW + timedelta(seconds=self.glass.time)


@asynccontextmanager
async def opened(
    account: Account, credential: Credential | None = None, *, silence: float = 5.0
) -> AsyncIterator[Opened]:
    """The door of `account`, closed at the end."""
    keys = PocketKeys(credential or Credential(access=KEY))
    glass = Hourglass()
    web = Web(glass.pace)
    waits: list[float] = []
    kind = BirdSource if account.provider == "bird" else ConvirzaSource
    source = kind(account, keys, web, waiting=waits.append, clock=lambda: NOW, silence=silence)
    try:
        yield Opened(source, keys, glass, web, waits)
    finally:
        await source.close()
        await web.close()


async def heard(
    source: Source, recording: Recording, *, offset: int = 0, validator: str | None = None
) -> bytes:
    """All the audio from `offset` on."""
    async with source.open(recording, offset=offset, validator=validator) as delivery:
        return b"".join([chunk async for chunk in delivery.chunks])
