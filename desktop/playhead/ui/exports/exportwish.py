"""Values exchanged by ExportDialog and ExportQuestion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from playhead.core import figures
from playhead.core.exports.choices import Choices
from playhead.core.stores import Saved
from playhead.ui.wording import words


class What(StrEnum):
    """Kind of scope that can be exported."""

    SELECTED = "selected"
    MATCHING = "matching"
    """All that match what is in the filter line."""
    SAVED = "saved"
    """All that match a saved query."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Scope of an export: `query` is the text of the filter or of the saved one, empty for everything."""

    what: What
    query: str = ""
    name: str = ""
    """What the saved query is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Everything that the dialog asks for."""

    scope: Scope
    rest: bool
    """Whether what is not loaded yet is loaded first."""
    folder: Path
    """An absolute path."""
    own: bool | None
    """Whether it gets a folder of its own in it; None: if it is there already."""
    add: bool
    """Whether it goes into the export that the folder holds."""
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Size of a scope, of what is loaded."""

    recordings: int = 0
    seconds: float = 0.0
    size: int = 0
    """Bytes, partly estimated."""
    silent: int = 0
    """How many have no audio."""
    accounts: Sequence[tuple[str, int]] = ()
    """Labels, and how many recordings each has."""
    coverage: str = ""
    """The sentence that says what the figures speak of."""
    more: bool = False
    """Whether something that may match is not loaded yet."""

    def sentence(self) -> str:
        """`300 recordings · 12 h 05 min · about 1.2 GB · 4 without audio`."""
        parts = [words.count(self.recordings, "recording")]
        if self.seconds:
            parts.append(words.length(self.seconds))
        if self.size:
            parts.append(f"about {words.size(self.size)}")
        if self.silent:
            parts.append(f"{figures.number(self.silent)} without audio")
        return " · ".join(parts)

    def by_account(self) -> str:
        """`180 of Bird EU · 120 of Convirza Acme`; empty if all are of one account."""
        if len(self.accounts) < 2:
            return ""
        return " · ".join(f"{figures.number(number)} of {label}" for label, number in self.accounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Facts about a folder, for the dialog."""

    folder: Path
    free: int | None = None
    """Bytes; None where that cannot be known, as on a disk that is not there."""
    occupied: bool = False
    """Whether something is in it."""
    export: str = ""
    """The export that it holds, in a few words; empty if it holds none that can be added to."""
    missing: bool = False
    """Whether there is no such folder yet."""
    problem: str = ""
    """Why nothing can be exported there, as a sentence."""

    def sentence(self, needed: int) -> tuple[str, str]:
        """Sentence below the folder when `needed` bytes are to go there, and its role."""
        if self.problem:
            return self.problem, "bad"
        if self.free is not None and needed > self.free:
            text = (
                f"About {words.size(needed)} are needed, but only {words.size(self.free)} are free there. "
                "The export pauses when the disk is full, and goes on when there is room."
            )
            return text, "attention"
        parts = [] if self.free is None else [f"{words.size(self.free)} free."]
        if self.export:
            parts.append(f"It holds {self.export}.")
        elif self.occupied:
            parts.append("It is not empty.")
        return " ".join(parts), "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Values that the dialog begins with."""

    selected: int
    """Number of selected rows."""
    query: str
    """Text of the filter."""
    saved: Sequence[Saved]
    first: What
    folder: Path
    choices: Choices
    presets: Mapping[str, str]
    """Templates that are kept, by their names."""
    locked: frozenset[str] = frozenset()
    """Names of preferences that the administrator has locked."""
