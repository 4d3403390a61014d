"""Values exchanged by ReopenDialog and ReopenJourney."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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
