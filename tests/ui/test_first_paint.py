"""The empty window appears before the parts of the program are imported that it does not need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import playhead

LATER = (
    "playhead.core.preferences",
    "playhead.ui.look.buttons",
    "playhead.ui.look.theme",
    "playhead.ui.look.icons",
    "PySide6.QtSvg",
    "asyncio",
    "json",
)
"""Modules that double the time to the first paint."""


@pytest.mark.process
def test_the_empty_window_brings_nothing_along_that_it_does_not_need() -> None:
    script = "import sys, playhead.__main__, playhead.ui.window; print(*sys.modules)"
    variables = {**os.environ, "PYTHONPATH": str(Path(playhead.__file__).parents[1])}
    told = subprocess.run(
        [sys.executable, "-c", script], env=variables, capture_output=True, text=True, check=True, timeout=60
    )
    assert [name for name in LATER if name in told.stdout.split()] == []
