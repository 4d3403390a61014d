"""A star is given with a key, taken away with it, kept, and found again."""

from PySide6.QtCore import Qt

from support.window.driven_program import until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


async def test_a_star_is_given_to_all_that_is_selected_and_taken_away_when_all_have_one(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:

        def stars() -> list[int]:
            model = person.program.model
            return [row for row in range(20) if model.marks(person.recording(row)).starred]

        person.select([4])
        person.press(Qt.Key.Key_S)
        await until(lambda: stars() == [4], "one star")
        person.select([2, 4, 7])
        person.press(Qt.Key.Key_S)
        await until(lambda: stars() == [2, 4, 7], "three stars")
        person.select([2, 4])
        person.press(Qt.Key.Key_S)
        await until(lambda: stars() == [7], "one star again")
        starred = person.recording(7).id
        assert await person.finds("is:starred") == [starred]
    async with desk.opened(player=HandPlayer) as person:
        assert await person.finds("is:starred") == [starred]


async def test_two_quick_presses_are_a_star_and_no_star(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        (recording,) = person.select([0])
        person.press(Qt.Key.Key_S)
        person.press(Qt.Key.Key_S)
        await person.program.journeys.marking.close()
        assert not (await person.marks_of(recording)).starred


async def test_a_star_given_just_before_the_window_is_closed_is_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        (recording,) = person.select([0])
        person.press(Qt.Key.Key_S)
    async with desk.opened(player=HandPlayer) as person:
        assert (await person.marks_of(recording)).starred
