"""Accounts know where a credential may go, and credentials survive the vault."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.account import Credential, is_loopback, safe_address


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost",
        "localhost.",
        "bird.localhost",
        "a.b.localhost.",
        "127.0.0.1",
        "127.8.9.10",
        "127.255.255.255",
        "::1",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:2",
    ],
)
def test_this_computer_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "127.example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "notlocalhost",
        "\u24dbocalhost",
        "\u0430.localhost",
        ".",
        "0.0.0.0",
        "10.0.0.1",
        "::",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "",
    ],
)
def test_another_computer_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.bird.com",
        "HTTPS://api.bird.com/",
        "https://host:8443/v3",
        "http://127.0.0.1:80",
        "http://[::1]:9/",
    ],
)
def test_a_credential_may_be_sent_there(address: str) -> None:
    assert safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "api.bird.com",
        "http://api.bird.com",
        "http://127.example.com",
        "ftp://api.bird.com",
        "https://",
        "https://:443",
        "https://host:99999",
        "https://host:port",
        "https://[::1",
        "https://api.bird.com@example.com",
        "https://:word@example.com",
        "https://@example.com",
        "https://api.bird.com\\.example.com",
        "https://api.bird.com/?key=1",
        "https://api.bird.com/#part",
        "https://api bird.com",
        "https://api.bird.com/\n",
        " https://api.bird.com",
        "javascript:alert(1)",
    ],
)
def test_a_credential_may_not_be_sent_there(address: str) -> None:
    assert not safe_address(address)


@given(st.text())
def test_any_text_is_an_address_or_is_not(text: str) -> None:
    assert safe_address(text) in {True, False}
    assert safe_address("https://" + text) in {True, False}


_MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(st.builds(Credential, access=st.text(), refresh=st.none() | st.text(), expires=st.none() | _MOMENTS))
def test_a_credential_comes_out_of_the_vault_as_it_went_in(credential: Credential) -> None:
    assert Credential.from_secret(credential.to_secret()) == credential


@pytest.mark.parametrize("secret", ["", "key", "12", "null", '"x"', "[1]", "{}", '{"access_token": 5}', "{"])
def test_any_other_string_is_a_bare_key(secret: str) -> None:
    assert Credential.from_secret(secret) == Credential(access=secret)


def test_a_credential_does_not_show_itself() -> None:
    shown = repr(Credential(access="s3cret", refresh="r3fresh", expires=datetime(2026, 1, 1, tzinfo=UTC)))
    assert "s3cret" not in shown
    assert "r3fresh" not in shown
