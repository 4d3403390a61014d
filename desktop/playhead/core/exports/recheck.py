"""A second look at every kept file, before the papers say that it is there."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from playhead.core.errors import ExportError
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

    def note(self, outcome: Outcome) -> None:
        """Remember how the files of an outcome are now: they are known to be whole."""
        for file in _files(outcome):
            if file.path not in self._stamps and (found := self._stamp(file.path)) is not None:
                self._stamps[file.path] = found

    def changed(self, outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
        """Those of `outcomes`, by place in the plan, that are not true any more, as they are now."""
        found = ((place, self._now(outcome)) for place, outcome in outcomes.items() if outcome.sha256)
        return {place: outcome for place, outcome in found if outcome is not outcomes[place]}

    def _now(self, outcome: Outcome) -> Outcome:
        fault = self._fault(Kept(outcome.path, outcome.size, outcome.sha256))
        if fault is not None:
            outcome = Outcome(
                recording=outcome.recording,
                state=State.FAILED,
                why=reason(fault),
                error=fault,
                copy=outcome.copy,
                transcript=outcome.transcript,
            )
        if outcome.copy is not None and (fault := self._fault(outcome.copy)) is not None:
            outcome = replace(outcome, copy=None, copy_failure=reason(fault))
        return outcome

    def _fault(self, file: Kept) -> ExportError | None:
        """What is wrong with a file that was kept; None if it is as it was."""
        stamp = self._stamp(file.path)
        if stamp is None:
            return ExportError("removed")
        if stamp == self._stamps.get(file.path) and stamp[0] == file.size:
            return None
        try:
            return None if same(self._folder / file.path, file) else ExportError("altered")
        except ExportError as error:
            return error

    def _stamp(self, path: str) -> _Stamp | None:
        try:
            found = (self._folder / path).lstat()
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _files(outcome: Outcome) -> Iterator[Kept]:
    if outcome.sha256:
        yield Kept(outcome.path, outcome.size, outcome.sha256)
    if outcome.copy is not None:
        yield outcome.copy
