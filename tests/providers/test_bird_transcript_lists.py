"""Bird's list of transcriptions is read in pieces, shared, kept, and read again when it is old."""

import asyncio
from collections.abc import Callable
from itertools import count

import pytest

from playhead.core.errors import Forbidden
from playhead.core.loading.paging import BARREN_PAGES
from playhead.core.loading.transcriptlists import FRESH, PAGES_PER_LOOK
from support.providers.bird_transcripts_scene import SEGMENTS, entry, is_list, page, row, token_of
from support.providers.provider_sources import bird_account, opened, run
from support.providers.tiny_server import Asked, Tiny, http, serving


def numbered(last: int | None, at: dict[int, dict[str, object]] | None = None) -> Callable[[Asked], bytes]:
    """Pages 0, 1, 2... to `last`, with one transcription each, and those in `at` as well."""

    def answer(request: Asked) -> bytes:
        if not is_list(request):
            return http(200, SEGMENTS.encode())
        number = int(token_of(request) or 0)
        rows = [entry(f"t{number}", f"x{number}"), *([at[number]] if at and number in at else [])]
        return page(*rows, token=None if number == last else str(number + 1))

    return answer


def pages(tiny: Tiny) -> list[str | None]:
    """The tokens of the pages that were asked for since the last time."""
    asked = [token_of(request) for request in tiny.asked if is_list(request)]
    tiny.asked.clear()
    return asked


def test_a_long_list_is_read_some_pages_at_each_look_and_from_memory_afterwards() -> None:
    async def scene() -> None:
        async with serving(numbered(PAGES_PER_LOOK + 4)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.said(row("absent")) is None
            assert pages(tiny) == [None, *map(str, range(1, PAGES_PER_LOOK))]
            assert await at.said(row(f"x{PAGES_PER_LOOK}")) is not None
            assert pages(tiny) == [str(PAGES_PER_LOOK)]
            assert await at.said(row("absent")) is None
            assert pages(tiny) == [str(PAGES_PER_LOOK + step) for step in range(1, 5)]
            for name in ("absent", "x3", f"x{PAGES_PER_LOOK + 4}"):
                await at.said(row(name))
            assert pages(tiny) == []

    run(scene())


def test_many_looks_at_once_share_one_listing() -> None:
    async def scene() -> None:
        async with serving(numbered(5)) as tiny, opened(bird_account(tiny.address)) as at:
            names = ["absent", "x5", "x1", "gone", "x5"]
            found = await asyncio.gather(*(at.said(row(name)) for name in names))
            assert [each is not None for each in found] == [False, True, True, False, True]
            assert pages(tiny) == [None, "1", "2", "3", "4", "5"]

    run(scene())


def test_a_list_that_was_read_to_its_end_is_read_again_after_some_minutes() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        async with serving(numbered(2, late)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.said(row("r1")) is None
            late[1] = entry("late", "r1")
            at.glass.time += FRESH.total_seconds() - 1
            assert await at.said(row("r1")) is None
            assert pages(tiny) == [None, "1", "2"]
            at.glass.time += 2
            assert await at.said(row("r1")) is not None
            assert pages(tiny) == [None, "1"]

    run(scene())


def test_a_transcription_becomes_ready() -> None:
    async def scene() -> None:
        known = {0: entry("t", "r1", status="accepted")}
        async with serving(numbered(1, known)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.said(row("r1")) is None
            known[0] = entry("t", "r1")
            at.glass.time += FRESH.total_seconds()
            assert await at.said(row("r1")) is not None

    run(scene())


def test_the_top_is_read_again_before_an_unfinished_list_goes_on() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        async with serving(numbered(40, late)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.said(row("absent")) is None
            pages(tiny)
            late[0] = entry("late", "fresh")
            at.glass.time += FRESH.total_seconds()
            assert await at.said(row("fresh")) is not None
            assert pages(tiny) == [None]
            await at.said(row(f"x{PAGES_PER_LOOK}"))
            assert pages(tiny) == ["1", str(PAGES_PER_LOOK)]

    run(scene())


def test_an_empty_top_does_not_hide_what_is_new_below_it() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        empty = False

        def answer(request: Asked) -> bytes:
            if empty and is_list(request) and token_of(request) is None:
                return page(token="1")
            return numbered(40, late)(request)

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            await at.said(row("absent"))
            late[1], empty = entry("late", "fresh"), True
            at.glass.time += FRESH.total_seconds()
            pages(tiny)
            assert await at.said(row("fresh")) is not None
            assert pages(tiny) == [None, "1"]

    run(scene())


def test_a_list_that_goes_round_and_changes_is_given_up_and_read_again_later() -> None:
    async def scene() -> None:
        turns = count()

        def answer(_: Asked) -> bytes:
            return page(entry("t", "x", summary=str(next(turns))), token="again")

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            await at.said(row("absent"))
            for _ in range(3):
                pages(tiny)
                at.glass.time += FRESH.total_seconds()
                await at.said(row("absent"))
                await at.said(row("absent"))
                assert len(pages(tiny)) == BARREN_PAGES + 1

    run(scene())


@pytest.mark.parametrize("fresh_tokens", [True, False])
def test_a_list_without_end_is_given_up(*, fresh_tokens: bool) -> None:
    def answer(request: Asked) -> bytes:
        number = int(token_of(request) or 0)
        return page(entry("t", "x"), token=str(number + 1 if fresh_tokens else 1))

    async def scene() -> None:
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            for _ in range(4):
                assert await at.said(row("absent")) is None
            assert len(pages(tiny)) == BARREN_PAGES + 1

    run(scene())


def test_a_token_that_is_no_longer_taken_ends_the_list_for_now() -> None:
    def answer(request: Asked) -> bytes:
        return http(400, b"{}") if token_of(request) else page(entry("t", "x"), token="old")

    async def scene() -> None:
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            for _ in range(2):
                assert await at.said(row("absent")) is None
            assert pages(tiny) == [None, "old"]
            at.glass.time += FRESH.total_seconds()
            await at.said(row("absent"))
            assert pages(tiny) == [None, "old"]

    run(scene())


def test_a_listing_that_failed_goes_on_where_it_was() -> None:
    failing = True

    def answer(request: Asked) -> bytes:
        return http(403, b"{}") if failing and token_of(request) == "2" else numbered(3)(request)

    async def scene() -> None:
        nonlocal failing
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Forbidden):
                await at.said(row("x3"))
            failing = False
            assert await at.said(row("x3")) is not None
            assert pages(tiny) == [None, "1", "2", "2", "3"]

    run(scene())


def test_a_look_that_is_cancelled_leaves_the_list_to_others() -> None:
    async def scene() -> None:
        came = asyncio.Event()

        def answer(request: Asked) -> bytes | None:
            if came.is_set():
                return numbered(1)(request)
            came.set()
            return None

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            first = asyncio.create_task(at.said(row("x1")))
            await came.wait()
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert await at.said(row("x1")) is not None

    run(scene())
