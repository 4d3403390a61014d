"""Every window and dialog fits the screen that it opens on."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMargins, QRect, QSize

from playhead.ui.look.screenroom import framed
from support.processes.separate_process import environment, finished, played

SCREENS = (
    (1280, 720, 1.0),
    (1280, 720, 1.5),
    (1366, 768, 2.0),
    (1920, 1080, 2.0),
)
"""Pixels of the screens that are tried, and the scale of everything on them.

What fits these fits those of 1366 × 768 at 1 and of 1280 × 800 at 1.5, which show as much and have more room.
"""


@pytest.mark.process
@pytest.mark.parametrize(("width", "height", "scale"), SCREENS)
def test_everything_can_be_seen_on_a_small_screen(
    tmp_path: Path, width: int, height: int, scale: float
) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": width, "height": height}
    setup = tmp_path / "screen.json"
    setup.write_text(json.dumps({"screens": [screen]}))
    variables = environment(
        tmp_path / "home", QT_QPA_PLATFORM=f"offscreen:configfile={setup}", QT_SCALE_FACTOR=str(scale)
    )
    ended = finished(played("scene_of_screens", "every_window"), variables)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("wanted", "screen", "expected"),
    [
        (QSize(1280, 800), QRect(0, 0, 1920, 1080), QRect(320, 152, 1280, 800)),
        (QSize(1280, 800), QRect(0, 0, 1280, 800), QRect(8, 32, 1264, 760)),
        (QSize(1280, 800), QRect(1920, 24, 853, 509), QRect(1928, 56, 837, 469)),
    ],
)
def test_a_window_is_as_large_as_wanted_or_as_its_screen_within_its_frame(
    wanted: QSize, screen: QRect, expected: QRect
) -> None:
    assert framed(wanted, QMargins(8, 32, 8, 8), screen) == expected
