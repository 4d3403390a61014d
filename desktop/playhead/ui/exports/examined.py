"""An old export compared with its folder, with what its providers have, and with what matches now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from playhead.core.exports.again import Key
from playhead.core.exports.audit import FileCondition, PastExport, PastFile
from playhead.core.exports.report import Outcome, State
from playhead.core.marks import Marks
from playhead.core.provider import Providers
from playhead.core.recording import Recording
from playhead.ui.wording import words


class Fate(StrEnum):
    """Fate of one recording of an earlier export."""

    INTACT = "Intact"
    ALTERED = "Altered"
    MISSING = "Missing"
    GONE = "Gone"
    """Its provider no longer has it; the file may be there or not."""
    NEW = "New since"
    """It matches what was looked for, and is not in the export."""
    UNKNOWN = "Not of the export"
    """A file that somebody else put into the folder."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One line: its path, or what it would be called, what is found, and what there is to say of it."""

    path: str
    fates: frozenset[Fate]
    """Usually one; of a recording that its provider no longer has, also what became of its file."""
    remark: str = ""
    fetchable: bool = False
    """Whether its audio can be fetched: it is of a connected account that still has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that was found, and what there is to say of the whole."""

    files: Sequence[FoundFile]
    sentences: Sequence[str] = ()
    """Such as that an account is not connected."""
    take_new: bool = True
    """Whether what is new since is suggested: not if its recordings had been chosen by hand."""

    def number(self, fate: Fate) -> int:
        """Number of those of one kind."""
        return sum(fate in each.fates for each in self.files)

    def fetchable(self, fate: Fate) -> int:
        """Number of those of one kind that can be fetched."""
        return sum(fate in each.fates and each.fetchable for each in self.files)


_FATES = {
    FileCondition.INTACT: Fate.INTACT,
    FileCondition.ALTERED: Fate.ALTERED,
    FileCondition.MISSING: Fate.MISSING,
    FileCondition.UNKNOWN: Fate.UNKNOWN,
}
_LOST = {
    Fate.ALTERED: "its file was altered after the export",
    Fate.MISSING: "its file is no longer in the folder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Findings about an earlier export, and what can be done about them."""

    past: PastExport
    files: Sequence[PastFile]
    marks: Mapping[Key, Marks]
    new: Sequence[Recording]
    """What matches now, and is not in the export."""
    labels: Mapping[str, str]
    """The accounts that can be asked, and their labels."""
    providers: Providers
    fates: Mapping[Key, Fate]
    """What became of the files, by their recordings."""

    def found(self) -> list[FoundFile]:
        """A line for everything, in the order of the export; then its papers, strangers, and what is new."""
        lines = [
            self._of_recording(outcome, fate)
            for outcome in self.past.outcomes
            if (fate := self._fate(outcome)) is not None
        ]
        lines += [_of_paper(file) for file in self.files if file.key is None]
        lines += [
            FoundFile(words.long_title(each), frozenset({Fate.NEW}), self._label(each), self.fetchable(each))
            for each in self.new
            if each.playable
        ]
        return lines

    def wanted(self, fates: Collection[Fate]) -> list[Recording]:
        """Recordings to be fetched if `fates` are wanted."""
        recordings = [
            outcome.recording
            for outcome in self.past.outcomes
            if self._fate(outcome) in fates and self.fetchable(outcome.recording)
        ]
        if Fate.NEW in fates:
            recordings += [each for each in self.new if self.fetchable(each)]
        return recordings

    def lost(self, fates: Collection[Fate]) -> dict[Key, str]:
        """Reasons why kept files are missing or changed; less those that are wanted."""
        wanted = {recording.key for recording in self.wanted(fates)}
        lost = (
            (outcome.recording.key, self._fate(outcome)) for outcome in self.past.outcomes if outcome.sha256
        )
        return {key: _LOST[fate] for key, fate in lost if fate in _LOST and key not in wanted}

    def altered(self) -> list[Path]:
        """Files that were altered and can be fetched again."""
        return [
            self.past.folder / outcome.path
            for outcome in self.past.outcomes
            if self._fate(outcome) is Fate.ALTERED and self.fetchable(outcome.recording)
        ]

    def fetchable(self, recording: Recording) -> bool:
        """Tell whether the audio of a recording can be asked for."""
        return recording.account in self.labels and recording.playable and not self._gone(recording)

    def _fate(self, outcome: Outcome) -> Fate | None:
        if outcome.state is State.SKIPPED:
            return None
        return self.fates.get(outcome.recording.key, Fate.MISSING)

    def _of_recording(self, outcome: Outcome, fate: Fate) -> FoundFile:
        recording = outcome.recording
        fates = {fate}
        remarks = []
        if not outcome.sha256:
            remarks.append(f"Was not fetched: {outcome.why}" if outcome.why else "Was not fetched")
        if self._gone(recording):
            fates.add(Fate.GONE)
            remarks.append(f"No longer at {self.providers.title(recording.provider)}")
        elif recording.account not in self.labels and fate is not Fate.INTACT:
            remarks.append(f"{self._label(recording)} is not connected")
        path = outcome.path or words.long_title(recording)
        return FoundFile(path, frozenset(fates), ". ".join(remarks), self.fetchable(recording))

    def _gone(self, recording: Recording) -> bool:
        marks = self.marks.get(recording.key)
        return marks is not None and marks.gone is not None

    def _label(self, recording: Recording) -> str:
        account = recording.account
        return self.labels.get(account) or self.past.labels.get(account, "") or account


def fates(files: Sequence[PastFile]) -> dict[Key, Fate]:
    """Fate of the audio, by recording."""
    return {file.key: _FATES[file.condition] for file in files if file.key is not None}


def set_aside(path: Path) -> Path:
    """Give an altered file another name beside it; raises `OSError`."""
    number = 1
    while True:
        tail = "altered" if number == 1 else f"altered {number}"
        aside = path.with_name(f"{path.stem} ({tail}){path.suffix}")
        if not aside.exists():
            return path.rename(aside)
        number += 1


def _of_paper(file: PastFile) -> FoundFile:
    remark = "" if file.condition is FileCondition.UNKNOWN else "Describes the export"
    return FoundFile(file.path, frozenset({_FATES[file.condition]}), remark)
