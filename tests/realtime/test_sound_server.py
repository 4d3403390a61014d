"""Sound really comes out: a PulseAudio server without a sound card is played on and recorded."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from support.audio.tones import encoded, tone
from support.processes.null_sink import MISSING, Sound, null_sink, recorded

PLAYER = Path(__file__).parents[1] / "support" / "processes" / "player_on_pulse.py"
PACKAGE = Path(__file__).parents[2] / "desktop"

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]


@pytest.fixture
def server() -> Iterator[dict[str, str]]:
    with null_sink() as leading:
        yield leading


def played(server: dict[str, str], file: Path, channels: str, still: int = 0) -> tuple[Sound, list[str]]:
    """What came out of the device, and what the player said, which stands still for so many milliseconds."""
    said = file.with_suffix(".said")

    def start() -> "subprocess.Popen[str]":
        variables = {**os.environ, **server, "PYTHONPATH": str(PACKAGE)}
        command = [sys.executable, str(PLAYER), str(file), channels]
        with said.open("w") as output:
            return subprocess.Popen(command, env=variables, stdout=output, stderr=subprocess.PIPE, text=True)

    sound = recorded(server, start, still)
    return sound, said.read_text().splitlines()


@pytest.mark.parametrize("channels", ["both", "left"])
def test_what_is_played_comes_out_of_the_device(
    server: dict[str, str], tmp_path: Path, channels: str
) -> None:
    file = tmp_path / "tones.wav"
    file.write_bytes(encoded("wav PCM", tone(440, 2), tone(1000, 2, level=0.1)))
    sound, (devices, position) = played(server, file, channels)
    assert devices == "Null Output *"
    assert float(position) == pytest.approx(2, abs=0.001)
    loud = np.flatnonzero(np.abs(sound[:, 0].astype(int)) > 100)
    assert (loud[-1] - loud[0]) / 48000 == pytest.approx(2, abs=0.02)
    body = sound[loud[0] + 4800 : loud[-1] - 4800].astype(float)
    left, right = np.sqrt(np.mean(body**2, axis=0)) / 32768
    assert left == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    assert right == pytest.approx((0.5 if channels == "left" else 0.1) / np.sqrt(2), rel=0.02)
    assert np.abs(np.fft.rfft(body[:, 0])).argmax() * 48000 / len(body) == pytest.approx(440, abs=1)


def test_a_computer_too_busy_for_the_program_for_a_moment_is_not_heard(
    server: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "tone.wav"
    file.write_bytes(encoded("wav PCM", tone(440, 2)))
    sound, _ = played(server, file, "both", still=50)
    loud = np.flatnonzero(np.abs(sound[:, 0].astype(int)) > 100)
    assert np.diff(loud).max() < 48
