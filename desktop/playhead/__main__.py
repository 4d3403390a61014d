"""The command line of Playhead."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playhead import __version__

if TYPE_CHECKING:
    from playhead.ui.window import Window


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Playhead; gives the exit status."""
    _settle()
    given = _parser().parse_args(arguments)
    if given.self_test:
        from playhead.selftest import self_test

        return self_test()
    status = _lived(given)
    from playhead.ui.shell.garbage import take_out

    take_out()
    return status


def _lived(given: argparse.Namespace) -> int:
    """Let the program appear and live; gives the exit status, and leaves no reference to anything of it."""
    window = _appeared()
    from playhead.app import run
    from playhead.program import Options

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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playhead", description="Browse, hear and export the recordings of Convirza and Bird."
    )
    parser.add_argument("--version", action="version", version=f"Playhead {__version__}")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="where settings, catalogue and log live")
    parser.add_argument("--demo", action="store_true", help="try Playhead on made-up recordings")
    parser.add_argument(
        "--demo-size", type=_size, default=5000, metavar="N", help="how many made-up recordings Bird has"
    )
    parser.add_argument("--tour", type=Path, metavar="DIR", help="walk through the program, a picture a step")
    parser.add_argument(
        "--open", type=Path, nargs="?", metavar="FOLDER", help="open the export in this folder again"
    )
    parser.add_argument("--self-test", action="store_true", help="check that everything needed is there")
    parser.add_argument(
        "--log-level", choices=("debug", "info", "warning", "error"), default="warning", metavar="LEVEL"
    )
    return parser


def _size(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("a number from 0 to 10000000")
    return number


if __name__ == "__main__":
    sys.exit(main())
