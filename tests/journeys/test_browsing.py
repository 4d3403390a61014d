"""Browsing both clouds in one table."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from conftest import NOW
from person import Run, bird_account, convirza_account, opened, until
from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud, Fault

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def both(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    return (
        (convirza_account(cloud), Credential(access=cloud.access_token)),
        (bird_account(cloud), Credential(access=cloud.access_key)),
    )


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


def test_a_person_sees_the_recordings_of_both_clouds_and_more_of_them_while_scrolling(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, *both(cloud)) as person:
            await person.sees_rows(50)
            await person.sees_status("more exist at Bird EU")
            providers = {
                person.recording(row).provider for row in range(person.rows) if person.cell(row, "name")
            }
            assert "convirza" in providers
            first = person.rows
            bar = person.window.table.verticalScrollBar()
            bar.setValue(bar.maximum())
            await until(lambda: person.rows > first, "more rows")
            await until(person.everything_in_view_is_there)

    run(scene())


def test_rows_are_newest_first_and_nothing_is_above_what_is_being_read(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(90)
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

    run(scene())


def test_search_the_rest_loads_everything_and_says_so(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, *both(cloud)) as person:
            await person.sees_rows(50)
            person.window.status.search_rest.click()
            await person.sees_status("540 loaded · everything is loaded")
            assert person.rows == 540
            assert person.window.status.search_rest.isHidden()

    run(scene())


def test_searching_the_rest_can_be_stopped_and_gone_on_with(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
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

    run(scene())


def test_a_filter_shows_what_matches_among_the_loaded_and_asks_bird_for_the_rest(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            cloud.requests.clear()
            person.type_filter("direction:out status:failed")
            await until(lambda: any(each.query.get("status") == "failed" for each in cloud.requests))
            await person.sees_status("nothing else can match")
            asked = [each.query for each in cloud.requests if "status" in each.query]
            assert asked[0]["direction"] == "outgoing"
            assert set(person.column("status")) <= {"failed"}
            person.press(Qt.Key.Key_Escape)
            await until(lambda: person.window.filter.text == "" and person.rows > 50)

    run(scene())


def test_a_filter_with_a_fault_is_underlined_and_leaves_the_rows(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            before = person.rows
            person.type_filter("duration:>soon")
            line = person.window.filter.line
            assert "not a duration" in line.accessibleDescription()
            assert person.rows == before

    run(scene())


def test_a_restart_shows_the_catalogue_at_once_and_then_what_is_new(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        from playhead.machine.vault import MemoryVault

        vault = MemoryVault()
        async with opened(tmp_path, bird(cloud), vault=vault) as person:
            await person.sees_rows(90)
            newest = person.recording(0).id
        cloud.add_new(12)
        async with opened(tmp_path, bird(cloud), vault=vault) as person:
            await person.sees_rows(90)
            await until(lambda: person.program.model.ids and person.rows >= 105, "the new ones")
            model = person.program.model
            await until(
                lambda: any(found.id == newest for row in range(30) if (found := model.recording(row)))
            )

    run(scene())


def test_an_account_that_fails_leaves_the_other_alone_and_says_why(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        accounts = (both(cloud)[0], (bird_account(cloud), Credential(access="wrong-key")))
        async with opened(tmp_path, *accounts) as person:
            await person.sees_notice("Bird EU does not accept the key")
            await person.sees_rows(40)
            assert person.health("bird") == "key refused"
            assert "Bird EU could not be asked" in person.status

    run(scene())


def test_a_slow_account_does_not_hold_up_the_other(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="bird-list", delay=6.0, times=1))
        async with opened(tmp_path, *both(cloud)) as person:
            await person.sees_rows(40)
            assert person.health("bird") == "asking…"

    run(scene())


def test_every_row_that_is_scrolled_to_is_painted_whatever_way_one_gets_there(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            person.window.status.search_rest.click()
            await person.sees_status("500 loaded · everything is loaded")
            bar = person.window.table.verticalScrollBar()
            for share in (0.5, 0.9, 0.3, 1.0, 0.0, 0.7):
                bar.setValue(round(bar.maximum() * share))
                await until(person.everything_in_view_is_there, f"the rows at {share:.0%}")

    run(scene())
