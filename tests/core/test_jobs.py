"""Background work has names, owners and an end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from playhead.core.jobs import Jobs


class Scene:
    """Jobs that write down what happens to them."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.failures: list[tuple[str, str]] = []
        self.jobs = Jobs(lambda name, error: self.failures.append((name, str(error))))
        self.gate = asyncio.Event()
        self.tidying = asyncio.Event()

    async def work(self, label: str) -> None:
        """Wait at the gate."""
        self.events.append(f"{label} begins")
        try:
            await self.gate.wait()
            self.events.append(f"{label} finishes")
        except asyncio.CancelledError:
            self.events.append(f"{label} is cancelled")
            raise

    async def slow_to_end(self, label: str) -> None:
        """Wait at the gate; when cancelled, tidy up until that is let go."""
        try:
            await self.work(label)
        finally:
            await self.tidying.wait()
            self.events.append(f"{label} has tidied up")


def play(story: Callable[[Scene], Awaitable[None]]) -> Scene:
    """Run a story on a fresh loop; everything has to be over within seconds."""

    async def whole() -> Scene:
        scene = Scene()
        await asyncio.wait_for(story(scene), 5)
        return scene

    return asyncio.run(whole())


async def settle() -> None:
    """Let everything that is ready go on until it waits again."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_job_runs_and_its_name_is_free_again() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.work("first"))
        assert scene.jobs.running("load")
        scene.gate.set()
        await scene.jobs.wait("load")
        assert not scene.jobs.running("load")

    assert play(story).events == ["first begins", "first finishes"]


def test_jobs_of_different_names_run_side_by_side() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("one", scene.work("one"))
        scene.jobs.start("other", scene.work("other"))
        await settle()
        scene.gate.set()
        await scene.jobs.wait("one")
        await scene.jobs.wait("other")

    assert play(story).events == ["one begins", "other begins", "one finishes", "other finishes"]


def test_a_newer_job_replaces_the_older_of_the_same_name() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.work("older"))
        await settle()
        scene.jobs.start("load", scene.work("newer"))
        await settle()
        scene.gate.set()
        await scene.jobs.wait("load")

    assert play(story).events == ["older begins", "older is cancelled", "newer begins", "newer finishes"]


def test_the_older_has_tidied_up_before_the_newer_begins() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.slow_to_end("older"))
        await settle()
        scene.jobs.start("load", scene.work("newer"))
        await settle()
        assert scene.events == ["older begins", "older is cancelled"]
        scene.tidying.set()
        await settle()
        assert scene.events[2:] == ["older has tidied up", "newer begins"]
        await scene.jobs.close()

    play(story)


def test_a_third_waits_for_the_first_though_the_second_was_replaced_while_it_waited() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.slow_to_end("first"))
        await settle()
        scene.jobs.start("load", scene.work("second"))
        await settle()
        scene.jobs.start("load", scene.work("third"))
        await settle()
        assert scene.events == ["first begins", "first is cancelled"]
        scene.tidying.set()
        await settle()
        assert scene.events[2:] == ["first has tidied up", "third begins"]
        await scene.jobs.close()

    play(story)


def test_a_job_that_was_cancelled_by_name_is_waited_for_as_well() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.slow_to_end("first"))
        await settle()
        scene.jobs.cancel("load")
        assert not scene.jobs.running("load")
        scene.jobs.start("load", scene.work("second"))
        await settle()
        assert scene.events == ["first begins", "first is cancelled"]
        scene.tidying.set()
        await scene.jobs.close()

    play(story)


def test_replacing_several_times_at_once_runs_only_the_last() -> None:
    async def story(scene: Scene) -> None:
        for label in ("first", "second", "third"):
            scene.jobs.start("load", scene.work(label))
        scene.gate.set()
        await scene.jobs.wait("load")

    assert play(story).events == ["third begins", "third finishes"]


def test_a_job_is_not_running_any_more_once_its_last_step_is_done() -> None:
    async def story(scene: Scene) -> None:
        asked: list[bool] = []

        async def work() -> None:
            asyncio.get_running_loop().call_soon(lambda: asked.append(scene.jobs.running("load")))

        scene.jobs.start("load", work())
        await settle()
        assert asked == [False]

    play(story)


def test_cancelling_a_replacement_that_has_not_begun_leaves_nothing_running() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.work("older"))
        await settle()
        scene.jobs.start("load", scene.work("newer"))
        scene.jobs.cancel("load")
        await settle()
        assert scene.events == ["older begins", "older is cancelled"]

    play(story)


def test_cancelling_what_does_not_run_is_nothing() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.cancel("load")
        await scene.jobs.wait("load")

    assert play(story).failures == []


def test_waiting_lasts_until_the_newest_of_the_name_has_ended() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.work("older"))
        await settle()
        waiter = asyncio.ensure_future(scene.jobs.wait("load"))
        await settle()
        scene.jobs.start("load", scene.work("newer"))
        await settle()
        assert not waiter.done()
        scene.gate.set()
        await waiter

    assert play(story).events[-1] == "newer finishes"


def test_whoever_stops_waiting_does_not_stop_the_job() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("load", scene.work("first"))
        waiter = asyncio.ensure_future(scene.jobs.wait("load"))
        await settle()
        waiter.cancel()
        await settle()
        assert scene.jobs.running("load")
        scene.gate.set()
        await scene.jobs.wait("load")

    assert play(story).events == ["first begins", "first finishes"]


def test_a_failure_is_reported_with_the_name_of_the_job() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    async def story(scene: Scene) -> None:
        scene.jobs.start("load", fail())
        await scene.jobs.wait("load")

    assert play(story).failures == [("load", "broken")]


def test_a_failure_while_tidying_up_is_reported_too() -> None:
    async def story(scene: Scene) -> None:
        async def work() -> None:
            try:
                await scene.gate.wait()
            finally:
                raise ValueError("could not remove the part file")

        scene.jobs.start("export", work())
        await settle()
        await scene.jobs.close()

    assert play(story).failures == [("export", "could not remove the part file")]


def test_a_failure_leaves_the_other_jobs_alone() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    async def story(scene: Scene) -> None:
        scene.jobs.start("one", scene.work("one"))
        scene.jobs.start("other", fail())
        await scene.jobs.wait("other")
        scene.gate.set()
        await scene.jobs.wait("one")

    assert play(story).events == ["one begins", "one finishes"]


def test_a_report_that_fails_itself_is_not_swallowed() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    async def scene() -> list[object]:
        def report(_name: str, error: Exception) -> None:
            raise RuntimeError("no window to show it in") from error

        seen: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, facts: seen.append(facts["exception"]))
        jobs = Jobs(report)
        jobs.start("load", fail())
        await jobs.wait("load")
        await settle()
        return seen

    assert [str(error) for error in asyncio.run(scene())] == ["no window to show it in"]


def test_a_job_may_replace_itself() -> None:
    async def story(scene: Scene) -> None:
        async def again() -> None:
            scene.events.append("again")
            scene.jobs.start("load", scene.work("next"))

        scene.jobs.start("load", again())
        await settle()
        scene.gate.set()
        await scene.jobs.wait("load")

    assert play(story).events == ["again", "next begins", "next finishes"]


def test_closing_ends_everything_once_and_waits_for_it() -> None:
    async def story(scene: Scene) -> None:
        scene.jobs.start("slow", scene.slow_to_end("slow"))
        scene.jobs.start("quick", scene.work("quick"))
        await settle()
        scene.jobs.cancel("slow")
        await settle()
        closing = asyncio.ensure_future(scene.jobs.close())
        await settle()
        assert not closing.done()
        scene.tidying.set()
        await closing

    assert play(story).events[-1] == "slow has tidied up"


def test_after_closing_nothing_starts() -> None:
    async def story(scene: Scene) -> None:
        async def restart() -> None:
            try:
                await scene.gate.wait()
            finally:
                scene.jobs.start("load", scene.work("late"))

        scene.jobs.start("load", restart())
        await settle()
        await scene.jobs.close()
        scene.jobs.start("load", scene.work("later"))
        assert not scene.jobs.running("load")
        await scene.jobs.close()

    assert play(story).events == []


@pytest.mark.parametrize("closings", [1, 2])
def test_closing_without_jobs_is_nothing(closings: int) -> None:
    async def story(scene: Scene) -> None:
        for _ in range(closings):
            await scene.jobs.close()

    assert play(story).failures == []
