"""The key of a Bird workspace: its kinds, and how it is shown in a request."""

from enum import StrEnum
from typing import Final

from playhead.core.errors import WrongProduct
from playhead.providers.http.credentials import shown


class Scheme(StrEnum):
    """The word before the key in a request: an access key, or the older bearer form for a JWT."""

    AUTO = "auto"
    ACCESS_KEY = "AccessKey"
    BEARER = "Bearer"


_FOREIGN: Final = "this key is for Bird’s newer platform. Make an access key of Bird CRM and use that."


def authorization(secret: str, scheme: Scheme) -> str:
    """Give the header for `secret`. Raises `WrongProduct`, or `Refused` for what cannot be a key."""
    refuse_foreign_key(secret.strip())
    key = shown(secret)
    if scheme is Scheme.AUTO:
        scheme = Scheme.BEARER if looks_like_jwt(key) else Scheme.ACCESS_KEY
    return f"{scheme} {key}"


def refuse_foreign_key(secret: str) -> None:
    """Raise `WrongProduct` for a key of Bird's newer platform, which does not open `/workspaces/…`.

    Source: https://bird.com/en-gb/docs/api/regions/ (keys `bk_us1_…`, `bk_eu1_…`; earlier `bird_live_…`).
    """
    if secret.startswith(("bk_", "bird_")):
        raise WrongProduct(_FOREIGN)


def looks_like_jwt(secret: str) -> bool:
    """Say whether `secret` has the three dotted parts of a JSON web token (RFC 7519)."""
    return secret.startswith("eyJ") and secret.count(".") == 2
