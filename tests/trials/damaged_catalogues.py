"""Damage to every file of a catalogue, closed or killed: `damaged_catalogues.py [rounds]`.

Nothing wrong may be shown, nothing unexpected raised, and nothing lost without a word.
"""

import asyncio
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from playhead.catalogue.opening import open_with_vault
from playhead.core.errors import CatalogueError
from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST
from playhead.core.marks import Marks
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Recording
from support.catalogue.catalogue_examples import star
from support.fakes import NOON, recording
from trials.misbehaving_vaults import RightVault

ROUNDS = 20
PAGES = 4
"""Pages of recordings; the first recording of each has a star and a note."""
MEDIA = bytes(range(256)) * 40
Damage = Callable[[Path, random.Random], None]


def _remove(file: Path, _chance: random.Random) -> None:
    file.unlink(missing_ok=True)


def _empty(file: Path, _chance: random.Random) -> None:
    file.write_bytes(b"")


def _halve(file: Path, _chance: random.Random) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _cut(file: Path, chance: random.Random) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content))] if content else b"")


def _flip(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(min(8, len(content))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def _flip_head(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    if content:
        content[chance.randrange(min(16, len(content)))] ^= 1
    file.write_bytes(content)


def _scramble(file: Path, chance: random.Random) -> None:
    file.write_bytes(chance.randbytes(len(file.read_bytes())))


def _zero(file: Path, _chance: random.Random) -> None:
    file.write_bytes(bytes(len(file.read_bytes())))


def _lengthen(file: Path, chance: random.Random) -> None:
    file.write_bytes(file.read_bytes() + chance.randbytes(5000))


KINDS: dict[str, tuple[str, Damage]] = {
    "catalogue is gone": ("catalogue.db", _remove),
    "catalogue is empty": ("catalogue.db", _empty),
    "catalogue is half": ("catalogue.db", _halve),
    "catalogue is cut": ("catalogue.db", _cut),
    "catalogue has other bits": ("catalogue.db", _flip),
    "catalogue begins otherwise": ("catalogue.db", _flip_head),
    "catalogue is noise": ("catalogue.db", _scramble),
    "catalogue is all zeros": ("catalogue.db", _zero),
    "catalogue is longer": ("catalogue.db", _lengthen),
    "log is gone": ("catalogue.db-wal", _remove),
    "log is empty": ("catalogue.db-wal", _empty),
    "log is cut": ("catalogue.db-wal", _cut),
    "log has other bits": ("catalogue.db-wal", _flip),
    "log is noise": ("catalogue.db-wal", _scramble),
    "shared memory is gone": ("catalogue.db-shm", _remove),
    "shared memory is noise": ("catalogue.db-shm", _scramble),
    "id is gone": ("catalogue.db-key-id", _remove),
    "id is empty": ("catalogue.db-key-id", _empty),
    "id is noise": ("catalogue.db-key-id", _scramble),
    "id has other bits": ("catalogue.db-key-id", _flip),
    "mark is gone": ("catalogue.db-mark", _remove),
    "mark is noise": ("catalogue.db-mark", _scramble),
    "audio is gone": ("media.db", _remove),
    "audio is empty": ("media.db", _empty),
    "audio is noise": ("media.db", _scramble),
    "audio is cut": ("media.db", _cut),
    "audio has other bits": ("media.db", _flip),
    "log of audio is gone": ("media.db-wal", _remove),
    "log of audio is noise": ("media.db-wal", _scramble),
}


@dataclass
class Kept:
    """What a folder holds, and with which vault it is opened."""

    folder: Path
    vault: RightVault = field(default_factory=RightVault)
    recordings: dict[str, Recording] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)


async def keep(folder: Path, *, killed: bool) -> Kept:
    """Files of a catalogue as they are when it was closed, or when it was killed."""
    made = folder / "made"
    kept = Kept(folder / "left")
    opened = await open_with_vault(made / "catalogue.db", kept.vault)
    store = opened.store
    for page in range(PAGES):
        come = [recording(page * 10 + n, account="a") for n in range(10)]
        await store.recordings.add(come, FeedState(account="a", asked=Asked(), as_of=NOON))
        await star(store, come[0])
        await store.marks.add_note(come[0], f"note {page}", None)
        await store.media.keep(come[0], MEDIA)
        kept.recordings |= {each.id: each for each in come}
    starred = [each for place, each in enumerate(kept.recordings.values()) if place % 10 == 0]
    found = await store.marks.read(starred)
    kept.marks = {each.id: marks for each, marks in zip(starred, found, strict=True)}
    if killed:
        shutil.copytree(made, kept.folder)
        await store.close()
    else:
        await store.close()
        shutil.copytree(made, kept.folder)
    return kept


async def look(kept: Kept) -> str:
    """Open what is left; `""` if all is there, else what was said. Raises `AssertionError`."""
    before = {file.name: file.read_bytes() for file in kept.folder.iterdir()}
    opened = await open_with_vault(kept.folder / "catalogue.db", kept.vault)
    said = "" if opened.problem is None else f"{type(opened.problem).__name__} {opened.problem.reason}"
    complete = True
    try:
        listing = await opened.store.listings.listing(EVERYTHING, NEWEST_FIRST)
        there = {
            each.id: each for each in await opened.store.recordings.read(listing.ids) if each is not None
        }
        assert all(each.account == "a" for each in there.values()), "an account of nobody"
        for identity, each in there.items():
            assert each == kept.recordings[identity], "a recording that never was"
        starred = [kept.recordings[identity] for identity in kept.marks]
        for wanted, marks in zip(starred, await opened.store.marks.read(starred), strict=True):
            was = kept.marks[wanted.id]
            assert set(marks.notes) <= set(was.notes), "a note that never was"
            complete &= marks == was
            content = await opened.store.media.read(wanted)
            assert content in {None, MEDIA}, "audio that never was"
        complete &= there.keys() == kept.recordings.keys()
    except CatalogueError as error:
        said = said or f"{type(error).__name__} while reading"
    finally:
        with_audio = opened.store.media.anew
        await opened.store.close()
    assert complete or said, "something is lost without a word"
    if opened.aside is not None and before.get("catalogue.db"):
        assert opened.aside.read_bytes() == before["catalogue.db"], "what was set aside was changed"
    return said + (" and the audio" if with_audio else "")


async def damaged(folder: Path, kind: str, seed: int, *, killed: bool) -> str:
    """Do one kind of damage and look twice; what was said. Raises `AssertionError`."""
    kept = await keep(folder, killed=killed)
    name, damage = KINDS[kind]
    file = kept.folder / name
    if file.exists():
        damage(file, random.Random(seed))
    said = await look(kept)
    # Once is enough: after that, there is nothing to be said of what could be opened.
    if said and "while reading" not in said and "lost key" not in said:
        opened = await open_with_vault(kept.folder / "catalogue.db", kept.vault)
        await opened.store.close()
        assert opened.problem is None, "it is said again and again"
        assert opened.kept, "it is not kept any more"
    return said


def main(rounds: int = ROUNDS) -> int:
    """Do every kind of damage so often to closed and killed ones; the status of the process."""
    played = failed = told = 0
    for seed in range(rounds):
        for kind in KINDS:
            for killed in (False, True):
                with tempfile.TemporaryDirectory(prefix="playhead-damage-") as folder:
                    played += 1
                    try:
                        told += bool(asyncio.run(damaged(Path(folder), kind, seed, killed=killed)))
                    except Exception as error:  # noqa: BLE001 - each is counted and told
                        failed += 1
                        sys.stdout.write(f"{kind} {seed=} {killed=}: {type(error).__name__}: {error}\n")
    sys.stdout.write(f"{len(KINDS)} kinds, {played} scenes, in {told} something was said, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
