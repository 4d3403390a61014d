"""An export of many small files, in a process that may be killed at any moment and started again.

    python killed_export.py PROFILE FOLDER FILES

The journal is the real one, in an encrypted catalogue. Prints `begun` before the first file and `done` at the
end.
"""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playhead.catalogue.store import open_catalogue
from playhead.core.exports import formats
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Report
from playhead.core.fetching.downloads import Fetch
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Recording
from playhead.core.stores import Entry, Exports
from playhead.papers import exportfiles as papers
from support.exports.export_scene import made_export
from support.fakes import BIRD, NOON, recording

KEY = bytes(32)
PIECE = 4096
CHOICES = Choices(sheets=frozenset({formats.CSV, formats.JSON}), transcripts=False)


def sound_of(subject: Recording) -> bytes:
    """What the provider has: a few thousand bytes, different for each recording."""
    seed = hashlib.sha256(subject.id.encode()).digest()
    return seed * (100 + seed[0])


class Provider:
    """Gives out audio in small pieces, with pauses in which anything may happen."""

    def prepare(self, recording: Recording) -> None:
        pass

    @asynccontextmanager
    async def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Fetch]:
        fetch = Fetch()
        fetch.pieces = self._pieces(sound_of(recording))
        yield fetch

    async def _pieces(self, sound: bytes) -> AsyncIterator[tuple[int, bytes]]:
        for at in range(0, len(sound), PIECE):
            await asyncio.sleep(0.001)
            yield at, sound[at : at + PIECE]


async def carry_out(profile: Path, target: Path, files: int) -> Report | None:
    """Begin the export or go on with it; None if it had ended before."""
    store = await open_catalogue(profile / "catalogue", KEY)
    try:
        if not await store.exports.briefs():
            subjects = [recording(number) for number in range(files)]
            state = FeedState(account=BIRD.id, asked=Asked(), exhausted=True, as_of=NOON)
            await store.recordings.add(subjects, state)
            made = plan(subjects, target, template="{started:%H}/{id}", labels={})
            await store.exports.begin(made, CHOICES)
        entry = await store.exports.entry((await store.exports.briefs())[0].number)
        assert entry is not None
        print("begun", flush=True)
        return None if entry.ended else await go_on(store.exports, entry)
    finally:
        await store.close()


async def go_on(exports: Exports, entry: Entry) -> Report:
    """Carry out what is left of `entry`."""
    export = made_export(
        entry.plan,
        Provider(),
        choices=entry.choices,
        papers=papers,
        journal=exports,
        number=entry.number,
        done=entry.outcomes,
    )
    return await export.run()


if __name__ == "__main__":
    asyncio.run(carry_out(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
    print("done", flush=True)
