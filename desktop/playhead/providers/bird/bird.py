"""Bird as a provider: the form that connects a workspace, and what can be done there."""

import importlib
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from playhead.core.account import Account, Credential
from playhead.core.errors import WrongProduct
from playhead.core.formfield import FormField, address_field, bare, token_problem, typed
from playhead.core.ports import Keys, Source, Waiting
from playhead.core.provider import AskedWords, Provider, SignInWay
from playhead.core.text import western
from playhead.providers.bird.birdworkspace import Scheme, refuse_foreign_key
from playhead.providers.http.web import Web

BIRD_ADDRESS: Final = "https://api.bird.com"

_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IN_ADDRESS: Final = re.compile(rf"/workspaces/\s*({_UUID})(?![0-9a-f-])", re.IGNORECASE)
_IN_TEXT: Final = re.compile(rf"(?:[^/0-9]*[^\w/-])?({_UUID})\W*", re.IGNORECASE)
_FOREIGN_KEY: Final = (
    "This key belongs to Bird's newer platform; Playhead needs an access key from "
    "Settings → Security → Access keys of Bird CRM."
)

_WHERE: Final = "In the address of Bird's pages: app.bird.com/workspaces/…; paste all of it if you like."


def bird(web: Web) -> Provider:
    """Bird, asked through `web`."""
    return Provider(
        name="bird",
        title="Bird",
        offer="Call and conference recordings of a Bird workspace.",
        icon="provider-bird",
        service=BirdService(web),
        details=(
            FormField(
                key="workspace_id",
                label="Workspace ID",
                help=_WHERE,
                required=True,
                read=_workspace,
                check=workspace_problem,
                pasted=workspace_in,
            ),
        ),
        ways=(
            SignInWay(
                (
                    FormField(
                        key="secret",
                        label="Access key",
                        help="In Bird: Settings → Security → Access keys.",
                        hidden=True,
                        read=bare,
                        check=key_problem,
                    ),
                )
            ),
        ),
        advanced=(
            FormField(
                key="scheme",
                label="&Authorisation",
                usual=Scheme.AUTO,
                choices=(
                    ("Automatic", Scheme.AUTO),
                    ("AccessKey", Scheme.ACCESS_KEY),
                    ("Bearer", Scheme.BEARER),
                ),
            ),
            address_field(BIRD_ADDRESS),
        ),
        transcripts=True,
        # Its media route is named .mp3.
        extension="mp3",
        asked=(
            AskedWords("direction", "{}", first=True),
            AskedWords("status", "with the status {}"),
            AskedWords("from", "from {}"),
            AskedWords("to", "to {}"),
            AskedWords("channelId", "of the channel {}"),
            AskedWords("sourceId", "of the call {}"),
            AskedWords("id", "with the id {}"),
            AskedWords("startAt", "since {}", moment=True),
            AskedWords("endAt", "until {}", moment=True),
        ),
    )


class BirdService:
    """Opens workspaces (a `core.provider.Service`)."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def prepare(self) -> None:
        """Import what reads a workspace."""
        importlib.import_module("playhead.providers.bird.birdsource")

    def open(self, account: Account, keys: Keys, waiting: Waiting) -> Source:
        """Make the source of a workspace."""
        from playhead.providers.bird.birdsource import BirdSource

        return BirdSource(account, keys, self._web, waiting=waiting)

    async def sign_in(self, _account: Account, given: Mapping[str, str], /) -> Credential:
        """Take the key as it is: there is nothing to get for it."""
        return Credential(access=given["secret"])

    async def revoke(self, account: Account, credential: Credential) -> None:
        """Leave the key alone: the person made it, and others may use it."""


def workspace_problem(text: str) -> str:
    """Say what is wrong with a workspace id; empty if nothing is."""
    if not typed(text):
        return "Fill in the id of the workspace."
    if re.fullmatch(_UUID, _workspace(text)):
        return ""
    return "A workspace id looks like 5f3a9c1e-8b2d-4e6f-9a71-0c4d2e8b6f13; this does not."


def workspace_in(text: str) -> str:
    """Give the workspace id in a pasted address of Bird's pages, or in signs around it; empty without."""
    written = unquote(western(text))
    found = _IN_ADDRESS.search(written) or _IN_TEXT.fullmatch(written)
    return found.group(1).lower() if found else ""


def key_problem(text: str) -> str:
    """Say what is wrong with an access key; empty if nothing is known to be."""
    secret = bare(text)
    try:
        refuse_foreign_key(secret)
    except WrongProduct:
        return _FOREIGN_KEY
    return token_problem(secret, "access key")


def _workspace(text: str) -> str:
    return workspace_in(text) or western(typed(text)).strip().lower()
