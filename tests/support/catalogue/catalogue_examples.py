"""Small recordings and feeds for tests of the catalogue."""

from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playhead.catalogue.store import Store, open_catalogue
from playhead.core.finding.query import NEWEST_FIRST, Node, Order, Query
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Recording
from playhead.core.stores import Catalogue

KEY = bytes(range(32))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

_PLAIN = Recording(account="first", id="0", provider="bird")


def recording(number: int, **changes: object) -> Recording:
    """The recording that began `number` hours before noon."""
    plain = replace(_PLAIN, id=str(number), started=NOON - timedelta(hours=number), position=number)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def feed(account: str = "first", **changes: object) -> FeedState:
    """How far the feed of everything of an account has come."""
    return replace(FeedState(account=account, asked=Asked()), **changes)  # type: ignore[arg-type]  # as above


@asynccontextmanager
async def catalogue(
    path: Path | None = None, *pages: Recording, media_limit: int = 1 << 20
) -> AsyncIterator[Store]:
    """An open catalogue that holds `pages`; closed afterwards."""
    store = await open_catalogue(path, KEY if path else None, media_limit=media_limit)
    try:
        if pages:
            await store.recordings.add(pages, feed())
        yield store
    finally:
        await store.close()


async def listed(store: Store, node: Node | None = None, order: Order = NEWEST_FIRST) -> list[str]:
    """The provider's ids of a listing, in order."""
    listing = await store.listings.listing(Query() if node is None else Query(node=node), order)
    return [each.id for each in await store.recordings.read(listing.ids) if each is not None]


async def star(store: Catalogue, recording: Recording, *, on: bool = True) -> None:
    """Give one recording its star, or take it away; nothing happens if it is not there."""
    ids = await store.listings.matching(Query())
    there = zip(ids, await store.recordings.read(ids), strict=True)
    chosen = [number for number, each in there if each is not None and each.key == recording.key]
    await store.marks.star(array("q", chosen), on=on)
