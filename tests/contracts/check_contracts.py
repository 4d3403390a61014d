"""Both providers against mock servers made from the clouds' OpenAPI documents; see CONTRIBUTING.md.

    check_contracts.py BIRD BIRD_MADE_UP CONVIRZA CONVIRZA_MADE_UP

The addresses are those of mock servers: two with the documents' examples, two with answers made up from their
schemas. `python3 packaging/dev.py contracts` starts them. Not collected by pytest: it needs Node.js.
"""

import asyncio
import dataclasses
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import uuid4

from typing_extensions import override

from playhead.core.account import Account, Credential, is_loopback
from playhead.core.errors import (
    Forbidden,
    Limited,
    Missing,
    NoAudio,
    ProviderError,
    Refused,
    Rejected,
    Unavailable,
    Unreachable,
)
from playhead.core.finding.parser import parse
from playhead.core.pace import Pace
from playhead.core.page import Asked, Page
from playhead.core.ports import Keys, Source
from playhead.providers.convirza.convirzatokens import revoke, sign_in
from playhead.providers.http.request import HttpRequest, HttpResponse
from playhead.providers.http.web import Web
from support.providers.registered import open_source

MADE_UP = 25
"""How many answers made up from a schema each list has to survive."""

WORKSPACE = "8bc02f53-87ac-48d2-b4fd-c2cf856a305f"
CHANNEL = "880d8171-cbab-47bb-81b6-b1a0902da136"
CALL = "50fa2203-66c2-4820-864a-1a8002952f4e"


class SkippedTime:
    """Time that passes at once when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        """Seconds slept so far."""
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self.seconds += seconds
        await asyncio.sleep(0)


class Wire(Web):
    """Asks the mock server for one of its answers, notes every request, and lets none leave this computer."""

    def __init__(self, prefer: str) -> None:
        time = SkippedTime()
        super().__init__(Pace(now=time.now, sleep=time.sleep, chance=lambda: 1.0))
        self._prefer = prefer
        self.calls: list[HttpRequest] = []

    @override
    async def open(self, call: HttpRequest, *, whole: bool = False) -> HttpResponse:
        self.calls.append(call)
        if not is_loopback(urlsplit(call.address).hostname or ""):
            raise Unreachable("name")
        if self._prefer:
            call = dataclasses.replace(call, headers=(*call.headers, ("Prefer", self._prefer)))
        return await super().open(call, whole=whole)


class Pocket:
    """Keys that are kept in memory."""

    def __init__(self) -> None:
        self.credential = Credential(access="invented-access", refresh="invented-refresh")

    async def load(self) -> Credential:
        """The pair."""
        return self.credential

    async def save(self, credential: Credential) -> None:
        """Keep a newer one."""
        self.credential = credential


def account(provider: str, address: str) -> Account:
    """An account at a mock server."""
    details = {"workspace_id": WORKSPACE}
    return Account(id=str(uuid4()), provider=provider, label="Contract", base_url=address, details=details)


@asynccontextmanager
async def door(
    provider: str, address: str, prefer: str = "", keys: Keys | None = None
) -> AsyncIterator[tuple[Source, Wire]]:
    """Open an account's door, and the wire behind it."""
    wire = Wire(prefer)
    source = open_source(account(provider, address), keys or Pocket(), wire)
    try:
        yield source, wire
    finally:
        await source.close()
        await wire.close()


async def page(provider: str, address: str, prefer: str = "", cursor: str | None = None) -> Page:
    """One page of everything."""
    async with door(provider, address, prefer) as (source, _):
        return await source.page(Asked(), cursor)


async def fails(error: type[ProviderError], provider: str, address: str, prefer: str) -> None:
    """Make sure that asking for a page raises `error`."""
    try:
        await page(provider, address, prefer)
    except error:
        return
    raise AssertionError(f"{prefer} did not raise {error.__name__}")


async def accepted(provider: str, address: str, text: str, expected: set[str]) -> None:
    """Make sure that a query becomes parameters of the document, and that the document allows them."""
    async with door(provider, address) as (source, _):
        asked = source.asks(parse(text, datetime.now(UTC), [source.account]))
        assert asked is not None, text
        assert expected <= {name for name, _ in asked.parameters}, asked
        await source.page(asked, None)


async def bird_examples(bird: str, _made_up: str) -> None:
    """Bird: every example of a page is understood."""
    first = await page("bird", bird, "example=page")
    assert len(first.recordings) == 3
    assert first.cursor
    assert not any(recording.fault for recording in first.recordings)
    assert "X-Amz" not in repr([recording.raw for recording in first.recordings])
    last = await page("bird", bird, "example=lastPage", cursor=first.cursor)
    assert len(last.recordings) == 1
    assert last.cursor is None
    assert not (await page("bird", bird, "example=empty")).recordings
    gap = await page("bird", bird, "example=emptyWithToken")
    assert not gap.recordings
    assert gap.cursor


async def bird_made_up(_bird: str, made_up: str) -> None:
    """Bird: pages made up from the schema are understood, and no row of them is lost."""
    for _ in range(MADE_UP):
        found = await page("bird", made_up)
        assert not [recording.fault for recording in found.recordings if recording.fault]


async def bird_parameters(bird: str, _made_up: str) -> None:
    """Bird: every query parameter that is sent is one of the document's."""
    sides = "from:+31205550142 to:+31205550143 after:2026-01-01 before:2026-02-01"
    text = f"kind:call direction:in status:available channel:{CHANNEL} call:{CALL} {sides}"
    expected = {"direction", "status", "from", "to", "channelId", "sourceId", "id", "startAt", "endAt"}
    await accepted("bird", bird, text, expected)


async def bird_errors(bird: str, _made_up: str) -> None:
    """Bird: every documented error is the error that it is."""
    for code, error in ((401, Refused), (403, Forbidden), (404, Missing), (429, Limited)):
        await fails(error, "bird", bird, f"code={code}")


async def bird_links(bird: str, _made_up: str) -> None:
    """Bird: a fresh link is asked for with the key, and followed without it."""
    first = await page("bird", bird, "example=page")
    async with door("bird", bird, "example=available") as (source, wire):
        try:
            async with source.open(first.recordings[0]):
                raise AssertionError("a link of the document's examples led somewhere")
        except Unreachable:
            pass
        assert wire.calls[0].authorization == "AccessKey invented-access"
        assert wire.calls[0].address.startswith(bird)
        assert all(call.authorization is None for call in wire.calls if not call.address.startswith(bird))
        assert not wire.calls[-1].address.startswith(bird)
    async with door("bird", bird) as (source, wire):
        assert await source.check()


async def bird_links_made_up(bird: str, made_up: str) -> None:
    """Bird: whatever a recording looks like, its link leads to audio or to an error, never with the key."""
    recording = (await page("bird", bird, "example=page")).recordings[0]
    for _ in range(MADE_UP):
        async with door("bird", made_up) as (source, wire):
            try:
                async with source.open(recording) as delivery:
                    _ = [chunk async for chunk in delivery.chunks]
            except (ProviderError, NoAudio):
                pass
            assert all(
                call.authorization is None for call in wire.calls if not call.address.startswith(made_up)
            )


async def convirza_examples(convirza: str, _made_up: str) -> None:
    """Convirza: every example of the list is understood."""
    documented = await page("convirza", convirza, "example=documented")
    assert [recording.kind for recording in documented.recordings] == ["prompt"]
    rich = await page("convirza", convirza, "example=rich")
    assert len(rich.recordings) > 1
    assert rich.cursor is None
    assert "http" not in repr([recording.raw for recording in rich.recordings])
    assert not (await page("convirza", convirza, "example=empty")).recordings


async def convirza_made_up(_convirza: str, made_up: str) -> None:
    """Convirza: lists made up from the schema are understood."""
    for _ in range(MADE_UP):
        await page("convirza", made_up)


async def convirza_parameters(convirza: str, _made_up: str) -> None:
    """Convirza: every kind that can be asked for is one of the document's."""
    for kind in ("prompt", "whisper", "voicemail", "survey"):
        await accepted("convirza", convirza, f"kind:{kind}", {"type"})


async def convirza_errors(convirza: str, _made_up: str) -> None:
    """Convirza: every documented error is the error that it is; 404 is its word for nothing."""
    for code, error in ((400, Rejected), (401, Refused), (500, Unavailable)):
        await fails(error, "convirza", convirza, f"code={code}")
    assert not (await page("convirza", convirza, "code=404")).recordings


async def convirza_tokens(convirza: str, made_up: str) -> None:
    """Convirza: signing in, and revoking, are requests that the document allows."""
    for address in (convirza, made_up):
        wire = Wire("")
        person = account("convirza", address)
        credential = await sign_in(wire, person, "someone@example.com", "invented")
        assert credential.access
        await revoke(wire, person, credential)
        await wire.close()


CHECKS: dict[str, tuple[Callable[[str, str], Awaitable[None]], ...]] = {
    "bird": (bird_examples, bird_made_up, bird_parameters, bird_errors, bird_links, bird_links_made_up),
    "convirza": (convirza_examples, convirza_made_up, convirza_parameters, convirza_errors, convirza_tokens),
}


async def main(addresses: list[str]) -> int:
    """Run every check, whatever fails on the way; a line each."""
    bird, bird_made_up_server, convirza, convirza_made_up_server = addresses
    servers = {"bird": (bird, bird_made_up_server), "convirza": (convirza, convirza_made_up_server)}
    failures = 0
    for provider, checks in CHECKS.items():
        for check in checks:
            try:
                await check(*servers[provider])
            except Exception:  # noqa: BLE001 - whatever it is, the other checks are run, too
                failures += 1
                print(f"FAILED  {check.__doc__}\n{traceback.format_exc()}")
            else:
                print(f"ok      {check.__doc__}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
