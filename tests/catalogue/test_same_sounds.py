"""The same sound is found in recordings of other bytes, names and accounts, and forgotten with them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.samesounds import MOST_AT_A_LANDMARK
from playhead.catalogue.store import Store
from playhead.core.finding import fields
from playhead.core.finding.query import All, Flag, Is, Match, Node, Not, Order, Way
from playhead.core.health.audiofigures import Measured
from playhead.core.health.soundprint import Resemblance
from playhead.core.recording import Recording
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.health.sound_prints import measured, spoken

DUPLICATES = Is(Flag.DUPLICATE)
HELLO, BYE = spoken(1), spoken(2)
LIKE_HELLO = spoken(1, cut=2.0, noise=3, softer=20)


def same(identifier: str) -> Node:
    return Match(fields.SAME, identifier, Way.WHOLE)


async def measure(store: Store, found: Mapping[Recording, Measured]) -> None:
    for each, figures in found.items():
        await store.analyses.keep_measured(each, figures)


ONE, TWO, THREE, FOUR = (recording(number, account="ab"[number % 2]) for number in range(1, 5))


def test_one_sound_in_other_bytes_at_another_level_and_cut_is_one_group() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE, FOUR) as store:
            await measure(store, {
                ONE: measured("a", HELLO), TWO: measured("b", BYE), THREE: measured("c", LIKE_HELLO),
            })  # fmt: skip
            assert await listed(store, DUPLICATES) == ["1", "3"]
            assert await listed(store, Not(DUPLICATES)) == ["2", "4"]
            assert await listed(store, same("3")) == ["1", "3"]
            assert await listed(store, same("2")) == await listed(store, same("nobody")) == []
            assert await listed(store, All((Not(same("1")), Is(Flag.MEASURED)))) == ["2"]
            marks = await store.marks.read([ONE, TWO, THREE, FOUR])
            assert [each.same and each.same.ids for each in marks] == [("1", "3"), None, ("1", "3"), None]

    asyncio.run(scene())


def test_equal_bytes_are_one_sound_however_short_and_nothing_is_claimed_of_other_short_ones() -> None:
    tiny = spoken(1, 2.0)

    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await measure(
                store, {each: measured(name, tiny) for each, name in ((ONE, "a"), (TWO, "b"), (THREE, "a"))}
            )
            assert await listed(store, DUPLICATES) == ["1", "3"]

    asyncio.run(scene())


def test_a_recording_that_is_gone_leaves_its_group_until_it_is_met_again() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await measure(
                store, {ONE: measured("a", HELLO), TWO: measured("b", LIKE_HELLO), THREE: measured("a")}
            )
            await store.recordings.mark_gone([ONE])
            assert await listed(store, DUPLICATES) == ["2", "3"]
            assert await listed(store, same("1")) == []
            await store.recordings.mark_gone([TWO])
            assert await listed(store, DUPLICATES) == []
            await store.recordings.add([recording(1, account="b", name="renamed")], feed("b"))
            assert await listed(store, DUPLICATES) == ["1", "3"]

    asyncio.run(scene())


def test_other_audio_has_another_group() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await measure(
                store, {ONE: measured("a", HELLO), TWO: measured("b", LIKE_HELLO), THREE: measured("c", BYE)}
            )
            await measure(store, {ONE: measured("d", spoken(2, noise=2))})
            assert await listed(store, DUPLICATES) == ["1", "3"]
            await measure(store, {ONE: measured("b"), TWO: measured("b")})
            assert await listed(store, DUPLICATES) == ["1", "2"]

    asyncio.run(scene())


def test_a_sound_that_two_groups_share_makes_them_one() -> None:
    whole = spoken(5, 20.0)
    parts = {ONE: measured("a", spoken(5, 13.0)), TWO: measured("b", spoken(5, 20.0, cut=7.5))}

    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await measure(store, parts)
            assert await listed(store, DUPLICATES) == []
            await measure(store, {THREE: measured("c", whole)})
            assert await listed(store, same("1")) == ["1", "2", "3"]
            assert await listed(store, order=Order("same")) == ["1", "2", "3"]

    asyncio.run(scene())


BEGIN, END, WHOLE = spoken(5, 13.0), spoken(5, 20.0, cut=7.5), spoken(5, 20.0)


def test_sounds_that_another_one_joined_are_no_longer_one_group_once_that_is_gone() -> None:
    async def measured_as_other_audio(store: Store) -> None:
        await measure(store, {THREE: measured("d", spoken(9, 20.0))})

    async def marked_gone(store: Store) -> None:
        await store.recordings.mark_gone([THREE])

    async def removed(store: Store) -> None:
        await store.forget("b")

    async def scene(leave: Callable[[Store], Awaitable[None]]) -> None:
        async with catalogue(None, ONE, TWO, THREE, FOUR) as store:
            await measure(
                store, {FOUR: measured("a", BEGIN), TWO: measured("b", END), THREE: measured("c", WHOLE)}
            )
            assert await listed(store, DUPLICATES) == ["2", "3", "4"]
            await leave(store)
            assert await listed(store, DUPLICATES) == []
            await measure(store, {ONE: measured("e", spoken(5, 20.0, cut=8.0))})
            assert await listed(store, DUPLICATES) == ([] if leave is removed else ["1", "2"])

    for each in (measured_as_other_audio, marked_gone, removed):
        asyncio.run(scene(each))


def test_a_sound_that_comes_back_joins_what_it_joined_and_what_came_meanwhile() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await measure(store, {ONE: measured("a", BEGIN), THREE: measured("c", WHOLE)})
            await store.recordings.mark_gone([THREE])
            await measure(store, {TWO: measured("b", END)})
            assert await listed(store, DUPLICATES) == []
            await store.recordings.add([recording(3, account="b", name="renamed")], feed("b"))
            assert await listed(store, same("1")) == ["1", "2", "3"]

    asyncio.run(scene())


def test_a_sound_that_is_measured_once_it_is_gone_joins_nothing_until_it_is_met_again() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE) as store:
            await store.recordings.mark_gone([THREE])
            await measure(
                store, {ONE: measured("a", BEGIN), THREE: measured("c", WHOLE), TWO: measured("b", END)}
            )
            assert await listed(store, DUPLICATES) == []
            await store.recordings.add([recording(3, account="b", name="renamed")], feed("b"))
            assert await listed(store, same("1")) == ["1", "2", "3"]

    asyncio.run(scene())


def test_the_sounds_of_an_account_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, ONE, TWO, THREE, FOUR) as store:
            await measure(store, {
                ONE: measured("a", HELLO), TWO: measured("b", LIKE_HELLO),
                THREE: measured("c", BYE), FOUR: measured("d", spoken(3)),
            })  # fmt: skip
            await store.forget("b")
            assert await listed(store, DUPLICATES) == []

    asyncio.run(scene())
    connection = connect(path, KEY)
    left = [name for (name,) in connection.execute("select digest from sound order by number")]
    assert left == [b"b", b"d"]
    strangers = "select count(*) from landmark where sound not in (select number from sound)"
    assert connection.execute(strangers).fetchone() == (0,)
    connection.close()


def test_a_sound_of_many_copies_is_found_when_the_first_of_them_are_gone_with_their_account() -> None:
    many = MOST_AT_A_LANDMARK + 5
    first = [recording(number, account="a") for number in range(many)]
    later = [recording(number, account="b") for number in range(many, many + 3)]

    async def scene() -> None:
        async with catalogue(None, *first, *later) as store:
            for number, each in enumerate([*first, *later[:2]]):
                await store.analyses.keep_measured(each, measured(f"{number}", HELLO))
            await store.forget("a")
            await store.analyses.keep_measured(later[2], measured("new", LIKE_HELLO))
            assert await listed(store, same(later[2].id)) == [each.id for each in later]

    asyncio.run(scene())


def test_the_others_of_a_group_come_the_most_alike_first() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE, FOUR) as store:
            await measure(
                store,
                {
                    ONE: measured("a", HELLO),
                    TWO: measured("b", LIKE_HELLO),
                    THREE: measured("a"),
                    FOUR: measured("c", BYE),
                },
            )
            equal, alike = await store.same_sounds.others(ONE)
            assert (equal.recording, equal.exact, equal.identifier) == (THREE, True, 3)
            assert equal.resemblance == Resemblance(1.0, 0.0)
            assert (alike.recording, alike.exact) == (TWO, False)
            assert alike.resemblance is not None
            assert alike.resemblance.lag == pytest.approx(-2.0, abs=0.05)
            assert await store.same_sounds.others(FOUR) == []
            assert await store.same_sounds.others(recording(9)) == ()

    asyncio.run(scene())
