"""A provider that Playhead does not know: one descriptor is registered, and nothing else is changed."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton

from playhead.core.provider import Providers
from playhead.machine.vault import MemoryVault
from playhead.providers.http.web import Web
from playhead.providers.registry import registered
from playhead.ui.look.labels import PlainLabel
from support.providers.parrot import KEY, SOUND, TALKS, ParrotCloud, parrot, parrot_cloud
from support.window.account_dialog import fill, form, press, says, status
from support.window.driven_program import Person, opened, until
from support.window.export_folder import files_in
from support.window.export_steps import ended, export
from support.window.lasting_profile import Desk

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
Visit = Callable[[], AbstractAsyncContextManager[Person]]


def with_a_third(web: Web) -> Providers:
    """The registry with one line more."""
    return Providers((*registered(web), parrot(web)))


@asynccontextmanager
async def parrot_at(desk: Desk) -> AsyncIterator[tuple[Visit, ParrotCloud]]:
    """Visits to one profile, where the third provider can be reached, and its server."""
    async with parrot_cloud() as cloud:
        yield partial(opened, desk.folder / "third", vault=MemoryVault(), providers=with_a_third), cloud


async def connected(person: Person, cloud: ParrotCloud) -> None:
    """Connect it from the welcome page as a person does."""
    cards = person.window.welcome.findChildren(QPushButton)
    next(card for card in cards if card.accessibleName() == "Connect Parrot Voice").click()
    dialog = await form(person)
    assert dialog.windowTitle() == "Connect Parrot Voice"
    press(dialog, "connect")
    assert says(dialog, "Fill in the aviary.")
    fill(dialog, **cloud.fields)
    press(dialog, "test")
    await until(lambda: status(dialog) == f"The aviary has {TALKS} talks.", "the answer")
    press(dialog, "connect")
    await person.sees_rows(TALKS)


async def test_it_is_connected_through_the_dialog_listed_and_still_there_after_a_restart(desk: Desk) -> None:
    async with parrot_at(desk) as (visit, cloud):
        async with visit() as person:
            await connected(person, cloud)
            assert person.column("provider") == ["Parrot Voice"] * TALKS
            assert await person.program.settings.saved() is None
            assert KEY not in person.profile.settings.read_text()
        async with visit() as person:
            await person.sees_rows(TALKS)
            (account,) = person.program.session.connections.accounts
            assert (account.provider, account.label, account.details) == (
                "parrot",
                "Aviary",
                {"aviary": "north"},
            )
            await person.program.session.connections.disconnect(account)
    assert cloud.revoked == ['{"refresh":"of north"}']


async def test_it_is_offered_and_filtered_by_its_name_and_by_what_the_person_made_of_its_recordings(
    desk: Desk,
) -> None:
    async with parrot_at(desk) as (visit, cloud), visit() as person:
        await connected(person, cloud)
        (starred,) = person.select([1])
        person.press(Qt.Key.Key_S)
        await until(lambda: person.program.model.marks(starred).starred, "the star")
        assert await person.finds("provider:parrot is:starred") == [starred.id]
        assert len(await person.finds("provider:parrot is:unheard")) == TALKS
        assert await person.finds("provider:bird") == []
        person.type_filter("provider:zoom")
        line = person.window.filter.line
        await until(lambda: "There are: bird, convirza, parrot." in line.accessibleDescription(), "the fault")
        person.window.filter.clear()
        await is_offered_by_the_line(person)


async def is_offered_by_the_line(person: Person) -> None:
    """Type the beginning of a field, and see the third provider among what it takes."""
    line = person.window.filter
    suggestions = person.program.journeys.completing.suggestions
    line.focus()
    for letter in "prov":
        person.press(Qt.Key(ord(letter.upper())), line.line)
    (offer,) = (suggestions.item(place) for place in range(suggestions.count()))
    assert offer.data(SPOKEN) == "provider:  Bird, Convirza or Parrot Voice"
    person.press(Qt.Key.Key_Tab, line.line)
    offered = [suggestions.item(place).text() for place in range(suggestions.count())]
    assert offered == ["bird", "convirza", "parrot"]


async def test_its_audio_is_played_and_its_transcript_shown(desk: Desk) -> None:
    async with parrot_at(desk) as (visit, cloud), visit() as person:
        await connected(person, cloud)
        recording = person.play(0)
        await person.sees_waveform()
        assert person.window.player.waveform.shaped
        inspector = person.window.inspector
        assert "Parrot Voice · Aviary" in [label.whole for label in inspector.findChildren(PlainLabel)]
        inspector.said_wanted.emit()
        await until(lambda: inspector.said.transcript is not None, "the transcript")
        assert inspector.said.findChildren(QListView)
        assert await person.program.session.catalogue.transcripts.read(recording) is not None


async def test_its_audio_is_exported_under_its_own_extension(desk: Desk, folder: Path) -> None:
    async with parrot_at(desk) as (visit, cloud), visit() as person:
        await connected(person, cloud)
        person.select(range(TALKS))
        await export(person, folder, "{provider}/{id}")
        assert f"{TALKS} files exported" in await ended(person)
    names = files_in(folder, "parrot/*.wav")
    assert [each.name for each in sorted(names)] == [f"talk-{n}.wav" for n in range(TALKS)]
    assert {each.read_bytes() for each in names} == {SOUND}
