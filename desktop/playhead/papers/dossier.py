"""What the papers are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playhead.core.exports.files import Kept
from playhead.core.exports.report import Outcome, Report


@dataclass(frozen=True, slots=True)
class Dossier:
    """A report, the program that made it, and the transcripts that lie beside the audio."""

    report: Report
    program: str
    transcripts: Mapping[tuple[str, str], tuple[Kept, ...]] = field(default_factory=dict)
    """The files of the transcript of a recording, by its key: the one to be read comes last."""

    def transcript_of(self, outcome: Outcome) -> str:
        """The path of the transcript to be read; empty if there is none."""
        files = self.transcripts.get(outcome.recording.key, ())
        return files[-1].path if files else ""
