"""What is new is looked for, and told without disturbing what is read."""

from playhead.ui.shell.actions import REFRESH
from support.cloud.faultycloud import FaultyCloud
from support.window.driven_program import until
from support.window.lasting_profile import Desk


async def test_new_ones_above_what_is_read_are_told_by_a_pill_until_they_are_seen(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        bar = person.window.table.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        top = person.window.table.top_id
        cloud.add_new(8)
        person.window.commands.do(REFRESH)
        await until(lambda: "8 new" in person.window.status.new, "the pill")
        assert person.window.table.top_id == top
        bar.setValue(0)
        await until(lambda: not person.window.status.new, "no pill at the top")


async def test_it_looks_by_itself_as_often_as_the_person_wants(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        returning = person.program.journeys.browsing.refresh
        returning.look_every(0.001)
        cloud.add_new(3)
        await until(lambda: person.rows == 503, "the new ones")
        returning.look_every(15)
        assert returning.every == 15
        person.window.table.header.density_chosen.emit("compact")
    async with desk.opened() as person:
        assert person.program.journeys.browsing.refresh.every == 15
        assert person.window.table.row_height == 22
        person.program.journeys.browsing.refresh.look_every(0)
        assert person.program.journeys.browsing.refresh.every == 0
