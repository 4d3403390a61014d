"""What was said and marked comes with an export's report."""

from collections.abc import Sequence
from pathlib import Path

from playhead.core.errors import Missing, PlayheadError
from playhead.core.exports.choices import Choices
from playhead.core.finding.speechhits import Passage
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.marks import Marks
from playhead.core.recording import Recording
from playhead.core.transcript import Line, Transcript
from support.exports.export_diary import Diary, run
from support.exports.export_scene import planned, recording, recordings
from support.health.figures_examples import figures


class Told:
    """Knows what was said in everything but what it is to fail with."""

    def __init__(self, failure: PlayheadError | None = None) -> None:
        self.failure = failure
        self.asked: list[str] = []

    async def transcript(self, recording: Recording) -> Transcript | None:
        self.asked.append(recording.id)
        if self.failure is not None:
            raise self.failure
        line = Line(start=0, end=1, text=f"This is {recording.id}.")
        return Transcript(id="t", locale=None, lines=(line,))

    async def passages(self, recordings: Sequence[Recording], text: str) -> Sequence[tuple[Passage, ...]]:
        return [(Passage(text, ((0, 4),), 1.0, None),) for _ in recordings]

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        if self.failure is not None:
            raise self.failure
        health = SoundHealth(figures(), Verdict.FINE)
        return [Marks(starred=each.id == "id-1", health=health) for each in recordings]


def test_transcripts_and_marks_come_with_the_report_and_not_into_the_journal(tmp_path: Path) -> None:
    subjects = [recording(0), recording(1), recording(2, transcribed=False), recording(3, status="absent")]
    said, diary = Told(), Diary(tmp_path)
    report = run(planned(subjects, tmp_path), choices=Choices(marks=True), said=said, journal=diary)
    texts = [outcome.transcript and outcome.transcript.lines[0].text for outcome in report.outcomes]
    assert texts == ["This is id-0.", "This is id-1.", "This is id-2.", None]
    assert [outcome.marks and outcome.marks.starred for outcome in report.outcomes] == [
        False,
        True,
        False,
        False,
    ]
    assert {outcome.transcript for outcome in diary.settled.values()} == {None}
    assert {outcome.health for outcome in diary.settled.values()} == {None}
    going_on = Told()
    run(planned(subjects, tmp_path), said=going_on, done=diary.settled)
    assert sorted(going_on.asked) == ["id-0", "id-1", "id-2"]


def test_health_comes_with_the_report_without_stars_and_notes_being_chosen(tmp_path: Path) -> None:
    report = run(planned(recordings(2), tmp_path), said=Told())
    assert [(each.marks, each.health and each.health.verdict) for each in report.outcomes] == [
        (None, Verdict.FINE),
        (None, Verdict.FINE),
    ]
    failing = run(planned(recordings(2), tmp_path / "other"), said=Told(Missing(status=404)))
    assert failing.marks_failure is None


def test_what_was_said_may_fail_and_the_audio_stays(tmp_path: Path) -> None:
    report = run(
        planned(recordings(2), tmp_path), choices=Choices(marks=True), said=Told(Missing(status=404))
    )
    assert report.complete
    assert report.outcomes[0].transcript_failure == "the provider does not have it (HTTP 404)"
    assert isinstance(report.marks_failure, Missing)
