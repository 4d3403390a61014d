"""Coming back: what changed at the providers meanwhile is seen, and nothing that was loaded is lost."""

from playhead.ui.shell.actions import REFRESH
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def sees_gone(person: Person, *ids: str) -> None:
    """Wait until exactly these recordings are said to be gone, and are still there."""
    person.type_filter("is:gone")

    def seen() -> bool:
        found = [person.program.model.recording(row) for row in range(person.rows)]
        return {each.id for each in found if each} == set(ids) and None not in found

    await until(seen, "what is gone")
    person.type_filter("")
    await until(lambda: person.rows > len(ids), "the others")


async def test_a_call_that_was_going_on_is_seen_to_have_ended(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        ongoing = [row for row in range(30) if person.recording(row).status == "ongoing"]
        ids = {person.recording(row).id for row in ongoing}
        assert ids
        cloud.finish_ongoing()
        # Not even the list says so, as when it is further down than anybody looks.
        cloud.faults.add(Fault(scope="bird-list", change=still_ongoing))
        person.window.commands.do(REFRESH)
        await until(
            lambda: all(person.recording(row).status == "available" for row in ongoing), "the end of it"
        )
        assert {person.recording(row).id for row in ongoing} == ids
        asked = [each for each in cloud.requests if each.path.rsplit("/", 1)[-1] in ids]
        assert len(asked) == len(ids)
        assert set(ongoing) <= set(person.playable_rows())


def still_ongoing(answer: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """A list that is behind."""
    for place in (3, 6):
        answer["results"][place].update(status="ongoing")
    return answer


async def test_what_somebody_deleted_is_marked_and_stays(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, desk.convirza) as person:
        await person.loads_everything(540)
        call, prompt = cloud.bird_recording(20)["id"], str(cloud.convirza_item(5)["id"])
        cloud.delete_bird_recording(call)
        cloud.delete_prompt(5)
        person.window.commands.do(REFRESH)
        await sees_gone(person, call, prompt)
        await person.sees_status("540 loaded")


async def test_what_cannot_be_played_because_it_was_deleted_is_marked(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        row = person.playable_rows()[5]
        identity = person.recording(row).id
        cloud.delete_bird_recording(identity)
        person.play(row)
        await until(lambda: "does not have it any more" in person.player_says, "why it does not play")
        await sees_gone(person, identity)


async def test_a_workspace_that_does_not_answer_marks_nothing(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        cloud.faults.add(Fault(scope="bird-get", status=404), Fault(scope="bird-list", status=404))
        person.play(person.playable_rows()[5])
        await until(lambda: "404" in person.player_says, "why it does not play")
        person.type_filter("is:gone")
        await until(lambda: person.rows == 0)


async def test_a_place_that_the_server_no_longer_knows_is_begun_anew_without_losing_rows(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        await person.sees_status("more exist at Bird EU")
    cloud.expire_page_tokens()
    cloud.delete_bird_recording(cloud.bird_recording(50)["id"])
    async with desk.opened(desk.bird, rows=90) as person:
        cloud.requests.clear()
        await person.loads_everything(500)
        assert person.rows == 500
        assert [each.status for each in cloud.requests].count(400) == 1
        assert not person.notices


async def test_how_far_one_has_come_survives_a_restart(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=90) as person:
        await until(lambda: person.health("bird").startswith("loaded to "), "how far it has come")
    cloud.requests.clear()
    async with desk.opened(desk.bird, rows=90) as person:
        await person.loads_everything(500)
        lists = [each.query.get("pageToken") for each in cloud.requests if each.path.endswith("/recordings")]
        assert lists.count(None) == 1, "only the look at what is new begins at the top"
        assert len(lists) == len(set(lists)) == 6
