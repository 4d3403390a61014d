"""What tests of the core share."""

from pathlib import Path

import pytest

from support.exports.lying_disk import LyingDisk


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LyingDisk:
    """A disk that lies about the folder `out`."""
    return LyingDisk(tmp_path / "out", monkeypatch)
