"""One connection of the person to a provider, and what proves it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from playhead.core.errors import WrongProduct
from playhead.core.recording import ProviderName

BIRD_ADDRESS = "https://api.bird.com"
CONVIRZA_ADDRESS = "https://platform-api.convirza.com/v3"
CONVIRZA_OAUTH_ADDRESS = "https://platform-oauth.convirza.com"

_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\\]")


class Scheme(StrEnum):
    """How Bird's secret is shown to it: an access key, or the older bearer form for a JWT."""

    AUTO = "auto"
    ACCESS_KEY = "AccessKey"
    BEARER = "Bearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Label, address and place of an account; never its secret, which is in the vault under `id`."""

    id: str
    provider: ProviderName
    label: str
    base_url: str
    workspace_id: str = ""
    """Bird's workspace (a UUID); empty for Convirza."""
    oauth_url: str = ""
    """Where Convirza's tokens are made; empty: Convirza's own, or the same host as a foreign `base_url`."""
    scheme: Scheme = Scheme.AUTO

    @property
    def oauth_address(self) -> str:
        """The address that Convirza's sign-in, refresh and revocation go to, without a final slash."""
        if self.oauth_url:
            return self.oauth_url.rstrip("/")
        parts = urlsplit(self.base_url)
        if parts.hostname == urlsplit(CONVIRZA_ADDRESS).hostname:
            return CONVIRZA_OAUTH_ADDRESS
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What an account shows its provider. Never logged; its representation hides it."""

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires: datetime | None = None

    def to_secret(self) -> str:
        """The one string that the vault keeps: the bare key, or JSON where there is a pair of tokens."""
        if self.refresh is None and self.expires is None:
            return self.access
        pair: dict[str, str] = {"access_token": self.access}
        if self.refresh is not None:
            pair["refresh_token"] = self.refresh
        if self.expires is not None:
            pair["expires"] = self.expires.isoformat()
        return json.dumps(pair)

    @classmethod
    def from_secret(cls, secret: str) -> "Credential":
        """Read back what `to_secret` made; any other string is a bare key."""
        try:
            pair = json.loads(secret)
            access, refresh, expires = pair["access_token"], pair.get("refresh_token"), pair.get("expires")
            if not isinstance(access, str) or not isinstance(refresh, str | None):
                return cls(access=secret)
            return cls(
                access=access,
                refresh=refresh,
                expires=datetime.fromisoformat(expires) if expires else None,
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(access=secret)


def is_loopback(host: str) -> bool:
    """Say whether `host` is this computer itself, by number or by a name kept for it (RFC 6761)."""
    name = host.lower().removesuffix(".")
    if name == "localhost" or (name.endswith(".localhost") and name.isascii()):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (inner or address).is_loopback


def safe_address(address: str) -> bool:
    """Whether a credential may be sent to `address`: https, or plain http to this computer itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if not host or _NOT_IN_ADDRESS.search(address) or "@" in parts.netloc or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def refuse_foreign_key(secret: str) -> None:
    """Raise `WrongProduct` for a key of Bird's newer platform, which does not open `/workspaces/…`.

    Source: https://bird.com/en-gb/docs/api/regions/ (keys `bk_us1_…`, `bk_eu1_…`; earlier `bird_live_…`).
    """
    if secret.startswith(("bk_", "bird_")):
        raise WrongProduct("key of another product")


def looks_like_jwt(secret: str) -> bool:
    """Whether `secret` has the three dotted parts of a JSON web token (RFC 7519)."""
    return secret.startswith("eyJ") and secret.count(".") == 2
