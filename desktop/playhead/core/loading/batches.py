"""Reading of many recordings, some at a time."""

from collections.abc import AsyncIterator, Sequence

from playhead.core.recording import Recording
from playhead.core.stores import Recordings

_BATCH = 500
"""Recordings that are read in one go: whoever else wants something of the catalogue gets it between two."""


async def in_batches(recordings: Recordings, ids: Sequence[int]) -> AsyncIterator[Sequence[Recording]]:
    """Those of `ids` that are still there, some at a time, in that order. Raises `CatalogueError`."""
    for start in range(0, len(ids), _BATCH):
        found = await recordings.read(list(ids[start : start + _BATCH]))
        yield [recording for recording in found if recording is not None]
