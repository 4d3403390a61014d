"""A process that opens a catalogue and lists all of it by every column: `million_process.py PATH`.

Prints, as JSON, the milliseconds from asking for the catalogue to its first rows, and the megabytes that the
process has once everything is listed, and had at most.
"""

import asyncio
import gc
import json
import resource
import sys
import time
from pathlib import Path

from million import KEY

from playhead.catalogue.orders import COLUMNS
from playhead.catalogue.store import open_catalogue
from playhead.core.finding.query import NEWEST_FIRST, Order, Query


def resident() -> float:
    """Megabytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


async def measure(path: Path) -> dict[str, float]:
    """Open, read a screen, list everything."""
    begun = time.perf_counter()
    store = await open_catalogue(path, KEY)
    ids = await store.listings.first_rows(Query(), NEWEST_FIRST)
    await store.recordings.read(ids[:60])
    seconds = time.perf_counter() - begun
    for column in COLUMNS:
        for falling in (False, True):
            await store.listings.listing(Query(), Order(column, descending=falling))
    listing = await store.listings.listing(Query(), NEWEST_FIRST)
    gc.collect()
    figures = {
        "ms": seconds * 1000,
        "mb": resident(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "rows": len(listing.ids),
    }
    await store.close()
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure(Path(sys.argv[1])))))
