"""The whole program with a real Secret Service, open and locked."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from playhead.core.account import Credential
from support.cloud.faultycloud import FaultyCloud
from support.leak_search import files, leaks
from support.processes.process_profiles import settled
from support.processes.separate_process import environment, finished, played

_MISSING = [
    tool
    for tool in ("dbus-run-session", "dbus-monitor", "gnome-keyring-daemon")
    if shutil.which(tool) is None
]

pytestmark = [
    pytest.mark.process,
    pytest.mark.keyring,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]


def in_a_session(
    daemon: str, home: Path, *commands: str, **secrets: str
) -> "subprocess.CompletedProcess[str]":
    """What shell commands say, one after the other, in a desktop session with a keyring of its own."""
    shell = [f'eval "$({daemon} --components=secrets 2>/dev/null)"', *commands]
    variables = environment(home, PYTHON=sys.executable, **secrets)
    del variables["PYTHON_KEYRING_BACKEND"], variables["POCKET_KEYRING"]
    return finished(["dbus-run-session", "--", "bash", "-ec", "\n".join(shell)], variables)


def scene(name: str, folder: Path) -> str:
    return " ".join(f'"{word}"' for word in played("scene_of_keyrings", name, str(folder)))


def test_keys_come_from_the_keyring_and_a_restart_reads_the_encrypted_catalogue(
    cloud: FaultyCloud, tmp_path: Path
) -> None:
    profile = settled(cloud, tmp_path)
    done = in_a_session(
        "printf pw | gnome-keyring-daemon --unlock",
        tmp_path / "home",
        'printf %s "$BIRD" | "$PYTHON" -m keyring set Playhead bird',
        'printf %s "$CONVIRZA" | "$PYTHON" -m keyring set Playhead convirza',
        scene("visit", tmp_path),
        f'"$PYTHON" -m keyring get Playhead "catalogue key $(cat {profile.catalogue}-key-id)"',
        scene("visit_without_network", tmp_path),
        BIRD=Credential(access=cloud.access_key).to_secret(),
        CONVIRZA=Credential(access=cloud.access_token).to_secret(),
    )
    assert done.returncode == 0, done.stderr
    first, key, *notices = done.stdout.splitlines()
    assert first == f"Secret Service keyring {key}"
    assert len(bytes.fromhex(key)) == 32
    assert not [notice for notice in notices if "atalogue" in notice]
    assert not profile.catalogue.read_bytes().startswith(b"SQLite")
    assert not leaks([profile.folder], [key, cloud.access_key, cloud.access_token], [])


def test_a_locked_keyring_is_said_and_nothing_is_kept_in_the_open(cloud: FaultyCloud, tmp_path: Path) -> None:
    profile = settled(cloud, tmp_path)
    done = in_a_session(
        "gnome-keyring-daemon --start",
        tmp_path / "home",
        scene("visit_with_a_locked_keyring", tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert "The keyring is locked." in done.stdout
    assert {file.name for file in files([profile.folder])} <= {"settings.json", "playhead.lock"}


def test_a_first_start_does_not_touch_a_locked_keyring(tmp_path: Path) -> None:
    done = in_a_session(
        "gnome-keyring-daemon --start",
        tmp_path / "home",
        'dbus-monitor --session "destination=org.freedesktop.secrets" >"$HOME/asked" &',
        scene("first_visit_with_a_locked_keyring", tmp_path),
        "kill %1",
        'grep -c "org.freedesktop.Secret" "$HOME/asked" || true',
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["welcome", "0"]


def test_a_command_with_a_locked_keyring_is_refused_and_waits_for_nobody(
    cloud: FaultyCloud, tmp_path: Path
) -> None:
    profile = settled(cloud, tmp_path)
    words = f'export --filter "" --to "$HOME/out" --profile "{profile.folder}"'
    done = in_a_session(
        "gnome-keyring-daemon --start",
        tmp_path / "home",
        f'"$PYTHON" -m playhead {words} || echo "status $?"',
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "status 2\n"
    assert done.stderr.endswith("\nThe keyring is locked. Unlock it, then run the command again.\n")
    assert not profile.catalogue.exists()
