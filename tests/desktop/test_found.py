"""The window on a real X server: everything is found and reached by keys alone."""

import time
from collections.abc import Iterator

import pytest

from support.desktop import x11
from support.desktop.listener import Listener, listening

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.skipif(bool(x11.missing()), reason=x11.missing()),
]


class Seeker:
    """A person who sits before the demo and looks for things by keys."""

    def __init__(self, listener: Listener) -> None:
        self.desktop = listener.desktop
        self.reader = listener.reader

    def hears(self, part: str, *keys: str, text: str = "") -> bool:
        """Press keys and type; true once something with `part` in it is spoken."""
        self.reader.forget()
        if keys:
            self.desktop.press(*keys)
        if text:
            self.desktop.type(text)
        return self.reader.hears(lambda said: part in said, 8.0)

    def begin(self) -> None:
        """Press the first key again and again until everything is joined and hears it."""
        end = time.monotonic() + x11.PATIENCE
        while time.monotonic() < end:
            # Rows are the last that there is.
            if self.hears("Recordings", "ctrl+f", "ctrl+3"):
                return
        raise AssertionError(self.reader.spoken())


@pytest.fixture(autouse=True)
def nothing_open(seeker: Seeker) -> Iterator[None]:
    """Whatever a test has opened is closed for the next one."""
    yield
    seeker.desktop.press("Escape", "Escape", "ctrl+3")


@pytest.fixture(scope="module")
def seeker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeker]:
    with listening(tmp_path_factory.mktemp("home")) as listener:
        made = Seeker(listener)
        made.begin()
        yield made


def test_a_command_is_found_by_what_it_does(seeker: Seeker) -> None:
    assert seeker.hears("Find a command", "ctrl+shift+p"), seeker.reader.spoken()
    assert seeker.hears("Sound: Mute, M", text="volume"), seeker.reader.spoken()
    assert seeker.hears("Sound: Quieter, 8", "Down"), seeker.reader.spoken()
    seeker.desktop.press("Escape")


def test_f6_and_the_keys_of_panes_lead_around(seeker: Seeker) -> None:
    assert seeker.hears("Filter", "ctrl+2"), seeker.reader.spoken()
    assert seeker.hears("Accounts, tree", "shift+F6"), seeker.reader.spoken()
    assert seeker.hears("Filter", "F6"), seeker.reader.spoken()
    assert seeker.hears("Waveform", "ctrl+5"), seeker.reader.spoken()


def test_alt_leads_to_the_menus(seeker: Seeker) -> None:
    assert seeker.hears("Menu bar, menu item", "alt+v", "Up"), seeker.reader.spoken()
    seeker.desktop.press("Escape", "Escape")


def test_the_sheet_of_keys_and_the_guide_open_and_close(seeker: Seeker) -> None:
    assert seeker.hears("Search the keys", "F1"), seeker.reader.spoken()
    seeker.desktop.press("Escape")
    assert seeker.hears("Guide", "shift+F1"), seeker.reader.spoken()
    seeker.desktop.press("Escape")
