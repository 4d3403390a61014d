"""What Playhead needs from a Debian or Ubuntu system beyond Python, and how to get it there.

Other Linux systems are told the names; Windows and macOS need nothing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Need(NamedTuple):
    """A shared library (`libX.so.1`) or a program, the package it is in, and whether all stops without it."""

    name: str
    package: str
    essential: bool

    def met(self) -> bool:
        """Say whether the system has it."""
        if ".so" not in self.name:
            return shutil.which(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


def _needs(pairs: str, *, essential: bool) -> tuple[Need, ...]:
    """Read `name package` pairs, one a line."""
    pieces = (line.split() for line in pairs.strip().splitlines())
    return tuple(Need(name, package, essential) for name, package in pieces)


TO_START = _needs(
    """
    libGL.so.1          libgl1
    libEGL.so.1         libegl1
    libxkbcommon.so.0   libxkbcommon0
    libglib-2.0.so.0    libglib2.0-0
    libfontconfig.so.1  libfontconfig1
    libdbus-1.so.3      libdbus-1-3
    libpulse.so.0       libpulse0
    """,
    essential=True,
)
"""Qt's libraries are linked to these: nothing starts without them, with a display or without."""

TO_SHOW = _needs(
    """
    libxcb-cursor.so.0     libxcb-cursor0
    libxcb-icccm.so.4      libxcb-icccm4
    libxcb-keysyms.so.1    libxcb-keysyms1
    libxcb-shape.so.0      libxcb-shape0
    libxcb-xkb.so.1        libxcb-xkb1
    libxkbcommon-x11.so.0  libxkbcommon-x11-0
    libXrandr.so.2         libxrandr2
    """,
    essential=False,
)
"""A window on X11 needs these; Wayland and the off-screen tour do not."""

TO_RUN = (*TO_START, *TO_SHOW)

TO_TEST = _needs(
    """
    Xvfb                  xvfb
    pulseaudio            pulseaudio
    parec                 pulseaudio-utils
    dbus-run-session      dbus
    gnome-keyring-daemon  gnome-keyring
    openbox               openbox
    xdotool               xdotool
    import                imagemagick
    """,
    essential=False,
)
"""Tests that hear and tests that keep secrets start these servers; they are skipped where there are none."""

TO_BUNDLE = _needs("objdump binutils\nstrip binutils\nzstd zstd", essential=True)
"""Libraries are read and made smaller with these, and the archive is packed."""


def provide(needs: Iterable[Need]) -> list[Need]:
    """Install what is missing as far as this system and this person allow; what is missing still."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [need for need in needs if not need.met()]
    if missing:
        print(f"Missing on this system: {', '.join(need.name for need in missing)}", file=sys.stderr)
    # A package that cannot be had keeps apt-get from all of them: what can be missed is asked for by itself.
    for essential in (True, False):
        packages = sorted({need.package for need in missing if need.essential is essential})
        if packages:
            install(packages)
    return [need for need in missing if not need.met()]


def install(packages: list[str]) -> None:
    """Install Debian packages: at once as root, after asking where sudo can, else say what to type."""
    if shutil.which("apt-get") is None:
        print(f"Please install what Debian has in: {' '.join(packages)}", file=sys.stderr)
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and not _consents(command):
        print(f"To install: sudo {' '.join(command)}", file=sys.stderr)
        return
    print(f"Installing {' '.join(packages)}", file=sys.stderr, flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command]
    if subprocess.run(quiet, capture_output=True, check=False).returncode == 0:
        return
    subprocess.run([*prefix, "apt-get", "update"], capture_output=True, check=False)
    answer = subprocess.run(quiet, capture_output=True, text=True, check=False)
    if answer.returncode:
        print(f"{answer.stderr.strip()}\nTo install: sudo {' '.join(command)}", file=sys.stderr)


def _consents(command: list[str]) -> bool:
    """Ask the person, if there is one and sudo could do it."""
    if shutil.which("sudo") is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(
        f"Playhead needs more from the system. Run `sudo {' '.join(command)}`? [Y/n] ",
        end="",
        file=sys.stderr,
    )
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"", "y", "yes"}
