"""The whole program in this process, over real HTTP against the demo cloud, driven as a person drives it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from playhead.core.account import Account, Credential
from playhead.core.marks import Marks
from playhead.core.pace import Pace
from playhead.core.ports import Vault
from playhead.core.preferences import Preferences
from playhead.core.provider import Providers
from playhead.core.recording import Recording
from playhead.machine.paths import Profile
from playhead.machine.settings import to_text
from playhead.machine.vault import MemoryVault
from playhead.program import Program
from playhead.providers.http.web import Web
from playhead.providers.registry import registered
from playhead.runoptions import Options, Surroundings
from playhead.ui.accounts.sourcetree import SourceRole
from playhead.ui.exports.filedrag import Drag, drag_files
from playhead.ui.look.labels import PlainLabel
from playhead.ui.player.soundports import Player
from playhead.ui.shell.notices import Notice
from playhead.ui.table.columns import COLUMNS
from playhead.ui.window import Window
from support.window.player_buttons import Bar

PATIENCE = 30.0
"""Seconds after which a journey gives up waiting for what it expects to see."""
T = TypeVar("T")
Run = Callable[[Awaitable[T]], T]


async def until(reached: Callable[[], object], what: str = "what was expected") -> None:
    """Wait until `reached` gives something true."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not reached():
        assert asyncio.get_running_loop().time() < deadline, f"{what} did not come about"
        await asyncio.sleep(0.01)


@dataclass
class Person:
    """Somebody at the window: sees what it shows, presses keys."""

    program: Program
    profile: Profile
    living: asyncio.Task[int]

    @property
    def window(self) -> Window:
        return self.program.window

    @property
    def rows(self) -> int:
        model = self.window.table.model()
        assert model is not None
        return model.rowCount()

    @property
    def status(self) -> str:
        return self.window.status.sentence.whole

    @property
    def notices(self) -> list[str]:
        """Sentences above the table, the newest first; not of fonts, which this computer has or lacks."""
        return [notice.sentence for notice in self.window.notices.notices if notice.key != "fonts"]

    @property
    def bar(self) -> Bar:
        """What can be pressed and chosen in the player bar."""
        return Bar(self.window.player)

    @property
    def playing(self) -> Recording | None:
        """What is in the player, heard or paused or to be had in vain."""
        return self.program.journeys.listening.recording

    @property
    def player_says(self) -> str:
        """Every sentence that the player bar shows."""
        bar = self.window.player
        return " ".join([*(label.text() for label in bar.findChildren(QLabel)), bar.waveform.sentence])

    @property
    def transfers_say(self) -> str:
        """Every sentence that the transfers panel shows."""
        labels = self.window.transfers.findChildren(PlainLabel)
        return " ".join(label.whole for label in labels)

    def cell(self, row: int, key: str) -> str:
        """The text of a cell as it is shown."""
        model = self.window.table.model()
        assert model is not None
        column = next(place for place, each in enumerate(COLUMNS) if each.key == key)
        return str(model.data(model.index(row, column)) or "")

    def column(self, key: str) -> list[str]:
        """The texts of one column, from the top, as far as they are in memory."""
        return [self.cell(row, key) for row in range(self.rows)]

    def recording(self, row: int) -> Recording:
        """What a row stands for."""
        found = self.program.model.recording(row)
        assert found is not None
        return found

    def playable_rows(self) -> list[int]:
        """The rows that can be heard, as far as their recordings are in memory."""
        found = ((row, self.program.model.recording(row)) for row in range(self.rows))
        return [row for row, recording in found if recording is not None and recording.playable]

    def health(self, account: str) -> str:
        """The words of an account's chip."""
        tree = self.window.side_bar.tree
        items = [item for item in map(tree.topLevelItem, range(tree.topLevelItemCount())) if item is not None]
        (mine,) = (item for item in items if item.data(0, SourceRole.ACCOUNT) == account)
        return str(mine.data(0, SourceRole.HEALTH).text)

    def type_filter(self, text: str) -> None:
        """Type into the filter line, and go to the rows."""
        self.window.filter.set_text(text)

    async def filters_by(self, text: str) -> None:
        """Type into the filter line, and wait until the rows are the answer to it."""
        self.type_filter(text)
        browsing = self.program.journeys.browsing
        await until(lambda: browsing.state.query.text == text, "the filter")
        await self.job_done("list")

    async def finds(self, text: str) -> list[str]:
        """Filter; the ids of the recordings that are left, also of those that are not looked at."""
        await self.filters_by(text)
        await self.sees_rows(0)
        found = await self.program.session.catalogue.recordings.read(self.program.model.ids)
        return [recording.id for recording in found if recording is not None]

    async def marks_of(self, recording: Recording) -> Marks:
        """What is kept of what the person made of a recording."""
        (marks,) = await self.program.session.catalogue.marks.read([recording])
        return marks

    async def loads_everything(self, number: int) -> None:
        """Search the rest, which makes so many in all."""
        self.window.status.search_rest.click()
        await self.sees_status(f"{number:,} loaded · everything is loaded".replace(",", "\u202f"))
        if not self.program.journeys.browsing.state.query.text:
            await until(lambda: self.rows >= number, "all rows in the table")

    def press(self, key: Qt.Key, widget: QWidget | None = None, *, shift: bool = False) -> None:
        """Press and release a key where the focus is, or in `widget`."""
        target = widget or self.window.table
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        text = (chr(key) if shift else chr(key).lower()) if key < Qt.Key.Key_Escape else ""
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, held, text))

    def select(self, rows: Sequence[int]) -> list[Recording]:
        """Select exactly these rows; what they stand for."""
        ids = [self.program.model.ids[row] for row in rows]
        self.window.table.select_ids(ids, ids[0])
        return [self.recording(row) for row in rows]

    def play(self, row: int) -> Recording:
        """Go to a row and press Enter; what it stands for."""
        self.window.table.selectRow(row)
        self.press(Qt.Key.Key_Return, self.window.table)
        return self.recording(row)

    async def job_done(self, name: str) -> None:
        """Wait until no background work of this name is going on."""
        await until(lambda: not self.program.jobs.running(name), f"the end of “{name}”")

    async def sees_rows(self, number: int = 1) -> None:
        """Wait until so many rows are listed, and those in view are painted."""
        await until(lambda: self.rows >= number, f"{number} rows")
        await until(self.everything_in_view_is_there, "the recordings in view")

    def everything_in_view_is_there(self) -> bool:
        table = self.window.table
        return all(self.program.model.recording(row) is not None for row in table.visible_rows)

    async def sees_status(self, part: str) -> None:
        """Wait until the status line says something."""
        await until(lambda: part in self.status, f"“{part}” in the status line")

    async def sees_notice(self, part: str) -> Notice:
        """Wait until a notice says something; the notice."""

        def saying() -> list[Notice]:
            return [each for each in self.window.notices.notices if part in each.sentence]

        await until(saying, f"a notice with “{part}”")
        return saying()[0]

    async def takes_up(self, part: str) -> None:
        """Press the button of the notice that says something, once it is there."""
        notice = await self.sees_notice(part)
        assert notice.act is not None, f"“{notice.sentence}” offers nothing"
        notice.act()

    async def sees_waveform(self) -> None:
        """Wait until what plays has arrived and is drawn whole."""
        await until(lambda: self.program.journeys.aids.drawn, "the waveform")


def without_pauses(web: Web) -> Providers:
    """Give the registry's providers, by chance without a pause before a request that is sent once more."""
    web.pace = Pace(chance=lambda: 0.0)
    return registered(web)


@asynccontextmanager
async def opened(
    folder: Path,
    *accounts: tuple[Account, Credential],
    vault: Vault | None = None,
    wait: bool = True,
    player: Callable[[], Player] | None = None,
    drag: Drag = drag_files,
    providers: Callable[[Web], Providers] = without_pauses,
) -> AsyncIterator[Person]:
    """Playhead with these accounts in its settings and vault, closed at the end as a person closes it.

    Without accounts, the settings are as the run before left them. `player` takes the engine's place, `drag`
    that of the system's drag and drop, `providers` that of the registry.
    """
    profile = Profile(folder / "profile")
    profile.create()
    vault = vault or MemoryVault()
    for account, credential in accounts:
        if isinstance(vault, MemoryVault):
            await MemoryVault.set(vault, account.id, credential.to_secret())
    if accounts:
        profile.settings.write_text(to_text(Preferences(accounts=tuple(each for each, _ in accounts))))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    surroundings = Surroundings(providers=providers, player=player, drag=drag, policy=folder / "policy.json")
    program = Program(app, profile, Options(profile=profile.folder), vault, surroundings=surroundings)
    program.window.show()
    # As on most screens; that of the tests is smaller.
    program.window.resize(1280, 800)
    living = asyncio.create_task(program.live())
    person = Person(program, profile, living)
    try:
        if wait:
            await until(lambda: program.ready or living.done(), "the program")
        if living.done():
            living.result()
        yield person
    finally:
        if not living.done():
            program.window.close()
        await living
