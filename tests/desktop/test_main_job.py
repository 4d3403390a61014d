"""The main job by keys alone: find the calls of a number, hear one faster, note, star, export five.

What was spoken is printed (`-s`), in order.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desktop import x11
from support.desktop.listener import Listener, is_row, listening
from support.processes.null_sink import MISSING

LACKING = x11.missing() or (f"needs {MISSING}" if MISSING else "")
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=LACKING),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "Documents").mkdir()
    return tmp_path


@pytest.fixture
def listener(home: Path) -> Iterator[Listener]:
    with listening(home) as made:
        yield made


def test_a_call_is_found_heard_noted_and_exported_without_a_mouse_or_a_look(
    listener: Listener, home: Path
) -> None:
    spoken: list[str] = []

    def does(*keys: str, text: str = "", until: str) -> None:
        heard = listener.after(*keys, text=text, heard=lambda said: until in said)
        spoken.extend(f"{' '.join(keys)}{text}: {said}" for said in heard)

    does(text="020 7946 0000 date:lastmonth", until=" match")
    does("Return", until="from ")
    does("Return", until="(Playing)")
    does("period", until="(Speed 1.25)")
    does("period", until="(Speed 1.5)")
    does("n", until="New note")
    listener.desktop.type("call back")
    does("Return", until="(Note kept")
    listener.rows()
    listener.after("shift+Down", heard=is_row)
    for _ in range(3):
        listener.desktop.press("shift+Down")
    does("ctrl+e", until="Selected rows (5)")
    does("Return", until="exported")
    print(*spoken, sep="\n")
    exports = list((home / "Documents").rglob("SHA256SUMS"))
    assert len(exports) == 1
    audio = [file for file in exports[0].parent.rglob("*.*") if file.suffix in {".mp3", ".wav", ".ogg"}]
    assert 3 <= len(audio) <= 5
