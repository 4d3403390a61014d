"""Order for an export: what the command line asks for."""

from dataclasses import dataclass
from pathlib import Path

from playhead.core.exports.choices import Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is to be exported, and whereto."""

    query: str
    folder: Path
    """An absolute path."""
    own: bool
    """The export gets a new folder in it."""
    only_new: bool
    choices: Choices

    @property
    def text(self) -> str:
        """Filter that finds what is to be exported."""
        if not self.only_new:
            return self.query
        return f"({self.query}) -is:exported" if self.query.strip() else "-is:exported"
