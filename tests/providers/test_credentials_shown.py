"""A credential goes to no unsafe address, and what no header can carry is not sent at all."""

from collections.abc import Callable

import pytest

from playhead.core.account import Account, Credential
from playhead.core.errors import Refused, Rejected
from playhead.providers.convirza.convirzatokens import sign_in
from playhead.providers.http.web import Web
from support.providers.provider_sources import bird_account, convirza_account, opened, run
from support.providers.tiny_server import data, serving

UNSAFE = "http://api.example.com"


@pytest.mark.parametrize(
    "account", [bird_account(UNSAFE), convirza_account(UNSAFE)], ids=lambda account: account.provider
)
def test_an_unsafe_address_is_the_reason_why_nothing_was_sent(account: Account) -> None:
    async def scene() -> None:
        async with opened(account) as at:
            with pytest.raises(Rejected) as caught:
                await at.source.check()
        assert caught.value.reason == "address"

    run(scene())


def test_a_password_goes_to_no_unsafe_address() -> None:
    async def scene() -> None:
        with pytest.raises(Rejected) as caught:
            await sign_in(Web(), convirza_account(UNSAFE), "ann@example.com", "invented")
        assert caught.value.reason == "address"

    run(scene())


@pytest.mark.parametrize("secret", ["", "  ", "schlüssel", "two\nlines", "a\0b"])
@pytest.mark.parametrize("make", [bird_account, convirza_account], ids=["bird", "convirza"])
def test_what_no_header_can_carry_is_never_sent(make: Callable[[str], Account], secret: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: data("{}")) as tiny:
            async with opened(make(tiny.address), Credential(access=secret)) as at:
                with pytest.raises(Refused):
                    await at.source.check()
            assert not tiny.asked

    run(scene())
