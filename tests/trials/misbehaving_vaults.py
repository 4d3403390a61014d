"""Vaults that lie, forget and fail, over several starts: `misbehaving_vaults.py [how many]`.

After each of them the right vault comes back, and everything that was ever kept on the disk has to be there.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from typing_extensions import override

from playhead.catalogue.keyids import KEY, entry
from playhead.catalogue.opening import Opened, exchange, let_wait, open_with_vault
from playhead.core.errors import NoVault, VaultError, VaultLocked, VaultSilent
from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST
from playhead.core.page import Asked, FeedState
from support.fakes import recording

MANY = 40
STARTS = 3
"""Starts with a vault before the right one comes back."""
Answer = Callable[[str, str | None, int], object]
"""Makes of a key, what is kept under it, and how often was asked before, what the vault gives."""


class RightVault:
    """Keeps what it is given, and knows if anything was ever replaced by something else."""

    name = "the right vault"

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.replaced: list[str] = []

    async def get(self, key: str) -> str | None:
        """What is kept."""
        return self.entries.get(key)

    async def set(self, key: str, secret: str) -> None:
        """Keep it."""
        if self.entries.get(key, secret) != secret:
            self.replaced.append(key)
        self.entries[key] = secret

    async def delete(self, key: str) -> None:
        """Remove it."""
        self.replaced.append(key)
        del self.entries[key]


class OddVault(RightVault):
    """The right vault as somebody sees it who gets `answer`s; `refuses` is raised by every set.

    With `loses`, what is set goes nowhere.
    """

    def __init__(
        self, right: RightVault, answer: Answer, *, refuses: VaultError | None = None, loses: bool = False
    ) -> None:
        super().__init__()
        self._right = right
        self._answer = answer
        self._refuses = refuses
        self._loses = loses
        self._asked = 0

    @override
    async def get(self, key: str) -> str | None:
        """Whatever it gives."""
        self._asked += 1
        given = self._answer(key, self._right.entries.get(key), self._asked - 1)
        if isinstance(given, Exception):
            raise given
        return given  # type: ignore[return-value]  # a vault that lies may give anything

    @override
    async def set(self, key: str, secret: str) -> None:
        """Whatever it keeps."""
        if self._refuses is not None:
            raise self._refuses
        if not self._loses:
            await self._right.set(key, secret)


GETS: dict[str, Answer] = {
    "as it is": lambda _key, kept, _n: kept,
    "never finds": lambda _key, _kept, _n: None,
    "finds nothing once": lambda _key, kept, n: None if n == 0 else kept,
    "finds once": lambda _key, kept, n: kept if n == 0 else None,
    "finds every other time": lambda _key, kept, n: kept if n % 2 else None,
    "gives another key": lambda _key, _kept, _n: "00" * 32,
    "gives it reversed": lambda _key, kept, _n: kept and kept[::-1],
    "gives another at first": lambda _key, kept, n: "ff" * 32 if n == 0 else kept,
    "gives nothing in it": lambda _key, _kept, _n: "",
    "gives capitals": lambda _key, kept, _n: kept and kept.upper(),
    "gives half": lambda _key, kept, _n: kept and kept[:32],
    "gives it twice": lambda _key, kept, _n: kept and kept * 2,
    "gives bytes": lambda _key, kept, _n: kept and kept.encode(),
    "gives a number": lambda _key, _kept, _n: 7,
    "gives 5 MB": lambda _key, _kept, _n: "00" * 2_500_000,
    "is locked": lambda _key, _kept, _n: VaultLocked(),
    "is silent": lambda _key, _kept, _n: VaultSilent(),
    "is late": lambda _key, kept, n: VaultSilent() if n == 0 else kept,
    "is not there": lambda _key, _kept, _n: NoVault(),
    "knows old names only": lambda key, kept, _n: kept if key == KEY else None,
}


def vaults(right: RightVault) -> Iterator[tuple[str, Callable[[], RightVault]]]:
    """Every way to get with every way to set, the plain ones first; made anew for each start."""
    other = RightVault()
    yield "another one, empty", lambda: other
    for said, refuses, loses in (
        ("", None, False),
        (", and refuses to keep", VaultError(), False),
        (", and loses what it is given", None, True),
        (", and is locked for what is new", VaultLocked(), False),
    ):
        for name, answer in GETS.items():
            yield (
                name + said,
                lambda answer=answer, refuses=refuses, loses=loses: OddVault(  # type: ignore[misc]
                    right, answer, refuses=refuses, loses=loses
                ),
            )


async def start(path: Path, vault: RightVault, number: int = 0) -> tuple[Opened, set[str]]:
    """A start of the program, which keeps one more recording; the ids of those that are there."""
    opened = await open_with_vault(path, vault)
    try:
        if number:
            state = FeedState(account="a", asked=Asked())
            await opened.store.recordings.add([recording(number, account="a", id=str(number))], state)
        found = await opened.store.listings.listing(EVERYTHING, NEWEST_FIRST)
        return opened, {each.id for each in await opened.store.recordings.read(found.ids) if each is not None}
    finally:
        await opened.store.close()


async def everything(path: Path, vault: RightVault) -> set[str]:
    """All that is found while every catalogue that can be opened is opened in turn."""
    there: set[str] = set()
    seen: set[str] = set()
    opened, found = await start(path, vault)
    while True:
        assert opened.kept, f"not even the right vault opens it: {opened.problem!r}"
        there |= found
        beside = path.with_name(f"{path.name}-key-id").read_text()
        if opened.other is None or beside in seen:
            return there
        seen.add(beside)
        exchange(path, opened.other)
        opened, found = await start(path, vault)


async def scene(folder: Path, place: int, *, gives_up: bool, old: bool) -> str:
    """Play one of the vaults; what it was. With `gives_up` the person begins a new catalogue meanwhile."""
    path, right = folder / "catalogue.db", RightVault()
    await start(path, right, 1)
    if old:
        # As it was before keys had ids.
        identity = path.with_name(f"{path.name}-key-id").read_text().strip()
        right.entries = {KEY: right.entries[entry(identity)]}
        for suffix in ("-key-id", "-mark"):
            path.with_name(path.name + suffix).unlink()
    name, make = next(islice(vaults(right), place, None))
    kept, asides = {"1"}, 0
    for number in range(2, 2 + STARTS):
        vault = make()
        opened, _ = await start(path, vault, number)
        if opened.kept and _key_is_in(path, right):
            kept.add(str(number))
        if not opened.kept and gives_up and number == 2:
            let_wait(path)
            asides += 1
    there = await everything(path, right)
    assert kept <= there, f"{name}: {kept - there} are lost"
    assert not right.replaced, f"{name}: {right.replaced} were replaced"
    number = len(set_aside_in(folder))
    assert number <= asides + 1, f"{name}: {number} catalogues were set aside"
    return name


def set_aside_in(folder: Path) -> list[Path]:
    """The catalogues that were set aside."""
    return sorted(folder.glob("catalogue-unreadable-*.db"))


def _key_is_in(path: Path, right: RightVault) -> bool:
    beside = path.with_name(f"{path.name}-key-id")
    if beside.exists():
        return entry(beside.read_text().strip()) in right.entries
    return path.exists() and KEY in right.entries


async def _played(work: Awaitable[str]) -> str:
    return await asyncio.wait_for(work, 60)


def main(number: int = MANY) -> int:
    """Play so many of the vaults in four ways each; the status of the process."""
    played = failed = 0
    for place in range(number):
        for gives_up in (False, True):
            for old in (False, True):
                with tempfile.TemporaryDirectory(prefix="playhead-vaults-") as folder:
                    played += 1
                    try:
                        asyncio.run(_played(scene(Path(folder), place, gives_up=gives_up, old=old)))
                    except Exception as error:  # noqa: BLE001 - each is counted and told
                        failed += 1
                        sys.stdout.write(f"{place} {gives_up=} {old=}: {type(error).__name__}: {error}\n")
    sys.stdout.write(f"{number} vaults, {played} scenes, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
