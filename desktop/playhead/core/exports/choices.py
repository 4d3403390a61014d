"""Choices of the person for an export, besides the recordings and the folder."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from playhead.core.exports.formats import FORMATS, ExportFormat
from playhead.core.exports.template import DEFAULT_TEMPLATE

BAG_DATA = "data"
"""The folder of a bag that holds the export."""
MOST_AT_ONCE = 16
"""Files that an export may fetch at the same time, if nothing less is chosen."""


class Taken(StrEnum):
    """The treatment of a name that is already in the folder."""

    KEEP = "keep"
    """A file that an earlier export put there is left if it is intact; any other gets a number beside it."""
    NUMBER = "number"
    """The new file gets a number; nothing that is there is touched."""
    REPLACE = "replace"
    """The new file takes the place of the old one, once it is whole."""


class CopyForm(StrEnum):
    """A second form of the audio, beside the original."""

    WAV = "wav"
    OPUS = "opus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Choices for one export."""

    template: str = DEFAULT_TEMPLATE
    at_once: int = MOST_AT_ONCE
    """Files that are fetched at the same time at most; how many there are follows from the line."""
    taken: Taken = Taken.KEEP
    copy: CopyForm | None = None
    sheets: frozenset[ExportFormat] = frozenset(FORMATS)
    transcripts: bool = True
    """Write transcripts beside the audio, where the provider has them."""
    marks: bool = False
    """Put stars and notes into the tables."""
    bag: bool = False
    """Make the folder a BagIt bag (RFC 8493), with everything in its `data`."""
    query: str = ""
    """The filter that found them."""
    coverage: str = ""
    """The sentence that says whether they were chosen from what is loaded, or from everything."""
    person: str = ""
    """The name of the person in the files; empty if they do not wish to be named."""

    def handed_on(self, folder: Path) -> Path:
        """The part of an export into `folder` that is handed on: the bag around it, if it is in one."""
        return folder.parent if self.bag and folder.name == BAG_DATA else folder


AS_USUAL = Choices()
"""The choices of somebody who has chosen nothing."""


def to_plain(choices: Choices) -> dict[str, object]:
    """`choices` as JSON holds them."""
    plain = {name: getattr(choices, name) for name in _FIELDS}
    plain["sheets"] = sorted(each.file_name for each in choices.sheets)
    return plain if choices.person else {name: value for name, value in plain.items() if name != "person"}


def from_plain(plain: Mapping[str, object]) -> Choices:
    """Read what `to_plain` wrote; missing values are as usual, those of another version are left out.

    Raises `ValueError` if anything else makes no sense.
    """
    return Choices(**{name: _read(name, value) for name, value in plain.items() if name in _FIELDS})


_FIELDS = tuple(each.name for each in fields(Choices))


def _format(file_name: object) -> ExportFormat:
    for each in FORMATS:
        if each.file_name == file_name:
            return each
    raise ValueError(f"{file_name} is not a valid format")


def _read(name: str, value: object) -> Any:
    match name, value:
        case "sheets", list():
            return frozenset(_format(each) for each in value)
        case "taken", str():
            return Taken(value)
        case "copy", str():
            return CopyForm(value)
        case "copy", None:
            return None
        case "at_once", int() if not isinstance(value, bool):
            return min(MOST_AT_ONCE, max(1, value))
        case (("template" | "query" | "coverage" | "person"), str()):
            return value
        case (("transcripts" | "marks" | "bag"), bool()):
            return value
        case _:
            raise ValueError(f"{name} is of another kind")
