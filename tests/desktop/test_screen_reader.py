"""The window on a real X server, driven by keys alone: a screen reader hears what happens."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from support.desktop import x11
from support.processes.null_sink import MISSING, null_sink

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.realtime,
    pytest.mark.skipif(bool(x11.missing()), reason=x11.missing()),
]

FEW = 20
"""Events of an arrow key; it was 140."""
DESKTOP = Path(__file__).resolve().parent.parent.parent / "desktop"


class Listener:
    """A person who sits before the demo, presses keys, and hears the screen reader."""

    def __init__(self, desktop: x11.Desktop, bus: str) -> None:
        from support.desktop.screenreader import ScreenReader

        self.desktop = desktop
        self.reader = ScreenReader(bus)

    def after(self, *keys: str, text: str = "", heard: Callable[[str], bool]) -> list[str]:
        """What is spoken after keys and a text, until something that was waited for is `heard`."""
        self.reader.forget()
        if keys:
            self.desktop.press(*keys)
        if text:
            self.desktop.type(text)
        assert self.reader.hears(heard), self.reader.spoken()
        return self.reader.spoken()

    def rows(self) -> list[str]:
        """What is spoken after Enter in the filter line, once there are rows to go to."""
        end = time.monotonic() + x11.PATIENCE
        while time.monotonic() < end:
            self.reader.forget()
            self.desktop.press("ctrl+f", "Return")
            if self.reader.hears(_is_row, 3.0):
                return self.reader.spoken()
        raise AssertionError(self.reader.spoken())

    def begin(self) -> None:
        """Press the first keys again and again until the window hears them."""
        end = time.monotonic() + x11.PATIENCE
        while time.monotonic() < end:
            self.desktop.press("ctrl+f")
            if self.reader.hears(lambda said: said.startswith("Filter"), 1.0):
                return
        raise AssertionError(self.reader.spoken())


def sound() -> AbstractContextManager[Mapping[str, str]]:
    """A sound server, where there can be one."""
    return nullcontext({}) if MISSING else null_sink()


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with x11.desktop(tmp_path_factory.mktemp("home")) as desktop, sound() as server:
        variables = {**desktop.variables, **server, "PYTHONPATH": str(DESKTOP)}
        program = subprocess.Popen([sys.executable, "-m", "playhead", "--demo"], env=variables)
        with x11.ended(program):
            made = Listener(desktop, variables["DBUS_SESSION_BUS_ADDRESS"])
            try:
                desktop.window("Playhead")
                made.begin()
                yield made
            finally:
                made.reader.close()


def test_a_row_is_one_sentence(listener: Listener) -> None:
    listener.desktop.type("kind:call")
    first = listener.rows()
    listener.after("Down", heard=lambda said: _is_row(said) and said not in first)


def test_the_row_is_spoken_whenever_one_comes_back_to_the_table(listener: Listener) -> None:
    row = next(said for said in listener.rows() if _is_row(said))
    listener.after("ctrl+f", heard=lambda said: said.startswith("Filter"))
    assert row in listener.after("Return", heard=_is_row)


def test_an_arrow_key_costs_a_handful_of_events(listener: Listener) -> None:
    for key in ("Down", "Down", "Up"):
        listener.after(key, heard=_is_row)
        events = listener.reader.events
        assert sum(events.values()) <= FEW, events


@pytest.mark.skipif(bool(MISSING), reason=f"needs {MISSING}")
def test_playing_speed_channel_pause_star_and_note_are_spoken_once(listener: Listener) -> None:
    listener.after("ctrl+f", heard=lambda said: said.startswith("Filter"))
    listener.after("ctrl+a", text="kind:call duration:>100s", heard=lambda said: "suggestion" in said)
    listener.rows()
    spoken: list[str] = []
    for key, word in (
        ("Return", "(Playing)"),
        ("period", "(Speed 1.25)"),
        ("1", "(Left channel)"),
        ("0", "(Both channels)"),
        ("space", "(Paused at"),
        ("s", "(Starred)"),
        ("n", "New note"),
    ):
        spoken += listener.after(key, heard=lambda said, word=word: said.startswith(word))  # type: ignore[misc]
    listener.desktop.type("call back")
    spoken += listener.after("Return", heard=lambda said: said.startswith("(Note kept at"))
    for word in ("(Playing", "(Speed", "(Left", "(Both", "(Paused", "(Starred", "(Note kept"):
        assert sum(said.startswith(word) for said in spoken) == 1, (word, spoken)


def _is_row(said: str) -> bool:
    return all(part in said for part in ("Call", "Bird", "from", "to"))
