"""A second look at every kept file, before the papers say that it is there."""

import contextlib
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from playhead.core.errors import ExportError
from playhead.core.exports.diskaccess import NoRegularFile, require_way, translated
from playhead.core.exports.files import Kept, same
from playhead.core.exports.report import Outcome, State, reason

_Stamp = tuple[int, int, int]
"""Size, and the times of the last change of content and of the entry, in nanoseconds."""


class Recheck:
    """Compares kept files with how they were when they were known to be whole.

    Only a file whose size or times have changed, or whose times are not known, is read again. Waits for the
    disk; any thread may call.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: dict[str, _Stamp] = {}

    def watch(self, outcomes: Iterable[Outcome]) -> None:
        """Remember how the files of `outcomes` are now: they are whole, or are read after this."""
        ways = set[str]()
        for file in (file for outcome in outcomes for file in _files(outcome)):
            if file.path not in self._stamps:
                with contextlib.suppress(ExportError):
                    stamp = self._stamp(file.path, ways)
                    if stamp is not None:
                        self._stamps[file.path] = stamp

    def changed(self, outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
        """Those of `outcomes`, by place in the plan, that are not true any more, as they are now."""
        ways = set[str]()
        found = ((place, self._now(outcome, ways)) for place, outcome in outcomes.items())
        return {place: outcome for place, outcome in found if outcome is not outcomes[place]}

    def _now(self, outcome: Outcome, ways: set[str]) -> Outcome:
        if outcome.sha256:
            fault = self._fault(Kept(outcome.path, outcome.size, outcome.sha256), ways)
            if fault is not None:
                outcome = lost(outcome, fault)
        if outcome.copy is not None and (fault := self._fault(outcome.copy, ways)) is not None:
            outcome = replace(outcome, copy=None, copy_flaw="", copy_failure=reason(fault))
        return outcome

    def _fault(self, file: Kept, ways: set[str]) -> ExportError | None:
        """Fault of a file that was kept; None if it is as it was."""
        try:
            return self._compared(file, ways)
        except ExportError:
            # An answer that a disk in the network owes once must not cost a file that is there.
            try:
                return self._compared(file, ways)
            except ExportError as error:
                return error

    def _compared(self, file: Kept, ways: set[str]) -> ExportError | None:
        """The same; raises `ExportError` if it cannot be looked at."""
        stamp = self._stamp(file.path, ways)
        if stamp is None:
            return ExportError("removed")
        if stamp == self._stamps.get(file.path) and stamp[0] == file.size:
            return None
        if not same(self._folder, file.path, file):
            return ExportError("altered")
        # As it was when it was read, or else it is read once more next time.
        self._stamps[file.path] = stamp
        return None

    def _stamp(self, path: str, ways: set[str]) -> _Stamp | None:
        """State of a file now; None if none is there. `ways` are folders in which no link leads elsewhere."""
        way = path.rpartition("/")[0]
        with translated():
            try:
                if way not in ways:
                    require_way(self._folder, path)
                    ways.add(way)
                found = (self._folder / path).lstat()
            except (FileNotFoundError, NotADirectoryError, NoRegularFile):
                return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def lost(outcome: Outcome, fault: ExportError) -> Outcome:
    """`outcome` without its file, and why."""
    return Outcome(
        recording=outcome.recording,
        state=State.FAILED,
        why=reason(fault),
        error=fault,
        copy=outcome.copy,
        transcript=outcome.transcript,
    )


def _files(outcome: Outcome) -> Iterator[Kept]:
    if outcome.sha256:
        yield Kept(outcome.path, outcome.size, outcome.sha256)
    if outcome.copy is not None:
        yield outcome.copy
