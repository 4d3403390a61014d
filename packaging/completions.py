"""Files by which bash, zsh and fish complete the command line, made from its parser by shtab.

    python completions.py DIR

Each has the name by which its shell finds it; `staging.py` puts them where packages have them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import shtab

from options import commands, options
from playhead.command.commandline import parser

NAMES = {"bash": "playhead", "zsh": "_playhead", "fish": "playhead.fish"}
"""Names of the files, by the shell."""
PATHS = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE}
"""Kinds of paths, by the word that stands for them in `--help`."""


def write(folder: Path) -> list[Path]:
    """Write the files into `folder`, which need not be there; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = parser()
    for each in (whole, *commands(whole).values()):
        for action in options(each):
            if action.metavar in PATHS:
                # An attribute by which shtab is told, and which argparse does not know.
                vars(action)["complete"] = PATHS[str(action.metavar)]
    written = []
    for shell, name in NAMES.items():
        path = folder / name
        path.write_text(shtab.complete(whole, shell=shell), encoding="utf-8", newline="\n")
        written.append(path)
    return written


if __name__ == "__main__":
    for made in write(Path(sys.argv[1])):
        print(made)
