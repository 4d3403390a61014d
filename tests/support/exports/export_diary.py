"""A journal in memory for the tests of exports, and exports that are run with one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playhead.core.errors import CatalogueError
from playhead.core.exports.choices import AS_USUAL
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report, State
from support.exports.export_scene import NOON, Clouds, Sheets, made_export


@dataclass
class Diary:
    """Keeps what it is told; looks into the folder whenever something is written."""

    folder: Path
    settled: dict[int, Outcome] = field(default_factory=dict)
    ended: bool = False
    failing: bool = False
    early: list[str] = field(default_factory=list)
    """Files that had their name before they were in the journal."""

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        if self.failing:
            raise CatalogueError("the disk is full")
        if outcome.state is State.KEPT and not outcome.present and outcome.copy is None:
            named = (self.folder / outcome.path).exists()
            part = self.folder / f"{outcome.path}.part"
            if named or part.stat().st_size != outcome.size:
                self.early.append(outcome.path)
        self.settled[place] = outcome

    async def end(self, number: int) -> None:
        self.ended = True


def run(made: Plan, clouds: Clouds | None = None, **more: object) -> Report:
    """Run an export to its end; `more` is what it is given beside its plan and its clouds."""
    options: dict[str, object] = {"choices": AS_USUAL, "papers": Sheets(), "clock": lambda: NOON, **more}
    return asyncio.run(made_export(made, clouds or Clouds(), **options).run())  # type: ignore[arg-type]


def done_by(report: Report) -> Mapping[int, Outcome]:
    """What the next one is told of this one."""
    return dict(enumerate(report.outcomes))
