"""New recordings are told wherever the order puts them, and as many as match what is looked for."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from playhead.core.finding.query import Order
from support.cloud.answerchanges import undated
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def follow(person: Person, said: str) -> None:
    """Click at what the status line says."""
    buttons = person.window.status.findChildren(QPushButton)
    (link,) = (each for each in buttons if each.isVisible() and each.text() == said)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)


def follow_pill(person: Person) -> None:
    """Click at what is said of new recordings."""
    follow(person, person.window.status.new)


async def looks_for_new(person: Person) -> None:
    """Press F5 and wait until every account has answered."""
    QTest.keyClick(person.window, Qt.Key.Key_F5)
    for account in ("bird", "convirza"):
        await person.job_done(f"new {account}")
    await person.job_done("arriving")


async def in_view(person: Person) -> list[str]:
    """The ids of the recordings in view, from the top."""
    await until(person.everything_in_view_is_there)
    return [person.recording(row).id for row in person.window.table.visible_rows]


async def test_new_ones_are_told_to_who_looks_at_undated_rows_and_the_click_leads_to_them(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="convirza-list", change=undated))
    async with desk.opened(*desk.both) as person:
        await person.loads_everything(540)
        table, status = person.window.table, person.window.status
        said = "40 without a date"
        await until(lambda: status.undated == said, "the number of those without a date")
        assert all(person.recording(row).moment for row in table.visible_rows)
        follow(person, status.undated)
        assert table.visible_rows.start == 500
        assert table.selected_count() == 0
        below = await in_view(person)
        assert not any(person.recording(row).moment for row in table.visible_rows)
        cloud.add_new(8)
        await looks_for_new(person)
        assert status.new == "8 new ↑"
        assert await in_view(person) == below
        follow_pill(person)
        await until(lambda: not status.new, "that they were seen")
        assert table.visible_rows.start == 0
        assert (await in_view(person))[:8] == [cloud.bird_recording(place)["id"] for place in range(8)]
        table.header.sort_by(Order("started", descending=False))
        await person.job_done("list")
        assert person.recording(0).moment
        await until(lambda: status.undated == said, "the number of those without a date")
        table.header.sort_by(Order("name", descending=False))
        await person.job_done("list")
        await until(lambda: not status.undated, "that they stand among the others")


async def test_new_ones_are_seen_by_who_scrolls_to_them_although_more_was_loaded_meanwhile(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird) as person:
        await person.sees_rows(50)
        person.window.table.scrollToBottom()
        cloud.add_new(60)
        await looks_for_new(person)
        assert person.window.status.new == "60 new ↑"
        person.window.status.search_rest.click()
        await person.job_done("search")
        person.window.table.scrollToTop()
        await until(lambda: person.window.status.new.endswith(" new ↓"), "that the first were seen")


async def test_new_ones_are_shown_part_by_part_counted_if_they_match_and_told_in_any_order(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird) as person:
        await person.loads_everything(500)
        await more_than_there_is_room_for(person, cloud)
        await only_those_that_match(person, cloud)
        await the_newest_last(person, cloud)


async def more_than_there_is_room_for(person: Person, cloud: FaultyCloud) -> None:
    """See so many new ones that they are shown part by part."""
    cloud.add_new(60)
    await looks_for_new(person)
    assert person.window.status.new == "60 new ↑"
    follow_pill(person)
    await until(lambda: person.window.status.new.endswith(" new ↓"), "those below")
    room = len(person.window.table.visible_rows)
    assert person.window.status.new == f"{60 - room} new ↓"
    follow_pill(person)
    await until(lambda: person.window.table.visible_rows.start == room, "the next ones")


async def only_those_that_match(person: Person, cloud: FaultyCloud) -> None:
    """See how many of the new ones match a filter."""
    await person.filters_by("direction:in")
    before = person.rows
    bar = person.window.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    cloud.add_new(40)
    await looks_for_new(person)
    came = person.rows - before
    assert 0 < came < 40
    assert person.window.status.new == f"{came} new ↑"
    await person.filters_by("direction:in status:failed")
    assert not person.window.status.new, "another question has rows that are all new to the person"


async def the_newest_last(person: Person, cloud: FaultyCloud) -> None:
    """See new ones at the end of all rows."""
    await person.filters_by("")
    person.window.table.header.sort_by(Order("started", descending=False))
    await person.job_done("list")
    cloud.add_new(2)
    await looks_for_new(person)
    assert person.window.status.new == "2 new ↓"
    follow_pill(person)
    await until(lambda: not person.window.status.new, "that they were seen")
    assert (await in_view(person))[-1] == cloud.bird_recording(0)["id"]


async def test_that_nothing_is_new_is_said_to_who_asked_unless_an_account_fails(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(*desk.both) as person:
        await person.loads_everything(540)
        status, returning = person.window.status, person.program.journeys.browsing.refresh
        returning.refresh()
        for account in ("bird", "convirza"):
            await person.job_done(f"new {account}")
        assert not status.new
        await looks_for_new(person)
        await until(lambda: status.new == "Nothing new", "that nothing is")
        await person.filters_by("kind:prompt")
        assert not status.new
        cloud.add_new(1)
        person.window.side_bar.refresh_asked.emit("bird")
        await person.job_done("new bird")
        await until(lambda: status.new == "Nothing new that matches", "that nothing matches")
        await person.filters_by("")
        cloud.faults.add(Fault(scope="bird-list", status=404))
        await looks_for_new(person)
        assert person.notices
        assert not status.new, "nobody knows of an account that fails"
