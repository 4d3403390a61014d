"""The command line of Playhead."""

import argparse
import builtins
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playhead.command.commandline import parser

if TYPE_CHECKING:
    from playhead.ui.window import Window


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Playhead; gives the exit status."""
    _settle()
    given = parser().parse_args(arguments)
    if given.command is not None:
        from playhead.command.life import run

        return run(given)
    if given.self_test:
        from playhead.selftest import self_test

        return self_test()
    status = _lived(given)
    from playhead.ui.shell.garbage import take_out

    take_out()
    return status


def _lived(given: argparse.Namespace) -> int:
    """Let the program appear and live; gives the exit status, and leaves no reference to anything of it."""
    # Nothing of what is imported becomes garbage; later `Garbage` collects.
    gc.disable()
    window = _appeared()
    from playhead.app import run
    from playhead.runoptions import Options

    return run(
        Options(
            profile=given.profile,
            demo=given.demo or (given.tour is not None and given.profile is None),
            demo_size=given.demo_size,
            tour=given.tour,
            log_level=given.log_level,
            folder=given.open,
        ),
        window,
    )


def _settle() -> None:
    """Make the process what the rest of Playhead takes for granted."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a program without a console on Windows
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
    # qasync goes by it, and others set it for all programs.
    os.environ["QT_API"] = "pyside6"


def _appeared() -> "Window":
    """The window, on the screen already and still empty: the program that fills it is imported after this."""
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtWidgets import QApplication

    # WORKAROUND https://bugreports.qt.io/browse/PYSIDE-1368: PySide looks through the source of every module
    # that is imported after it for a use of `__feature__`, which takes a sixth of all importing.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

    from playhead.ui.window import Window

    # Fonts and sound servers that a machine happens not to have are no news to anybody.
    QLoggingCategory.setFilterRules("qt.text.font.db=false\nqt.multimedia.symbolsresolver=false")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Playhead")
    qt.setDesktopFileName("playhead")
    qt.setQuitOnLastWindowClosed(False)
    window = Window()
    window.appear()
    return window


if __name__ == "__main__":
    sys.exit(main())
