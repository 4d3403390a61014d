"""Files by which bash, zsh and fish complete the command line, made from its parser by shtab.

    python completions.py DIR

Each has the name by which its shell finds it; `staging.py` puts them where packages have them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import shtab

from playhead.command.commandline import parser

NAMES = {"bash": "playhead", "zsh": "_playhead", "fish": "playhead.fish"}
"""Names of the files, by the shell."""
PATHS = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE}
"""Kinds of paths, by the word that stands for them in `--help`."""


def write(folder: Path) -> list[Path]:
    """Write the files into `folder`, which need not be there; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = parser()
    for action in every_option(whole):
        if action.metavar in PATHS:
            action.complete = PATHS[str(action.metavar)]  # type: ignore[attr-defined]
    written = []
    for shell, name in NAMES.items():
        path = folder / name
        path.write_text(shtab.complete(whole, shell=shell), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def every_option(of: argparse.ArgumentParser) -> list[argparse.Action]:
    """Options of a parser and of its commands."""
    found = []
    for action in of._actions:  # noqa: SLF001 - shtab reads them likewise, for there is no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                found += every_option(command)
        else:
            found.append(action)
    return found


if __name__ == "__main__":
    for made in write(Path(sys.argv[1])):
        print(made)
