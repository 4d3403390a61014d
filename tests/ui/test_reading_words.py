"""Words on transcripts: how many are read, what is left, what came of it."""

import pytest

from playhead.core.finding.speechcoverage import SpeechCoverage
from playhead.core.loading.transcriptwork import ReadOutcome
from playhead.core.worklists.workstates import Added, Hold, WorkProgress
from playhead.ui.wording.readingwords import ReadingWords, read_of, said_coverage, to_read
from support.window.transfers_scene import THIN


def of(matching: int, read: int, existing: int, recordings: int, **changes: object) -> SpeechCoverage:
    facts = {"matching": matching, "read": read, "existing": existing, "recordings": recordings, **changes}
    return SpeechCoverage(**facts)  # type: ignore[arg-type]  # a test names fields that there are


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (
            of(12, 340, 860, 3260),
            f"12 match in 340 transcripts read, 860 exist, 2{THIN}400 recordings have none",
        ),
        (of(1, 1, 1, 2), "1 matches in 1 transcript read, 1 exists, 1 recording has none"),
        (
            of(0, 0, 0, 9, listed=False),
            (
                "0 match in 0 transcripts read, 0 exist,"
                " 9 recordings have none as far as the provider’s list was read"
            ),
        ),
        (
            of(2, 3, 9, 9, let_go=4),
            (
                "2 match in 3 transcripts read, 9 exist, 0 recordings have none,"
                " 4 were let go of for want of room"
            ),
        ),
        (
            of(2, 300, 300, 300, unindexed=120),
            (
                "2 match in 300 transcripts read, 300 exist, 0 recordings have none,"
                " 120 transcripts are still being indexed"
            ),
        ),
    ],
)
def test_an_answer_says_of_how_many_recordings_it_is_known(coverage: SpeechCoverage, words: str) -> None:
    assert said_coverage(coverage) == words


def test_where_there_is_little_room_it_is_said_of_how_many_transcripts() -> None:
    assert read_of(of(12, 340, 860, 2400)) == "340 of 860 transcripts read"


def test_what_is_to_be_read_is_said_before() -> None:
    assert to_read(of(0, 3, 8, 10)) == "10 recordings: 3 are read, 5 are to be read, 2 have no transcript."
    assert to_read(of(0, 1, 2, 3)) == "3 recordings: 1 is read, 1 is to be read, 1 has no transcript."


def test_a_reading_tells_how_far_it_is_why_it_waits_and_what_came_of_it() -> None:
    words = ReadingWords()
    outcomes: dict[str, int] = {ReadOutcome.READ: 40, ReadOutcome.NONE: 2, ReadOutcome.FAILED: 1}
    progress = WorkProgress(total=100, outcomes=outcomes, fetched=43, rate=21.4, left=3.0)
    assert words.how_far(progress).startswith("40 of 100 read · 21 a second · ")
    held = WorkProgress(total=100, outcomes=outcomes, held=Hold.PERSON)
    assert words.how_far(held) == "Paused · 40 of 100 read · 2 not given · 1 could not be read"
    assert words.ended(held, ["EU"]).endswith("reconnect, and it goes on")
    assert words.ended(held, stopped=True).endswith("stopped; what is read stays")
    assert words.nothing(Added(0, 1, 2)) == (
        "Nothing is left to read: 1 transcript is read already and 2 recordings have none."
    )
    assert words.nothing(Added(0, 0, 0)) == "Nothing is selected to be read."
