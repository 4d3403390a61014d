"""Each catalogue has a key of its own, and nothing that a vault answers costs the person anything."""

import asyncio
import itertools
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playhead.catalogue import opening
from playhead.catalogue.connection import id_of
from playhead.catalogue.keyids import KEY, adopt, entry, found, told_beside, told_within
from playhead.catalogue.opening import exchange, let_wait, open_with_vault, put_aside
from playhead.catalogue.store import Store, open_catalogue
from playhead.core.errors import CatalogueReadOnly, CatalogueUnreadable, VaultError
from support.catalogue.catalogue_examples import feed, listed, recording
from support.catalogue.catalogue_files import contents
from trials import damaged_catalogues, misbehaving_vaults
from trials.misbehaving_vaults import GETS, OddVault, RightVault, set_aside_in, start

SEVERAL = int(os.environ.get("PLAYHEAD_VAULTS", "4"))
"""How many vaults misbehave."""
ROUNDS = int(os.environ.get("PLAYHEAD_DAMAGES", "1"))
"""How often every kind of damage is done."""


def test_a_key_is_named_by_an_id_that_stands_beside_and_within_its_file(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()
    asyncio.run(start(path, vault, 1))
    ((name, key),) = vault.entries.items()
    identity = told_beside(path)
    assert identity == told_within(path) == id_of(bytes.fromhex(key))
    assert name == entry(identity or "") == f"catalogue key {identity}"
    assert key not in path.with_name("catalogue.db-key-id").read_text()
    (tmp_path / "catalogue.db-key-id").unlink()
    opened, there = asyncio.run(start(path, vault))
    assert (opened.kept, there, told_beside(path)) == (True, {"1"}, identity)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_may_read_what_stands_beside_a_catalogue(tmp_path: Path) -> None:
    asyncio.run(start(tmp_path / "catalogue.db", RightVault(), 1))
    assert {file.name for file in tmp_path.iterdir() if file.stat().st_mode & 0o077} == set()
    assert {"catalogue.db-key-id", "catalogue.db-mark"} < {file.name for file in tmp_path.iterdir()}


def test_a_vault_that_keeps_and_never_finds_begins_nothing_and_sets_nothing_aside(tmp_path: Path) -> None:
    path, right = tmp_path / "catalogue.db", RightVault()
    for _ in range(4):
        opened, _ids = asyncio.run(start(path, OddVault(right, GETS["never finds"]), 1))
        assert not opened.kept
        assert isinstance(opened.problem, VaultError)
    assert [*tmp_path.iterdir()] == []


def test_the_thread_of_the_window_waits_for_no_disk_when_a_key_is_adopted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[threading.Thread] = []
    monkeypatch.setattr(
        "playhead.catalogue.keyids.os.fsync", lambda _: synced.append(threading.current_thread())
    )
    asyncio.run(adopt(RightVault(), tmp_path / "catalogue.db", bytes(range(32))))
    assert len(synced) == 1
    assert synced[0] is not threading.current_thread()


def test_what_a_vault_has_under_the_id_of_another_key_is_neither_used_nor_replaced(tmp_path: Path) -> None:
    vault, key, other = RightVault(), bytes(range(32)), bytes(32)
    vault.entries[entry(id_of(key))] = other.hex()
    assert asyncio.run(found(vault, [id_of(key)])) == []
    asyncio.run(adopt(vault, tmp_path / "catalogue.db", key))
    assert vault.entries == {entry(id_of(key)): other.hex()}
    assert told_beside(tmp_path / "catalogue.db") is None


def test_the_key_of_before_ids_is_adopted_and_left_where_it_is(tmp_path: Path) -> None:
    path, vault, key = tmp_path / "catalogue.db", RightVault(), bytes(range(32))
    vault.entries[KEY] = key.hex()

    async def scene() -> None:
        store = await open_catalogue(path, key)
        await store.recordings.add([recording(1)], feed())
        await store.close()
        # As it was: nothing within the file tells which key it has.
        opened = await open_with_vault(path, vault)
        assert opened.kept
        assert opened.problem is None
        assert await listed(opened.store) == ["1"]
        await opened.store.close()

    asyncio.run(scene())
    assert vault.entries == {KEY: key.hex(), entry(id_of(key)): key.hex()}
    assert told_beside(path) == id_of(key)
    del vault.entries[KEY]
    opened, there = asyncio.run(start(path, vault))
    assert (opened.kept, there) == (True, {"1"})


def test_a_key_of_before_ids_that_cannot_be_copied_still_opens_its_catalogue(tmp_path: Path) -> None:
    path, key = tmp_path / "catalogue.db", bytes(range(32))
    right = RightVault()
    right.entries[KEY] = key.hex()

    async def scene() -> None:
        await (await open_catalogue(path, key)).close()

    asyncio.run(scene())
    for _ in range(2):
        vault = OddVault(right, GETS["knows old names only"], refuses=VaultError())
        opened, _ids = asyncio.run(start(path, vault, 1))
        assert opened.kept
    assert told_beside(path) is None


def test_keyrings_in_turn_each_open_the_catalogue_that_is_theirs(tmp_path: Path) -> None:
    path, first, second = tmp_path / "catalogue.db", RightVault(), RightVault()
    asyncio.run(start(path, first, 1))
    opened, _ids = asyncio.run(start(path, second, 9))
    assert isinstance(opened.problem, CatalogueUnreadable)
    assert opened.problem.reason == "lost key"
    let_wait(path)
    asyncio.run(start(path, second, 2))
    for vault, mine in ((first, "1"), (second, "2"), (first, "1"), (second, "2")):
        opened, there = asyncio.run(start(path, vault))
        assert (opened.back, there) == (True, {mine})
        assert len(set_aside_in(tmp_path)) == 1
    opened, there = asyncio.run(start(path, second))
    assert (opened.back, opened.aside, there) == (False, None, {"2"})


def test_audio_goes_and_comes_with_the_catalogue_whose_key_it_has(tmp_path: Path) -> None:
    path, first, second = tmp_path / "catalogue.db", RightVault(), RightVault()

    async def visit(vault: RightVault, *, keeps: bool = False) -> bytes | None:
        opened = await open_with_vault(path, vault)
        if keeps:
            await opened.store.recordings.add([recording(1)], feed())
            await opened.store.media.keep(recording(1), b"audio")
        content = await opened.store.media.read(recording(1))
        assert not opened.store.media.anew
        await opened.store.close()
        return content

    asyncio.run(visit(first, keeps=True))
    let_wait(path)
    assert asyncio.run(visit(second)) is None
    assert asyncio.run(visit(first)) == b"audio"


def test_a_catalogue_from_elsewhere_is_kept_until_its_key_is_there(tmp_path: Path) -> None:
    path, vault, elsewhere = tmp_path / "catalogue.db", RightVault(), RightVault()
    asyncio.run(start(path, vault, 1))
    (tmp_path / "other").mkdir()
    asyncio.run(start(tmp_path / "other" / "catalogue.db", elsewhere, 2))
    path.write_bytes((tmp_path / "other" / "catalogue.db").read_bytes())
    opened, _ids = asyncio.run(start(path, vault))
    assert opened.aside is not None
    vault.entries |= elsewhere.entries
    opened, _ids = asyncio.run(start(path, vault))
    assert opened.other is not None
    opened, there = asyncio.run(start(opened.other, vault))
    assert there == {"2"}


def test_an_older_copy_of_a_catalogue_is_said_to_be_older_once(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()
    asyncio.run(start(path, vault, 1))
    copy = path.read_bytes()
    asyncio.run(start(path, vault, 2))
    path.write_bytes(copy)
    opened, there = asyncio.run(start(path, vault))
    assert opened.problem is not None
    assert (opened.problem.reason, there) == ("older", {"1"})
    opened, _ids = asyncio.run(start(path, vault))
    assert opened.problem is None


@pytest.mark.parametrize("deed", [lambda path, _: put_aside(path), lambda path, _: let_wait(path), exchange])
def test_a_catalogue_that_cannot_be_renamed_keeps_all_that_belongs_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: Callable[[Path, Path], object]
) -> None:
    kept = asyncio.run(damaged_catalogues.keep(tmp_path, killed=True))
    path = kept.folder / "catalogue.db"
    other = let_wait(path)
    shutil.copytree(tmp_path / "made", kept.folder, dirs_exist_ok=True)
    before, genuine, steps = contents(kept.folder), Path.replace, 0
    for step in itertools.count():
        left = step

        def held(part: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left == -1:
                raise PermissionError
            return genuine(part, target)

        monkeypatch.setattr(Path, "replace", held)
        try:
            deed(path, other)
        except CatalogueReadOnly:
            assert contents(kept.folder) == before
            steps += 1
        else:
            break
    assert steps >= 2


def test_a_damaged_catalogue_stays_where_it_is_until_there_is_room_for_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = asyncio.run(damaged_catalogues.keep(tmp_path, killed=False))
    path = kept.folder / "catalogue.db"
    path.write_bytes(path.read_bytes()[:100])
    before, genuine = contents(kept.folder), open_catalogue

    def begin(path: Path) -> None:
        path.write_bytes(b"begun")
        path.with_name(f"{path.name}-wal").write_bytes(b"begun")

    async def full(path: Path | None, key: bytes | None, **named: Any) -> Store:
        if path is not None:
            begin(path)
            raise CatalogueReadOnly("full")
        return await genuine(path, key, **named)

    with monkeypatch.context() as patch:
        patch.setattr(opening, "open_catalogue", full)
        first, _ = asyncio.run(start(path, kept.vault))
    assert not first.kept
    assert contents(kept.folder) == before
    second, _ = asyncio.run(start(path, kept.vault))
    assert second.kept
    assert second.problem is not None
    assert second.aside is not None
    assert second.aside.read_bytes() == before["catalogue.db"]


def test_a_first_start_that_was_killed_is_no_loss(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()
    asyncio.run(start(path, vault))
    for file in ("catalogue.db", "catalogue.db-mark", "media.db"):
        (tmp_path / file).unlink()
    opened, _ids = asyncio.run(start(path, vault, 1))
    assert (opened.kept, opened.problem) == (True, None)
    assert len(vault.entries) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names that are not text")
def test_a_folder_whose_name_is_no_text_holds_a_catalogue_like_any_other(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd \xff"))
    try:
        folder.mkdir()
        (folder / "try").touch()
    except OSError:
        pytest.skip("this disk has no such names")
    vault = RightVault()
    asyncio.run(start(folder / "catalogue.db", vault, 1))
    opened, there = asyncio.run(start(folder / "catalogue.db", vault))
    assert (opened.kept, there) == (True, {"1"})


@pytest.mark.slow
def test_vaults_that_misbehave_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert misbehaving_vaults.main(SEVERAL) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_no_damage_is_shown_as_data_or_passed_over_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert damaged_catalogues.main(ROUNDS) == 0, capsys.readouterr().out
