"""Parts of a run that the window and the commands have in common; nothing here needs Qt."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from playhead.core.account import Account, Credential
    from playhead.core.exports.choices import CopyForm
    from playhead.core.exports.custody import Machine
    from playhead.core.exports.engine.needs import Needs
    from playhead.core.exports.files import Kept
    from playhead.core.exports.report import Report
    from playhead.core.marks import Spans
    from playhead.core.session import Session
    from playhead.demo.cloud import DemoCloud


def resources() -> Path:
    """The folder of icons, fonts and the demo's audio: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return next(
        folder for folder in (package / "resources", package.parents[1] / "resources") if folder.is_dir()
    )


def started_demo(size: int) -> "tuple[DemoCloud, tuple[tuple[Account, Credential], ...]]":
    """A demo cloud with so many recordings of Bird, which runs until it is stopped, and its accounts.

    Waits for its servers.
    """
    from playhead.demo.cloud import DemoCloud, demo_accounts

    cloud = DemoCloud(resources=resources() / "demo", bird=size)
    cloud.start()
    return cloud, demo_accounts(cloud)


def this_workplace() -> "tuple[str, Machine]":
    """Names of this program and this computer for the papers of exports. Waits for the disk."""
    from playhead.machine import workplace

    return workplace.program(), workplace.this_machine()


def export_needs(session: "Session", program: str, machine: "Machine") -> "Needs":
    """Everything that an export of this session works with."""
    from playhead.core.exports.engine.needs import Needs, Saying

    return Needs(
        fetcher=session.downloads,
        papers=_LatePapers(),
        copier=_LateCopier(),
        said=Saying(session.transcripts, session.catalogue.marks, session.library),
        program=program,
        machine=machine,
        clock=session.clock,
    )


class _LatePapers:
    """The sheets of an export; what writes them is imported in its thread, when the first one ends."""

    def write(self, report: "Report", program: str) -> "tuple[Kept, ...]":
        from playhead.papers.exportfiles import write

        return write(report, program)


class _LateCopier:
    """Copies of audio in another form; imported in the thread of an export that wants some."""

    def copy(self, source: Path, form: "CopyForm", target: Path, told: "Collection[str]" = ()) -> "Spans":
        from playhead.sound.audiocopy import copy

        return copy(source, form, target, told)
