"""Opening an account's door, whatever its provider."""

from playhead.core.account import Account
from playhead.core.ports import Keys, Source, Waiting
from playhead.core.recording import ProviderName
from playhead.providers.bird.birdsource import BirdSource
from playhead.providers.convirza.convirzasource import ConvirzaSource
from playhead.providers.http.web import Web


def open_source(
    account: Account,
    keys: Keys,
    web: Web,
    waiting: Waiting | None = None,
) -> Source:
    """The door of `account`. Nothing is asked of the provider, nor of the vault, before it is used."""
    match account.provider:
        case ProviderName.BIRD:
            return BirdSource(account, keys, web, waiting=waiting)
        case ProviderName.CONVIRZA:
            return ConvirzaSource(account, keys, web, waiting=waiting)
