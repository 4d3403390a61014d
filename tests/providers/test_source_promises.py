"""What every account promises, whatever its provider: the same tests for both."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from playhead.core.account import Account, Credential
from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Limited,
    Missing,
    NoAudio,
    PlayheadError,
    ProviderError,
    Refused,
    Rejected,
    Unavailable,
    Unreachable,
)
from playhead.core.page import Asked
from playhead.core.recording import Recording
from support.cloud import answerchanges as changes
from support.cloud.faultycloud import Fault, FaultyCloud
from support.providers.provider_sources import (
    Opened,
    bird_account,
    convirza_account,
    heard,
    opened,
    run,
)

EVERYTHING = Asked()
Door = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture(params=["bird", "convirza"])
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def list_scope(provider: str) -> str:
    return "bird-list" if provider == "bird" else "convirza-list"


@pytest.fixture
def account(cloud: FaultyCloud, provider: str) -> Account:
    if provider == "bird":
        return bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
    return convirza_account(cloud.convirza_url)


@pytest.fixture
def door(cloud: FaultyCloud, account: Account) -> Door:
    secret = cloud.access_key if account.provider == "bird" else cloud.access_token

    def open_door(
        credential: Credential | None = None, silence: float = 5.0
    ) -> AbstractAsyncContextManager[Opened]:
        return opened(account, credential or Credential(access=secret), silence=silence)

    return open_door


async def first_playable(at: Opened) -> Recording:
    page = await at.source.page(EVERYTHING, None)
    return next(each for each in page.recordings if each.playable)


def test_a_page_holds_recordings_with_their_account_and_no_link(door: Door, account: Account) -> None:
    async def scene() -> None:
        async with door() as at:
            page = await at.source.page(EVERYTHING, None)
        assert page.recordings
        assert {each.account for each in page.recordings} == {account.id}
        assert len({each.id for each in page.recordings}) == len(page.recordings)
        assert not [each for each in page.recordings if "http" in str(each.raw)]
        assert page.as_of.tzinfo is not None

    run(scene())


def test_checking_says_what_was_found(door: Door) -> None:
    async def scene() -> None:
        async with door() as at:
            assert (await at.source.check()).endswith(".")

    run(scene())


def test_audio_is_the_providers_own_bytes(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            async with at.source.open(recording) as delivery:
                assert delivery.offset == 0
                content = b"".join([chunk async for chunk in delivery.chunks])
                assert delivery.total == len(content)
            assert content == cloud.audio(recording.id)

    run(scene())


def test_audio_goes_on_where_it_stood(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            async with at.source.open(recording) as delivery:
                validator = delivery.validator
            assert validator is not None
            content = cloud.audio(recording.id)
            async with at.source.open(recording, offset=1000, validator=validator) as delivery:
                assert (delivery.offset, delivery.total) == (1000, len(content))
                assert b"".join([chunk async for chunk in delivery.chunks]) == content[1000:]
            assert await heard(at.source, recording, offset=len(content), validator=validator) == b""
            assert await heard(at.source, recording, offset=1000, validator='"another"') == content
            assert await heard(at.source, recording, offset=1000) == content

    run(scene())


def test_the_media_host_never_sees_the_credential(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            await heard(at.source, await first_playable(at))
        media = [asked for asked in cloud.requests if cloud.media_url.endswith(asked.host)]
        assert media
        assert {asked.authorization for asked in media} == {None}

    run(scene())


def test_a_dead_link_is_replaced_unseen(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            for status in (400, 403, 404, 410):
                cloud.faults.add(Fault(scope="media", status=status, times=1))
                assert await heard(at.source, recording) == cloud.audio(recording.id)
            cloud.expire_links()
            cloud.kill_prompt_links()
            assert await heard(at.source, recording) == cloud.audio(recording.id)

    run(scene())


def test_a_link_that_stays_dead_is_reported(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            for status, kind in ((401, Forbidden), (403, Forbidden), (410, Gone)):
                cloud.faults.add(Fault(scope="media", status=status))
                with pytest.raises(kind):
                    await heard(at.source, recording)
                cloud.faults.clear()

    run(scene())


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Rejected), (403, Forbidden), (410, Gone), (422, Rejected), (500, Unavailable), (503, Unavailable)],
)
def test_each_status_has_its_error(
    door: Door, cloud: FaultyCloud, list_scope: str, status: int, kind: type[ProviderError]
) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope=list_scope, status=status))  # type: ignore[arg-type]
        async with door() as at:
            with pytest.raises(kind) as caught:
                await at.source.page(EVERYTHING, None)
        assert type(caught.value) is kind
        assert caught.value.status == status

    run(scene())


def test_a_wrong_secret_is_refused(door: Door) -> None:
    async def scene() -> None:
        async with door(Credential(access="wrong")) as at:
            for asking in (at.source.check(), at.source.page(EVERYTHING, None)):
                with pytest.raises(Refused):
                    await asking

    run(scene())


@pytest.mark.parametrize("secret", ["", "   ", "with\nbreak", "schlüssel"])
def test_what_cannot_be_a_secret_is_refused_unsent(door: Door, cloud: FaultyCloud, secret: str) -> None:
    async def scene() -> None:
        async with door(Credential(access=secret)) as at:
            with pytest.raises(Refused):
                await at.source.page(EVERYTHING, None)
        assert not len(cloud.requests)

    run(scene())


@pytest.mark.parametrize(
    "written", ["7", "Sat, 14 Mar 2099 12:00:00 GMT", "9999999999", "9" * 400, "1e400", "-7", None]
)
def test_a_server_that_asks_for_patience_gets_it(
    door: Door, cloud: FaultyCloud, list_scope: str, written: str | None
) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope=list_scope, status=429, retry_after=written, times=2))  # type: ignore[arg-type]
        async with door() as at:
            assert (await at.source.page(EVERYTHING, None)).recordings
            own = [0.5, 2.0]
            expected = {"7": [7.0, 7.0], None: own, "1e400": own, "-7": own}.get(written, [120.0, 120.0])
            assert [wait for wait in at.waits if wait] == expected
            assert at.waits[-1] == 0
            assert at.glass.time >= sum(expected)

    run(scene())


def test_patience_ends(door: Door, cloud: FaultyCloud, list_scope: str) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope=list_scope, status=429, retry_after="3"))  # type: ignore[arg-type]
        async with door() as at:
            with pytest.raises(Limited) as caught:
                await at.source.page(EVERYTHING, None)
        assert caught.value.wait == 3
        assert len(cloud.requests) == 4

    run(scene())


def test_a_fault_of_the_server_is_tried_again(door: Door, cloud: FaultyCloud, list_scope: str) -> None:
    async def scene() -> None:
        cloud.faults.add(
            Fault(scope=list_scope, status=503, times=1),  # type: ignore[arg-type]
            Fault(scope=list_scope, cut=100, times=1),  # type: ignore[arg-type]
        )
        async with door() as at:
            assert (await at.source.page(EVERYTHING, None)).recordings

    run(scene())


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"html": True}, "html"),
        ({"redirect": "https://login.example/"}, "html"),
        ({"truncate": 80}, "json"),
        ({"truncate": 0}, "json"),
        ({"change": changes.wrapped_in_a_list}, "shape"),
        ({"change": changes.rows_as_text}, "shape"),
    ],
)
def test_an_answer_without_sense_is_garbled(
    door: Door, cloud: FaultyCloud, list_scope: str, fault: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope=list_scope, **fault))  # type: ignore[arg-type]
        async with door() as at:
            with pytest.raises(Garbled) as caught:
                await at.source.page(EVERYTHING, None)
        assert caught.value.reason == reason
        assert not [asked for asked in cloud.requests if "login" in asked.host]

    run(scene())


def test_a_connection_that_is_always_cut_is_reported(door: Door, cloud: FaultyCloud, list_scope: str) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope=list_scope, cut=50))  # type: ignore[arg-type]
        async with door() as at:
            with pytest.raises(Unreachable) as caught:
                await at.source.page(EVERYTHING, None)
        assert caught.value.reason == "cut"

    run(scene())


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        changes.wrong_types,
        changes.without_ids,
        changes.no_objects,
        changes.undated,
        changes.year_one,
        changes.doubled_row,
        changes.hostile_names,
        changes.unknown_status,
    ],
)
def test_odd_rows_never_lose_the_page(
    door: Door, cloud: FaultyCloud, list_scope: str, change: Callable[[object], object]
) -> None:
    async def scene() -> None:
        async with door() as at:
            good = await at.source.page(EVERYTHING, None)
            cloud.faults.add(Fault(scope=list_scope, change=change))  # type: ignore[arg-type]
            page = await at.source.page(EVERYTHING, None)
        assert len(page.recordings) >= len(good.recordings) - 8
        assert page.cursor == good.cursor
        faults = [each for each in page.recordings if each.fault and "no link" not in each.fault]
        assert bool(faults) is (change in {changes.without_ids, changes.no_objects})
        assert not any(each.playable for each in faults)
        for each in page.recordings:
            shown = [each.name, each.filename, each.caller and each.caller.name]
            assert all(len(text or "") <= 1000 and "\u202e" not in (text or "") for text in shown)

    run(scene())


def test_text_instead_of_audio_is_garbled(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            cloud.faults.add(Fault(scope="media", html=True))
            with pytest.raises(Garbled) as caught:
                await heard(at.source, recording)
        assert caught.value.reason == "audio"

    run(scene())


def test_audio_that_is_cut_is_reported_after_what_came(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            for fault in (Fault(scope="media", cut=3000), Fault(scope="media", announce=500)):
                cloud.faults.clear()
                cloud.faults.add(fault)
                with pytest.raises(Unreachable) as caught:
                    await heard(at.source, recording)
                assert caught.value.reason == "cut"

    run(scene())


def test_audio_that_stalls_times_out(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door(silence=0.2) as at:
            recording = await first_playable(at)
            cloud.faults.add(Fault(scope="media", stall=2000))
            with pytest.raises(Unreachable) as caught:
                await heard(at.source, recording)
        assert caught.value.reason == "timeout"

    run(scene())


def test_audio_that_comes_compressed_unasked_is_refused_and_says_so(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            cloud.faults.add(Fault(scope="media", gzip=True))
            with pytest.raises(Garbled) as caught:
                await heard(at.source, recording)
        assert caught.value.reason == "encoding"

    run(scene())


def test_a_host_without_ranges_begins_anew(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            async with at.source.open(recording) as delivery:
                validator = delivery.validator
            cloud.faults.add(Fault(scope="media", ignore_range=True))
            async with at.source.open(recording, offset=500, validator=validator) as delivery:
                assert delivery.offset == 0
                assert b"".join([chunk async for chunk in delivery.chunks]) == cloud.audio(recording.id)

    run(scene())


def test_an_endless_redirect_ends(door: Door, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            cloud.faults.add(Fault(scope="media", redirect=""))
            with pytest.raises(Garbled) as caught:
                await heard(at.source, recording)
        assert caught.value.reason == "redirects"

    run(scene())


def test_what_cannot_be_played_is_not_asked_for(door: Door, cloud: FaultyCloud, account: Account) -> None:
    async def scene() -> None:
        silent = Recording(account=account.id, id="1", provider=account.provider, status="ongoing")
        broken = Recording(account=account.id, id="1", provider=account.provider, fault="It has no id.")
        async with door() as at:
            for recording in (silent, broken):
                with pytest.raises(NoAudio):
                    await heard(at.source, recording)
        assert not len(cloud.requests)

    run(scene())


def test_asking_can_be_given_up_at_any_moment(door: Door, cloud: FaultyCloud, list_scope: str) -> None:
    async def scene() -> None:
        async with door() as at:
            recording = await first_playable(at)
            cloud.faults.add(Fault(scope=list_scope, stall=20), Fault(scope="media", stall=2000))  # type: ignore[arg-type]
            arrived = asyncio.Event()

            async def listen() -> None:
                async with at.source.open(recording) as delivery:
                    async for _ in delivery.chunks:
                        arrived.set()

            listening = asyncio.ensure_future(listen())
            asking = asyncio.ensure_future(at.source.page(EVERYTHING, None))
            await arrived.wait()
            for task in (listening, asking):
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            cloud.faults.clear()
            assert (await at.source.page(EVERYTHING, None)).recordings

    run(scene())


def test_nothing_secret_reaches_the_log_or_an_error(
    door: Door, cloud: FaultyCloud, list_scope: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> list[PlayheadError]:
        errors = []
        async with door() as at:
            recording = await first_playable(at)
            await heard(at.source, recording)
            for fault in (Fault(scope=list_scope, status=403), Fault(scope=list_scope, html=True)):  # type: ignore[arg-type]
                cloud.faults.clear()
                cloud.faults.add(fault)
                with pytest.raises(PlayheadError) as caught:
                    await at.source.page(EVERYTHING, None)
                errors.append(caught.value)
        return errors

    with caplog.at_level(logging.DEBUG):
        errors = run(scene())
    written = caplog.text + "".join(f"{error!r} {error.detail}" for error in errors)
    for secret in (cloud.access_key, cloud.access_token, "X-Amz", "/recordings", "http://"):
        assert secret not in written


@pytest.mark.parametrize("status", [404, 410])
def test_a_recording_is_asked_for_again_and_known_to_be_gone_when_it_is(
    cloud: FaultyCloud, provider: str, door: Door, status: int
) -> None:
    async def scene() -> None:
        async with door() as at:
            page = await at.source.page(EVERYTHING, None)
            one = next(each for each in page.recordings if each.playable)
            assert await at.source.again(one) == one
            stranger = replace(one, id="00000000-0000-4000-8000-000000000000")
            assert await at.source.again(stranger) is None
            cloud.faults.add(
                Fault(scope="bird-get", status=status), Fault(scope="convirza-list", status=status)
            )
            if provider == "bird":
                assert await at.source.again(one) is None
                # A workspace that is not there says the same to everything: that is no news of a recording.
                cloud.faults.add(Fault(scope="bird-list", status=404))
            with pytest.raises((Missing, Gone)):
                await at.source.again(one)

    run(scene())


def test_a_recording_that_cannot_be_asked_for_is_not_gone(cloud: FaultyCloud, door: Door) -> None:
    async def scene() -> None:
        async with door() as at:
            page = await at.source.page(EVERYTHING, None)
            cloud.faults.add(Fault(scope="any", status=500))
            with pytest.raises(Unavailable):
                await at.source.again(page.recordings[0])

    run(scene())
