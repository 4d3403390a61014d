"""The plan of an export: the file that every recording becomes, before the first byte."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from playhead.core.exports.choices import Taken
from playhead.core.exports.custody import Origin
from playhead.core.exports.files import Kept
from playhead.core.exports.formats import FORMATS
from playhead.core.exports.naming import PART_BYTES, safe_part, same_file, units
from playhead.core.exports.sums import REPORT_SUMS, SUMS
from playhead.core.exports.template import DEEPEST, DEFAULT_TEMPLATE, NO_EXTENSIONS, UNTOLD, Template
from playhead.core.recording import Recording

PAPERS = (*(each.file_name for each in FORMATS), SUMS, REPORT_SUMS)
"""Names in the folder of an export that no recording or folder gets: by them its papers are found again."""
_PATH_UNITS = 259 - len(".9.part")
"""The longest path on a Windows that keeps to MAX_PATH."""
_SHORTEST = 12
_LEAST_ROOM = (DEEPEST + 1) * (_SHORTEST + 1) + 8
_RATES = {"wav": 16_000.0, "au": 16_000.0, "flac": 9_000.0}
"""Bytes per second and channel that a recording of 8 kHz usually has; others are taken as compressed."""
_COMPRESSED = 4_000.0


@dataclass(frozen=True, slots=True)
class Planned:
    """One recording and the path it gets, relative to the plan's folder, with slashes on every system."""

    recording: Recording
    path: str
    kept: Kept | None = None
    """The file of it that an earlier export put there: if it is intact, it is not fetched again."""
    doubted: bool = False
    """True if that could not be told to be audio."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A path that is taken, by a file in the folder or by a recording before, and what comes of it."""

    place: int
    """Of the recording, in the plan."""
    path: str
    """The name that it would have had."""
    taken: Taken
    """`KEEP`: the file that is there is looked at, and stays if it is intact; `NUMBER`: the new one gets a
    number; `REPLACE`: the new one takes its place."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an export will do."""

    folder: Path
    files: tuple[Planned, ...]
    labels: Mapping[str, str]
    """The names of the accounts, by id."""
    zone: tzinfo = UTC
    conflicts: tuple[Conflict, ...] = ()
    """The names that were taken."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """The accounts at their providers, by id, as far as that is known."""


def plan(  # noqa: PLR0913 - all but the first are options, each with its name
    recordings: Sequence[Recording],
    folder: Path,
    *,
    template: str = DEFAULT_TEMPLATE,
    labels: Mapping[str, str],
    zone: tzinfo = UTC,
    existing: Collection[str] = (),
    taken: Taken = Taken.KEEP,
    known: Mapping[tuple[str, str], Kept] | None = None,
    doubted: Collection[tuple[str, str]] = (),
    longest: int = PART_BYTES,
    extensions: Mapping[str, str] = NO_EXTENSIONS,
) -> Plan:
    """Name a file for each of `recordings`; raises `TemplateError`.

    `existing` are the relative paths already in `folder`; what becomes of their names is as `taken` says.
    `known` are the files that earlier exports put there, by the key of their recording: not by name, as
    another recording may have had that; `doubted` those of which nobody can tell that they are audio. No name
    has more than `longest` bytes, which is what the disk of `folder` takes. `extensions` are those that
    recordings get which do not tell their own, by the name of the provider. No two names are the same on a
    system that ignores case or Unicode form.
    """
    parsed = Template.parse(template)
    room = max(_LEAST_ROOM, _PATH_UNITS - units(str(folder)) - 1)
    files, conflicts = list[Planned](), list[Conflict]()
    there = frozenset(same_file(path) for path in existing)
    standing = known if known is not None and taken is Taken.KEEP else {}
    old = (*existing, *(kept.path for kept in standing.values()))
    names = Names(() if taken is Taken.REPLACE else old, room, reserved=PAPERS, longest=longest)
    for number, recording in enumerate(recordings, 1):
        kept = standing.get(recording.key)
        if kept is not None:
            conflicts.append(Conflict(number - 1, kept.path, Taken.KEEP))
            files.append(Planned(recording, kept.path, kept, recording.key in doubted))
            continue
        label = labels.get(recording.account, "")
        parts, suffix = parsed.render(
            recording,
            number=number,
            label=label,
            zone=zone,
            untold=extensions.get(recording.provider, UNTOLD),
        )
        wanted = names.spelled(_fitted(parts, suffix, room, longest))
        path = names.claim(wanted, suffix)
        if path != wanted:
            conflicts.append(Conflict(number - 1, wanted, Taken.NUMBER))
        elif taken is Taken.REPLACE and same_file(path) in there:
            conflicts.append(Conflict(number - 1, path, Taken.REPLACE))
        files.append(Planned(recording, path))
    return Plan(folder, tuple(files), dict(labels), zone, tuple(conflicts))


class Names:
    """Gives out paths of at most `room` UTF-16 units, none of them twice, and none of the `reserved` ones.

    No name in them has more than `longest` bytes.
    """

    def __init__(
        self,
        existing: Iterable[str] = (),
        room: int = _PATH_UNITS,
        *,
        reserved: Iterable[str] = (),
        longest: int = PART_BYTES,
    ) -> None:
        self._room = room
        self._longest = longest
        self._reserved = {same_file(path) for path in reserved}
        self._taken = {*self._reserved, *map(same_file, existing)}
        self._spellings: dict[str, str] = {}
        self._next: dict[str, int] = {}

    def spelled(self, parts: Sequence[str]) -> str:
        """The path of safe `parts`, its folders spelled as they were before, and none as what is reserved."""
        *folders, name = parts
        folder = ""
        for part in folders:
            own = f"{folder}{part}"
            if same_file(own) in self._reserved:
                own = f"{folder}{safe_part(part, suffix='_', limit=self._longest)}"
            # Two spellings of one folder would be one folder on one system and two on another.
            folder = self._spellings.setdefault(same_file(f"{own}/"), f"{own}/")
        return f"{folder}{name}"

    def claim(self, path: str, suffix: str = "") -> str:
        """`path`, which ends with `suffix`, for good; with ` (2)` and so on before that if it is taken."""
        folder, slash, name = path.rpartition("/")
        wanted = claimed = same_file(path)
        number = self._next.get(wanted, 2)
        while claimed in self._taken:
            tail = f" ({number}){suffix}"
            path = f"{folder}{slash}{self._shortened(name.removesuffix(suffix), tail, folder + slash)}"
            claimed = same_file(path)
            number += 1
        self._next[wanted] = number
        self._taken.add(claimed)
        return path

    def _shortened(self, stem: str, tail: str, folder: str) -> str:
        name = safe_part(stem, suffix=tail, limit=self._longest)
        excess = units(folder + name) - self._room
        if excess <= 0:
            return name
        return safe_part(stem, suffix=tail, limit=max(len(tail) + 2, len(name.encode()) - excess))


def own_folder(parent: Path, moment: datetime, *, existing: Collection[str]) -> Path:
    """The folder of an export of its own in `parent`: a new one, named after the moment.

    So an export is one thing that can be handed on: nothing in it is from another, and its sums speak of all
    of it. `existing` are the names in `parent`, `moment` is the person's own time.
    """
    names = Names(existing)
    return parent / names.claim(f"Playhead export {moment:%Y-%m-%d %H.%M}")


def _fitted(parts: Sequence[str], suffix: str, room: int, longest_part: int) -> list[str]:
    """`parts` made safe and, longest first, so short that the path has at most `room` UTF-16 units."""
    *folders, name = parts
    safe = [safe_part(folder, limit=longest_part) for folder in folders]
    safe += [safe_part(name, suffix=suffix, limit=longest_part)]
    while (excess := sum(units(part) + 1 for part in safe) - 1 - room) > 0:
        longest = max(range(len(safe)), key=lambda at: len(safe[at].encode()))
        size = len(safe[longest].encode())
        if size <= _SHORTEST:
            break
        tail = suffix if longest == len(safe) - 1 else ""
        stem = safe[longest].removesuffix(tail)
        safe[longest] = safe_part(stem, suffix=tail, limit=max(_SHORTEST, size - excess))
    return safe


def estimated(recording: Recording) -> float:
    """About how many bytes the audio of `recording` has; 0 if nothing is known."""
    if recording.size is not None:
        return recording.size
    rate = _RATES.get((recording.format or "").lower(), _COMPRESSED)
    return (recording.length or 0.0) * rate * (2 if recording.stereo else 1)
