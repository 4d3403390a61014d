"""A PulseAudio server without a sound card: what is played into it can be recorded."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.int16]
RATE = 48_000
MISSING = [tool for tool in ("pulseaudio", "pactl", "parec") if shutil.which(tool) is None]
"""What this computer lacks for it."""


@contextmanager
def null_sink() -> Iterator[dict[str, str]]:
    """The variables that lead a process to the server. A socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="pulse") as folder:
        socket = Path(folder) / "pulse.sock"
        leading = {"PULSE_SERVER": f"unix:{socket}", "QT_LOGGING_RULES": "qt.multimedia.*=false"}
        environment = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder, **leading}
        # norewinds: the null sink would otherwise work in steps of two seconds.
        sink = f"module-null-sink sink_name=null0 rate={RATE} channels=2 norewinds=1"
        door = f"module-native-protocol-unix auth-anonymous=1 socket={socket}"
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        command += ["--use-pid-file=no", f"--load={door}", f"--load={sink}"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as pulseaudio:
            try:
                while not _answers(environment):
                    assert pulseaudio.poll() is None, "the sound server did not start"
                yield leading
            finally:
                pulseaudio.terminate()


def _answers(environment: Mapping[str, str]) -> bool:
    command = ["pactl", "info"]
    return subprocess.run(command, check=False, env=environment, capture_output=True).returncode == 0


def recorded(
    leading: Mapping[str, str], start: Callable[[], "subprocess.Popen[str]"], still: int = 0
) -> Sound:
    """What came out, shaped (frames, 2), while the process that `start` makes ran; it must end well.

    After half a second of sound the process gets no processor for `still` milliseconds.
    """
    loud, first, last = 0, 50, 50 + still // 10
    monitor = ["parec", "-d", "null0.monitor", "--format=s16le", f"--rate={RATE}", "--channels=2"]
    monitor.append("--latency-msec=20")
    with subprocess.Popen(monitor, env={**os.environ, **leading}, stdout=subprocess.PIPE) as listening:
        assert listening.stdout is not None
        try:
            chunks = [listening.stdout.read(4 * 480)]
            with start() as player:
                while player.poll() is None:
                    chunks.append(listening.stdout.read(4 * 480))
                    loud += loud > 0 or any(chunks[-1])
                    if still and loud == first:
                        player.send_signal(signal.SIGSTOP)
                    if still and loud == last:
                        player.send_signal(signal.SIGCONT)
                _, complaints = player.communicate()
            assert player.returncode == 0, complaints
        finally:
            listening.terminate()
        chunks.append(listening.stdout.read())
    whole = b"".join(chunks)
    return np.frombuffer(whole[: len(whole) // 4 * 4], np.int16).reshape(-1, 2)
