"""Copies in another form come beside the originals, and never in their place."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from playhead.core.errors import Garbled, PlayheadError
from playhead.core.exports.choices import Choices, CopyForm
from playhead.core.marks import Spans
from support.exports.export_diary import Diary, done_by, run
from support.exports.export_scene import Clouds, audio, check_nothing_half, planned, recording

NO_HOLES = Spans()


class Reversing:
    """Makes copies that are the audio backwards, unless it is to fail."""

    def __init__(self, failure: PlayheadError | None = None, holes: Spans = NO_HOLES) -> None:
        self.failure = failure
        self.holes = holes
        self.made: list[str] = []
        self.told: list[tuple[str, ...]] = []

    def copy(self, source: Path, form: CopyForm, target: Path, told: Collection[str] = ()) -> Spans:
        if self.failure is not None:
            raise self.failure
        self.made.append(source.name)
        self.told.append(tuple(told))
        target.write_bytes(bytes(reversed(source.read_bytes())) + form.encode())
        return self.holes


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


def test_a_copy_is_made_of_what_the_host_called_it_also_after_a_restart(tmp_path: Path) -> None:
    subject = recording(1, format=None)
    made, copier, diary = planned([subject], tmp_path), Reversing(Garbled("audio")), Diary(tmp_path)
    chosen = Choices(copy=CopyForm.WAV)
    told = 'audio/L16; name="call of somebody.wav"; rate=16000'
    run(made, Clouds(media_type=told), choices=chosen, copier=copier, journal=diary)
    copier = Reversing()
    report = run(made, Clouds(), choices=chosen, copier=copier, done=diary.settled)
    assert copier.told == [("audio/l16;rate=16000",)]
    assert report.outcomes[0].media_type == "audio/l16;rate=16000", "nothing that names anybody"


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


def test_a_copy_that_fails_is_said_and_the_original_stays(tmp_path: Path) -> None:
    copier = Reversing(Garbled("audio"))
    report = run(planned([recording(1)], tmp_path), choices=Choices(copy=CopyForm.OPUS), copier=copier)
    assert report.complete
    assert report.outcomes[0].copy is None
    assert report.outcomes[0].copy_failure
    check_nothing_half(report, tmp_path)


def test_what_is_silent_in_a_copy_is_named_in_the_report(tmp_path: Path) -> None:
    made, diary = planned([recording(1), recording(2)], tmp_path), Diary(tmp_path)
    copier = Reversing(holes=Spans(((1.0, 1.5), (3.0, 4.0))))
    report = run(made, choices=Choices(copy=CopyForm.WAV), copier=copier, journal=diary)
    for outcome in report.outcomes:
        assert outcome.copy is not None
        assert "2 stretches of the original, 1.5 s" in outcome.copy_flaw
    assert dict(diary.settled) == done_by(report)
    assert report.complete
