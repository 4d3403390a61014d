"""Convirza as a provider: the form that connects an account, and what can be done there."""

import importlib
from collections.abc import Mapping
from typing import Final

from playhead.core.account import Account, Credential
from playhead.core.formfield import (
    FormField,
    address_field,
    address_problem,
    bare,
    read_address,
    token_problem,
    typed,
)
from playhead.core.ports import Keys, Source, Waiting
from playhead.core.provider import AskedWords, Provider, SignInWay
from playhead.providers.http.web import Web

CONVIRZA_ADDRESS: Final = "https://platform-api.convirza.com/v3"


def convirza(web: Web) -> Provider:
    """Convirza, asked through `web`."""
    return Provider(
        name="convirza",
        title="Convirza",
        offer="Prompts, whispers, voicemails and surveys of your call flows.",
        icon="provider-convirza",
        service=ConvirzaService(web),
        ways=(
            SignInWay((_EMAIL, _PASSWORD), "&Sign in with e-mail and password"),
            SignInWay((_TOKEN,), "&Paste a bearer token"),
        ),
        advanced=(
            address_field(CONVIRZA_ADDRESS),
            FormField(
                key="oauth_url",
                label="Sign-in address",
                help="Where tokens are made. Leave it empty for the usual one.",
                is_address=True,
                read=read_address,
                check=address_problem,
            ),
        ),
        revokes=True,
        asked=(AskedWords("type", "of the kind {}"),),
    )


_EMAIL: Final = FormField(
    key="email",
    label="E-mail",
    check=lambda text: "" if "@" in typed(text) else "Fill in the e-mail address you sign in with.",
)
_PASSWORD: Final = FormField(
    key="password",
    label="Password",
    help="Exchanged for a token at once; it is never kept.",
    hidden=True,
    read=str,
    check=lambda text: "" if text else "Fill in the password.",
)
_TOKEN: Final = FormField(
    key="secret",
    label="Bearer token",
    help="The access token alone. You are asked again when it has expired.",
    hidden=True,
    read=bare,
    check=lambda text: token_problem(bare(text), "token"),
)


class ConvirzaService:
    """Opens accounts, and gets and revokes their tokens (a `core.provider.Service`)."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def prepare(self) -> None:
        """Import what reads an account and gets its tokens."""
        importlib.import_module("playhead.providers.convirza.convirzasource")

    def open(self, account: Account, keys: Keys, waiting: Waiting) -> Source:
        """Make the source of an account."""
        from playhead.providers.convirza.convirzasource import ConvirzaSource

        return ConvirzaSource(account, keys, self._web, waiting=waiting)

    async def sign_in(self, account: Account, given: Mapping[str, str]) -> Credential:
        """Take a pasted token as it is, or get a pair of tokens for the password. Raises `ProviderError`."""
        from playhead.providers.convirza.convirzatokens import sign_in

        if "secret" in given:
            return Credential(access=given["secret"])
        return await sign_in(self._web, account, given["email"], given["password"])

    async def revoke(self, account: Account, credential: Credential) -> None:
        """Make both tokens worthless. Raises no `ProviderError`: what cannot be reached expires by itself."""
        from playhead.providers.convirza.convirzatokens import revoke

        await revoke(self._web, account, credential)
