"""The data that the files of an export are written from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from playhead.core.exports.custody import Sitting
from playhead.core.exports.files import Kept
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.exports.sums import REPORT_SUMS

SECTIONS = (State.FAILED, State.DOUBTFUL, State.SKIPPED, State.LEFT, State.KEPT)
"""The order in which a reader needs them: what is not here, or in doubt, first."""


@dataclass(frozen=True)
class ExportData:
    """A report, the program that made it, and what lies beside the audio."""

    report: Report
    program: str
    transcripts: Mapping[tuple[str, str], tuple[Kept, ...]] = field(default_factory=dict)
    """The files of the transcript of a recording, by its key: the one to be read comes last."""
    sums: Kept | None = None
    """The list of sums with its own sum, once that is known: the report tells it."""
    report_sums: str = REPORT_SUMS
    """The name of the list that speaks of the report."""
    rights: str = ""
    """The rights that the files have, as `rw-r--r--`, on systems that have such."""

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each recording, by its key: they run through all sections of the report."""
        numbers: dict[tuple[str, str], int] = {}
        for state in SECTIONS:
            for outcome in self.report.of(state):
                numbers.setdefault(outcome.recording.key, len(numbers) + 1)
        return numbers

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """The runs of the export, in their order."""
        return self.report.sittings

    @cached_property
    def _places(self) -> Mapping[object, int]:
        return {sitting.began: number for number, sitting in enumerate(self.sittings, 1)}

    def number_of(self, outcome: Outcome) -> int:
        """The number of a recording in all papers."""
        return self.numbers[outcome.recording.key]

    def sitting_of(self, outcome: Outcome) -> int | None:
        """The number of the run that fetched it; None where that was not written down."""
        return self._places.get(outcome.sitting.began) if outcome.sitting is not None else None

    def carried_over(self, outcome: Outcome) -> bool | None:
        """True if an earlier run or export fetched it; None if there is no file of it."""
        if not outcome.state.has_file:
            return None
        number = self.sitting_of(outcome)
        return outcome.present or (number is not None and number < len(self.sittings))

    def transcript_of(self, outcome: Outcome) -> str:
        """The path of the transcript to be read; empty if there is none."""
        files = self.transcripts.get(outcome.recording.key, ())
        return files[-1].path if files else ""

    def files(self) -> Iterator[Kept]:
        """Everything beside the sheets: originals, copies, transcripts."""
        for outcome in self.report.outcomes:
            if outcome.sha256:
                yield Kept(outcome.path, outcome.size, outcome.sha256)
        yield from (outcome.copy for outcome in self.report.outcomes if outcome.copy is not None)
        yield from (kept for pair in self.transcripts.values() for kept in pair)
