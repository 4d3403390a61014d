"""The providers that Playhead knows, for tests of what is made from them."""

from playhead.core.account import Account
from playhead.core.ports import Keys, Source
from playhead.providers.http.web import Web
from playhead.providers.registry import registered

PROVIDERS = registered(Web())
"""All of them; what they open asks nobody before it is used."""


def open_source(account: Account, keys: Keys, web: Web) -> Source:
    """The source of an account, whatever its provider."""
    return registered(web)[account.provider].service.open(account, keys, lambda _seconds: None)
