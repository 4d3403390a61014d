"""Accessibility events of the program in this process, heard as the bridge of the platform would hear them.

PySide does not offer `QAccessible::installUpdateHandler`, so that it is called in the library itself. Of an
event the kind is read through Qt; of an announcement the text, too.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import PySide6
import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from playhead.ui.player.playerbar import PlayerBar

_LIBRARY = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"
_SYMBOL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


@dataclass(slots=True)
class AccessibleEvents:
    """Events since it began, or since `forget`."""

    events: list[tuple[QAccessible.Event, str]] = field(default_factory=list)
    """Kind of each, and the class and name of the object it is of."""
    said: list[str] = field(default_factory=list)
    """Announcements."""
    player_said: list[str] = field(default_factory=list)
    """Those of the player bar."""
    focused: list[str] = field(default_factory=list)
    """Names of what got the focus, or became the current item of what has it."""

    @property
    def deeds(self) -> list[str]:
        """Announcements but for those of the listing and of notices, which come when they are ready."""
        return [each for each in self.said if " loaded" not in each and "The audio ends" not in each]

    def forget(self) -> None:
        """Begin anew."""
        self.events.clear()
        self.said.clear()
        self.player_said.clear()
        self.focused.clear()

    def hear(self, address: int | None) -> None:
        """Take in the event at an address of the memory."""
        if address is None:
            return
        event: Any = Shiboken.wrapInstance(address, QAccessibleEvent)
        kind, source = event.type(), event.object()
        name = source.accessibleName() if isinstance(source, QWidget) else ""
        self.events.append((kind, f"{type(source).__name__} {name}"))
        if kind is QAccessible.Event.Focus:
            interface = QAccessible.queryAccessibleInterface(source)
            of = interface if event.child() < 0 else interface.child(event.child())
            self.focused.append(of.text(QAccessible.Text.Name))
        if kind is QAccessible.Event.Announcement:
            announcement: Any = Shiboken.wrapInstance(address, QAccessibleAnnouncementEvent)
            self.said.append(announcement.message())
            if isinstance(source, PlayerBar):
                self.player_said.append(announcement.message())


@contextmanager
def overheard() -> Iterator[AccessibleEvents]:
    """Events while this lasts, as if a screen reader were there; skips the test elsewhere than on Linux."""
    if not sys.platform.startswith("linux") or not _LIBRARY.exists():
        pytest.skip("events are overheard in the library of Linux only")
    library = ctypes.CDLL(str(_LIBRARY))
    install = getattr(library, _SYMBOL)
    install.argtypes, install.restype = [ctypes.c_void_p], ctypes.c_void_p
    events = AccessibleEvents()
    handler = _HANDLER(events.hear)
    active = QAccessible.isActive()
    before = install(ctypes.cast(handler, ctypes.c_void_p))
    QAccessible.setActive(True)
    try:
        yield events
    finally:
        install(before)
        QAccessible.setActive(active)
