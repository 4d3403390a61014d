"""The vault keeps secrets in a keyring, whatever the keyring does."""

import asyncio
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError
from typing_extensions import override

from playhead.core.errors import NoVault, VaultError, VaultLocked, VaultSilent
from playhead.machine.vault import Keyring, KeyringVault, MemoryVault


class Pocket(KeyringBackend):
    """Keeps passwords in memory, as a keyring backend."""

    priority = 1

    def __init__(self, longest: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.longest = longest

    @property
    @override
    def name(self) -> str:
        return "pocket"

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        if self.longest is not None and len(password) > self.longest:
            raise ValueError("too long")
        self.entries[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.entries:
            raise PasswordDeleteError("not found")
        del self.entries[service, username]


class Locked(Pocket):
    """Locked, and nobody opens it."""

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")


class Hanging(Pocket):
    """Does not answer before `released` is set; counts who asked."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()
        self._begun = threading.Event()
        self.asked = 0

    async def begun(self) -> None:
        """Wait until somebody has asked."""
        await asyncio.to_thread(self._begun.wait)

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self._begun.set()
        self.released.wait(30)
        return super().get_password(service, username)


class PlaintextKeyring(Pocket):
    """Named like the one of keyrings.alt that writes a readable file."""


class Broken(Pocket):
    """Fails with an error that quotes the secret."""

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot store {password}")


class Chain(Pocket):
    """Like keyring's own chain: has members."""

    def __init__(self, *members: KeyringBackend) -> None:
        super().__init__()
        self.backends = members


def test_a_secret_is_kept_replaced_and_forgotten() -> None:
    pocket = Pocket()

    async def scene() -> None:
        vault = KeyringVault(pocket, longest=None)
        assert await vault.get("a1") is None
        await vault.set("a1", "first")
        await vault.set("a1", "second")
        assert await vault.get("a1") == "second"
        assert pocket.entries == {("Playhead", "a1"): "second"}
        await vault.delete("a1")
        await vault.delete("a1")
        assert await vault.get("a1") is None

    asyncio.run(scene())


def test_memory_keeps_secrets_until_playhead_quits() -> None:
    async def scene() -> None:
        vault = MemoryVault()
        assert await vault.get("a1") is None
        await vault.set("a1", "secret")
        assert await vault.get("a1") == "secret"
        await vault.delete("a1")
        await vault.delete("a1")
        assert await vault.get("a1") is None
        assert vault.name == "memory, until Playhead quits"

    asyncio.run(scene())


def test_a_long_secret_is_split_where_entries_are_short_and_leaves_no_part_behind() -> None:
    pocket = Pocket(longest=10)
    secrets = ["x" * 25, "abcdefghij" * 7 + "é", "short", "y" * 11, "z" * 10]

    async def scene() -> None:
        vault = KeyringVault(pocket, longest=10)
        pocket.longest = 20  # the head of a split secret is longer than ten
        for secret in secrets:
            await vault.set("a1", secret)
            assert await vault.get("a1") == secret
        assert len(pocket.entries) == 1
        await vault.set("a1", secrets[0])
        await vault.delete("a1")
        assert pocket.entries == {}

    asyncio.run(scene())


def test_a_long_secret_that_could_not_be_stored_whole_leaves_the_old_one() -> None:
    class ViewFiller(Pocket):
        @override
        def set_password(self, service: str, username: str, password: str) -> None:
            if len(self.entries) >= 3:
                raise OSError("full")
            super().set_password(service, username, password)

    async def scene() -> None:
        vault = KeyringVault(ViewFiller(), longest=10)
        await vault.set("a1", "old")
        with pytest.raises(VaultError):
            await vault.set("a1", "n" * 45)
        assert await vault.get("a1") == "old"

    asyncio.run(scene())


def test_a_locked_keyring_says_that_it_is_locked() -> None:
    async def scene() -> None:
        with pytest.raises(VaultLocked):
            await KeyringVault(Locked()).get("a1")

    asyncio.run(scene())


@pytest.mark.parametrize(
    "make", [fail.Keyring, null.Keyring, PlaintextKeyring, lambda: Chain(PlaintextKeyring())]
)
def test_a_keyring_that_keeps_nothing_or_keeps_it_readable_is_none(make: Callable[[], Keyring]) -> None:
    async def scene() -> None:
        with pytest.raises(NoVault):
            await KeyringVault(make()).set("a1", "secret")

    asyncio.run(scene())


def test_a_chain_is_used_by_its_first_safe_member() -> None:
    plain, pocket = PlaintextKeyring(), Pocket()

    async def scene() -> None:
        vault = KeyringVault(Chain(plain, pocket))
        await vault.set("a1", "secret")
        assert vault.name == "pocket"

    asyncio.run(scene())
    assert plain.entries == {}
    assert list(pocket.entries.values()) == ["secret"]


def test_an_odd_failure_becomes_ours_and_does_not_quote_the_secret() -> None:
    async def scene() -> None:
        with pytest.raises(VaultError) as caught:
            await KeyringVault(Broken()).set("a1", "hush-hush")
        assert "hush" not in f"{caught.value} {caught.value.detail} {caught.value.__cause__}"

    asyncio.run(scene())


def test_a_hanging_keyring_is_given_up_and_further_calls_fail_at_once_without_another_thread() -> None:
    hanging = Hanging()

    async def scene() -> None:
        vault = KeyringVault(hanging, limit=0.05, longest=None)
        before = threading.active_count()
        for _ in range(5):
            with pytest.raises(VaultSilent):
                await vault.get("a1")
        assert hanging.asked == 1
        assert threading.active_count() == before + 1
        hanging.entries["Playhead", "a1"] = "late"
        hanging.released.set()
        patient = time.monotonic() + 10
        while time.monotonic() < patient:
            try:
                assert await vault.get("a1") == "late"
                break
            except VaultSilent:
                continue
        else:
            pytest.fail("the vault did not recover")

    try:
        asyncio.run(scene())
    finally:
        hanging.released.set()


def test_calls_take_turns_and_one_that_was_cancelled_does_not_spoil_the_next() -> None:
    hanging = Hanging()
    hanging.entries["Playhead", "a1"] = "secret"

    async def scene() -> None:
        vault = KeyringVault(hanging, limit=20, longest=None)
        first = asyncio.create_task(vault.get("a1"))
        await hanging.begun()
        first.cancel()
        others = [asyncio.create_task(vault.get("a1")) for _ in range(3)]
        await asyncio.sleep(0)
        assert hanging.asked == 1
        hanging.released.set()
        assert await asyncio.gather(*others) == ["secret"] * 3

    try:
        asyncio.run(scene())
    finally:
        hanging.released.set()


def test_a_hanging_keyring_does_not_delay_the_end_of_the_process() -> None:
    program = """
        import asyncio
        from test_vault import Hanging
        from playhead.core.errors import VaultSilent
        from playhead.machine.vault import KeyringVault

        async def scene():
            try:
                await KeyringVault(Hanging(), limit=0.05).get("a1")
            except VaultSilent:
                print("silent")

        asyncio.run(scene())
    """
    began = time.monotonic()
    assert _python(program).stdout == "silent\n"
    assert time.monotonic() - began < 15  # the backend would hang for thirty seconds


def test_the_variable_of_keyring_chooses_the_backend() -> None:
    program = """
        import asyncio
        from playhead.core.errors import NoVault
        from playhead.machine.vault import KeyringVault

        async def scene():
            vault = KeyringVault()
            try:
                await vault.set("a1", "secret")
                print(vault.name)
            except NoVault:
                print("none")

        asyncio.run(scene())
    """
    assert _python(program, PYTHON_KEYRING_BACKEND="test_vault.Pocket").stdout == "pocket\n"
    assert _python(program, PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring").stdout == "none\n"
    assert _python(program, PYTHON_KEYRING_BACKEND="nowhere.Keyring").stdout == "none\n"


_MISSING = [tool for tool in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(tool) is None]


@pytest.mark.keyring
@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("printf pw | gnome-keyring-daemon --unlock", "Secret Service keyring"),
        ("gnome-keyring-daemon --start", "locked"),
    ],
)
def test_a_real_secret_service_keeps_secrets_and_says_when_it_is_locked(
    tmp_path: Path, start: str, outcome: str
) -> None:
    program = """
        import asyncio
        from playhead.core.errors import VaultLocked
        from playhead.machine.vault import KeyringVault

        async def scene():
            vault = KeyringVault(limit=10)
            try:
                await vault.set("a1", "t" * 5000)
            except VaultLocked:
                print("locked")
                return
            assert await vault.get("a1") == "t" * 5000
            await vault.set("a1", "new")
            assert await vault.get("a1") == "new"
            await vault.delete("a1")
            await vault.delete("a1")
            assert await vault.get("a1") is None
            print(vault.name)

        asyncio.run(scene())
    """
    shell = f"""
        mkdir -m 700 -p "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME"
        eval "$({start} --components=secrets 2>/dev/null)"
        "$PYTHON" -c "$PROGRAM"
    """
    places = {
        "HOME": tmp_path,
        "XDG_DATA_HOME": tmp_path / "share",
        "XDG_CACHE_HOME": tmp_path / "cache",
        "XDG_CONFIG_HOME": tmp_path / "config",
        "XDG_RUNTIME_DIR": tmp_path / "run",
    }
    environment = _environment() | {name: str(place) for name, place in places.items()}
    environment |= {"PYTHON": sys.executable, "PROGRAM": textwrap.dedent(program)}
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", textwrap.dedent(shell)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == f"{outcome}\n", done.stderr


def _python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env=_environment() | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def _environment() -> dict[str, str]:
    root = Path(__file__).parents[2]
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND"}
    }
    return kept | {"PYTHONPATH": f"{root / 'desktop'}{os.pathsep}{root / 'tests' / 'machine'}"}
