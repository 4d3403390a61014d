"""When one has ended, the next of the listing or of the selection plays, where somebody wants that."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def plays(person: Person, row: int) -> bool:
    """Whether it is this row that plays."""
    return person.playing == person.recording(row)


async def test_autoplay_goes_through_the_listing_and_leaves_out_what_cannot_be_heard(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        person.bar.choose("Autoplay", "listing")
        playable = person.playable_rows()
        before = next(here for here, there in pairwise(playable) if there > here + 1)
        after = playable[playable.index(before) + 1]
        person.play(before)
        player.ends()
        await until(lambda: len(player.loaded) == 2, "the next one")
        assert person.playing == person.recording(after)
        assert player.state == "playing"


async def test_autoplay_ends_where_the_listing_ends(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.bar.choose("Autoplay", "listing")
        last = person.recording(10)
        person.type_filter(f"id:{last.id} OR id:{person.recording(9).id}")
        await until(lambda: person.rows == 2, "two rows")
        person.play(0)
        player.ends()
        await until(lambda: len(player.loaded) == 2, "the last one")
        assert person.playing == last
        player.ends()
        await person.job_done("next")
        assert len(player.loaded) == 2
        assert player.state == "ended"


async def test_autoplay_of_the_selection_leaves_out_every_other_row(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.bar.choose("Autoplay", "selection")
        person.select((1, 4, 6))
        person.press(Qt.Key.Key_Return)
        for row in (4, 6):
            player.ends()
            await until(partial(plays, person, row), "the next one")
        player.ends()
        await person.job_done("next")
        assert len(player.loaded) == 3


async def test_stop_after_this_one_holds_for_this_one_alone(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.bar.choose("Autoplay", "listing")
        person.play(0)
        person.bar.check("Stop after this one")
        player.ends()
        assert not person.program.jobs.running("next")
        assert not person.bar.is_checked("Stop after this one")
        person.play(1)
        player.ends()
        await until(lambda: len(player.loaded) == 3, "the third")


async def test_without_autoplay_nothing_follows(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.play(0)
        player.ends()
        assert not person.program.jobs.running("next")
        assert len(player.loaded) == 1
