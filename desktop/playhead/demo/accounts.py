"""The accounts that the demo is tried with: one of each provider."""

from playhead.core.account import Account, Credential
from playhead.core.recording import ProviderName
from playhead.demo.cloud import DemoCloud


def demo_accounts(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    """An account of each of the cloud's two providers, and what opens it."""
    convirza = Account(
        id="demo-convirza",
        provider=ProviderName.CONVIRZA,
        label="Convirza Demo",
        base_url=cloud.convirza_url,
        oauth_url=cloud.oauth_url,
    )
    bird = Account(
        id="demo-bird",
        provider=ProviderName.BIRD,
        label="Bird Demo",
        base_url=cloud.bird_url,
        workspace_id=cloud.workspace_id,
    )
    return (
        (convirza, Credential(access=cloud.access_token)),
        (bird, Credential(access=cloud.access_key)),
    )
