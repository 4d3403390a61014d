"""An export that was cut short goes on where it stood; one into a folder with files loses none of them."""

import asyncio
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from export_scene import (
    NOON,
    Clouds,
    Sheets,
    audio,
    check_nothing_half,
    check_sums,
    names,
    planned,
    recording,
)

from playhead.core.errors import CatalogueError, Garbled, Missing, PlayheadError
from playhead.core.exports.choices import AS_USUAL, Choices, CopyForm, Taken
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Conflict, Plan, plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.exports.run import Export
from playhead.core.marks import Marks
from playhead.core.recording import Recording
from playhead.core.transcript import Line, Transcript


@dataclass
class Diary:
    """A journal in memory; looks into the folder whenever something is written."""

    folder: Path
    settled: dict[int, Outcome] = field(default_factory=dict)
    ended: bool = False
    failing: bool = False
    early: list[str] = field(default_factory=list)
    """Files that had their name before they were in the journal."""

    async def settle(self, place: int, outcome: Outcome) -> None:
        if self.failing:
            raise CatalogueError("the disk is full")
        if outcome.state is State.KEPT and not outcome.present and outcome.copy is None:
            named = (self.folder / outcome.path).exists()
            part = self.folder / f"{outcome.path}.part"
            if named or part.stat().st_size != outcome.size:
                self.early.append(outcome.path)
        self.settled[place] = outcome

    async def end(self) -> None:
        self.ended = True


def run(made: Plan, clouds: Clouds | None = None, **more: object) -> Report:
    options: dict[str, object] = {"choices": AS_USUAL, "papers": Sheets(), "clock": lambda: NOON, **more}
    return asyncio.run(Export(made, clouds or Clouds(), **options).run())  # type: ignore[arg-type]


def recordings(number: int) -> list[Recording]:
    return [recording(each) for each in range(number)]


def done_by(report: Report) -> Mapping[int, Outcome]:
    return dict(enumerate(report.outcomes))


def test_the_journal_knows_of_a_file_before_it_has_its_name(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    failing = Clouds({"id-3": Missing(status=404)})
    report = run(planned([*recordings(9), recording(9, status="absent")], tmp_path), failing, journal=diary)
    assert diary.ended
    assert diary.early == []
    assert [diary.settled[place] for place in range(10)] == list(report.outcomes)


def test_a_journal_that_fails_costs_no_audio_and_is_told(tmp_path: Path) -> None:
    report = run(planned(recordings(9), tmp_path), journal=Diary(tmp_path, failing=True))
    assert report.complete
    assert isinstance(report.journal_failure, CatalogueError)
    check_nothing_half(report, tmp_path)


@pytest.mark.parametrize("pieces", [0, 7, 20, 33, 55])
def test_quitting_leaves_the_rest_and_the_sheets_to_the_one_who_continues(
    tmp_path: Path, pieces: int
) -> None:
    made, diary = planned(recordings(12), tmp_path), Diary(tmp_path)

    async def scene() -> bool:
        clouds = Clouds(countdown=pieces)
        export = Export(made, clouds, choices=AS_USUAL, papers=Sheets(), journal=diary)
        running = asyncio.create_task(export.run())
        await clouds.reached.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return diary.ended

    assert not asyncio.run(scene())
    assert not list(tmp_path.glob("*SUMS*"))
    assert not list(tmp_path.rglob("*.part"))
    before = dict(diary.settled)
    clouds = Clouds()
    report = run(made, clouds, journal=diary, done=before)
    assert report.complete
    assert diary.ended
    assert len(clouds.asked) == 12 - len(before)
    check_nothing_half(report, tmp_path)


def test_what_was_kept_is_looked_at_again(tmp_path: Path) -> None:
    made = planned(recordings(6), tmp_path)
    first = run(made)
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"altered")
    (tmp_path / "call" / "id-2.mp3").unlink()
    (tmp_path / "call" / "id-3.mp3").rename(tmp_path / "call" / "id-3.mp3.part")
    (tmp_path / "call" / "id-4.mp3.2.part").write_bytes(b"half of it")
    (tmp_path / "recordings.csv.part").write_bytes(b"half of it")
    clouds = Clouds()
    report = run(made, clouds, done=done_by(first), replaces=first.sheets)
    assert clouds.asked == ["id-1", "id-2"]
    assert report.complete
    assert report.outcomes[1].path == "call/id-1 (2).mp3"
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"altered"
    assert (tmp_path / "call" / "id-3.mp3").read_bytes() == audio(3)
    assert not list(tmp_path.rglob("*.part"))
    check_sums(tmp_path, names(report)[-1])


def test_only_what_failed_is_tried_again(tmp_path: Path) -> None:
    made = planned(recordings(9), tmp_path)
    first = run(made, Clouds({"id-3": Missing(status=404), "id-5": Garbled("length")}))
    assert first.retryable == (3, 5)
    others = {place: each for place, each in enumerate(first.outcomes) if place not in first.retryable}
    clouds = Clouds()
    report = run(made, clouds, done=others)
    assert clouds.asked == ["id-3", "id-5"]
    assert report.complete
    assert [outcome.path for outcome in report.outcomes] == [file.path for file in made.files]


def known_after(report: Report) -> dict[tuple[str, str], Kept]:
    return {
        outcome.recording.key: Kept(outcome.path, outcome.size, outcome.sha256)
        for outcome in report.of(State.KEPT)
    }


def again(folder: Path, subjects: Sequence[Recording], taken: Taken, known: Report | None = None) -> Plan:
    existing = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    return plan(
        subjects,
        folder,
        template="{kind}/{id}",
        labels={},
        existing=existing,
        taken=taken,
        known=known_after(known) if known is not None else None,
    )


def test_what_an_earlier_export_kept_is_not_fetched_again_if_it_is_intact(tmp_path: Path) -> None:
    first = run(planned(recordings(3), tmp_path))
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"altered")
    made = again(tmp_path, recordings(4), Taken.KEEP, first)
    assert [(each.place, each.taken) for each in made.conflicts] == [
        (place, Taken.KEEP) for place in range(3)
    ]
    clouds = Clouds()
    report = run(made, clouds, choices=Choices(taken=Taken.KEEP))
    assert sorted(clouds.asked) == ["id-1", "id-3"]
    assert [outcome.present for outcome in report.outcomes] == [True, False, True, False]
    assert report.outcomes[1].path == "call/id-1 (2).mp3"
    assert report.complete


def test_a_file_of_another_recording_is_never_taken_for_this_one(tmp_path: Path) -> None:
    first = run(planned([recording(1)], tmp_path))
    other = replace(recording(1), account="a2")
    made = again(tmp_path, [other], Taken.KEEP, first)
    assert made.conflicts == (Conflict(0, "call/id-1.mp3", Taken.NUMBER, "call/id-1 (2).mp3"),)
    assert not run(made).outcomes[0].present


@pytest.mark.parametrize("taken", [Taken.NUMBER, Taken.REPLACE])
def test_a_taken_name_is_numbered_or_replaced_as_chosen(tmp_path: Path, taken: Taken) -> None:
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    made = again(tmp_path, [recording(1)], taken)
    path = "call/id-1.mp3" if taken is Taken.REPLACE else "call/id-1 (2).mp3"
    assert made.conflicts == (Conflict(0, "call/id-1.mp3", taken, path),)
    report = run(made, choices=Choices(taken=taken))
    assert (tmp_path / path).read_bytes() == audio(1)
    assert report.outcomes[0].path == path
    if taken is Taken.NUMBER:
        assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"


def test_two_exports_into_one_folder_at_once_lose_nothing(tmp_path: Path) -> None:
    async def scene() -> list[Report]:
        exports = [
            Export(planned(recordings(40), tmp_path), Clouds(), choices=AS_USUAL, papers=Sheets())
            for _ in range(3)
        ]
        return await asyncio.gather(*(export.run() for export in exports))

    reports = asyncio.run(scene())
    paths = [outcome.path for report in reports for outcome in report.of(State.KEPT)]
    assert len(set(paths)) == 120
    for report in reports:
        assert report.complete
        check_sums(tmp_path, names(report)[-1])
        for place, outcome in enumerate(report.outcomes):
            assert (tmp_path / outcome.path).read_bytes() == audio(place)
    assert not list(tmp_path.rglob("*.part"))


class Reversing:
    """Makes copies that are the audio backwards, unless it is to fail."""

    def __init__(self, failure: PlayheadError | None = None) -> None:
        self.failure = failure
        self.made: list[str] = []

    def copy(self, source: Path, form: CopyForm, target: Path) -> None:
        if self.failure is not None:
            raise self.failure
        self.made.append(source.name)
        target.write_bytes(bytes(reversed(source.read_bytes())) + form.encode())


def test_copies_are_made_beside_the_originals_and_not_twice(tmp_path: Path) -> None:
    subjects = [recording(1), recording(2), recording(3, id="id-2", account="a2", format="wav")]
    made, copier, diary = planned(subjects, tmp_path), Reversing(), Diary(tmp_path)
    chosen = Choices(copy=CopyForm.WAV)
    report = run(made, choices=chosen, copier=copier, journal=diary)
    copies = [outcome.copy for outcome in report.outcomes]
    assert len({copy and copy.path for copy in copies}) == 3
    for copy in copies:
        assert copy is not None
        assert hashlib.sha256((tmp_path / copy.path).read_bytes()).hexdigest() == copy.sha256
    assert (tmp_path / "call" / "id-2.wav").read_bytes() == audio(2)
    assert dict(diary.settled) == done_by(report)
    (tmp_path / "call" / "id-1.wav").unlink()
    clouds, copier = Clouds(), Reversing()
    second = run(made, clouds, choices=chosen, copier=copier, done=diary.settled)
    assert clouds.asked == []
    assert copier.made == ["id-1.mp3"]
    assert second.outcomes == report.outcomes
    assert not list(tmp_path.rglob("*.part"))


def test_copies_that_were_in_the_making_when_it_was_killed_leave_nothing(tmp_path: Path) -> None:
    made = planned([recording(1), recording(2)], tmp_path)
    first = run(made)
    (tmp_path / "call" / "id-1.opus.part").write_bytes(b"half of it")
    (tmp_path / "call" / "id-2.opus.2.part").write_bytes(b"half of it")
    (tmp_path / "recordings (2).csv").touch()
    (tmp_path / "recordings (2).csv.part").touch()
    chosen = Choices(copy=CopyForm.OPUS)
    report = run(made, choices=chosen, copier=Reversing(), done=done_by(first), replaces=first.sheets)
    assert [outcome.copy and outcome.copy.path for outcome in report.outcomes] == [
        "call/id-1.opus",
        "call/id-2.opus",
    ]
    assert not list(tmp_path.rglob("*.part"))


def test_an_export_that_goes_on_began_when_it_first_did(tmp_path: Path) -> None:
    before = NOON - timedelta(hours=3)
    report = run(planned([recording(1)], tmp_path), done={}, began=before)
    assert (report.began, report.ended) == (before, NOON)


def test_a_copy_that_fails_is_said_and_the_original_stays(tmp_path: Path) -> None:
    copier = Reversing(Garbled("audio"))
    report = run(planned([recording(1)], tmp_path), choices=Choices(copy=CopyForm.OPUS), copier=copier)
    assert report.complete
    assert report.outcomes[0].copy is None
    assert report.outcomes[0].copy_failure
    check_nothing_half(report, tmp_path)


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

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        if self.failure is not None:
            raise self.failure
        return [Marks(starred=each.id == "id-1") for each in recordings]


def test_transcripts_and_marks_come_with_the_report_and_not_into_the_journal(tmp_path: Path) -> None:
    subjects = [recording(0), recording(1), recording(2, transcribed=False), recording(3, status="absent")]
    said, diary = Told(), Diary(tmp_path)
    report = run(planned(subjects, tmp_path), choices=Choices(marks=True), said=said, journal=diary)
    texts = [outcome.transcript and outcome.transcript.text for outcome in report.outcomes]
    assert texts == ["This is id-0.", "This is id-1.", None, None]
    assert [outcome.marks and outcome.marks.starred for outcome in report.outcomes] == [
        False,
        True,
        False,
        False,
    ]
    assert {outcome.transcript for outcome in diary.settled.values()} == {None}
    going_on = Told()
    run(planned(subjects, tmp_path), said=going_on, done=diary.settled)
    assert sorted(going_on.asked) == ["id-0", "id-1"]


def test_what_was_said_may_fail_and_the_audio_stays(tmp_path: Path) -> None:
    report = run(
        planned(recordings(2), tmp_path), choices=Choices(marks=True), said=Told(Missing(status=404))
    )
    assert report.complete
    assert report.outcomes[0].transcript_failure == "the provider does not have it (HTTP 404)"
    assert isinstance(report.marks_failure, Missing)


def test_a_clock_that_is_set_back_ends_no_export_before_its_beginning(tmp_path: Path) -> None:
    hours = iter([NOON, NOON.replace(hour=1)])
    report = run(planned(recordings(1), tmp_path), clock=lambda: next(hours))
    assert report.began == report.ended == NOON


@pytest.mark.skipif(os.name == "nt", reason="Windows renames without links")
def test_a_disk_without_links_keeps_names_apart_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    report = run(planned(recordings(3), tmp_path))
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"
    assert [outcome.path for outcome in report.outcomes] == [
        "call/id-0.mp3",
        "call/id-1 (2).mp3",
        "call/id-2.mp3",
    ]
    check_sums(tmp_path)
