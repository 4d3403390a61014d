"""How long the window makes somebody wait while *Search the rest* loads 5 000 recordings, and its speed.

The baseline is httpx alone asking for the same pages on the same kind of event loop: as fast as it can, which
no provider allows, and no faster than Bird allows, which is what Playhead keeps to.
`bench_loading.py 100000 1` loads so many, so often.
"""

import asyncio
import math
import sys
import tempfile
import time
from pathlib import Path

import httpx
from cloud_process import Cloud, cloud_with
from figures import section, show, show_ratio
from measuring import Heartbeat, run

from playhead.providers.bird.birdsource import PER_SECOND
from support.window.driven_program import opened

_GIVEN = [int(each) for each in sys.argv[1:]]
RECORDINGS = _GIVEN[0] if _GIVEN else 5000
RUNS = _GIVEN[1] if _GIVEN[1:] else 5


async def bare(cloud: Cloud, per_second: float) -> tuple[float, Heartbeat]:
    """Recordings a second that httpx alone fetches, and how the loop beat; so many pages a second at most."""
    async with httpx.AsyncClient(headers=cloud.headers) as client:
        parameters = {"limit": "99"}
        await client.get(cloud.list_url, params={"limit": "1"})
        heartbeat, begun, fetched = Heartbeat(), time.perf_counter(), 0
        turn = begun
        while True:
            if (wait := turn - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            turn = time.perf_counter() + 1 / per_second
            answer = (await client.get(cloud.list_url, params=parameters)).json()
            fetched += len(answer["results"])
            if not answer.get("nextPageToken"):
                break
            parameters["pageToken"] = answer["nextPageToken"]
        heartbeat.stop()
    assert fetched == RECORDINGS
    return fetched / (time.perf_counter() - begun), heartbeat


async def searching(cloud: Cloud) -> tuple[float, Heartbeat]:
    """The same by the whole program: recordings a second, and how its window's loop beat."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential)) as person:
            await person.sees_rows(50)
            await asyncio.sleep(0.5)
            before = person.rows
            heartbeat, begun = Heartbeat(), time.perf_counter()
            person.window.status.search_rest.click()
            while person.rows < RECORDINGS or not person.everything_in_view_is_there():  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
            seconds = time.perf_counter() - begun
            heartbeat.stop()
            return (RECORDINGS - before) / seconds, heartbeat


async def resting(cloud: Cloud) -> Heartbeat:
    """How the loop beats when nothing happens at all: what this machine can do."""
    heartbeat = Heartbeat()
    await asyncio.sleep(1)
    heartbeat.stop()
    return heartbeat


def main() -> None:
    """Print medians over several runs."""
    print(f"Search the rest: {RECORDINGS} recordings, {RUNS} runs")
    with cloud_with(RECORDINGS) as cloud:
        runs = [
            (
                run(resting(cloud)),
                run(bare(cloud, math.inf)),
                run(bare(cloud, PER_SECOND)),
                run(searching(cloud)),
            )
            for _ in range(RUNS)
        ]
    rests, fast, polite, ours = zip(*runs, strict=True)
    section("gaps of the loop")
    show("at rest, worst", [beat.worst for beat in rests], "ms")
    show("httpx alone, worst", [beat.worst for _, beat in fast], "ms")
    show("Playhead, worst", [beat.worst for _, beat in ours], "ms", aim=33)
    show("Playhead, 99 of 100 ms wait less than", [beat.share(0.99) for _, beat in ours], "ms")
    section("recordings a second")
    show("httpx alone", [rate for rate, _ in fast], "/s")
    show(f"httpx alone, {PER_SECOND:.0f} pages a second at most", [rate for rate, _ in polite], "/s")
    show("Playhead", [rate for rate, _ in ours], "/s")
    for name, base, least in (("httpx", fast, 0.7), ("httpx at the provider's pace", polite, 0.9)):
        show_ratio(f"speed, Playhead : {name}", [r for r, _ in ours], [r for r, _ in base], least=least)


if __name__ == "__main__":
    main()
