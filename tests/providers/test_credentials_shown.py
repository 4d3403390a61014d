"""A credential goes to no unsafe address, and what no header can carry is not sent at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from playhead.core.account import Account, Credential
from playhead.core.errors import Refused, Rejected, WrongProduct
from playhead.providers.bird.birdworkspace import looks_like_jwt, refuse_foreign_key
from playhead.providers.convirza.convirzatokens import CONVIRZA_OAUTH_ADDRESS, oauth_address, sign_in
from playhead.providers.http.web import Web
from support.fakes import CONVIRZA
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


@pytest.mark.parametrize(
    "address", ["https://platform-api.convirza.com/v3", "https://PLATFORM-API.convirza.com/v3/"]
)
def test_convirza_makes_its_tokens_on_a_host_of_its_own(address: str) -> None:
    assert oauth_address(replace(CONVIRZA, base_url=address)) == CONVIRZA_OAUTH_ADDRESS


def test_the_tokens_of_a_foreign_address_are_made_there_and_nowhere_else() -> None:
    account = replace(CONVIRZA, base_url="http://127.0.0.1:8123/v3")
    assert oauth_address(account) == "http://127.0.0.1:8123"


def test_an_oauth_address_that_was_given_is_used() -> None:
    assert (
        oauth_address(replace(CONVIRZA, details={"oauth_url": "https://sign-in.example.com/"}))
        == "https://sign-in.example.com"
    )


def test_a_key_of_birds_other_platform_is_refused() -> None:
    for key in ("bk_us1_0000", "bird_live_0000"):
        with pytest.raises(WrongProduct):
            refuse_foreign_key(key)
    refuse_foreign_key("an access key")


def test_a_jwt_has_three_dotted_parts() -> None:
    assert looks_like_jwt("eyJhbGciOiJub25lIn0.e30.c2ln")
    assert not looks_like_jwt("eyJhbGciOiJub25lIn0")
    assert not looks_like_jwt("access.key.dots")
