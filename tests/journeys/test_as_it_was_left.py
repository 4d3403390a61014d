"""After a restart the window is as it was left."""

from PySide6.QtCore import Qt

from playhead.catalogue.opening import open_with_vault
from playhead.core.finding.query import Order
from playhead.core.leftoff import LeftOff
from playhead.core.playbacksettings import PlayerState
from playhead.ui.inspector.inspector import NOTES
from support.cloud.faultycloud import FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def settled(person: Person) -> None:
    """Wait until the rows are there and the table is as it was."""
    await person.sees_rows(20)
    await person.job_done("list")


async def test_filter_order_selection_place_and_page_are_as_they_were(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        await person.filters_by("kind:call")
        table = person.window.table
        table.header.sort_by(Order("duration", descending=True))
        await person.job_done("list")
        await person.sees_rows(100)
        ids = list(person.program.model.ids)
        table.select_ids([ids[60], ids[3], ids[61]], ids[61])
        table.show_from(55)
        person.window.inspector.show_page(NOTES)
        await until(lambda: table.top_id == ids[55], "the place")
    async with desk.opened() as person:
        await settled(person)
        table = person.window.table
        assert person.window.filter.text == "kind:call"
        assert person.program.journeys.browsing.state.order == Order("duration", descending=True)
        await until(lambda: table.selected_count() == 3, "the selection")
        assert list(table.selected_ids()) == [ids[3], ids[60], ids[61]]
        assert table.current_id == ids[61]
        assert table.top_id == ids[55]
        assert person.window.inspector.page == NOTES


async def test_what_played_waits_at_its_place_and_nothing_of_it_is_fetched_before_it_goes_on(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=20) as (person, player):
        recording = person.play(person.playable_rows()[0])
        player.plays(0.0, 7.5)
    async with desk.by_hand(rows=20) as (person, player):
        listening = person.program.journeys.listening
        assert listening.recording == recording
        assert listening.state is PlayerState.PAUSED
        assert person.window.player.waveform.position == 7.5
        # Empty if the waveform was drawn in time.
        assert person.window.player.waveform.sentence in {"", "Paused where you left. Space goes on."}
        assert player.loaded == []
        person.press(Qt.Key.Key_Left)
        assert person.window.player.waveform.position == 2.5
        person.press(Qt.Key.Key_Space)
        assert len(player.loaded) == 1
        assert player.position == 2.5
        assert player.state is PlayerState.PLAYING


async def test_the_waveform_of_what_played_is_there_again(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20) as (person, _player):
        person.play(person.playable_rows()[0])
        await person.sees_waveform()
    async with desk.by_hand(rows=20) as (person, player):
        await person.sees_waveform()
        assert player.loaded == []


async def test_everything_that_was_selected_is_again_and_what_the_person_does_meanwhile_is_not_undone(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.window.table.selectAll()
    async with desk.opened() as person:
        await settled(person)
        await until(lambda: person.window.table.selection.everything, "the selection")
        person.select([3])
    async with desk.opened() as person:
        person.type_filter("kind:call")
        await settled(person)
        assert person.window.table.selected_count() == 0
        assert person.window.filter.text == "kind:call"


NO_SENSE = [
    "",
    "{",
    "[]",
    '{"query": "kind:nothing", "order": ["nothing", true], "page": 77, "current": [1, "x", "y"]}',
    '{"query": 7, "order": [], "selected": [[0], "x", null], "playing": [1, 2, 3], "second": "x"}',
    LeftOff(query="colour:red").to_text(),
]


async def test_what_makes_no_sense_any_more_changes_nothing(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        await person.job_done("list")
    for text in NO_SENSE:
        between = await open_with_vault(desk.profile.catalogue, desk.vault, media_limit=10**9)
        await between.store.searches.leave_off(text)
        await between.store.close()
        async with desk.opened() as person:
            await settled(person)
            assert person.window.filter.text == "", text
            assert person.window.table.selected_count() == 0, text
            assert person.playing is None, text
