"""While the rest is searched, the window says how that goes; of what is shown, it says nothing untrue."""

import asyncio

from playhead.ui.look.labels import PlainLabel
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def noted(person: Person) -> str:
    """What can be read between the sentence and the selection."""
    status = person.window.status
    labels = [each for each in status.findChildren(PlainLabel) if each.isVisible()]
    return " ".join(each.whole for each in labels if each not in {status.sentence, status.selection})


async def test_progress_stands_in_the_line_all_the_time_while_the_rest_is_searched(desk: Desk) -> None:
    async with desk.opened(desk.bird, desk.convirza, rows=50) as person:
        person.window.resize(1280, 800)
        await until(lambda: "follow" in noted(person), "rows that are held back")
        person.window.resize(1000, 640)
        person.window.status.search_rest.click()
        await until(lambda: person.window.status.search_rest.text() == "Stop", "a search")
        seen = []
        while person.window.status.search_rest.text() == "Stop":
            seen.append(noted(person))
            await asyncio.sleep(0)
        assert all("searching" in each or " read" in each for each in seen), set(seen)
        await person.sees_status("everything is loaded")
        await until(lambda: noted(person) == "", "that nothing is left to say")


async def test_the_line_explains_itself_for_any_filter(desk: Desk) -> None:
    async with desk.opened(desk.bird, desk.convirza, rows=50) as person:
        await person.filters_by("is:starred")
        assert "Bird EU: nothing that is not loaded yet can match." in person.window.status.toolTip()
        await person.filters_by("status:failed")
        assert "nothing is loaded yet" not in person.window.status.toolTip()


async def test_the_sum_of_everything_stands_until_the_next_one_is_known(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.window.table.selectAll()
        selection = person.window.status.selection
        await until(lambda: "at least" in selection.whole, "how long they are together")
        assert f"all {person.rows} shown selected" in selection.whole
        before = selection.whole
        person.window.table.chosen.emit()
        assert selection.whole == before
