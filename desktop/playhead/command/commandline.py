"""Command line of Playhead, from which `--help`, shell completion and the manual page are made.

It imports nothing but the standard library and names: the window must not wait for it.
"""

import argparse
from pathlib import Path

from playhead import __version__
from playhead.command.exitstatus import MEANINGS, STOPPED
from playhead.core.exports.formats import FORMATS, ExportFormat

LIST_FORMATS = ("csv", "json", "ndjson")
LEVELS = ("debug", "info", "warning", "error")
_BY_ENDING = {each.file_name.rpartition(".")[2]: each for each in FORMATS}
_STATUS = "\n".join(
    (
        "exit status:",
        *(f"  {int(each)}  {meaning}" for each, meaning in MEANINGS.items()),
        f"  {STOPPED} and the number of the signal (130 of Ctrl+C): stopped; the same command goes on",
    )
)
_EXPORT = """\
Export the recordings that match a filter, as the window does, without a window.

Everything that can match is loaded first. The folder given with --to becomes the export. If it is one of
Playhead already, what it lacks is added to it; with --new-folder every export gets a folder of its own in it.
Ctrl+C keeps what is finished, and so does a kill: the same command goes on where it stood.
"""
_LIST = """\
List the recordings that match a filter, the newest first, on standard output.

Everything that can match is loaded first; with said: in the filter, transcripts that exist are read, too, and
standard error tells of how many recordings the answer is known. The list holds the numbers and names of
callers. In csv, text that a spreadsheet might take for something else has an apostrophe before it; programs
rather read json or ndjson.
"""
_EXAMPLES = """\
examples:
  playhead export --filter 'date:lastmonth account:"EU support"' --to ~/Exports --new-folder --only-new
  playhead export --filter 'kind:voicemail is:unheard' --to voicemails --format csv,json --summary -
  playhead list --filter 'date:yesterday duration:>10m' --format ndjson
  playhead list --filter 'said:refund date:last30d' --format json
  playhead export --demo --filter date:last7d --to /tmp/tried
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line: the window's options, and the commands with theirs."""
    whole = argparse.ArgumentParser(
        prog="playhead",
        description="Browse, hear and export the recordings of Convirza and Bird.",
        epilog="Without a command, the window opens. `playhead export --help` tells of exports by schedule.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"Playhead {__version__}")
    _add_common(whole, usual=True)
    whole.add_argument("--tour", type=Path, metavar="DIR", help="walk through the program, a picture a step")
    whole.add_argument(
        "--open", type=Path, nargs="?", metavar="FOLDER", help="open the export in this folder again"
    )
    whole.add_argument("--self-test", action="store_true", help="check that everything needed is there")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_export(commands)
    _add_list(commands)
    return whole


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = _added(commands, "export", "export recordings without a window", _EXPORT)
    export.add_argument(
        "--filter", required=True, metavar="QUERY", help="which recordings, as in the window; '' for all"
    )
    export.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder of the export")
    export.add_argument(
        "--new-folder", action="store_true", help="export into a new folder in DIR, named after the moment"
    )
    export.add_argument(
        "--only-new", action="store_true", help="leave out what Playhead has exported before, wherever to"
    )
    export.add_argument(
        "--template",
        metavar="TEMPLATE",
        help="how files are called, such as {started:%%Y-%%m-%%d}/{id}.{ext}",
    )
    export.add_argument(
        "--format",
        type=_formats,
        metavar="LIST",
        help=(
            f"what to write beside the audio, of {','.join(_BY_ENDING)} (default: all); "
            "without json the folder cannot be added to later"
        ),
    )
    export.add_argument("--bag", action="store_true", help="make the folder a BagIt bag (RFC 8493)")
    _add_common(export, usual=False)
    _add_reporting(export)


def _add_list(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = _added(commands, "list", "list recordings on standard output", _LIST)
    listing.add_argument(
        "--filter", default="", metavar="QUERY", help="which recordings, as in the window (default: all)"
    )
    listing.add_argument(
        "--format", choices=LIST_FORMATS, default="csv", help="how they are written (default: csv)"
    )
    _add_common(listing, usual=False)
    _add_reporting(listing)


def _added(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, brief: str, description: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=brief,
        description=description,
        epilog=f"{_EXAMPLES}\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_common(to: argparse.ArgumentParser, *, usual: bool) -> None:
    """Add the options that may stand before a command or behind it; the `usual` values are set once."""
    missing = None if usual else argparse.SUPPRESS
    to.add_argument(
        "--profile",
        type=Path,
        default=missing,
        metavar="DIR",
        help="where settings, catalogue and log live",
    )
    to.add_argument(
        "--demo",
        action="store_true",
        default=False if usual else argparse.SUPPRESS,
        help="try Playhead on made-up recordings",
    )
    to.add_argument(
        "--demo-size",
        type=_size,
        default=5000 if usual else argparse.SUPPRESS,
        metavar="N",
        help="how many made-up recordings Bird has (default: 5000)",
    )
    to.add_argument(
        "--log-level",
        choices=LEVELS,
        default="warning" if usual else argparse.SUPPRESS,
        help="what is written into the log (default: warning)",
    )


def _add_reporting(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--summary",
        metavar="FILE",
        help="write what came of it as JSON into FILE; - for standard output",
    )
    to.add_argument("--quiet", action="store_true", help="say nothing on standard error but what went wrong")


def _size(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("a number from 0 to 10000000")
    return number


def _formats(text: str) -> frozenset[ExportFormat]:
    wanted = [each.strip().lower() for each in text.split(",")]
    unknown = [each for each in wanted if each not in _BY_ENDING]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"there is no format {unknown[0]!r}; there are: {', '.join(_BY_ENDING)}"
        )
    return frozenset(_BY_ENDING[each] for each in wanted)
