"""A person does everything that touches a secret, in a process whose every file is looked at afterwards."""

import asyncio
import json
from contextlib import ExitStack
from pathlib import Path

from playhead.machine.log import logging_to
from playhead.machine.paths import Profile
from playhead.machine.vault import MemoryVault
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.shell.actions import REFRESH
from support.cloud import answerchanges as changes
from support.cloud.faultycloud import Fault, FaultyCloud
from support.leak_search import leaks
from support.window.account_dialog import bird_fields, closed, convirza_fields, fill, form, press, says
from support.window.demo_accounts import small_cloud
from support.window.driven_program import Person, opened, until
from support.window.export_steps import export

FAULTS = (
    Fault(scope="bird-list", status=401),
    Fault(scope="bird-list", status=403),
    Fault(scope="bird-list", status=404),
    Fault(scope="bird-list", status=400),
    Fault(scope="bird-list", status=410),
    Fault(scope="bird-list", status=500),
    Fault(scope="bird-list", html=True),
    Fault(scope="bird-list", truncate=3000),
    Fault(scope="bird-list", cut=3000),
    Fault(scope="bird-list", redirect="https://elsewhere.example/"),
    Fault(scope="bird-list", change=changes.wrapped_in_a_list),
    Fault(scope="bird-list", change=changes.rows_as_text),
    Fault(scope="convirza-list", truncate=3000),
    Fault(scope="convirza-list", change=changes.rows_as_text),
)


async def everything(folder: str, secrets: str) -> None:
    """Connect, browse, filter, play, export, fail, reconnect; the file `secrets` says what was private."""
    place = Path(folder)
    profile = Profile(place / "profile")
    profile.create()
    with ExitStack() as stack:
        stack.enter_context(logging_to(profile.log, "debug", crash=profile.crash))
        cloud = stack.enter_context(small_cloud())
        async with opened(place, vault=MemoryVault()) as person:
            await _connect(person, cloud, "bird")
            await _connect(person, cloud, "convirza")
            await person.sees_rows(90)
            await _browse(person)
            await _listen(person, cloud)
            await _export(person, place / "out")
            await _fail(person, cloud)
            await _reconnect(person, cloud)
            private = await _private(person, cloud)
            while_open = await asyncio.to_thread(
                leaks, [profile.folder, place / "home"], private["words"], private["numbers"]
            )
            assert not while_open, while_open[:20]
    await asyncio.to_thread(Path(secrets).write_text, json.dumps(private), "utf-8")


async def _connect(person: Person, cloud: FaultyCloud, provider: str) -> None:
    person.program.journeys.connecting.add(provider)
    if provider == "bird":
        await _fill_in(person, **bird_fields(cloud))
    else:
        dialog = await _fill_in(person, **convirza_fields(cloud) | {"password": "not it"})
        await until(lambda: says(dialog, "does not accept"), "the refusal")
        await _fill_in(person, password=cloud.password)
    await closed(person)


async def _fill_in(person: Person, **texts: str) -> AccountDialog:
    dialog = await form(person)
    fill(dialog, **texts)
    press(dialog, "connect")
    return dialog


async def _browse(person: Person) -> None:
    for _ in range(3):
        before = person.rows
        bar = person.window.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        await until(lambda before=before: person.rows > before, "more rows")  # type: ignore[misc]
    number = next(
        recording.caller.number
        for row in range(person.rows)
        if (recording := person.program.model.recording(row)) and recording.caller and recording.caller.number
    )
    for text in (f"from:{number[-6:]}", "maria", f'"{number}"'):
        await person.filters_by(text)
    person.type_filter("duration:>soon")
    await until(lambda: person.window.filter.faulty, "the fault")
    await person.filters_by("")
    await person.sees_rows(90)


async def _listen(person: Person, cloud: FaultyCloud) -> None:
    rows = person.playable_rows()
    ours = {person.recording(row).provider: row for row in rows}
    kept = [person.recording(row) for row in rows[3:6]]
    # By their ids: whatever is loaded meanwhile comes before what has no date.
    for each in [person.program.model.ids[row] for row in (*ours.values(), rows[0])]:
        row = person.program.model.row_of(each)
        assert row is not None
        person.play(row)
        await person.sees_waveform()
    cloud.expire_links()
    cloud.kill_prompt_links()
    cloud.faults.add(Fault(scope="media", html=True, times=2))
    for recording in kept:
        media = person.program.session.downloads.open(recording)
        await until(lambda media=media: media.finished or media.failure, "an end of it")  # type: ignore[misc]
        person.program.session.downloads.release(media)
    cloud.faults.clear()


async def _export(person: Person, folder: Path) -> None:
    person.select(person.playable_rows()[:4])
    await export(person, folder)
    await until((folder / "SHA256SUMS").exists, "the sums")


async def _fail(person: Person, cloud: FaultyCloud) -> None:
    for fault in FAULTS:
        cloud.faults.add(fault)
        person.window.commands.do(REFRESH)
        await until(lambda: _troubles(person), "the notice")
        cloud.faults.clear()
        person.window.commands.do(REFRESH)
        await until(lambda: not _troubles(person), "the notice's end")


def _troubles(person: Person) -> list[str]:
    """What is said, except that there is nothing to hear with."""
    return [each for each in person.notices if "no sound device" not in each]


async def _reconnect(person: Person, cloud: FaultyCloud) -> None:
    cloud.expire_tokens()
    cloud.expire_refresh_tokens()
    person.window.commands.do(REFRESH)
    await person.sees_notice("US does not accept the key")
    (account,) = [each.id for each in person.program.session.connections.accounts if each.label == "US"]
    person.window.side_bar.action_asked.emit(account)
    await _fill_in(person, email=cloud.email, password=cloud.password)
    await closed(person)
    await until(lambda: not _troubles(person), "the notice's end")


async def _private(person: Person, cloud: FaultyCloud) -> dict[str, list[str]]:
    found = await person.program.session.catalogue.recordings.read(list(person.program.model.ids))
    parties = [party for each in found if each is not None for party in (each.caller, each.callee) if party]
    words = {party.name for party in parties if party.name and len(party.name) > 3}
    words |= {cloud.access_key, cloud.password, cloud.email, "not it", "demo-access-", "demo-refresh-"}
    words |= {"X-Amz-", "x-amz-", cloud.media_url, cloud.media_url.removeprefix("http://")}
    words |= {each.authorization.split()[-1] for each in cloud.requests if each.authorization}
    links = [str(cloud.convirza_item(place).get("url") or "") for place in range(40)]
    words |= {part for link in links for part in link.split("/") if "-" in part and len(part) > 20}
    numbers = {number for party in parties for number in (party.number, party.identity) if number}
    assert len(words) > 20
    assert len(numbers) > 50
    return {"words": sorted(words), "numbers": sorted(numbers)}
