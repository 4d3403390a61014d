"""The queue of exports: those that the journal no longer has, and the folder that is shown."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from playhead.core.exports.choices import BAG_DATA, Choices
from playhead.core.exports.custody import Sitting
from playhead.core.exports.engine.needs import Earlier, Incoming, Needs
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.jobs import Jobs
from playhead.core.recording import Recording
from playhead.core.stores import Brief, Entry
from playhead.ui.exports.exportqueue import ExportQueue
from playhead.ui.exports.queuedexport import QueuedExport
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.look.icons import Icons
from support.exports.export_scene import Sheets
from support.fakes import recording
from support.window.driven_program import Run, until

BEGAN = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


class FakeJournal:
    """A journal that has the entries it is given, and remembers what was ended and dismissed."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = {each.number: each for each in entries}
        self.reading = asyncio.Event()
        """Cleared, whoever reads an entry waits."""
        self.reading.set()
        self.ended: list[int] = []
        self.dismissed: list[int] = []

    async def begin(
        self, plan: Plan, choices: Choices, done: Mapping[int, Outcome] = MappingProxyType({})
    ) -> int:
        return 1

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        """Nothing is kept."""

    async def end(self, number: int) -> None:
        self.ended.append(number)

    async def dismiss(self, number: int) -> None:
        self.dismissed.append(number)

    async def briefs(self) -> Sequence[Brief]:
        return ()

    async def entry(self, number: int) -> Entry | None:
        await self.reading.wait()
        return self.entries.get(number)


class Unasked:
    """Gives out no audio: nothing is to run here."""

    def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Incoming]:
        raise AssertionError("nothing is to run here")

    def prepare(self, recording: Recording) -> None:
        raise AssertionError("nothing is to run here")


class Bench:
    """A queue over a journal; no export may begin to run."""

    def __init__(self, panel: TransfersPanel, journal: FakeJournal) -> None:
        self.panel = panel
        self.journal = journal
        self.faults: list[Exception] = []
        self.jobs = Jobs(lambda _name, error: self.faults.append(error))
        self.reports: list[Report] = []
        self.folders: list[Path] = []
        self.queue = ExportQueue(journal, self.jobs, panel, Needs(fetcher=Unasked(), papers=Sheets()))
        self.queue.ended.connect(self.reports.append)
        self.queue.folder_asked.connect(self.folders.append)

    @property
    def running(self) -> bool:
        """Whether one of the first two exports runs."""
        return any(self.jobs.running(f"export {number}") for number in (1, 2))

    def says(self, number: int) -> str:
        """What the panel says of an export."""
        return self.panel.transfer(number).sentence

    def phase(self, number: int) -> Phase:
        return self.panel.transfer(number).phase


@pytest.fixture
def panel(qtbot: QtBot, icons: Icons) -> TransfersPanel:
    made = TransfersPanel(icons)
    qtbot.addWidget(made)
    return made


def brief(
    number: int, folder: Path, *, bag: bool = False, states: Mapping[State, int] | None = None
) -> Brief:
    return Brief(
        number=number,
        folder=folder,
        choices=Choices(bag=bag),
        began=BEGAN,
        files=3,
        states=states or {},
        present=0,
        size=0,
        ended=False,
    )


def entry(number: int, folder: Path) -> Entry:
    """What the journal has of an export of three files of which one was left."""
    made = plan([recording(n) for n in range(3)], folder, template="{id}", labels={})
    left = Outcome(recording=made.files[0].recording, state=State.LEFT)
    return Entry(number=number, plan=made, choices=Choices(), began=BEGAN, outcomes={0: left}, ended=False)


def test_an_export_that_the_journal_no_longer_has_ends_and_the_next_one_has_its_turn(
    run: Run[None], panel: TransfersPanel
) -> None:
    async def scene() -> None:
        bench = Bench(panel, FakeJournal())
        bench.queue.take_up(
            [brief(4, Path("calls"), states={State.KEPT: 1}), brief(5, Path("calls of March"))]
        )
        for number in (1, 2):
            panel.acted.emit(number, Act.CONTINUE)
        assert bench.queue.busy
        await until(lambda: not bench.running, "the end of both")
        assert bench.journal.ended == [4, 5]
        assert [bench.phase(1), bench.phase(2)] == [Phase.ENDED, Phase.ENDED]
        assert "cancelled" in bench.says(1)
        assert not bench.reports
        assert not bench.faults
        assert not bench.queue.busy

    run(scene())


def test_an_export_that_is_cancelled_while_it_is_read_does_not_begin_and_can_be_tried_again(
    run: Run[None], panel: TransfersPanel
) -> None:
    async def scene() -> None:
        bench = Bench(panel, FakeJournal(entry(4, Path("calls"))))
        bench.journal.reading.clear()
        bench.queue.take_up([brief(4, Path("calls"))])
        panel.acted.emit(1, Act.CONTINUE)
        await asyncio.sleep(0)
        panel.acted.emit(1, Act.CANCEL)
        bench.journal.reading.set()
        await until(lambda: not bench.running, "its end")
        assert bench.journal.ended == [4]
        assert bench.phase(1) is Phase.ENDED
        assert not bench.faults
        panel.acted.emit(1, Act.RETRY)
        await until(lambda: bench.faults, "the attempt to run it")
        assert "nothing is to run here" in str(bench.faults[0])

    run(scene())


def test_an_export_that_is_dismissed_while_it_is_read_shows_nothing_any_more(
    run: Run[None], panel: TransfersPanel
) -> None:
    async def scene() -> None:
        bench = Bench(panel, FakeJournal(entry(4, Path("calls"))))
        bench.journal.reading.clear()
        bench.queue.take_up([brief(4, Path("calls"))])
        shown = panel.transfer(1)
        panel.acted.emit(1, Act.READ)
        panel.acted.emit(1, Act.RETRY)
        await asyncio.sleep(0)
        shown.acted.emit(Act.DISMISS)
        bench.journal.reading.set()
        await until(lambda: bench.journal.dismissed, "its end in the journal")
        assert bench.journal.dismissed == [4]
        assert panel.numbers == ()
        assert not bench.running
        assert not bench.faults

    run(scene())


@pytest.mark.parametrize(
    ("folder", "bag", "shown"),
    [
        (Path("calls") / BAG_DATA, True, Path("calls")),
        (Path("calls") / BAG_DATA, False, Path("calls") / BAG_DATA),
        (Path("calls"), False, Path("calls")),
    ],
)
def test_of_a_bag_the_whole_is_shown_and_not_the_data_in_it(
    run: Run[None], panel: TransfersPanel, folder: Path, *, bag: bool, shown: Path
) -> None:
    async def scene() -> None:
        bench = Bench(panel, FakeJournal())
        bench.queue.take_up([brief(4, folder, bag=bag)])
        assert panel.transfer(1).folder_name == shown.name
        panel.acted.emit(1, Act.OPEN)
        assert bench.folders == [shown]

    run(scene())


class Unshown:
    """A line of the panel that nobody sees."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_, **__: None


class Ended:
    """An export that has ended so."""

    def __init__(self, report: Report) -> None:
        self._report = report

    async def run(self) -> Report:
        return self._report


def test_what_was_in_a_folder_that_is_away_is_looked_for_when_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = plan([recording(1), recording(2)], tmp_path, labels={})
    there = Outcome(
        recording=recording(1), state=State.KEPT, path=made.files[0].path, size=1, sha256="0" * 64
    )
    failed = [Outcome(recording=each.recording, state=State.FAILED, why="it is away") for each in made.files]
    away = Report(plan=made, outcomes=tuple(failed), began=BEGAN, ended=BEGAN, unreached={0: there})
    given: list[Mapping[int, Outcome] | None] = []

    def make(plan: Plan, needs: Needs, choices: Choices, *, earlier: Earlier, **_: object) -> Ended:
        given.append(earlier.done)
        return Ended(away)

    monkeypatch.setattr("playhead.ui.exports.queuedexport.Export", make)
    needs = Needs(fetcher=Unasked(), papers=Sheets())

    async def scene() -> None:
        shown = cast("Transfer", Unshown())
        queued = QueuedExport(made, Choices(), shown, FakeJournal(), entry=None)
        await queued.run(needs)
        queued.try_again()
        await queued.run(needs)

    asyncio.run(scene())
    assert given == [None, {0: there}]


def test_an_export_that_is_taken_up_has_begun_when_its_first_run_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_began, before = BEGAN + timedelta(seconds=1), BEGAN - timedelta(days=9)
    left = entry(4, tmp_path)
    sittings = [
        Sitting(began=run_began + timedelta(hours=2)),
        Sitting(began=run_began),
        Sitting(began=before),
    ]
    outcomes = {
        place: Outcome(recording=file.recording, state=State.KEPT, path=file.path, size=1, sitting=sitting)
        for place, (file, sitting) in enumerate(zip(left.plan.files, sittings, strict=True))
    }
    given: list[datetime | None] = []

    def make(plan: Plan, needs: Needs, choices: Choices, *, earlier: Earlier, **_: object) -> Ended:
        given.append(earlier.began)
        return Ended(Report(plan=plan, outcomes=tuple(outcomes.values()), began=BEGAN, ended=BEGAN))

    monkeypatch.setattr("playhead.ui.exports.queuedexport.Export", make)

    async def scene() -> None:
        journal = FakeJournal(replace(left, outcomes=outcomes))
        queued = QueuedExport(left.plan, Choices(), cast("Transfer", Unshown()), journal, entry=4)
        queued.show_brief(brief(4, tmp_path))
        await queued.run(Needs(fetcher=Unasked(), papers=Sheets()))

    asyncio.run(scene())
    assert given == [run_began]
