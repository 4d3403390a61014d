"""Why there is no audio is said by the source of a recording, which asks nobody if it knows."""

import pytest

from playhead.core.account import Account
from playhead.core.errors import NoAudio, Silence
from playhead.core.recording import Recording
from support.providers.provider_sources import bird_account, convirza_account, heard, opened, run
from support.providers.tiny_server import data, serving

DOORS = [bird_account("http://127.0.0.1:9"), convirza_account("http://127.0.0.1:9")]


@pytest.mark.parametrize("account", DOORS, ids=lambda account: account.provider)
@pytest.mark.parametrize(
    ("status", "fault", "reason"),
    [("absent", None, "status"), ("ongoing", None, "status"), ("available", "It has no id.", "row")],
)
def test_what_is_known_to_have_no_audio_is_refused_with_the_reason(
    account: Account, status: str, fault: str | None, reason: Silence
) -> None:
    silent = Recording(account=account.id, id="r1", provider=account.provider, status=status, fault=fault)

    async def scene() -> None:
        async with opened(account) as at:
            with pytest.raises(NoAudio) as caught:
                await heard(at.source, silent)
        assert caught.value.reason == reason

    run(scene())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('{"id": "r1", "status": "absent"}', "status"),
        ('{"id": "r1", "status": "available", "url": "http://media.example.com/a.mp3"}', "link"),
        ('{"id": "r1", "status": "available", "url": "https://[broken"}', "link"),
    ],
)
def test_what_turns_out_to_have_no_audio_is_refused_with_the_reason(said: str, reason: Silence) -> None:
    async def scene() -> None:
        async with serving(lambda _: data(said)) as tiny, opened(bird_account(tiny.address)) as at:
            account = at.source.account
            with pytest.raises(NoAudio) as caught:
                await heard(at.source, Recording(account=account.id, id="r1", provider=account.provider))
        assert caught.value.reason == reason

    run(scene())
