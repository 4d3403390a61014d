"""Whatever a provider answers, there is a sentence, nothing is lost, and the other account goes on."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest

from playhead.core.account import Credential
from playhead.core.recording import Recording
from playhead.ui.shell.actions import REFRESH
from support.cloud import answerchanges as changes
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.demo_accounts import bird_account
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

FAULTS = [
    (Fault(scope="bird-list", status=401), "Bird EU does not accept the key"),
    (Fault(scope="bird-list", status=403), "Bird EU: the key may not read recordings"),
    (Fault(scope="bird-list", status=404), "Bird EU: there is no such workspace"),
    (Fault(scope="bird-list", status=400), "Bird EU did not accept the request (400)"),
    (Fault(scope="bird-list", status=410), "Bird EU had it once"),
    (Fault(scope="bird-list", status=500), "Bird EU has a fault of its own (500)"),
    (Fault(scope="bird-list", status=503), "Bird EU has a fault of its own (503)"),
    (Fault(scope="bird-list", html=True), "Bird EU answered with a web page"),
    (Fault(scope="bird-list", truncate=300), "Bird EU: the answer broke off"),
    (Fault(scope="bird-list", cut=300), "Bird EU: the connection broke off"),
    (Fault(scope="bird-list", change=changes.wrapped_in_a_list), "Bird EU answered in a form"),
    (Fault(scope="bird-list", change=changes.rows_as_text), "Bird EU answered in a form"),
]


async def is_said_and_goes(person: Person, cloud: FaultyCloud, sentence: str) -> None:
    """See what is said of a fault at Bird, and that nothing is left of it once Bird answers again."""
    await person.sees_notice(sentence)
    assert "Bird EU could not be asked" in person.status, sentence
    cloud.faults.clear()
    person.window.commands.do(REFRESH)
    await person.sees_status("more exist at Bird EU")
    await until(lambda: not person.notices, f"the end of the notice “{sentence}”")


async def test_a_fault_at_bird_is_said_and_convirza_is_seen_all_the_same(
    desk: Desk, cloud: FaultyCloud
) -> None:
    (first, said), *others = FAULTS
    cloud.faults.add(first)
    async with desk.opened(*desk.both, rows=40) as person:
        await is_said_and_goes(person, cloud, said)
        for fault, sentence in others:
            cloud.faults.add(fault)
            person.window.commands.do(REFRESH)
            await is_said_and_goes(person, cloud, sentence)
            assert person.rows > 40, sentence


@pytest.mark.parametrize("retry_after", ["1", None])
async def test_too_many_requests_are_waited_for_and_nothing_is_lost(
    desk: Desk, cloud: FaultyCloud, retry_after: str | None
) -> None:
    cloud.faults.add(Fault(scope="bird-list", status=429, retry_after=retry_after, times=1))
    async with desk.opened(*desk.both) as person:
        await until(lambda: "asked to wait" in person.health("bird") or person.rows > 60)
        await until(lambda: "loaded to" in person.health("bird"))
        assert not person.notices


async def test_a_time_out_is_said(desk: Desk, cloud: FaultyCloud) -> None:
    account = bird_account(cloud, base_url="http://127.0.0.1:9")
    async with desk.opened(desk.convirza, (account, Credential(access="key")), rows=40) as person:
        await person.sees_notice("Bird EU cannot be reached")


ODD_PAGES = [
    ("hostile names", [changes.hostile_names], 0),
    ("wrong types", [changes.wrong_types], 0),
    ("no ids", [changes.without_ids], 99),
    ("status and date of no sense", [changes.unknown_status, changes.year_one], 0),
    ("doubled and undated", [changes.doubled_row, changes.undated], 0),
    ("no objects", [changes.no_objects], 2),
]
"""Changes of one page after the other, and the number of ids that are lost by them."""


class OddPages:
    """A change of each page in another way, when it is asked for the first time."""

    def __init__(self) -> None:
        self.ids: dict[str, frozenset[str]] = {}
        """The ids that each page had before it was changed."""

    def __call__(self, answer: Any) -> Any:
        ids = frozenset(row["id"] for row in answer["results"])
        if len(self.ids) < len(ODD_PAGES) and ids not in self.ids.values():
            name, made, _ = ODD_PAGES[len(self.ids)]
            self.ids[name] = ids
            for change in made:
                answer = change(answer)
        return answer


async def looks_through(person: Person) -> list[Recording]:
    """Look at every row, from the top; what the rows stand for."""
    table, seen = person.window.table, list[Recording]()
    while len(seen) < person.rows:
        table.show_from(len(seen))
        await until(person.everything_in_view_is_there, f"the rows below {len(seen)}")
        seen += [person.recording(row) for row in range(len(seen), table.visible_rows.stop)]
    return seen


async def test_odd_rows_are_shown_and_the_page_is_not_lost(desk: Desk, cloud: FaultyCloud) -> None:
    pages = OddPages()
    cloud.faults.add(Fault(scope="bird-list", change=pages))
    async with desk.opened(desk.bird, rows=20) as person:
        texts = person.column("from") + person.column("to") + person.column("name")
        assert all(len(text) <= 1000 for text in texts)
        assert any("<img" in text for text in texts)
        await person.loads_everything(500)
        assert not person.notices
        seen = await looks_through(person)
        places = {each.id: row for row, each in enumerate(seen)}
        lost = {name: len(ids - places.keys()) for name, ids in pages.ids.items()}
        assert lost == {name: number for name, _, number in ODD_PAGES}
        without = [row for row, each in enumerate(seen) if "without an id" in (each.fault or "")]
        assert len(without) == lost["no ids"]
        kept = [
            next((places[each] for each in ids if each in places), without[0]) for ids in pages.ids.values()
        ]
        for row in kept:
            person.window.table.selectRow(row)
            await until(person.window.export_button.isEnabled, f"an export of row {row}")
            assert not person.window.grab().isNull()


async def test_an_empty_page_with_a_token_is_not_the_end(desk: Desk, cloud: FaultyCloud) -> None:
    cloud.faults.add(Fault(scope="bird-list", change=changes.no_rows, times=2))
    async with desk.opened(desk.bird, rows=50) as person:
        assert not person.notices


async def test_a_token_that_repeats_for_ever_is_a_fault_and_not_a_loop(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="bird-list", change=changes.same_token()))
    async with desk.opened(desk.bird, rows=50) as person:
        person.window.status.search_rest.click()
        await person.sees_notice("sends the same page again and again")
        asked = len([each for each in cloud.requests if each.path.endswith("/recordings")])
        assert asked < 10


def without_end() -> Callable[[Any], Any]:
    """Makes a change that leaves a page as it is, and then gives empty ones, each with a token of its own."""
    tokens: list[str] = []

    def change(answer: Any) -> Any:
        tokens.append(answer.get("nextPageToken") or tokens[-1])
        place = b64decode(tokens[0]) + b" " * len(tokens)
        rows = answer["results"] if len(tokens) == 1 else []
        return {**answer, "results": rows, "nextPageToken": b64encode(place).decode()}

    return change


async def test_a_list_without_end_is_given_up_and_goes_on_when_asked_to(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="bird-list", change=without_end()))
    async with desk.opened(desk.bird, rows=50) as person:
        person.window.status.search_rest.click()
        await person.sees_notice("page after page without anything new")
        assert len([each for each in cloud.requests if each.path.endswith("/recordings")]) <= 12
        cloud.faults.clear()
        await until(lambda: person.window.status.search_rest.text() == "Search the rest")
        person.window.status.search_rest.click()
        await until(lambda: "complete" in person.health("bird"))


async def test_a_list_that_came_with_an_error_is_shown_and_is_not_said_to_be_all(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="convirza-list", change=lambda answer: {**answer, "code": 500}))
    async with desk.opened(desk.convirza) as person:
        await person.sees_notice("Convirza Acme has a fault of its own (500)")
        await person.sees_rows(20)
        assert "complete" not in person.health("convirza")
        cloud.faults.clear()
        await person.takes_up("has a fault of its own")
        await until(lambda: "complete" in person.health("convirza"))
        assert not person.notices
