"""Exports by a command over real HTTP, in a process of its own where that matters."""

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from keyring.backends import fail

from playhead.machine.instance import held
from support.cloud.faultycloud import Fault, FaultyCloud
from support.processes.command_desk import CommandDesk
from support.processes.locked_keyring import LockedKeyring
from support.processes.separate_process import finished, reached
from support.window.cloud_requests import media_asked

pytestmark = pytest.mark.process

MARCH = 'account:"Bird EU" date:2026-03 is:playable'
"""Some recordings of one account, none of them older than its first page."""


@pytest.fixture
def desk(cloud: FaultyCloud, tmp_path: Path) -> CommandDesk:
    """A computer whose person has connected both accounts, and closed the window."""
    return CommandDesk(cloud, tmp_path)


def test_an_export_is_made_and_the_next_run_adds_what_is_new_or_says_that_nothing_is(
    desk: CommandDesk,
) -> None:
    status, summary, said = desk.export(MARCH, "--format", "csv,json")
    assert (status, summary["result"]) == (0, "done")
    first = desk.audio
    assert len(first) == summary["counts"]["exported"] == summary["matching"] > 5
    assert sorted(path.name for path in desk.folder.iterdir() if path.is_file()) == [
        "SHA256SUMS",
        "recordings.csv",
        "recordings.json",
    ]
    assert "nothing else can match" in summary["coverage"]
    assert not [number for number in ("+31", "+49", "+44") if number in said]
    assert desk.cloud.access_key not in said + str(summary)

    fetched, sums = len(media_asked(desk.cloud)), (desk.folder / "SHA256SUMS").read_bytes()
    status, summary, said = desk.export_here(MARCH)
    assert (status, summary["result"]) == (3, "nothing new")
    assert "There is nothing new to export." in said
    assert (desk.folder / "SHA256SUMS").read_bytes() == sums

    desk.cloud.add_new(2)
    status, summary, said = desk.export_here(MARCH)
    assert (status, summary["counts"]["exported"]) == (0, 2), said
    assert len(media_asked(desk.cloud)) == fetched + 2
    assert first.items() <= desk.audio.items()
    if shutil.which("sha256sum") is not None:
        command = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
        assert subprocess.run(command, cwd=desk.folder, check=False).returncode == 0


def test_only_what_is_new_goes_into_a_folder_of_its_own(desk: CommandDesk) -> None:
    words = ("--new-folder", "--only-new", "--quiet")
    status, _, said = desk.export_here(MARCH, *words)
    assert (status, said) == (0, "")
    assert len(list(desk.folder.iterdir())) == 1
    desk.cloud.add_new(1)
    status, summary, _ = desk.export_here(MARCH, *words)
    assert (status, summary["counts"]["exported"]) == (0, 1)
    assert len(list(desk.folder.iterdir())) == 2


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signals")
def test_a_run_that_was_ended_keeps_what_is_finished_and_the_next_goes_on(
    desk: CommandDesk, number: signal.Signals
) -> None:
    desk.cloud.faults.add(Fault(scope="media", after=4, delay=60))
    with desk.started_export(MARCH) as process:
        reached(lambda: len(desk.audio) >= 4 or process.poll() is not None, "four files")
        process.send_signal(number)
        out, said = process.communicate()
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number), said
    if number != signal.SIGKILL:
        assert "Stopped: 4 of " in said
        assert '"result": "stopped"' in out
    desk.cloud.faults.clear()
    before, fetched = desk.audio, {asked.path for asked in media_asked(desk.cloud) if asked.status == 200}
    desk.cloud.requests.clear()
    status, summary, said = desk.export_here(MARCH)
    assert status == 0, said
    assert "Going on with the export" in said
    assert len(desk.audio) == summary["matching"]
    assert before.items() <= desk.audio.items()
    assert not fetched & {asked.path for asked in media_asked(desk.cloud)}
    assert not list(desk.folder.rglob("*.part"))


def test_a_folder_of_its_own_that_was_cut_short_is_finished_unless_somebody_has_removed_it(
    desk: CommandDesk, tmp_path: Path
) -> None:
    desk.cloud.faults.add(Fault(scope="media", after=2, delay=60))
    with desk.started_export(MARCH, "--new-folder") as process:
        reached(lambda: len(desk.audio) >= 2 or process.poll() is not None, "two files")
        process.kill()
        process.wait()
    desk.cloud.faults.clear()
    kept = shutil.copytree(desk.profile.folder, tmp_path / "profile of then")
    for removed in (False, True):
        if removed:
            shutil.rmtree(desk.folder)
            shutil.rmtree(desk.profile.folder)
            kept.rename(desk.profile.folder)
            desk.folder.mkdir()
        status, summary, said = desk.export_here(MARCH, "--new-folder")
        assert status == 0, said
        assert ("is given up: its folder was removed" in said) == removed
        (folder,) = desk.folder.iterdir()
        assert summary["folder"] == str(folder)
        assert len(desk.audio) == summary["matching"]


REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    ("colour:red", (), "The filter cannot be used: "),
    ('account:"Nobody"', (), "No account is called “Nobody”. Connected: “Convirza Acme”, “Bird EU”."),
    (MARCH, ("--template", "{nothing}"), "{nothing}"),
]


def test_what_cannot_be_done_is_refused_and_nothing_is_asked_or_made(desk: CommandDesk) -> None:
    for query, words, sentence in REFUSED:
        status, summary, said = desk.export_here(query, *words)
        assert (status, summary["result"]) == (2, "refused"), (query, words)
        assert sentence in said
        assert summary["problems"] == said.splitlines()
        assert not desk.folder.exists(), (query, words)
        assert not len(desk.cloud.requests), (query, words)


def test_a_folder_with_something_else_in_it_is_refused(desk: CommandDesk) -> None:
    desk.folder.mkdir()
    (desk.folder / "letters.txt").write_text("mine")
    status, _, said = desk.export_here(MARCH)
    assert status == 2
    assert "add --new-folder" in said
    assert [path.name for path in desk.folder.iterdir()] == ["letters.txt"]


def test_beside_an_open_window_nothing_is_begun(desk: CommandDesk) -> None:
    with held(desk.profile.lock):
        status, summary, said = desk.export_here(MARCH)
    assert (status, summary["result"]) == (6, "in use")
    assert said.startswith("Playhead is at work with this profile, in its window or by another command")
    assert not desk.folder.exists()


def test_a_locked_keyring_or_none_is_refused_and_nothing_is_asked(desk: CommandDesk) -> None:
    for keyring, sentence in (
        (LockedKeyring(), "The keyring is locked. Unlock it, then run the command again."),  # type: ignore[no-untyped-call]
        (fail.Keyring(), "There is no keyring that Playhead can use here."),  # type: ignore[no-untyped-call]
    ):
        status, _, said = desk.export_here(MARCH, keyring=keyring)
        assert status == 2
        assert said.startswith(sentence)
    assert not len(desk.cloud.requests)
    assert not desk.folder.exists()


def test_an_account_that_cannot_be_asked_to_its_end_is_named_and_the_others_are_exported(
    desk: CommandDesk,
) -> None:
    desk.cloud.faults.add(Fault(scope="bird-list", status=403))
    status, summary, said = desk.export_here("is:playable", "--format", "json")
    assert (status, summary["result"]) == (4, "done with failures")
    assert summary["problems"][0].startswith("Bird EU: the key may not read recordings")
    assert summary["problems"][0] in said
    assert "Not everything of Bird EU could be asked for" in summary["coverage"]
    assert summary["counts"]["exported"] > 20


def test_recordings_that_fail_are_listed_and_stay_in_the_journal_until_they_are_exported(
    desk: CommandDesk,
) -> None:
    desk.cloud.faults.add(Fault(scope="media", status=404))
    status, summary, _ = desk.export_here(MARCH)
    assert status == 4
    assert len(summary["failures"]) == summary["counts"]["failed"] == summary["matching"]
    assert {each["account"] for each in summary["failures"]} == {"bird"}
    (left,) = asyncio.run(desk.journal())
    assert (left.ended, left.retryable) == (True, summary["matching"])
    desk.cloud.faults.clear()
    status, summary, _ = desk.export_here(MARCH)
    assert (status, summary["counts"]["exported"]) == (0, summary["matching"])
    assert not asyncio.run(desk.journal())


def test_without_an_account_nothing_is_made_for_a_profile_that_is_not_there(
    desk: CommandDesk, tmp_path: Path
) -> None:
    nowhere = tmp_path / "slip"
    done = desk.run_here([*desk.export_command(MARCH)[:-1], str(nowhere)])
    assert done.returncode == 2
    assert "No account is connected" in done.stderr
    assert not nowhere.exists()


def test_no_widget_is_imported(desk: CommandDesk) -> None:
    words = desk.export_command(MARCH)[3:]
    code = (
        "import sys\nfrom playhead.__main__ import main\n"
        f"status = main({list(words)!r})\n"
        "print([name for name in sys.modules if name.startswith(('PySide6.QtWidgets', 'PySide6.QtGui', "
        "'PySide6.QtNetwork', 'PySide6.QtMultimedia', 'qasync'))])\nsys.exit(status)"
    )
    done = finished([desk.export_command("")[0], "-c", code], desk.variables)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("[]\n")


def _has_namespaces() -> bool:
    command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _has_namespaces(), reason="needs unshare and a kernel that lets this user mount")
def test_a_full_disk_pauses_and_the_same_command_goes_on(desk: CommandDesk) -> None:
    desk.folder.mkdir()
    script = (
        'mount -t tmpfs -o "size=256k" tmpfs "$1" && shift\n'
        '"$@"; echo "status $?"\n'
        'mount -o remount,size=64m "$PWD" && "$@"; echo "status $?"'
    )
    command = ["unshare", "-rm", "sh", "-c", script, "sh", str(desk.folder), *desk.export_command(MARCH)]
    done = subprocess.run(
        command, env=desk.variables, cwd=desk.folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert "status 5" in done.stdout, done.stderr
    assert "The disk is full" in done.stderr
    assert done.stdout.rstrip().endswith("status 0"), done.stderr
