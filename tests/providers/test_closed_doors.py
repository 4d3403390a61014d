"""A door that was closed asks nothing any more, and what it renews at its end is safe."""

import asyncio
from collections.abc import Callable

import pytest

from playhead.core.account import Account, Credential
from playhead.core.errors import Disconnected, VaultLocked
from playhead.core.loading.closing import ClosingSource
from playhead.core.page import Asked
from playhead.core.recording import Recording
from support.providers.provider_sources import bird_account, convirza_account, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving


@pytest.mark.parametrize("make", [bird_account, convirza_account])
def test_a_closed_door_refuses_to_ask_whatever_it_is_asked_for(make: Callable[[str], Account]) -> None:
    async def scene() -> None:
        async with serving(lambda _: data('{"results": [], "data": {}}')) as tiny:
            account = make(tiny.address)
            async with opened(account) as at:
                source = ClosingSource(at.source)
                await source.page(Asked(), None)
                asked = len(tiny.asked)
                await source.close()
                recording = Recording(account=account.id, id="1", provider=account.provider)
                asking = [source.check(), source.page(Asked(), None), source.again(recording)]
                if account.provider == "bird":
                    asking.append(source.transcript(recording, None))
                for each in asking:
                    with pytest.raises(Disconnected):
                        await each
                with pytest.raises(Disconnected):
                    async with source.open(recording):
                        pass
                assert len(tiny.asked) == asked

    run(scene())


def _renews(request: Request) -> bytes:
    if request.target == "/oauth/refresh-token":
        return data('{"access_token": "new", "refresh_token": "r2"}')
    return http(401, b"{}")


def test_a_pair_that_the_vault_refused_is_offered_to_it_once_more_at_the_end() -> None:
    async def scene() -> None:
        async with serving(_renews) as tiny:
            credential = Credential(access="old", refresh="r1")
            async with opened(convirza_account(tiny.address), credential) as at:
                at.keys.refusal = VaultLocked()
                with pytest.raises(VaultLocked):
                    await at.source.page(Asked(), None)
                assert at.keys.kept == credential
                at.keys.refusal = None
                await at.source.close()
                assert (at.keys.kept.access, at.keys.kept.refresh) == ("new", "r2")

    run(scene())


def test_a_renewal_that_fails_while_the_door_closes_is_nobodys_error() -> None:
    renewing = asyncio.Event()

    def answer(request: Request) -> bytes:
        if "refresh" in request.target:
            renewing.set()
        return _renews(request)

    async def scene() -> None:
        async with serving(answer) as tiny:
            credential = Credential(access="old", refresh="r1")
            async with opened(convirza_account(tiny.address), credential) as at:
                at.keys.refusal = Disconnected()
                asking = asyncio.create_task(at.source.page(Asked(), None))
                await renewing.wait()
                asking.cancel()
                await at.source.close()
                assert at.keys.kept == credential

    run(scene())
