"""What clouds and media hosts do wrong while an export runs, over real HTTP: nothing is lost or half."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from playhead.core.account import Account, Credential
from playhead.core.exports import formats
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.fetching.downloads import Downloads
from playhead.core.pace import Pace
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.papers import exportfiles as papers
from playhead.providers.bird.birdsource import BirdSource
from playhead.providers.convirza.convirzasource import ConvirzaSource
from playhead.providers.http.web import Web
from support.cloud.faultycloud import Fault, FaultyCloud
from support.exports.export_scene import made_export
from support.fakes import FakeMedia

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "demo"
FILES = 8


class Hourglass:
    """Time that passes only while somebody sleeps, which takes next to none."""

    def __init__(self) -> None:
        self.time = 0.0

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0.001)


@dataclass(frozen=True, slots=True)
class Pocket:
    """Keys that are always at hand."""

    credential: Credential

    async def load(self) -> Credential:
        return self.credential

    async def save(self, credential: Credential) -> None:
        raise NotImplementedError


@pytest.fixture(scope="module")
def running() -> Iterator[FaultyCloud]:
    with FaultyCloud(resources=RESOURCES, bird=60, convirza=40) as cloud:
        yield cloud


@pytest.fixture
def cloud(running: FaultyCloud) -> FaultyCloud:
    running.faults.clear()
    running.requests.clear()
    return running


@dataclass(frozen=True, slots=True)
class Scene:
    """What an export of some recordings came to."""

    report: Report
    folder: Path

    @property
    def states(self) -> list[State]:
        return [outcome.state for outcome in self.report.outcomes]

    @property
    def failed(self) -> Sequence[Outcome]:
        return self.report.of(State.FAILED)


def carry_out(
    cloud: FaultyCloud,
    folder: Path,
    *,
    provider: str = "bird",
    before: Callable[[], None] = lambda: None,
    change: Callable[[Recording], Recording] = lambda subject: subject,
) -> Scene:
    """Export the first recordings of an account, after `before`; time passes without anybody waiting."""
    bird = provider == "bird"
    account = Account(
        id="a1",
        label="EU support",
        provider=provider,
        base_url=cloud.bird_url if bird else cloud.convirza_url,
        details={"workspace_id": cloud.workspace_id} if bird else {},
    )
    keys = Pocket(Credential(access=cloud.access_key if bird else cloud.access_token))

    async def scene() -> Report:
        glass = Hourglass()
        web = Web(Pace(now=lambda: glass.time, sleep=glass.sleep, chance=lambda: 1.0))
        source = (BirdSource if bird else ConvirzaSource)(account, keys, web, silence=0.5)
        try:
            page = await source.page(Asked(), None)
            playable = [each for each in page.recordings if each.playable][:FILES]
            before()
            downloads = Downloads(lambda _: source, FakeMedia(), pace=Pace(sleep=glass.sleep))
            made = plan([change(each) for each in playable], folder, labels={}, template="{name}_{id}")
            choices = Choices(sheets=frozenset({formats.CSV}), transcripts=False)
            export = made_export(
                made, downloads, choices=choices, papers=papers, pace=Pace(sleep=glass.sleep)
            )
            report = await export.run()
            await downloads.close()
            return report
        finally:
            await source.close()
            await web.close()

    report = asyncio.run(asyncio.wait_for(scene(), 60))
    check_nothing_half(cloud, report, folder)
    return Scene(report, folder)


def check_nothing_half(cloud: FaultyCloud, report: Report, folder: Path) -> None:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    kept = report.of(State.KEPT)
    assert files == {outcome.path for outcome in kept} | {sheet.path for sheet in report.sheets}
    for outcome in kept:
        assert (folder / outcome.path).read_bytes() == cloud.audio(outcome.recording.id)
    assert len(report.outcomes) == FILES
    assert all(outcome.why for outcome in report.outcomes if outcome.state is not State.KEPT)


ONCE = [
    pytest.param(Fault(scope="media", times=3, cut=0), id="cut before the first byte"),
    pytest.param(Fault(scope="media", times=3, cut=1), id="cut after the first byte"),
    pytest.param(Fault(scope="media", times=3, cut=9_999), id="cut in the middle"),
    pytest.param(Fault(scope="media", times=3, announce=1000), id="shorter than announced"),
    pytest.param(Fault(scope="media", times=3, gzip=True), id="compressed unasked"),
    pytest.param(Fault(scope="media", times=3, stall=5_000), id="stalled"),
    pytest.param(Fault(scope="media", times=3, status=500), id="500"),
    pytest.param(Fault(scope="media", times=3, status=503, retry_after="2"), id="503"),
    pytest.param(Fault(scope="media", times=20, status=429, retry_after="30"), id="429 storm"),
    pytest.param(Fault(scope="bird-get", times=20, status=429, retry_after="5"), id="429 storm of the API"),
    pytest.param(Fault(scope="media", times=1, status=403), id="link expired at the start"),
    pytest.param(Fault(scope="media", times=1, status=410), id="link withdrawn"),
    pytest.param(Fault(scope="media", times=1, status=404), id="404 that was the link's"),
]


@pytest.mark.parametrize("fault", ONCE)
def test_what_passes_costs_nothing(cloud: FaultyCloud, tmp_path: Path, fault: Fault) -> None:
    scene = carry_out(cloud, tmp_path / "export", before=lambda: cloud.faults.add(fault))
    assert scene.states == [State.KEPT] * FILES


RESUMING = [
    pytest.param(Fault(scope="media", times=1, ignore_range=True), id="200 instead of 206"),
    pytest.param(Fault(scope="media", times=1, etag='"another"'), id="changed ETag"),
    pytest.param(Fault(scope="media", times=1, status=403), id="link expired"),
    pytest.param(Fault(scope="media", times=1, status=416), id="range refused"),
    pytest.param(Fault(scope="media", times=1, status=500), id="500"),
    pytest.param(Fault(scope="media", times=1, cut=100), id="cut again"),
    pytest.param(Fault(scope="media", times=1, stall=100), id="stalled"),
]


@pytest.mark.parametrize("fault", RESUMING)
def test_what_goes_wrong_while_a_cut_file_is_resumed_costs_nothing(
    cloud: FaultyCloud, tmp_path: Path, fault: Fault
) -> None:
    def spoil() -> None:
        # Every file is cut once; what is asked for after that is a resumption.
        cloud.faults.add(Fault(scope="media", times=FILES, cut=8_000), fault)

    scene = carry_out(cloud, tmp_path / "export", before=spoil)
    assert scene.states == [State.KEPT] * FILES


LASTING = [
    pytest.param({"status": 403}, "the link to it was refused (HTTP 403)", id="403 that is no expiry"),
    pytest.param({"status": 404}, "the provider does not have it (HTTP 404)", id="404"),
    pytest.param({"status": 410}, "the provider no longer has it (HTTP 410)", id="410"),
    pytest.param({"status": 500}, "the provider had a fault of its own (HTTP 500)", id="500 for good"),
    pytest.param({"html": True}, "it sent a web page instead of audio", id="HTML as audio"),
    pytest.param({"truncate": 0}, "it sent nothing instead of audio", id="empty"),
    pytest.param({"redirect": ""}, "the link to it leads on without end", id="endless redirect"),
    pytest.param({"stall": 3_000}, "the connection failed", id="stalls for good"),
    pytest.param({"cut": 3_000}, "the connection failed", id="cut for good"),
]


@pytest.mark.parametrize(("wrong", "why"), LASTING)
def test_what_lasts_fails_one_file_and_says_why(
    cloud: FaultyCloud, tmp_path: Path, wrong: dict[str, object], why: str
) -> None:
    spoiled: list[str] = []

    def remember(subject: Recording) -> Recording:
        if not spoiled:
            spoiled.append(subject.id)
            fault = Fault(scope="media", path=subject.id, **wrong)  # type: ignore[arg-type]
            cloud.faults.add(fault)
        return subject

    scene = carry_out(cloud, tmp_path / "export", change=remember)
    assert [outcome.recording.id for outcome in scene.failed] == spoiled
    assert scene.failed[0].why.startswith(why)


def test_links_that_die_twice_are_asked_for_twice(cloud: FaultyCloud, tmp_path: Path) -> None:
    def spoil() -> None:
        cloud.kill_prompt_links()
        cloud.faults.add(Fault(scope="media", times=2, cut=5_000), Fault(scope="media", times=2, status=410))

    scene = carry_out(cloud, tmp_path / "export", provider="convirza", before=spoil)
    assert scene.states == [State.KEPT] * FILES


def test_a_refused_credential_stops_the_account_and_never_meets_the_media_host(
    cloud: FaultyCloud, tmp_path: Path
) -> None:
    scene = carry_out(
        cloud,
        tmp_path / "export",
        before=lambda: cloud.faults.add(Fault(scope="bird-get", after=4, status=401)),
    )
    # One whose link came before may be begun only after the refusal.
    assert len(scene.failed) >= FILES - 4
    assert {outcome.why for outcome in scene.failed} == {"the account's credential was refused (HTTP 401)"}


def test_a_redirect_to_a_host_that_refuses_the_credential_works(cloud: FaultyCloud, tmp_path: Path) -> None:
    """The demo's media host answers 400 to any credential, and every link leads there from the API."""
    scene = carry_out(cloud, tmp_path / "export")
    assert scene.states == [State.KEPT] * FILES


@pytest.mark.parametrize("name", ["../../etc/passwd", "con", "a\u202eb/..\\c:*?", "x" * 300, "\x00", "."])
def test_hostile_and_equal_names_stay_apart_and_inside(cloud: FaultyCloud, tmp_path: Path, name: str) -> None:
    scene = carry_out(cloud, tmp_path / "export", change=lambda each: replace(each, name=name))
    assert scene.states == [State.KEPT] * FILES
    assert [path.name for path in tmp_path.iterdir()] == ["export"]
