"""Browsing both clouds in one table."""

from PySide6.QtCore import Qt

from playhead.core.account import Credential
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.demo_accounts import NOW, bird_account
from support.window.driven_program import until
from support.window.lasting_profile import Desk


async def test_a_person_sees_the_recordings_of_both_clouds_and_more_of_them_while_scrolling(
    desk: Desk,
) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        await person.sees_status("more exist at Bird EU")
        providers = {person.recording(row).provider for row in range(person.rows) if person.cell(row, "name")}
        assert "convirza" in providers
        first = person.rows
        bar = person.window.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        await until(lambda: person.rows > first, "more rows")
        await until(person.everything_in_view_is_there)


async def test_rows_are_newest_first_and_nothing_is_above_what_is_being_read(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        table = person.window.table
        table.selectRow(40)
        before = table.current_id
        bar = table.verticalScrollBar()
        bar.setValue(bar.maximum())
        await until(lambda: person.rows > 150, "more rows")
        await until(person.everything_in_view_is_there)
        assert table.current_id == before
        moments = [
            found.moment for row in range(person.rows) if (found := person.program.model.recording(row))
        ]
        assert moments == sorted(moments, key=lambda each: each or NOW, reverse=True)


async def test_search_the_rest_loads_everything_and_every_row_is_painted_whatever_way_one_gets_there(
    desk: Desk,
) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        await person.loads_everything(540)
        assert person.rows == 540
        assert person.window.status.search_rest.isHidden()
        bar = person.window.table.verticalScrollBar()
        for share in (0.5, 0.9, 0.3, 1.0, 0.0, 0.7):
            bar.setValue(round(bar.maximum() * share))
            await until(person.everything_in_view_is_there, f"the rows at {share:.0%}")


async def test_searching_the_rest_can_be_stopped_and_gone_on_with(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        cloud.faults.add(Fault(scope="bird-list", delay=0.2))
        button = person.window.status.search_rest
        button.click()
        await until(lambda: button.text() == "Stop")
        button.click()
        await until(lambda: button.text() == "Search the rest")
        cloud.faults.clear()
        assert person.rows < 500
        button.click()
        await person.sees_status("500 loaded · everything is loaded")


async def test_a_filter_shows_what_matches_and_asks_bird_for_the_rest_and_one_with_a_fault_leaves_the_rows(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        cloud.requests.clear()
        person.type_filter("direction:out status:failed")
        await until(lambda: any(each.query.get("status") == "failed" for each in cloud.requests))
        await person.sees_status("nothing else can match")
        asked = [each.query for each in cloud.requests if "status" in each.query]
        assert asked[0]["direction"] == "outgoing"
        assert set(person.column("status")) <= {"failed"}
        person.press(Qt.Key.Key_Escape, person.window.filter.line)
        await until(lambda: person.window.filter.text == "" and person.rows > 50)
        before = person.rows
        person.type_filter("duration:>soon")
        assert "not a duration" in person.window.filter.line.accessibleDescription()
        assert person.rows == before, "a filter with a fault is underlined, and leaves the rows"


async def test_a_restart_shows_the_catalogue_at_once_and_then_what_is_new(
    desk: Desk, cloud: FaultyCloud
) -> None:

    async with desk.opened(desk.bird, rows=90) as person:
        newest = person.recording(0).id
    cloud.add_new(12)
    async with desk.opened(desk.bird, rows=90) as person:
        await until(lambda: person.program.model.ids and person.rows >= 105, "the new ones")
        model = person.program.model
        await until(lambda: any(found.id == newest for row in range(30) if (found := model.recording(row))))


async def test_an_account_that_fails_leaves_the_other_alone_and_says_why(
    desk: Desk, cloud: FaultyCloud
) -> None:
    accounts = (desk.convirza, (bird_account(cloud), Credential(access="wrong-key")))
    async with desk.opened(*accounts) as person:
        await person.sees_notice("Bird EU does not accept the key")
        await person.sees_rows(40)
        assert person.health("bird") == "key refused"
        assert "Bird EU could not be asked" in person.status


async def test_a_slow_account_does_not_hold_up_the_other(desk: Desk, cloud: FaultyCloud) -> None:
    cloud.faults.add(Fault(scope="bird-list", delay=6.0, times=1))
    async with desk.opened(*desk.both, rows=40) as person:
        assert person.health("bird") == "asking…"


async def test_everything_is_loaded_for_who_asks_and_an_account_that_fails_is_told(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        browsing, told = person.program.journeys.browsing, list[int]()
        cloud.faults.add(Fault(scope="bird-list", status=403, times=1))
        assert not await browsing.load_everything(browsing.state.query, lambda loaded, _: told.append(loaded))
        await person.sees_notice("may not read recordings")
        assert await browsing.load_everything(browsing.state.query, lambda loaded, _: told.append(loaded))
        assert told == sorted(told)
        await person.sees_status("500 loaded · everything is loaded")
        assert await browsing.load_everything(browsing.state.query, lambda loaded, _: told.append(loaded))
