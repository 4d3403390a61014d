"""Going on with an old export: what stands, what is fetched, and what it is called."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playhead.core.exports.again import again
from playhead.core.exports.audit import PastExport
from playhead.core.exports.choices import Choices, Taken
from playhead.core.exports.report import Outcome, State
from support.fakes import recording

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SUM = "0" * 64


def kept(number: int, path: str) -> Outcome:
    return Outcome(recording=recording(number), state=State.KEPT, path=path, size=3, sha256=SUM)


def past(*outcomes: Outcome, **choices: object) -> PastExport:
    return PastExport(
        folder=Path("/exports/march"),
        record="recordings.json",
        program="Playhead",
        began=NOON,
        zone=UTC,
        choices=replace(Choices(template="{id}"), **choices),  # type: ignore[arg-type]
        labels={recording(1).account: "Then"},
        outcomes=outcomes,
        listed={},
        papers=(),
        sums=None,
    )


def test_what_was_kept_stands_under_its_name_and_what_is_new_comes_after_it() -> None:
    old = past(kept(1, "odd name.mp3"), kept(2, "b.mp3"))
    made = again(old, [recording(3)], old.choices, labels={}, existing=["odd name.mp3", "b.mp3"])
    assert [file.path for file in made.plan.files[:2]] == ["odd name.mp3", "b.mp3"]
    assert made.plan.files[2].recording == recording(3)
    assert set(made.done) == {0, 1}
    assert all(outcome.present for outcome in made.done.values())


def test_what_is_wanted_again_is_not_done_and_keeps_its_name() -> None:
    old = past(kept(1, "a.mp3"), kept(2, "b.mp3"))
    made = again(old, [recording(2)], old.choices, labels={}, existing=["a.mp3"])
    assert set(made.done) == {0}
    assert made.plan.files[1].path == "b.mp3"
    assert len(made.plan.files) == 2


def test_what_is_lost_and_not_wanted_is_said() -> None:
    old = past(kept(1, "a.mp3"))
    lost = {recording(1).key: "its file was altered after the export"}
    made = again(old, [], old.choices, labels={}, existing=["a.mp3"], lost=lost)
    assert made.done[0].state is State.FAILED
    assert made.done[0].why == "its file was altered after the export"
    assert not made.done[0].path


def test_what_had_failed_stays_failed_unless_it_is_wanted_now() -> None:
    failed = Outcome(recording=recording(1), state=State.FAILED, why="it was not there")
    old = past(failed)
    assert again(old, [], old.choices, labels={}, existing=[]).done == {0: failed}
    newer = replace(recording(1), status="available", name="newer")
    made = again(old, [newer], old.choices, labels={}, existing=[])
    assert made.done == {}
    assert made.plan.files[0].recording.name == "newer"


def test_a_new_name_that_is_taken_gets_a_number_and_nothing_is_replaced() -> None:
    old = past(kept(1, "a.mp3"), template="same", taken=Taken.REPLACE, bag=True)
    made = again(old, [recording(2)], replace(old.choices, bag=False), labels={}, existing=["same.mp3"])
    assert made.plan.files[1].path.startswith("same (2)")
    assert made.choices.taken is Taken.KEEP
    assert made.choices.bag


def test_accounts_of_then_keep_their_names_unless_they_have_others_now() -> None:
    old = past(kept(1, "a.mp3"))
    assert again(old, [], old.choices, labels={}, existing=[]).plan.labels[recording(1).account] == "Then"
    now = {recording(1).account: "Now"}
    assert again(old, [], old.choices, labels=now, existing=[]).plan.labels == now


def test_the_coverage_tells_of_what_was_chosen_then_and_of_what_was_added() -> None:
    old = past(
        kept(1, "a.mp3"), query="kind:call", coverage="All that match “kind:call”: 1 match in 9 loaded."
    )
    missing = again(old, [recording(1)], old.choices, labels={}, existing=[])
    assert missing.choices.coverage == old.choices.coverage
    since = again(old, [recording(2)], old.choices, labels={}, existing=[])
    assert since.choices.coverage == f"{old.choices.coverage} 1 more were added later."
    chosen = Choices(query="is:stereo", coverage="Selected from: 3 match in 9 loaded.")
    added = again(old, [recording(1), recording(2)], chosen, labels={}, existing=[])
    assert added.choices.query == "kind:call"
    assert added.choices.coverage == f"{old.choices.coverage} 1 more were added later: {chosen.coverage}"


def test_an_account_that_nothing_is_from_is_not_named() -> None:
    old = past(kept(1, "a.mp3"))
    labels = {recording(1).account: "Now", "another": "Elsewhere"}
    made = again(old, [recording(2)], old.choices, labels=labels, existing=[])
    assert made.plan.labels == {recording(1).account: "Now"}
