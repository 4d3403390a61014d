"""A screen, a window manager and a session bus of their own, and keys as a person presses them."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("Xvfb", "openbox", "xdotool", "dbus-daemon", "import")
ACCESSIBILITY = Path("/usr/libexec/at-spi-bus-launcher")
PATIENCE = 60.0
"""Seconds that a window is waited for."""


def missing() -> str:
    """Reason why there is no desktop to be had here; empty if there is one."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not ACCESSIBILITY.exists():
        lacking.append("at-spi2-core")
    return f"needs {', '.join(lacking)}" if lacking else ""


@dataclass(frozen=True, slots=True)
class Desktop:
    """An X server with a window manager, and the variables of programs that run on it."""

    variables: dict[str, str]

    def press(self, *keys: str) -> None:
        """Press keys one after another, as xdotool calls them: `ctrl+f`, `Return`, `Down`."""
        self._do(["key", "--clearmodifiers", "--delay", "60", *keys])

    def type(self, text: str) -> None:
        """Type a text."""
        self._do(["type", "--delay", "25", text])

    def window(self, title: str) -> str:
        """Wait for a window whose title begins like this, give it the focus, and give its number."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self._do(["search", "--onlyvisible", "--name", f"^{re.escape(title)}"], check=False)
            if found.split():
                number = found.split()[-1]
                self._do(["windowfocus", "--sync", number])
                return number
            time.sleep(0.1)
        raise AssertionError(f"no window {title}")

    def picture(self, path: Path) -> None:
        """Take a picture of the whole screen."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.variables, check=True, timeout=20)

    def _do(self, arguments: Sequence[str], *, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout


@contextmanager
def desktop(folder: Path, size: str = "1280x800") -> Iterator[Desktop]:
    """A desktop that ends with the block; what its programs keep is in `folder`."""
    with ExitStack() as stack:
        display = _begun(stack, ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24"], dict(os.environ))
        variables = {
            **os.environ,
            "DISPLAY": f":{display}",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        variables.pop("WAYLAND_DISPLAY", None)
        bus = ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"]
        variables["DBUS_SESSION_BUS_ADDRESS"] = _begun(stack, bus, variables)
        stack.enter_context(ended(subprocess.Popen(["openbox"], env=variables, stderr=subprocess.DEVNULL)))
        yield Desktop(variables)


def _begun(stack: ExitStack, command: Sequence[str], variables: dict[str, str]) -> str:
    """First line that a server says once it is ready."""
    server = subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    stack.enter_context(ended(server))
    assert server.stdout is not None
    return server.stdout.readline().strip()


@contextmanager
def ended(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> Iterator[None]:
    """End a process with the block."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        if process.stdout is not None:
            process.stdout.close()
