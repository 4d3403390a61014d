"""Sound really comes out: a PulseAudio server without a sound card is played on and recorded."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tones import encoded, tone

Sound = NDArray[np.int16]

PLAYER = Path(__file__).with_name("player_on_pulse.py")
PACKAGE = Path(__file__).parents[2] / "desktop"
MISSING = [tool for tool in ("pulseaudio", "pactl", "parec") if shutil.which(tool) is None]

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]


@pytest.fixture
def server() -> Iterator[dict[str, str]]:
    """The environment of a sound server that plays into nothing. A socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="pulse") as folder:
        socket = Path(folder) / "pulse.sock"
        environment = {
            **os.environ,
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "PULSE_SERVER": f"unix:{socket}",
            "PYTHONPATH": str(PACKAGE),
            "QT_LOGGING_RULES": "qt.multimedia.*=false",
        }
        # norewinds: the null sink would otherwise work in steps of two seconds.
        sink = "module-null-sink sink_name=null0 rate=48000 channels=2 norewinds=1"
        door = f"module-native-protocol-unix auth-anonymous=1 socket={socket}"
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        command += ["--use-pid-file=no", f"--load={door}", f"--load={sink}"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as pulseaudio:
            try:
                while not _answers(environment):
                    assert pulseaudio.poll() is None, "the sound server did not start"
                yield environment
            finally:
                pulseaudio.terminate()


def _answers(environment: dict[str, str]) -> bool:
    command = ["pactl", "info"]
    return subprocess.run(command, check=False, env=environment, capture_output=True).returncode == 0


def recorded(server: dict[str, str], file: Path, channels: str) -> tuple[Sound, float]:
    """What came out of the device, shaped (frames, 2), and the position that the engine ended on."""
    monitor = ["parec", "-d", "null0.monitor", "--format=s16le", "--rate=48000", "--channels=2"]
    monitor.append("--latency-msec=20")
    with subprocess.Popen(monitor, env=server, stdout=subprocess.PIPE) as listening:
        assert listening.stdout is not None
        first = listening.stdout.read(4 * 480)
        player = subprocess.Popen(
            [sys.executable, str(PLAYER), str(file), channels], env=server, stdout=subprocess.PIPE, text=True
        )
        chunks = [first]
        while player.poll() is None:
            chunks.append(listening.stdout.read(4 * 480))
        listening.terminate()
        chunks.append(listening.stdout.read())
        said, _ = player.communicate()
        assert player.returncode == 0
    whole = b"".join(chunks)
    return np.frombuffer(whole[: len(whole) // 4 * 4], np.int16).reshape(-1, 2), float(said)


@pytest.mark.parametrize("channels", ["both", "left"])
def test_what_is_played_comes_out_of_the_device(
    server: dict[str, str], tmp_path: Path, channels: str
) -> None:
    file = tmp_path / "tones.wav"
    file.write_bytes(encoded("wav PCM", tone(440, 2), tone(1000, 2, level=0.1)))
    sound, position = recorded(server, file, channels)
    assert position == pytest.approx(2, abs=0.001)
    loud = np.flatnonzero(np.abs(sound[:, 0].astype(int)) > 100)
    assert (loud[-1] - loud[0]) / 48000 == pytest.approx(2, abs=0.02)
    body = sound[loud[0] + 4800 : loud[-1] - 4800].astype(float)
    left, right = np.sqrt(np.mean(body**2, axis=0)) / 32768
    assert left == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    assert right == pytest.approx((0.5 if channels == "left" else 0.1) / np.sqrt(2), rel=0.02)
    assert np.abs(np.fft.rfft(body[:, 0])).argmax() * 48000 / len(body) == pytest.approx(440, abs=1)
