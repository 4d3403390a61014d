"""One connection of the person to a provider, and what proves it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Label, address and place of an account; never its secret, which is in the vault under `id`."""

    id: str
    provider: str
    """The name of its provider."""
    label: str
    base_url: str
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What its provider asks for besides (`Provider.kept`), by key; without what is as usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Proof that an account shows its provider. Never logged; its representation hides it."""

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
    """Say whether a credential may be sent to `address`: https, or plain http to this computer itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if not host or _NOT_IN_ADDRESS.search(address) or "@" in parts.netloc or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
