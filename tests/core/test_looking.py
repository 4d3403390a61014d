"""Folders that are typed are looked at, and those that do not answer hold nobody up."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from playhead.core.exports.target import Looking, Target, look_at

SILENT = Path("/silent")


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let looks at `SILENT` hang until this is set."""
    answers = threading.Event()

    def look(folder: Path) -> Target:
        if folder == SILENT:
            answers.wait(20)
        return look_at(folder)

    monkeypatch.setattr("playhead.core.exports.target.look_at", look)
    return answers


def _lasting(target: Target) -> Target:
    """Leave out what is free: others write to the disk meanwhile."""
    return replace(target, free=0)


def test_what_is_known_of_a_folder_is_told(tmp_path: Path) -> None:
    assert _lasting(asyncio.run(Looking().at(tmp_path))) == _lasting(look_at(tmp_path))


@pytest.mark.slow
def test_of_a_folder_that_does_not_answer_nothing_is_known_and_other_work_goes_on(
    tmp_path: Path, silent: threading.Event
) -> None:
    async def scene() -> None:
        looking, before = Looking(0.05), threading.active_count()
        for _ in range(20):
            assert await looking.at(SILENT) == Target(None, occupied=False, export=False)
        assert threading.active_count() - before == 2
        assert _lasting(await asyncio.to_thread(look_at, tmp_path)) == _lasting(look_at(tmp_path))
        silent.set()
        assert (await Looking().at(tmp_path)).free is not None

    asyncio.run(scene())


def test_a_look_that_nobody_awaits_any_more_is_not_begun(tmp_path: Path, silent: threading.Event) -> None:
    async def scene() -> Target:
        looking = Looking()
        older = [asyncio.create_task(looking.at(SILENT)) for _ in range(10)]
        await asyncio.sleep(0)
        for each in older:
            each.cancel()
        await asyncio.wait(older)
        silent.set()
        return await looking.at(tmp_path)

    assert _lasting(asyncio.run(asyncio.wait_for(scene(), 10))) == _lasting(look_at(tmp_path))
