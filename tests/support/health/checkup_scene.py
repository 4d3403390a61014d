"""A checkup over a fake catalogue, host and measurer, whose time passes only where a test lets it."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

from playhead.core.errors import Garbled, PlayheadError
from playhead.core.fetching.downloads import Downloads
from playhead.core.health.audiofigures import Measured
from playhead.core.health.checked import Checked
from playhead.core.health.checkup import Arriving, Checkup, CheckupNeeds, Finding
from playhead.core.media import Media
from playhead.core.pace import Pace
from playhead.core.peaks import Peaks
from playhead.core.recording import Recording
from playhead.core.worklists.workrun import WorkRun
from playhead.core.worklists.workstates import Added, WorkFigures, WorkProgress, WorkWish
from support.fakes import FakeAnalyses, FakeMedia, FakeSource
from support.health.figures_examples import figures
from support.loading.downloads_scene import AUDIO, Host

BROKEN = Garbled("broken")
SOUND = AUDIO
_TURNS = 20
"""Turns of the event loop that a pause takes."""


class FakeCheckups:
    """A list in memory, of recordings instead of ids. `failures` are raised one by one by `settle`."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[Recording, str | None]] = {}
        self.failures: list[PlayheadError] = []
        self.held = False
        self.wished: list[WorkWish] = []

    def put(self, *recordings: Recording) -> None:
        for each in recordings:
            self.kept[each.key] = (each, None)

    def outcomes(self) -> dict[str, str | None]:
        """What became of each, by the provider's id."""
        return {each.id: outcome for each, outcome in self.kept.values()}

    async def add(self, ids: Sequence[int]) -> Added:
        raise AssertionError(ids)

    async def add_new(self, ids: Sequence[int]) -> Added:
        raise AssertionError(ids)

    async def figures(self) -> WorkFigures:
        done = Counter(outcome for _, outcome in self.kept.values() if outcome is not None)
        return WorkFigures(total=len(self.kept), outcomes=done, held=self.held)

    async def accounts(self) -> Sequence[str]:
        return sorted({each.account for each, outcome in self.kept.values() if outcome is None})

    async def open_ones(
        self, account: str, number: int, *, after: int = 0
    ) -> Sequence[tuple[int, Recording]]:
        places = enumerate(self.kept.values(), 1)
        mine = [(at, each) for at, (each, done) in places if done is None and each.account == account]
        return [(at, each) for at, each in mine if at > after][:number]

    async def settle(self, recording: Recording, outcome: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.kept[recording.key] = (recording, outcome)

    async def retry(self) -> None:
        for each, outcome in list(self.kept.values()):
            self.kept[each.key] = (each, None if outcome is Checked.FAILED else outcome)

    async def hold(self, *, on: bool) -> None:
        self.held = on

    async def wish(self, wish: WorkWish) -> None:
        self.wished.append(wish)

    async def wishes(self) -> Sequence[WorkWish]:
        return self.wished

    async def grant(self, wish: WorkWish) -> None:
        self.wished.remove(wish)

    async def clear(self) -> None:
        self.kept.clear()
        self.wished.clear()


class FakeMeasurer:
    """Finds every audio fine, but for what is in `faults`; `most` is how many it measured at once."""

    def __init__(self) -> None:
        self.faults: dict[bytes, PlayheadError] = {}
        self.measured: list[bytes] = []
        self.now = self.most = 0

    async def measure(self, media: Media, going: threading.Event) -> tuple[Peaks, Measured | None]:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        content = media.content()
        self.measured.append(content)
        if content in self.faults:
            raise self.faults[content]
        return Peaks(100, (b"\1",), 1.0, complete=True), Measured(figures(), b"digest")


@dataclass
class CheckupScene:
    """Everything around a checkup, and what it told."""

    host: Host = field(default_factory=Host)
    others: dict[str, FakeSource] = field(default_factory=dict)
    """Sources of other accounts than `a1`, by account."""
    checkups: FakeCheckups = field(default_factory=FakeCheckups)
    analyses: FakeAnalyses = field(default_factory=FakeAnalyses)
    cache: FakeMedia = field(default_factory=FakeMedia)
    measurer: FakeMeasurer = field(default_factory=FakeMeasurer)
    told: list[WorkProgress] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = 0.0

    def make(self) -> WorkRun[Arriving, Finding]:
        pace = Pace(now=lambda: self.now, sleep=self.sleep)
        downloads = Downloads(lambda account: self.others.get(account, self.host), self.cache, pace=pace)
        needs = CheckupNeeds(
            analyses=self.analyses,
            fetcher=downloads,
            measurer=self.measurer,
        )
        return WorkRun(self.checkups, Checkup(needs), self.told.append, pace)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    @property
    def last(self) -> WorkProgress:
        return self.told[-1]


async def until(condition: Callable[[], object]) -> None:
    """Let others have their turn until something is so."""
    while not condition():  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0)


def call(number: int, account: str = "a1", **changes: object) -> Recording:
    """A recording that has audio."""
    known: dict[str, object] = {"status": "available", **changes}
    return Recording(account=account, id=f"r{number}", provider="bird", **known)  # type: ignore[arg-type]


def play(scene: Callable[[CheckupScene], Coroutine[object, object, None]]) -> None:
    """Run a test's scene."""

    async def limited() -> None:
        async with asyncio.timeout(20):
            await scene(CheckupScene())

    asyncio.run(limited())
