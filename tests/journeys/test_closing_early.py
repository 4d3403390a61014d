"""A window that is closed while the program still starts."""

from pathlib import Path

import pytest

from support.processes.separate_process import environment, finished, played

pytestmark = pytest.mark.process


def test_whenever_it_is_closed_nothing_goes_on_and_the_process_ends_well(tmp_path: Path) -> None:
    command = played("scene_of_closings", "closings_during_the_start", str(tmp_path))
    done = finished(command, environment(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "pending" not in done.stderr
