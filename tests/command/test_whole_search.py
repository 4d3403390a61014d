"""Search of a command for everything that matches; accounts that could not be asked to the end are named."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest

from playhead.command.terminal import Terminal
from playhead.command.wholesearch import Matches, WholeSearch
from playhead.core.errors import CatalogueReadOnly, Garbled, PlayheadError, Refused, Unreachable
from playhead.core.jobs import Jobs
from support.coroutine_tests import run
from support.fakes import BIRD, FakeSource, recording
from support.loading.library_scene import OTHER, Scene
from support.sessions import session_over

PAGES = ((9, 8), (7, 6), (5, 4))


async def searched(scene: Scene, text: str = "") -> Matches:
    """What a command finds."""
    session = session_over(scene.catalogue, scene.library, Jobs(_failed), scene.clock)
    search = WholeSearch(session, Terminal(io.StringIO()))
    return await search.find(scene.library.understand(text))


def _failed(name: str, error: Exception) -> None:
    raise AssertionError(name) from error


def numbers(scene: Scene, matches: Matches) -> Sequence[str]:
    return [scene.catalogue.kept[each].id for each in matches.ids]


def test_everything_of_every_account_is_loaded_before_anything_is_found() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, *PAGES)
        scene.connect(OTHER, (3, 2), (1,))
        matches = await searched(scene)
        assert len(matches.ids) == 9
        assert not matches.problems
        assert matches.coverage == "All recordings: 9 loaded · everything is loaded."

    run(story)


def test_what_came_since_the_last_run_is_found_by_the_next() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, *PAGES)
        await searched(scene)
        newest = [replace(recording(n), account=BIRD.id, id=f"new:{n}") for n in (12, 11)]
        source.pages = (newest, *source.pages)
        assert numbers(scene, await searched(scene))[:3] == ["new:12", "new:11", f"{BIRD.id}:9"]

    run(story)


def fails_with(error: PlayheadError) -> tuple[Matches, FakeSource]:
    """What is found if one of two accounts fails so at its third request."""
    found: list[Matches] = []
    scene = Scene()
    source = scene.connect(BIRD, *PAGES)
    scene.connect(OTHER, (3, 2), (1,))

    async def fail_late() -> None:
        if len(source.asked) > 2:
            source.failures = [error]

    source.before = fail_late

    async def story() -> None:
        found.append(await searched(scene))

    run(story)
    return found[0], source


def test_an_account_that_fails_is_named_and_the_others_are_complete() -> None:
    for error, sentence in (
        (Refused(), "does not accept the key"),
        (Unreachable("timeout"), "did not answer in time"),
        (Garbled("json"), "the answer broke off or makes no sense"),
    ):
        matches, _ = fails_with(error)
        assert list(matches.problems) == [BIRD.label]
        assert sentence in matches.problems[BIRD.label]
        assert matches.coverage.endswith(f"Not everything of {BIRD.label} could be asked for.")
        assert len(matches.ids) == 7


def test_an_account_that_does_not_tell_what_is_new_is_not_complete_though_all_before_is_loaded() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, *PAGES)
        await searched(scene)
        source.failures = [Unreachable("network")]
        matches = await searched(scene)
        assert len(matches.ids) == 6
        assert list(matches.problems) == [BIRD.label]

    run(story)


def test_a_disk_that_is_full_is_no_fault_of_an_account() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, *PAGES)
        await searched(scene)
        scene.catalogue.failures = [CatalogueReadOnly("full")]
        with pytest.raises(CatalogueReadOnly):
            await searched(scene)

    run(story)


def test_behind_a_page_that_stays_spoilt_the_rest_is_loaded_and_the_account_is_named() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, *PAGES)
        source.troubles = {"1": Garbled("part")}
        matches = await searched(scene)
        assert len(matches.ids) == 6
        assert "some of it may be missing" in matches.problems[BIRD.label]

    run(story)
