"""What only Convirza's door does: tokens, and everything in one answer."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from playhead.core.account import Credential
from playhead.core.errors import Garbled, Limited, Missing, Refused, Rejected, Unavailable, VaultLocked
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.convirza.convirzatokens import revoke, sign_in
from playhead.providers.http.web import Web
from support.cloud.faultycloud import Fault, FaultyCloud
from support.providers.provider_sources import NOW, Opened, convirza_account, demo_cloud, heard, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving


@pytest.fixture
def cloud() -> Iterator[FaultyCloud]:
    with demo_cloud() as cloud:
        yield cloud


async def signed_in(cloud: FaultyCloud) -> Credential:
    web = Web()
    try:
        return await sign_in(web, convirza_account(cloud.convirza_url), cloud.email, cloud.password)
    finally:
        await web.close()


def paths(cloud: FaultyCloud) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in cloud.requests]


def test_signing_in_gives_a_pair_that_works(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        credential = await signed_in(cloud)
        assert credential.refresh is not None
        assert credential.expires is not None
        async with opened(convirza_account(cloud.convirza_url), credential) as at:
            assert cloud.email in await at.source.check()
            assert len((await at.source.page(Asked(), None)).recordings) == 40

    run(scene())


def test_a_wrong_password_is_refused_and_not_tried_again(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        web = Web()
        with pytest.raises(Refused) as refused:
            await sign_in(web, convirza_account(cloud.convirza_url), cloud.email, "wrong")
        assert refused.value.reason == "password"
        cloud.faults.add(Fault(scope="oauth", status=429, retry_after="60"))
        with pytest.raises(Limited) as caught:
            await sign_in(web, convirza_account(cloud.convirza_url), cloud.email, cloud.password)
        assert caught.value.wait == 60
        await web.close()
        assert len(cloud.requests) == 2

    run(scene())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"2026-04-10T12:00:00.000Z"', NOW.replace(month=4, day=10)),
        ("3600", NOW + timedelta(hours=1)),
        ('"3600"', NOW + timedelta(hours=1)),
        (str(int(NOW.timestamp())), NOW),
        ("null", None),
        ('"soon"', None),
        ("-1", None),
        ("[]", None),
    ],
)
def test_an_expiry_is_a_moment_or_seconds(written: str, expected: object) -> None:
    async def scene() -> None:
        said = data(f'{{"access_token": "a", "refresh_token": "r", "expires_in": {written}}}')
        web = Web()
        async with serving(lambda _: said) as tiny:
            account = convirza_account(f"{tiny.address}/v3")
            credential = await sign_in(web, account, "ines@example.com", "pw", clock=lambda: NOW)
            assert tiny.asked[0].target == "/oauth/token"
            assert json.loads(tiny.asked[0].body) == {"email": "ines@example.com", "password": "pw"}
        await web.close()
        assert credential == Credential(access="a", refresh="r", expires=expected)  # type: ignore[arg-type]

    run(scene())


@pytest.mark.parametrize("said", ["[]", "{}", '{"access_token": ""}', '{"access_token": 7}', '{"data": 1}'])
def test_a_sign_in_without_a_token_is_garbled(said: str) -> None:
    async def scene() -> None:
        web = Web()
        async with serving(lambda _: data(said)) as tiny:
            with pytest.raises(Garbled):
                await sign_in(web, convirza_account(tiny.address), "ines@example.com", "pw")
        await web.close()

    run(scene())


def test_a_password_goes_to_no_unsafe_address() -> None:
    async def scene() -> None:
        with pytest.raises(Rejected):
            await sign_in(Web(), convirza_account("http://convirza.example"), "ines@example.com", "pw")

    run(scene())


def test_an_expired_token_is_renewed_once_for_all_who_ask(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        credential = await signed_in(cloud)
        async with opened(convirza_account(cloud.convirza_url), credential) as at:
            cloud.expire_tokens()
            cloud.requests.clear()
            pages = await asyncio.gather(*(at.source.page(Asked(), None) for _ in range(5)))
            assert {len(page.recordings) for page in pages} == {40}
            assert paths(cloud).count("refresh-token") == 1
            assert len(at.keys.saved) == 1
            assert at.keys.saved[0].refresh != credential.refresh

    run(scene())


def test_a_new_pair_is_saved_before_it_is_used() -> None:
    def answer(request: Request) -> bytes:
        if request.target == "/oauth/refresh-token":
            return data('{"access_token": "new", "refresh_token": "r2", "expires_in": 60}')
        if request.headers["authorization"] == "Bearer new":
            used.append(list(at.keys.saved))
            return data('{"data": {"prompts": []}}')
        return http(401, b"{}")

    used: list[list[Credential]] = []
    at: Opened

    async def scene() -> None:
        nonlocal at
        async with (
            serving(answer) as tiny,
            opened(convirza_account(tiny.address), Credential(access="old", refresh="r1")) as at,
        ):
            await at.source.page(Asked(), None)
        assert [[each.access for each in saved] for saved in used] == [["new"]]

    run(scene())


def test_a_pair_that_the_vault_did_not_take_is_neither_used_nor_lost() -> None:
    def answer(request: Request) -> bytes:
        if request.target == "/oauth/refresh-token":
            return data('{"access_token": "new", "refresh_token": "r2"}')
        new = request.headers["authorization"] == "Bearer new"
        return data('{"data": {"prompts": []}}') if new else http(401, b"{}")

    async def scene() -> None:
        credential = Credential(access="old", refresh="r1")
        async with serving(answer) as tiny, opened(convirza_account(tiny.address), credential) as at:
            at.keys.refusal = VaultLocked()
            for _ in range(2):
                with pytest.raises(VaultLocked):
                    await at.source.page(Asked(), None)
            at.keys.refusal = None
            await at.source.page(Asked(), None)
            assert at.keys.kept == Credential(access="new", refresh="r2")
            targets = [request.target for request in tiny.asked]
            assert targets == ["/media-prompts", "/oauth/refresh-token", "/media-prompts"]

    run(scene())


def test_a_renewal_goes_on_when_those_who_wait_give_up() -> None:
    async def scene() -> None:
        reached = asyncio.Event()

        def answer(request: Request) -> bytes:
            if request.target == "/oauth/refresh-token":
                reached.set()
                return data('{"access_token": "new", "refresh_token": "r2"}')
            return http(401, b"{}")

        credential = Credential(access="old", refresh="r1")
        async with serving(answer) as tiny:
            async with opened(convirza_account(tiny.address), credential) as at:
                asking = asyncio.ensure_future(at.source.page(Asked(), None))
                await reached.wait()
                asking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asking
            assert at.keys.kept == Credential(access="new", refresh="r2")

    run(scene())


def test_a_refused_renewal_asks_for_the_person(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        credential = await signed_in(cloud)
        for refresh in (credential.refresh, None):
            old = Credential(access=credential.access, refresh=refresh)
            async with opened(convirza_account(cloud.convirza_url), old) as at:
                cloud.expire_tokens()
                cloud.expire_refresh_tokens()
                with pytest.raises(Refused):
                    await at.source.page(Asked(), None)

    run(scene())


def test_a_renewal_that_fails_by_the_servers_fault_can_be_tried_later(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url), await signed_in(cloud)) as at:
            cloud.expire_tokens()
            cloud.faults.add(Fault(scope="oauth", status=500, times=1))
            with pytest.raises(Unavailable):
                await at.source.page(Asked(), None)
            assert (await at.source.page(Asked(), None)).recordings

    run(scene())


def test_a_pair_that_another_window_renewed_is_taken_from_the_vault(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url), await signed_in(cloud)) as at:
            await at.source.page(Asked(), None)
            cloud.expire_tokens()
            at.keys.kept = await signed_in(cloud)
            cloud.requests.clear()
            assert (await at.source.page(Asked(), None)).recordings
            assert "refresh-token" not in paths(cloud)

    run(scene())


def test_a_token_that_is_refused_again_is_not_renewed_for_ever() -> None:
    def answer(request: Request) -> bytes:
        if request.target == "/oauth/refresh-token":
            return data('{"access_token": "new", "refresh_token": "r2"}')
        return http(401, b'{"code": 401, "request_id": "550e8400-e29b"}')

    async def scene() -> None:
        credential = Credential(access="old", refresh="r1")
        async with serving(answer) as tiny, opened(convirza_account(tiny.address), credential) as at:
            with pytest.raises(Refused) as caught:
                await at.source.page(Asked(), None)
            assert len(tiny.asked) == 3
        assert caught.value.request_id == "550e8400-e29b"

    run(scene())


def test_revoking_ends_both_tokens_and_never_fails(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account, credential = convirza_account(cloud.convirza_url), await signed_in(cloud)
        web = Web()
        cloud.requests.clear()
        await revoke(web, account, credential)
        await revoke(web, account, credential)
        assert paths(cloud) == ["revoke-token"] * 4
        async with opened(account, credential) as at:
            with pytest.raises(Refused):
                await at.source.check()
        cloud.faults.add(Fault(scope="oauth", status=500))
        await revoke(web, account, credential)
        await revoke(web, convirza_account("http://127.0.0.1:9"), credential)
        await revoke(web, convirza_account("http://unsafe.example"), credential)
        await web.close()

    run(scene())


def test_type_and_name_can_be_asked(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url), Credential(access=cloud.access_token)) as at:
            page = await at.source.page(Asked((("type", "whisper"),)), None)
            assert {each.kind for each in page.recordings} == {"whisper"}
            await at.source.page(Asked((("name", "welcome"), ("type", "prompt"))), None)
        assert cloud.requests[-1].query == {"name": "welcome", "type": "prompt"}

    run(scene())


def test_no_list_is_an_empty_list() -> None:
    async def scene() -> None:
        async with (
            serving(lambda _: http(404, b'{"code": 404}')) as tiny,
            opened(convirza_account(tiny.address)) as at,
        ):
            page = await at.source.page(Asked(), None)
            assert (page.recordings, page.cursor) == ((), None)
            with pytest.raises(Missing) as caught:
                await at.source.check()
            assert caught.value.reason == "address"

    run(scene())


def test_a_check_without_a_profile_counts_the_recordings(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="profile", status=404))
        async with opened(convirza_account(cloud.convirza_url), Credential(access=cloud.access_token)) as at:
            assert "40 recordings" in await at.source.check()

    run(scene())


def test_a_sign_in_at_a_wrong_address_is_not_a_wrong_password(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="oauth", status=404))
        with pytest.raises(Missing) as caught:
            await signed_in(cloud)
        assert caught.value.reason == "address"

    run(scene())


def test_a_link_is_asked_for_where_none_is_known(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        credential = Credential(access=cloud.access_token)
        async with opened(convirza_account(cloud.convirza_url), credential) as at:
            page = await at.source.page(Asked(), None)
        recording = next(each for each in page.recordings if each.playable)
        async with opened(convirza_account(cloud.convirza_url), credential) as at:
            cloud.requests.clear()
            assert await heard(at.source, recording) == cloud.audio(recording.id)
            assert await heard(at.source, recording) == cloud.audio(recording.id)
            assert paths(cloud).count("media-prompts") == 1
            gone = Recording(account="c1", id="0", provider="convirza")
            with pytest.raises(Missing):
                await heard(at.source, gone)

    run(scene())


def test_a_recording_without_a_link_says_so(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url), Credential(access=cloud.access_token)) as at:
            page = await at.source.page(Asked(), None)
        expected = [place for place in range(40) if "url" not in cloud.convirza_item(place)]
        faults = {each.id: each.fault for each in page.recordings if each.fault}
        assert faults == {
            str(cloud.convirza_item(place)["id"]): "Convirza sent no link for this recording."
            for place in expected
        }

    run(scene())


def test_a_list_says_whether_it_is_complete(cloud: FaultyCloud) -> None:
    def fewer(answer: Any) -> Any:
        answer["data"]["prompts"].pop()
        return answer

    def unnamed(answer: Any) -> Any:
        del answer["data"]["prompts"][0]["id"]
        return answer

    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url), Credential(access=cloud.access_token)) as at:
            page = await at.source.page(Asked(), None)
            assert page.complete
            for change in (fewer, unnamed):
                cloud.faults.add(Fault(scope="convirza-list", change=change, times=1))
                assert not (await at.source.page(Asked(), None)).complete
            cloud.faults.add(Fault(scope="convirza-list", change=fewer))
            cut = [each for each in page.recordings if each.kind == "prompt"][-1]
            with pytest.raises(Missing):
                await at.source.again(cut)

    run(scene())
