"""A person who sits before the demo on a desktop of their own, presses keys, and hears a screen reader."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from support.desktop import x11
from support.processes.null_sink import MISSING, null_sink

DESKTOP = Path(__file__).resolve().parent.parent.parent.parent / "desktop"


class Listener:
    """Presses keys and hears what is spoken."""

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
            if self.reader.hears(is_row, 3.0):
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


@contextmanager
def listening(home: Path) -> Iterator[Listener]:
    """A listener before the demo, once it hears keys; what it exports goes into `home`."""
    with x11.desktop(home) as desktop, sound() as server:
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


def is_row(said: str) -> bool:
    """Tell whether a sentence is that of a row."""
    return all(part in said for part in ("Call", "Bird", "from", "to"))
