"""Secrets in the keyring of the operating system, asked without ever holding up the window."""

import asyncio
import sys
import zlib
from collections.abc import Callable
from typing import Protocol

from playhead.core.errors import NoVault, PlayheadError, VaultError, VaultLocked, VaultSilent
from playhead.core.threads import Threads

SERVICE = "Playhead"
_NAMES = {
    "keyring.backends.SecretService": "Secret Service keyring",
    "keyring.backends.libsecret": "Secret Service keyring",
    "keyring.backends.kwallet": "KDE Wallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
_USELESS = ("keyring.backends.fail", "keyring.backends.null")
_LOCKED = {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"}
_ABSENT = {"NoKeyringError", "SecretServiceNotAvailableException"}
_PARTS = "\x1eparts "
"""Begins what stands under a key whose secret is too long for one entry; number of parts and a sum follow."""


class Keyring(Protocol):
    """Part of a keyring backend that is used."""

    @property
    def name(self) -> str:
        """Name that keyring gives it."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """The password kept, if any."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Keep a password."""

    def delete_password(self, service: str, username: str, /) -> None:
        """Forget a password; raises if there is none."""


class KeyringVault:
    """The keyring, called in a daemon thread with a time limit, one call after the other.

    A keyring that is locked shows a dialog of its own and blocks until it is answered. `limit` is how many
    seconds a call waits for that; after it the call fails with `VaultSilent`, and so does every later call,
    at once, for as long as the keyring still hangs. `longest` is how many characters fit into one entry: a
    Windows credential holds 2560 bytes, which a pair of tokens can exceed.
    """

    def __init__(
        self,
        backend: Keyring | None = None,
        *,
        limit: float = 20.0,
        longest: int | None = 600 if sys.platform == "win32" else None,
    ) -> None:
        self._backend = backend
        self._known: Keyring | None = None
        self._limit = limit
        self._longest = longest
        self._turn = asyncio.Lock()
        self._thread = Threads(1, "vault")
        self._running: asyncio.Future[_Outcome] | None = None
        self._deadline = 0.0

    @property
    def name(self) -> str:
        """Name by which the person knows it; known exactly once it has been called."""
        if self._known is None:
            return "system keyring"
        return _NAMES.get(_module(self._known), self._known.name)

    async def get(self, key: str) -> str | None:
        """The secret kept under `key`; None if there is none."""
        return await self._call(lambda: self._read(key))

    async def set(self, key: str, secret: str) -> None:
        """Keep `secret` under `key`; what stood there is replaced at once or not at all."""
        await self._call(lambda: self._write(key, secret))

    async def delete(self, key: str) -> None:
        """Forget what is kept under `key`; fine if nothing is."""
        await self._call(lambda: self._erase(key))

    async def _call(self, work: "Callable[[], str | None]") -> str | None:
        async with self._turn:
            loop = asyncio.get_running_loop()
            if self._running is not None and not self._running.done():
                await asyncio.wait({self._running}, timeout=max(0.0, self._deadline - loop.time()))
                if not self._running.done():
                    raise VaultSilent("an earlier call still waits")
            self._deadline = loop.time() + self._limit
            self._running = self._thread.start(_outcome, work)
            done, _ = await asyncio.wait({self._running}, timeout=self._limit)
            if not done:
                raise VaultSilent(f"no answer in {self._limit:g} s")
            secret, failure = self._running.result()
            if failure is not None:
                raise failure
            return secret

    def _keyring(self) -> Keyring:
        if self._known is None:
            self._known = _usable(self._backend if self._backend is not None else _chosen())
        return self._known

    def _read(self, key: str) -> str | None:
        head = self._keyring().get_password(SERVICE, key)
        names = _part_names(key, head)
        if not names:
            return head
        parts = [self._keyring().get_password(SERVICE, name) for name in names]
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _write(self, key: str, secret: str) -> None:
        keyring = self._keyring()
        if self._longest is None:
            keyring.set_password(SERVICE, key, secret)
            return
        # The parts of the new secret get names of their own, so that the head decides which secret counts.
        before = _part_names(key, keyring.get_password(SERVICE, key))
        head, parts = secret, []
        if len(secret) > self._longest:
            parts = [secret[at : at + self._longest] for at in range(0, len(secret), self._longest)]
            head = f"{_PARTS}{len(parts)} {zlib.crc32(secret.encode()):08x}"
        names = _part_names(key, head)
        for name, part in zip(names, parts, strict=True):
            keyring.set_password(SERVICE, name, part)
        keyring.set_password(SERVICE, key, head)
        for name in set(before) - set(names):
            _forget(keyring, name)

    def _erase(self, key: str) -> None:
        keyring = self._keyring()
        names = _part_names(key, keyring.get_password(SERVICE, key)) if self._longest is not None else []
        for name in [key, *names]:
            _forget(keyring, name)


class MemoryVault:
    """Stands in for the keyring where there is none: keeps secrets until Playhead quits."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    @property
    def name(self) -> str:
        """Name that the person is told."""
        return "memory, until Playhead quits"

    async def get(self, key: str) -> str | None:
        """The secret kept under `key`; None if there is none."""
        return self._secrets.get(key)

    async def set(self, key: str, secret: str) -> None:
        """Keep `secret` under `key`."""
        self._secrets[key] = secret

    async def delete(self, key: str) -> None:
        """Forget what is kept under `key`; fine if nothing is."""
        self._secrets.pop(key, None)


_Outcome = tuple[str | None, PlayheadError | None]


def _outcome(work: Callable[[], str | None]) -> _Outcome:
    """The secret or the error of `work`; as a value, for a call that hangs is never asked how it ended."""
    try:
        return work(), None
    except Exception as error:  # noqa: BLE001 - a backend may raise anything at all
        return None, _translated(error)


def _translated(error: Exception) -> PlayheadError:
    """Our error for a backend's, told apart by name: a backend's library need not be installed."""
    if isinstance(error, VaultError):
        return error
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & _ABSENT:
        return NoVault(type(error).__name__)
    if names & _LOCKED:
        return VaultLocked(type(error).__name__)
    return VaultError(type(error).__name__)


def _chosen() -> Keyring:
    """The backend that keyring chooses; `PYTHON_KEYRING_BACKEND` and keyringrc.cfg are obeyed."""
    try:
        import keyring

        backend: Keyring = keyring.get_keyring()
    except (ImportError, AttributeError, RuntimeError, ValueError) as error:
        raise NoVault(type(error).__name__) from error
    return backend


def _usable(backend: Keyring) -> Keyring:
    """`backend`, or the first good one of a chain; `NoVault` if it keeps nothing, or keeps it in the open."""
    for member in getattr(backend, "backends", None) or (backend,):
        plain = "plaintext" in type(member).__name__.lower()
        if not plain and not _module(member).startswith(_USELESS):
            keyring: Keyring = member
            return keyring
    raise NoVault("no backend that keeps secrets safely")


def _module(backend: Keyring) -> str:
    return type(backend).__module__


def _part_names(key: str, head: str | None) -> list[str]:
    if head is None or not head.startswith(_PARTS):
        return []
    count, _, mark = head.removeprefix(_PARTS).partition(" ")
    return [f"{key} {mark} {number}" for number in range(int(count))]


def _forget(keyring: Keyring, name: str) -> None:
    try:
        keyring.delete_password(SERVICE, name)
    except Exception as error:
        if "PasswordDeleteError" not in {kind.__name__ for kind in type(error).__mro__}:
            raise
        # It is raised both where nothing is kept and where deleting was refused.
        if keyring.get_password(SERVICE, name) is not None:
            raise
