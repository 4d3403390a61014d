"""What the person chose for an export, besides the recordings and the folder."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from playhead.core.exports.template import DEFAULT_TEMPLATE

BAG_DATA = "data"
"""The folder of a bag that holds the export."""
AT_ONCE = 6
"""How many files an export fetches at the same time, if nothing else is chosen (1 to 16)."""


class Taken(StrEnum):
    """What becomes of a name that is already in the folder."""

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


class Sheet(StrEnum):
    """What describes an export. `SHA256SUMS` is always written."""

    CSV = "recordings.csv"
    XLSX = "recordings.xlsx"
    JSON = "recordings.json"
    HTML = "report.html"
    TEXT = "report.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person chose."""

    template: str = DEFAULT_TEMPLATE
    at_once: int = AT_ONCE
    taken: Taken = Taken.KEEP
    copy: CopyForm | None = None
    sheets: frozenset[Sheet] = frozenset(Sheet)
    transcripts: bool = True
    """Whether what was said is written beside the audio, where the provider has it."""
    marks: bool = False
    """Whether stars and notes go into the sheets."""
    bag: bool = False
    """Whether the folder becomes a BagIt bag (RFC 8493), the audio and the sheets in its `data`."""
    query: str = ""
    """What the person had typed to find them."""
    coverage: str = ""
    """The sentence that says whether they were chosen from what is loaded, or from everything."""

    def handed_on(self, folder: Path) -> Path:
        """What is handed on of an export into `folder`: the bag around it, if it is in one."""
        return folder.parent if self.bag and folder.name == BAG_DATA else folder


AS_USUAL = Choices()
"""What is chosen if nobody says otherwise."""
