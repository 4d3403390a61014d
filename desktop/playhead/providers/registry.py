"""The providers that Playhead knows: each is a folder beside this file, and a line in it."""

from playhead.core.provider import Providers
from playhead.providers.bird.bird import bird
from playhead.providers.convirza.convirza import convirza
from playhead.providers.http.web import Web


def registered(web: Web) -> Providers:
    """Give all of them, in the order in which the welcome page offers them; `web` carries their requests."""
    return Providers(
        (
            convirza(web),
            bird(web),
        )
    )
