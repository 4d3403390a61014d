"""Writes the manual page from the command line's own parser, so that it says what `--help` says.

    python packaging/manpage.py VERSION DATE     prints the page as troff (DATE: 2026-01-31)

Run in the environment that has Playhead.
"""

from __future__ import annotations

import argparse
import sys

from options import commands, options
from playhead.command.commandline import parser

END = """.SH FILES
.TP
.I ~/.local/share/Playhead
Settings, the encrypted catalogue and the log of this person (with
.B \\-\\-profile
another folder). Removing the program leaves it.
.TP
.I /etc/playhead/policy.json
Defaults and locks of an administrator; described in docs/ADMINISTRATION.md.
.SH ENVIRONMENT
.TP
.B QT_QPA_PLATFORM
The window system;
.I offscreen
draws where nobody sees it.
.TP
.B SSL_CERT_FILE
Roots of trust to use instead of those of the system.
.SH EXIT STATUS
Of the window: 0 if all went well, 1 if not, 2 if the command line made no sense.
Each command tells its own above.
.SH PRIVACY
Playhead speaks to the providers that are connected, and to nobody else.
It never looks for a newer version of itself.
"""


def page(whole: argparse.ArgumentParser, version: str, date: str) -> str:
    """Write the page."""
    lines = [
        f'.TH PLAYHEAD 1 "{date}" "Playhead {version}" "User Commands"',
        ".SH NAME",
        "playhead \\- browse, hear and export call recordings",
        ".SH SYNOPSIS",
        *_synopsis(whole),
        ".SH DESCRIPTION",
        _escaped(whole.description or ""),
        "Without a command, it opens its window.",
        ".SH OPTIONS",
        *_options(whole),
    ]
    found = commands(whole)
    if found:
        lines.append(".SH COMMANDS")
    for name, each in found.items():
        lines += [f".SS playhead {_escaped(name)}", _escaped(each.description or ""), *_options(each)]
        if each.epilog:
            lines += [".PP", ".nf", *map(_escaped, each.epilog.splitlines()), ".fi"]
    return "\n".join([*lines, END])


def _synopsis(whole: argparse.ArgumentParser) -> list[str]:
    lines: list[str] = []
    for each in (whole, *commands(whole).values()):
        lines += [
            *([".br"] if lines else []),
            _escaped(" ".join(each.format_usage().split()).removeprefix("usage: ")),
        ]
    return lines


def _options(each: argparse.ArgumentParser) -> list[str]:
    lines: list[str] = []
    for action in options(each):
        if action.help == argparse.SUPPRESS:
            continue
        names = ", ".join(rf"\fB{_escaped(name)}\fR" for name in action.option_strings)
        value = ""
        if action.nargs != 0:
            metavar = action.metavar or (
                "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
            )
            value = rf"\fI{_escaped(metavar if isinstance(metavar, str) else ' '.join(metavar))}\fR"
        said = _escaped((action.help or "").replace("%(prog)s", "playhead").replace("%%", "%"))
        lines += [".TP", f"{names} {value}".strip(), said[:1].upper() + said[1:]]
    return lines


def _escaped(text: str) -> str:
    """Text as troff shows it."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text[:1] in {".", "'"} else text


if __name__ == "__main__":
    sys.stdout.write(page(parser(), sys.argv[1], sys.argv[2]))
