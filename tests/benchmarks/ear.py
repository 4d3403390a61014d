"""Listens to a sound server without a sound card, and says when something is heard."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from support.processes.null_sink import RATE

LOUD = 300
"""Of 32 768: what is more than the noise of a codec."""
STEP = 240
"""Frames that are looked at together: 5 ms."""


class Ear:
    """Hears what comes out of the server, as it comes out."""

    def __init__(self, recorder: "subprocess.Popen[bytes]") -> None:
        self._recorder = recorder
        self._heard = threading.Event()
        self._moment = 0.0
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def close(self) -> None:
        """Listen no more, once the recorder has ended."""
        self._recorder.terminate()
        self._listening.join()

    def forget(self) -> None:
        """Listen for another first sound."""
        self._heard.clear()

    def first(self, patience: float = 30.0) -> float:
        """The moment (`time.monotonic`) of the first sound since `forget`."""
        assert self._heard.wait(patience), "nothing was heard"
        return self._moment

    def _listen(self) -> None:
        stream = self._recorder.stdout
        assert stream is not None
        while chunk := stream.read(STEP * 4):
            sound = np.frombuffer(chunk[: len(chunk) // 2 * 2], np.int16)
            if not self._heard.is_set() and np.abs(sound.astype(int)).max() > LOUD:
                self._moment = time.monotonic()
                self._heard.set()


@contextmanager
def ear_at(leading: Mapping[str, str]) -> Iterator[Ear]:
    """An ear at the server that these variables lead to, until the block ends."""
    command = ["parec", "-d", "null0.monitor", "--format=s16le", f"--rate={RATE}", "--channels=2"]
    command.append("--latency-msec=10")
    with subprocess.Popen(
        command, env={**os.environ, **leading}, stdout=subprocess.PIPE, bufsize=STEP * 4
    ) as recorder:
        ear = Ear(recorder)
        try:
            yield ear
        finally:
            ear.close()
