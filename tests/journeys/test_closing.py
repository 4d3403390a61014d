"""The window closes at once, whenever and whatever is going on."""

import asyncio
from typing import Literal

import pytest

from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import until
from support.window.lasting_profile import Desk


@pytest.mark.parametrize("turns", [0, 1, 3, 10, 30, 100, 300])
async def test_somebody_impatient_can_close_at_once(desk: Desk, turns: int) -> None:
    async with desk.opened(*desk.both, wait=False):
        for _ in range(turns):
            await asyncio.sleep(0)
    assert not list(desk.profile.folder.glob("*-wal"))
    async with desk.opened(*desk.both, rows=50):
        pass


@pytest.mark.parametrize("scope", ["bird-list", "convirza-list", "media"])
async def test_closing_does_not_wait_for_what_is_on_its_way(
    desk: Desk, cloud: FaultyCloud, scope: Literal["bird-list", "convirza-list", "media"]
) -> None:
    cloud.faults.add(Fault(scope=scope, stall=5000 if scope == "media" else 100))
    clock = asyncio.get_running_loop().time
    async with desk.opened(*desk.both) as person:
        if scope == "media":
            await person.sees_rows(50)
            media = person.program.session.downloads.open(person.recording(person.playable_rows()[0]))
            await until(lambda: media.arrived > 0, "the first bytes")
        else:
            account = scope.removesuffix("-list")
            await until(lambda: person.health(account) == "asking…", "the question")
        closed = clock()
    assert clock() - closed < 5
    assert not list(desk.profile.folder.glob("*-wal"))
