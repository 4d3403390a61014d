"""The accounts that the demo is tried with: one of each provider."""

from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud


def demo_accounts(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    """An account of each of the cloud's two providers, and what opens it."""
    convirza = Account(
        id="demo-convirza",
        provider="convirza",
        label="Convirza Demo",
        base_url=cloud.convirza_url,
        details={"oauth_url": cloud.oauth_url},
    )
    bird = Account(
        id="demo-bird",
        provider="bird",
        label="Bird Demo",
        base_url=cloud.bird_url,
        details={"workspace_id": cloud.workspace_id},
    )
    return (
        (convirza, Credential(access=cloud.access_token)),
        (bird, Credential(access=cloud.access_key)),
    )
