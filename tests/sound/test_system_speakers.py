"""The devices of this computer, whichever it has."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from playhead.sound.system_speakers import SystemSpeakers


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_to_know_the_devices_no_media_player_is_loaded(qtbot: QtBot) -> None:
    SystemSpeakers().devices()
    assert "mediaplugin" not in Path("/proc/self/maps").read_text(encoding="utf-8")
