"""What a person hears: the whole program plays a call into a sound server that is recorded."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from playhead.runparts import resources
from support.processes.null_sink import MISSING, RATE, Sound, null_sink, recorded
from support.processes.separate_process import environment, played

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]
LINES = next(
    clip["lines"]
    for clip in json.loads((resources() / "demo" / "audio.json").read_text(encoding="utf-8"))["clips"]
    if clip["file"] == "short-hello.mp3"
)
LOUD, SILENT = 0.01, 0.001
"""Of full scale, as root mean square."""


@pytest.fixture
def server() -> Iterator[dict[str, str]]:
    with null_sink() as leading:
        yield leading


def heard(server: dict[str, str], folder: Path, how: str) -> Sound:
    """What comes out when the scene is played, from the first sound on."""
    variables = environment(folder / "home", **server)

    def start() -> "subprocess.Popen[str]":
        command = played("scene_of_sound", "hear", str(folder), how)
        return subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True)

    sound = recorded(server, start)
    loud = np.flatnonzero(np.abs(sound.astype(int)).max(axis=1) > 300)
    assert len(loud), "nothing was heard"
    return sound[loud[0] :]


def loudness(sound: Sound, line: dict[str, float]) -> tuple[float, float]:
    """How loud left and right are in the midst of a spoken line, if the first line begins the sound."""
    first = LINES[0]["start"]
    begin, end = (round((line[name] - first) * RATE) for name in ("start", "end"))
    margin = round(0.3 * RATE)
    left, right = np.sqrt(np.mean((sound[begin + margin : end - margin] / 32768.0) ** 2, axis=0))
    return float(left), float(right)


def test_both_people_of_a_call_are_heard_each_on_their_side(server: dict[str, str], tmp_path: Path) -> None:
    sound = heard(server, tmp_path, "both")
    for line in LINES:
        speaking, other = loudness(sound, line)[:: 1 if line["channel"] == 0 else -1]
        assert speaking > LOUD
        assert other < speaking / 5


def test_with_the_key_1_only_the_left_one_is_heard_on_both_sides(
    server: dict[str, str], tmp_path: Path
) -> None:
    sound = heard(server, tmp_path, "left")
    for line in LINES:
        left, right = loudness(sound, line)
        assert left == pytest.approx(right, rel=0.01, abs=1e-4)
        assert left > LOUD if line["channel"] == 0 else left < LOUD / 5


def test_a_pause_is_silent(server: dict[str, str], tmp_path: Path) -> None:
    sound = heard(server, tmp_path, "pause")
    body = np.abs(sound.astype(int)).max(axis=1)
    last = np.flatnonzero(body > 100)[-1]
    # A second of the recording, of which the first half has no sound yet; then two seconds of pause.
    assert 0.2 < last / RATE < 1.5
    assert (len(body) - last) / RATE > 1.5
