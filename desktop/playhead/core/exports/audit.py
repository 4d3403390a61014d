"""Audit of an export: its folder, read back and compared with its own papers."""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import partial
from pathlib import Path

from playhead.core.errors import ExportUnreadable
from playhead.core.exports import formats
from playhead.core.exports.choices import BAG_DATA, Choices
from playhead.core.exports.custody import Origin, origins_from_plain
from playhead.core.exports.diskaccess import NoRegularFile, opened
from playhead.core.exports.files import Kept
from playhead.core.exports.naming import same_file
from playhead.core.exports.pastrow import (
    a_list,
    a_moment,
    a_text,
    an_object,
    past_choices,
    past_outcome,
    past_sittings,
    past_zone,
)
from playhead.core.exports.report import Outcome, State
from playhead.core.exports.sums import REPORT_SUMS, SUMS, Spellings, editions, paper, read_sums, speaks_of

FORMAT = "playhead-export"
"""What `recordings.json` calls itself."""
VERSION = 1
"""Raised when an older Playhead would get a newer file wrong."""

_BATCH = 262_144

Tell = Callable[[int, int], bool]
"""Hears how many bytes of how many are read; gives False to end early."""


class FileCondition(StrEnum):
    """Condition in which a file is found."""

    INTACT = "intact"
    ALTERED = "altered"
    """It has other bytes than were written, or two papers of the export disagree about it."""
    MISSING = "missing"
    UNKNOWN = "unknown"
    """No paper of the export speaks of it."""


@dataclass(frozen=True, slots=True)
class PastFile:
    """A file of an export, or beside it: how it is, and the key of the recording whose audio it is."""

    path: str
    condition: FileCondition
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastExport:
    """An earlier export as its papers describe it."""

    folder: Path
    """Where its audio is: in a bag, the `data` inside."""
    record: str
    """The name of its `recordings.json`."""
    program: str
    began: datetime
    zone: tzinfo
    choices: Choices
    """With the query and the coverage of then."""
    labels: Mapping[str, str]
    """The names of the accounts of then, by id."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """What those were at their providers, as far as it says."""
    outcomes: tuple[Outcome, ...]
    """What became of every recording then, in the order of then."""
    listed: Mapping[str, str]
    """The sums in its `SHA256SUMS`, by path."""
    papers: tuple[Kept, ...]
    """Sheets and transcripts as they were written, by that list."""
    sums: Kept | None
    """The list itself, as it is now: nothing speaks of how it was."""
    report_sums: Kept | None = None
    """The list of the sums of its report, likewise; earlier versions wrote none."""

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """The account and id of every recording that it was asked for, whatever became of it."""
        return frozenset(outcome.recording.key for outcome in self.outcomes)

    @property
    def audio(self) -> Mapping[tuple[str, str], Kept]:
        """The originals that were kept, by the recording's account and id."""
        return {
            outcome.recording.key: Kept(outcome.path, outcome.size, outcome.sha256)
            for outcome in self.outcomes
            if outcome.sha256
        }

    @property
    def doubted(self) -> frozenset[tuple[str, str]]:
        """Those of them that could not be told to be audio."""
        return frozenset(each.recording.key for each in self.outcomes if each.state is State.DOUBTFUL)

    @property
    def replaces(self) -> tuple[Kept, ...]:
        """Papers that make way when they are written anew: for `Report.replaces`."""
        return (*self.papers, *(each for each in (self.report_sums, self.sums) if each is not None))

    @property
    def files(self) -> tuple[Kept, ...]:
        """Everything that can be compared with what was written."""
        copies = (outcome.copy for outcome in self.outcomes if outcome.copy)
        return (*self.audio.values(), *copies, *self.papers)


def read_export(folder: Path) -> PastExport:
    """Read what the export in `folder`, or in the bag `folder`, says of itself; the latest if there are more.

    Raises `ExportUnreadable`. Waits for the disk; to be run in a thread.
    """
    read, failures = read_exports(folder)
    if not read:
        read, more = read_exports(folder / BAG_DATA)
        failures += more
    if read:
        return max(read, key=lambda past: past.began)
    raise next((each for each in failures if each.reason != "foreign"), ExportUnreadable("foreign"))


def read_exports(folder: Path) -> tuple[list[PastExport], list[ExportUnreadable]]:
    """All exports that went into `folder`, and why others cannot be read. Waits for the disk."""
    read: list[PastExport] = []
    failures: list[ExportUnreadable] = []
    for name in editions(folder, formats.JSON.file_name):
        try:
            read.append(_read(folder, name))
        except ExportUnreadable as error:
            failures.append(error)
    return read, failures


def examine(past: PastExport, tell: Tell = lambda _done, _total: True) -> Iterator[PastFile]:
    """Condition of every file of the export, then of what else is in the folder; reads every byte.

    Ends early when `tell` says so. Raises `ExportUnreadable` if the disk fails. To be run in a thread.
    """
    files, owners = past.files, {file.path: key for key, file in past.audio.items()}
    total, done = sum(file.size for file in files), 0
    for file in files:
        condition = _condition(past, file, partial(_tell_all, tell, done, total))
        if condition is None:
            return
        done += file.size
        yield PastFile(file.path, condition, owners.get(file.path))
    known = {past.record, *(file.path for file in (*files, *past.replaces))}
    for path in Spellings(past.folder).strangers(known):
        yield PastFile(path, FileCondition.UNKNOWN)


def _tell_all(tell: Tell, before: int, total: int, read: int) -> bool:
    return tell(before + read, total)


def _read(folder: Path, name: str) -> PastExport:
    try:
        told = json.loads(paper(folder, name))
    except NoRegularFile as error:
        raise ExportUnreadable("foreign", type(error).__name__) from error
    except OSError as error:
        raise ExportUnreadable("disk", type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        raise ExportUnreadable("damaged", type(error).__name__) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ExportUnreadable("foreign")
    version = told.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ExportUnreadable("newer", f"version {version}")
    try:
        return _past(folder, name, told)
    except OSError as error:
        raise ExportUnreadable("disk", type(error).__name__) from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ExportUnreadable("damaged", type(error).__name__) from error


def _past(folder: Path, name: str, told: Mapping[str, object]) -> PastExport:
    sittings = past_sittings(told.get("sittings"))
    spellings = Spellings(folder)
    outcomes = tuple(
        _spelled(past_outcome(row, sittings), spellings) for row in _taken(a_list(told["recordings"]))
    )
    sums, report_sums, listed = _sums(folder, name)
    listed = {spellings.of(path): digest for path, digest in listed.items()}
    audio = {outcome.path for outcome in outcomes}
    audio |= {outcome.copy.path for outcome in outcomes if outcome.copy}
    return PastExport(
        folder=folder,
        record=name,
        program=a_text(told["program"]),
        began=a_moment(told["began"]),
        zone=past_zone(told),
        choices=past_choices(told),
        labels={account: a_text(label) for account, label in an_object(told["accounts"]).items()},
        origins=origins_from_plain(told.get("origins")),
        outcomes=outcomes,
        listed=listed,
        papers=tuple(Kept(path, _size(folder / path), listed[path]) for path in listed if path not in audio)
        or (_as_it_is(folder, name),),
        sums=sums,
        report_sums=report_sums,
    )


def _taken(rows: list[object]) -> Iterator[object]:
    """The rows in their order; each is let go of, as those of a large export take much memory."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _sums(folder: Path, record: str) -> tuple[Kept | None, Kept | None, Mapping[str, str]]:
    """The list of sums that knows this record, the list that knows that one, and what both say of others."""
    for name in editions(folder, SUMS):
        listed = read_sums(folder / name)
        if not speaks_of(listed, record):
            continue
        for report in editions(folder, REPORT_SUMS):
            papers = read_sums(folder / report)
            if speaks_of(papers, name):
                others = {path: each for path, each in papers.items() if same_file(path) != same_file(name)}
                return _as_it_is(folder, name), _as_it_is(folder, report), {**others, **listed}
        return _as_it_is(folder, name), None, listed
    return None, None, {}


def _as_it_is(folder: Path, name: str) -> Kept:
    """A file of which nothing says how it was."""
    with opened(folder, name) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Kept(name, file.tell(), digest)


def _spelled(outcome: Outcome, spellings: Spellings) -> Outcome:
    """An outcome with its paths as they are spelled on the disk."""
    path, copy = spellings.of(outcome.path), outcome.copy
    if copy is not None:
        copy = replace(copy, path=spellings.of(copy.path))
    return outcome if (path, copy) == (outcome.path, outcome.copy) else replace(outcome, path=path, copy=copy)


def _condition(past: PastExport, file: Kept, tell: Callable[[int], bool]) -> FileCondition | None:
    """Condition of the file; None if nobody wants to know any more."""
    try:
        with opened(past.folder, file.path) as content:
            size = os.fstat(content.fileno()).st_size
            if size != file.size or past.listed.get(file.path, file.sha256) != file.sha256:
                return FileCondition.ALTERED
            found, read = hashlib.sha256(), 0
            while chunk := content.read(_BATCH):
                found.update(chunk)
                read += len(chunk)
                if not tell(read):
                    return None
    except (FileNotFoundError, NotADirectoryError):
        return FileCondition.MISSING
    except NoRegularFile:
        return FileCondition.ALTERED
    except OSError as error:
        if error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
            return FileCondition.MISSING  # no file can have such a name here
        raise ExportUnreadable("disk", type(error).__name__) from error
    return FileCondition.INTACT if found.hexdigest() == file.sha256 else FileCondition.ALTERED


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
