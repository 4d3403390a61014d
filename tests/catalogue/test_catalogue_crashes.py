"""A process that dies leaves a whole catalogue, and one that forgets it can end."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from playhead.core.finding.query import NEWEST_FIRST, Query, Word
from support.catalogue.catalogue_examples import catalogue
from support.catalogue.catalogue_files import assert_sound

pytestmark = pytest.mark.process

HERE = Path(__file__).parent
DESKTOP = HERE.parents[1] / "desktop"
TESTS = HERE.parent
_WRITER = """
import asyncio, sys
from pathlib import Path
from support.catalogue.catalogue_examples import KEY, feed, recording
from playhead.catalogue.store import open_catalogue

async def write():
    store = await open_catalogue(Path(sys.argv[1]), KEY)
    for page in range(10_000):
        await store.recordings.add(
            [recording(page * 50 + row, name=f"page {page}") for row in range(50)],
            feed(cursor=str(page), fetched=page * 50 + 50),
        )
        print(page, flush=True)

asyncio.run(write())
"""


def _python(script: str, *arguments: str) -> subprocess.Popen[str]:
    paths = f"import sys; sys.path[:0] = [{str(DESKTOP)!r}, {str(TESTS)!r}]"
    return subprocess.Popen(
        [sys.executable, "-c", f"{paths}\n{script}", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("survived", [1, 7, 20])
def test_a_writer_that_is_killed_leaves_whole_pages(tmp_path: Path, survived: int) -> None:
    path = tmp_path / "catalogue.db"
    with _python(_WRITER, str(path)) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == survived:
                writer.kill()
                break

    async def scene() -> None:
        async with catalogue(path) as store:
            (state,) = await store.recordings.states()
            listing = await store.listings.listing(Query(), NEWEST_FIRST)
            assert len(listing.ids) == listing.loaded == state.fetched >= (survived + 1) * 50
            whole = await store.listings.listing(Query(node=Word(f"page {state.cursor}")), NEWEST_FIRST)
            assert whole.matched == 50

    asyncio.run(scene())
    assert_sound(path)


_DESERTER = """
import asyncio
from pathlib import Path
from support.catalogue.catalogue_examples import KEY, feed, recording
from playhead.catalogue.store import open_catalogue

async def scene():
    store = await open_catalogue(None, None)
    asyncio.ensure_future(store.recordings.add([recording(number) for number in range(100_000)], feed()))
    await asyncio.sleep(0)

asyncio.run(scene())
print("done")
"""


def test_a_catalogue_that_nobody_closed_does_not_keep_the_process() -> None:
    with _python(_DESERTER) as process:
        output = process.communicate(timeout=20)
        assert (*output, process.returncode) == ("done\n", "", 0)
