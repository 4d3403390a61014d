"""When one has ended, the next of the listing or of the selection plays, where somebody wants that."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt

from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
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


async def test_nothing_follows_unless_the_selection_or_the_listing_is_chosen_and_one_can_be_the_last(
    desk: Desk,
) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.play(0)
        player.ends()
        assert not person.program.jobs.running("next")
        assert len(player.loaded) == 1
        await every_selected_one_plays(person, player)
        await the_last_one_is_named(person, player)


async def every_selected_one_plays(person: Person, player: HandPlayer) -> None:
    """Choose autoplay of the selection: every other row is left out."""
    before = len(player.loaded)
    person.bar.choose("Autoplay", "selection")
    person.select((1, 4, 6))
    person.press(Qt.Key.Key_Return)
    for row in (4, 6):
        player.ends()
        await until(partial(plays, person, row), "the next one")
    player.ends()
    await person.job_done("next")
    assert len(player.loaded) == before + 3


async def the_last_one_is_named(person: Person, player: HandPlayer) -> None:
    """Stop after one recording: that holds for this one alone."""
    person.bar.choose("Autoplay", "listing")
    person.play(0)
    person.bar.check("Stop after this one")
    player.ends()
    assert not person.program.jobs.running("next")
    assert not person.bar.is_checked("Stop after this one")
    before = len(player.loaded)
    person.play(1)
    player.ends()
    await until(lambda: len(player.loaded) == before + 2, "the one after it")
