"""Protocols that the core needs the packages around it to implement, and the values that they exchange."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from playhead.core.account import Account, Credential
from playhead.core.errors import VaultError
from playhead.core.finding.query import Query
from playhead.core.page import Asked, Page
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript, Transcription, TranscriptionPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Audio on its way from a media host.

    `chunks` may raise any `ProviderError`; a body that ends early raises `Unreachable("cut")`, a body longer
    than announced `Garbled("length")`.
    """

    chunks: AsyncIterator[bytes]
    offset: int
    """The first byte that `chunks` gives: as asked, or 0 if the host would not or could not resume."""
    total: int | None
    """Bytes of the whole media, if the host said so."""
    validator: str | None
    """Identity of the body, to tell that a resumed one is the same: a strong ETag, else Last-Modified."""
    media_type: str = ""
    """Media type as the host says it; often wrong."""


class NextPageListener(Protocol):
    """Listener for the cursor of the next page, told before the rows of this one are read."""

    def next_cursor(self, cursor: str) -> None:
        """Note the cursor of the page behind the one that was asked for. Called in the loop of who asked."""


class Source(Protocol):
    """The door of one account at its provider. Read only. Everything may raise `ProviderError`.

    Each account obeys its own rate limit, repeats what is safe to repeat, times out, and can be cancelled at
    any await.
    """

    @property
    def account(self) -> Account:
        """The account that this is the door of."""

    def asks(self, query: Query) -> Asked | None:
        """The part of `query` that the server can filter; None if nothing of this account can match it."""

    async def check(self) -> str:
        """Make sure that the credential works; a short text of what was found, for the person."""

    async def page(self, asked: Asked, cursor: str | None, onward: NextPageListener | None = None) -> Page:
        """One page; the first if `cursor` is None.

        `onward` may be told of the next one before the rows of this are read, if nothing is wrong with it.
        """

    def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Delivery]:
        """Fetch audio through a fresh link, from `offset` if the host still has what `validator` names.

        Raises `NoAudio`, without asking where it is known that there is none.
        """

    def prepare(self, recording: Recording) -> None:
        """Get ready what `open` would have to ask for first: it is called for this recording soon."""

    async def again(self, recording: Recording) -> Recording | None:
        """The recording as it is now; None if it is certain that the provider no longer has it."""

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:
        """One page of the list of transcripts; the first if `cursor` is None.

        Empty where there is no list.
        """

    async def transcript(
        self, recording: Recording, transcription: Transcription | None
    ) -> Transcript | None:
        """The transcript that an entry of that list stands for, or that there is without one.

        The provider is never asked to make one. Raises `Missing` or `Gone` if it is no longer there.
        """

    async def close(self) -> None:
        """Let go of connections and secrets; nothing is asked afterwards (`ClosingSource` sees to that)."""


class Keys(Protocol):
    """The credential of one account, wherever it is kept."""

    async def load(self) -> Credential:
        """The credential; raises `VaultError`, or `Refused` if none is kept."""

    async def save(self, credential: Credential) -> None:
        """Keep a newer one; returns when it is safe."""


class Vault(Protocol):
    """The keyring of the operating system, or what stands in for it until Playhead quits."""

    @property
    def name(self) -> str:
        """The name that the person knows."""

    async def get(self, key: str) -> str | None:
        """The secret kept under `key`; None if there is none. Raises `VaultError`."""

    async def set(self, key: str, secret: str) -> None:
        """Keep `secret` under `key`. Raises `VaultError`."""

    async def delete(self, key: str) -> None:
        """Forget what is kept under `key`; fine if nothing is. Raises `VaultError`."""


Clock = Callable[[], datetime]
"""Gives the present moment, aware."""

Waiting = Callable[[float], None]
"""Told how many seconds an account pauses because its provider asked for it; 0 when it goes on."""


async def keep(vault: Vault, name: str, secret: str, *, instead_of: str | None = None) -> None:
    """Keep `secret` under `name`, and read it back. Raises `VaultError`.

    A vault that does not give it back as it was is given what it had before, `instead_of`, once more.
    """
    await vault.set(name, secret)
    if await vault.get(name) == secret:
        return
    if instead_of is not None:
        with suppress(VaultError):
            await vault.set(name, instead_of)
    raise VaultError("read back differently")
