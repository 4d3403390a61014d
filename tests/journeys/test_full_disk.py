"""A disk that does not take what one wants to keep."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.processes.separate_process import environment, finished, played

pytestmark = pytest.mark.process


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder to put a small disk of one's own over, in a mount namespace that ends with its process."""
    folder = Path(tempfile.mkdtemp(prefix="disk"))
    yield folder
    shutil.rmtree(folder)


def on_a_disk(disk: Path, size: str, scene: str, home: Path) -> subprocess.CompletedProcess[str]:
    """What a scene says that has a disk of `size` for its profile."""
    mount = 'mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && shift 2 && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", size, str(disk)]
    return finished([*command, *played("scene_of_disks", scene, str(disk))], environment(home))


def _has_namespaces() -> bool:
    command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _has_namespaces(), reason="needs unshare and a kernel that lets this user mount")
@pytest.mark.parametrize(
    ("size", "scene"),
    [
        ("128k", "start_on_a_full_disk"),
        ("24m", "fill_the_disk_meanwhile"),
        ("24m", "start_on_a_read_only_disk"),
    ],
)
def test_a_disk_that_takes_nothing_is_said_and_recordings_are_seen_all_the_same(
    disk: Path, tmp_path: Path, size: str, scene: str
) -> None:
    done = on_a_disk(disk, size, scene, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
