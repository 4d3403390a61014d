"""The demo cloud of most tests, and its accounts as a person connects them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from playhead.core.account import Account, Credential
from playhead.runparts import resources
from support.cloud.faultycloud import FaultyCloud

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
"""The newest recording of the demo cloud is a little older."""
Connection = tuple[Account, Credential]
"""An account and the key to it."""


def small_cloud(bird: int = 500) -> FaultyCloud:
    """A demo cloud for most tests, not started yet."""
    return FaultyCloud(resources=resources() / "demo", bird=bird, convirza=40, now=NOW)


def bird_account(cloud: FaultyCloud, **changes: Any) -> Account:
    """An account of the cloud's Bird workspace."""
    account = Account(
        provider="bird",
        id="bird",
        label="Bird EU",
        base_url=cloud.bird_url,
        details={"workspace_id": cloud.workspace_id},
    )
    return replace(account, **changes)


def convirza_account(cloud: FaultyCloud, **changes: Any) -> Account:
    """An account of the cloud's Convirza organisation."""
    account = Account(
        provider="convirza",
        id="convirza",
        label="Convirza Acme",
        base_url=cloud.convirza_url,
        details={"oauth_url": cloud.oauth_url},
    )
    return replace(account, **changes)


def bird(cloud: FaultyCloud) -> Connection:
    """The Bird workspace and its key."""
    return bird_account(cloud), Credential(access=cloud.access_key)


def convirza(cloud: FaultyCloud) -> Connection:
    """The Convirza organisation and its token."""
    return convirza_account(cloud), Credential(access=cloud.access_token)
