"""How long the window makes somebody wait while *Search the rest* loads 5 000 recordings, and its speed.

The baseline is httpx alone asking for the same pages on the same kind of event loop.
`bench_loading.py 100000 1` loads so many, so often.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import httpx
from cloud_process import Cloud, cloud_with
from measuring import Heartbeat, run, show, show_ratio

from person import opened

_GIVEN = [int(each) for each in sys.argv[1:]]
RECORDINGS = _GIVEN[0] if _GIVEN else 5000
RUNS = _GIVEN[1] if _GIVEN[1:] else 5


async def bare(cloud: Cloud) -> tuple[float, Heartbeat]:
    """Recordings a second that httpx alone fetches, and how the loop beat meanwhile."""
    async with httpx.AsyncClient(headers=cloud.headers) as client:
        parameters = {"limit": "99"}
        await client.get(cloud.list_url, params={"limit": "1"})
        heartbeat, begun, fetched = Heartbeat(), time.perf_counter(), 0
        while True:
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
            (run(resting(cloud)), run(bare(cloud)), run(searching(cloud)), run(resting(cloud)))
            for _ in range(RUNS)
        ]
    print(" gaps of the loop")
    show("at rest, worst", [rest.worst for rest, _, _, _ in runs], "ms")
    show("httpx alone, worst", [beat.worst for _, (_, beat), _, _ in runs], "ms")
    show("Playhead, worst (aim: 16)", [beat.worst for _, _, (_, beat), _ in runs], "ms")
    show("Playhead, 99 of 100 ms wait less than", [beat.share(0.99) for _, _, (_, beat), _ in runs], "ms")
    print(" recordings a second")
    show("httpx alone", [rate for _, (rate, _), _, _ in runs], "/s")
    show("Playhead", [rate for _, _, (rate, _), _ in runs], "/s")
    show_ratio("time, Playhead : httpx", [r[1][0] for r in runs], [r[2][0] for r in runs])


if __name__ == "__main__":
    main()
