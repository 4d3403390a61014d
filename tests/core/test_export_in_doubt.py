"""What nobody can tell to be audio is on the disk, and never said to be kept."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from playhead.core.errors import PlayheadError, Unreachable
from playhead.core.exports.again import again
from playhead.core.exports.audit import FileCondition, examine, read_export
from playhead.core.exports.choices import Choices, CopyForm
from playhead.core.exports.engine.reconcile import standing
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import DOUBT, Report, State
from playhead.core.fetching.downloads import Downloads
from playhead.core.marks import Spans
from playhead.core.pace import Pace
from playhead.papers import exportfiles as papers
from support.audio.disguises import NOISE
from support.exports.export_scene import Naps, made_export, planned, recordings
from support.loading.downloads_scene import Cache, Host


def run(made: Plan, downloads: Downloads, *, choices: Choices | None = None, **more: Any) -> Report:
    async def scene() -> Report:
        chosen = choices or Choices()
        report = await made_export(
            made, downloads, choices=chosen, papers=papers, pace=Pace(sleep=Naps()), **more
        ).run()
        await downloads.close()
        return report

    return asyncio.run(asyncio.wait_for(scene(), 60))


def hosts(*cuts: int | PlayheadError, content: bytes) -> Downloads:
    host = Host(*cuts, content=content, piece=8_000)

    async def sleep(_: float) -> None:
        await asyncio.sleep(0)

    return Downloads(lambda _: host, Cache(), pace=Pace(sleep=sleep))


@pytest.mark.parametrize(
    "cuts",
    [
        (),
        (30_000,),
        (100_000,),
        (100_000, 30_000, 400_000),
        (30_000, *[Unreachable("cut")] * 6),
        (600_000, *[Unreachable("cut")] * 6, 900_000),
        (600_000, *[Unreachable("cut")] * 6),
        (1_100_000, *[Unreachable("cut")] * 6),
    ],
    ids=str,
)
def test_doubt_outlasts_whatever_cuts_the_connection(
    cuts: tuple[int | PlayheadError, ...], tmp_path: Path
) -> None:
    content = NOISE(1_300_000)
    report = run(planned(recordings(1), tmp_path), hosts(*cuts, content=content))
    (outcome,) = report.outcomes
    assert outcome.state is State.DOUBTFUL
    assert outcome.why == DOUBT
    assert (tmp_path / outcome.path).read_bytes() == content
    assert not report.complete
    assert report.retryable == ()
    assert report.size == len(content)


def in_doubt(tmp_path: Path) -> Report:
    report = run(planned(recordings(2), tmp_path), hosts(content=NOISE(100_000)))
    assert [outcome.state for outcome in report.outcomes] == [State.DOUBTFUL] * 2
    return report


def test_an_export_that_is_taken_up_still_knows_what_is_doubtful(tmp_path: Path) -> None:
    report = in_doubt(tmp_path)
    made = planned(recordings(2), tmp_path)
    (tmp_path / report.outcomes[1].path).unlink()
    held = standing(made, dict(enumerate(report.outcomes)))
    assert set(held) == {0}
    assert held[0].state is State.DOUBTFUL


def test_an_old_export_in_doubt_is_read_and_gone_on_with_as_that(tmp_path: Path) -> None:
    in_doubt(tmp_path)
    past = read_export(tmp_path)
    assert [outcome.state for outcome in past.outcomes] == [State.DOUBTFUL] * 2
    assert {file.condition for file in examine(past)} == {FileCondition.INTACT}
    made = again(past, [], past.choices, labels={}, existing=[])
    assert [(each.state, each.present) for each in made.done.values()] == [(State.DOUBTFUL, True)] * 2
    wanted = again(past, recordings(2), past.choices, labels={}, existing=[])
    report = run(wanted.plan, hosts(content=b"never asked"), done=wanted.done, replaces=wanted.replaces)
    assert [(each.state, each.present) for each in report.outcomes] == [(State.DOUBTFUL, True)] * 2


@dataclass
class Copies:
    """Copies nothing, and knows what it was asked for."""

    asked: list[Path] = field(default_factory=list)

    def copy(self, source: Path, form: CopyForm, target: Path, told: Collection[str] = ()) -> Spans:
        """Note it."""
        del form, target
        self.asked.append(source)
        return Spans()


def test_nothing_is_copied_into_another_form_that_may_not_be_audio(tmp_path: Path) -> None:
    copies = Copies()
    chosen = Choices(copy=CopyForm.WAV)
    made = planned(recordings(1), tmp_path)
    report = run(made, hosts(content=NOISE(90_000)), choices=chosen, copier=copies)
    assert report.outcomes[0].state is State.DOUBTFUL
    assert copies.asked == []
