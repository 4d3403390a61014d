"""The surroundings that what a table shows of a recording depends on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from playhead.core.marks import NO_MARKS, Marks
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.recording import Recording


@dataclass(frozen=True, slots=True)
class Showing:
    """The surroundings that a cell's text depends on besides its recording."""

    now: datetime
    labels: dict[str, str]
    """The labels of the accounts, by id."""
    marks: Mapping[tuple[str, str], Marks] = field(default_factory=dict)
    """The marks of recordings, by their identity."""
    providers: Providers = NO_PROVIDERS

    def provider(self, recording: Recording) -> str:
        """The title of a recording's provider."""
        return self.providers.title(recording.provider)

    def origin(self, recording: Recording) -> str:
        """The provider and the account of a recording: `Bird · EU support`."""
        return f"{self.provider(recording)} · {self.labels.get(recording.account, '')}"

    def with_marks(self, marks: Mapping[tuple[str, str], Marks]) -> "Showing":
        """The same for recordings with these marks."""
        return replace(self, marks=marks)

    def marks_of(self, recording: Recording) -> Marks:
        """The marks of a recording, as far as they are known."""
        return self.marks.get(recording.key, NO_MARKS)
