"""Convirza's pair of tokens: signing in, renewing, revoking.

Source: https://docs.convirza.com/get-access-token-31635276e0 , /refresh-access-token-32380342e0 ,
/revoke-token-32380343e0 . Access tokens live for 7 days, refresh tokens for 6 months and one use.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playhead.core.account import Account, Credential
from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Limited,
    Missing,
    ProviderError,
    Reason,
    Refused,
    Rejected,
    Unavailable,
)
from playhead.core.ports import Clock
from playhead.providers.convirza.convirza import CONVIRZA_ADDRESS
from playhead.providers.http.answers import Reply, complaint
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web, base_of
from playhead.providers.reading.rawfields import moment, number

CONVIRZA_OAUTH_ADDRESS = "https://platform-oauth.convirza.com"

_PASSING = ("server_error", "temporarily_unavailable")
"""OAuth's words for an error that says nothing about tokens (RFC 6749, 4.1.2.1)."""

_EPOCHS_FROM = 1e9
"""A number this big is a moment, a smaller one is seconds from now."""


def _now() -> datetime:
    return datetime.now(UTC)


async def sign_in(
    web: Web, account: Account, email: str, password: str, *, clock: Clock = _now
) -> Credential:
    """The tokens of the person, whose password goes nowhere else and is not kept. Raises `ProviderError`.

    Convirza allows ten of these a minute; it is never repeated by itself.
    """
    try:
        reply = await _post(ApiClient(web), account, "token", {"email": email, "password": password})
        return _credential(reply, clock)
    except (Refused, Forbidden, Rejected) as error:
        raise _refused(error, "password") from None
    except (Missing, Gone) as error:
        raise absent(error) from None


async def renew(api: ApiClient, account: Account, credential: Credential, *, clock: Clock) -> Credential:
    """A new pair; the old refresh token is used up by it. Raises `Refused` if that is not accepted."""
    if credential.refresh is None:
        raise Refused("no refresh token", status=401)
    try:
        reply = await _post(api, account, "refresh-token", {"refresh_token": credential.refresh})
    except (Forbidden, Missing, Gone, Rejected) as error:
        raise _refused(error) from None
    return _credential(reply, clock, refresh=credential.refresh)


async def revoke(web: Web, account: Account, credential: Credential) -> None:
    """Make both tokens worthless. Raises no `ProviderError`: what cannot be reached expires by itself."""
    api = ApiClient(web)
    for kind, token in (("access", credential.access), ("refresh", credential.refresh)):
        if token is not None:
            with suppress(ProviderError):
                await _post(api, account, "revoke-token", {"token": token, "token_type": kind})


def oauth_address(account: Account) -> str:
    """Give the address of sign-in, refresh and revocation, without a final slash.

    Without one in the settings it is Convirza's own, or the same host as a foreign `base_url`.
    """
    told = account.details.get("oauth_url", "")
    if told:
        return told.rstrip("/")
    parts = urlsplit(account.base_url)
    if parts.hostname == urlsplit(CONVIRZA_ADDRESS).hostname:
        return CONVIRZA_OAUTH_ADDRESS
    return f"{parts.scheme}://{parts.netloc}"


async def _post(api: ApiClient, account: Account, path: str, body: Mapping[str, str]) -> Reply:
    return await api.ask(
        HttpRequest(
            method="POST",
            address=f"{base_of(oauth_address(account))}/oauth/{path}",
            body=body,
            headers=(("Accept", "application/json"),),
        )
    )


def absent(error: ProviderError) -> Missing:
    """Error that stands for the absence of what every account has: the address is wrong."""
    return Missing(error.detail, reason="address", status=error.status, request_id=error.request_id)


def _refused(error: ProviderError, reason: Reason = "") -> ProviderError:
    """Error that a 4xx of the OAuth host stands for, but for a request that was never sent."""
    if error.reason == "address":
        return error
    return Refused(error.detail, reason=reason, status=error.status, request_id=error.request_id)


def _credential(reply: Reply, clock: Clock, *, refresh: str | None = None) -> Credential:
    """The pair in an answer, which is documented as not enveloped. Raises `Garbled`."""
    said = reply.json()
    facts: Mapping[str, object] = said if isinstance(said, dict) else {}
    inner = facts.get("data")
    if "access_token" not in facts and isinstance(inner, dict):
        facts = inner
    access, renewal = facts.get("access_token"), facts.get("refresh_token")
    if (error := _told(said, reply)) is not None:
        raise error
    # What no header can carry would take the place of a token that works.
    if not isinstance(access, str) or not access.strip() or not (access.isascii() and access.isprintable()):
        raise Garbled("shape", "no access token")
    return Credential(
        access=access,
        refresh=renewal if isinstance(renewal, str) and renewal else refresh,
        expires=_expiry(facts.get("expires_in"), clock),
    )


def _told(said: object, reply: Reply) -> ProviderError | None:
    """The error in an answer of a good status that has no token, or has one beside it."""
    error = complaint(said, reply.headers, "access_token")
    if error is None or isinstance(error, Limited) or (isinstance(error, Unavailable) and error.status):
        return error
    told = said.get("error") if isinstance(said, dict) else None
    return Unavailable(request_id=error.request_id) if told in _PASSING else _refused(error)


def _expiry(written: object, clock: Clock) -> datetime | None:
    """Documented as an ISO 8601 moment; the version before gave seconds."""
    seconds = number(written)
    if seconds is not None and 0 < seconds < _EPOCHS_FROM:
        return clock() + timedelta(seconds=seconds)
    return moment(written if seconds is None else seconds)
