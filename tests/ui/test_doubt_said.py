"""What nobody can tell to be audio is said so wherever an export is spoken of."""

from pathlib import Path

import pytest

from playhead.core.exports.report import Outcome, State
from playhead.ui.wording.exportwords import ended, so_far
from support.exports.export_examples import recording, report
from support.window.transfers_scene import brief

SUM = "0" * 64


def outcome(number: int, state: State) -> Outcome:
    there = {"path": f"{number}.mp3", "size": 500_000, "sha256": SUM} if state.has_file else {}
    return Outcome(recording=recording(number), state=state, **there)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (
            [State.KEPT, State.DOUBTFUL],
            "1 file exported, 1.0 MB · 1 more is kept, but Playhead cannot tell whether it is audio",
        ),
        (
            [State.DOUBTFUL, State.DOUBTFUL],
            "0 files exported, 1.0 MB · 2 more are kept, but Playhead cannot tell whether they are audio",
        ),
    ],
)
def test_the_end_of_an_export_counts_it_apart(states: list[State], said: str, tmp_path: Path) -> None:
    made = report(tmp_path, [outcome(number, state) for number, state in enumerate(states)])
    assert ended(made) == said
    assert not made.complete


def test_an_export_of_an_earlier_run_counts_it_apart() -> None:
    told = brief(3, {State.KEPT: 1, State.DOUBTFUL: 2}, ended=True)
    assert "2 more are kept, but Playhead cannot tell" in so_far(told)
    assert told.retryable == 0
    assert told.here == 3
