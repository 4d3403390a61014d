"""The whole program in this process, over real HTTP against the demo cloud, driven as a person drives it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from playhead.core.account import Account, Credential
from playhead.core.ports import Vault
from playhead.core.recording import ProviderName, Recording
from playhead.demo.cloud import DemoCloud
from playhead.machine.paths import Profile
from playhead.machine.preferences import Preferences, to_text
from playhead.machine.vault import MemoryVault
from playhead.program import Options, Program
from playhead.ui.carrying import Drag, drag_files
from playhead.ui.look.labels import PlainLabel
from playhead.ui.player.player import Player
from playhead.ui.table.columns import COLUMNS
from playhead.ui.window import Window

PATIENCE = 30.0
"""Seconds after which a journey gives up waiting for what it expects to see."""
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
Run = Callable[[Awaitable[T]], T]


async def until(reached: Callable[[], object], what: str = "what was expected") -> None:
    """Wait until `reached` gives something true."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not reached():
        assert asyncio.get_running_loop().time() < deadline, f"{what} did not come about"
        await asyncio.sleep(0.01)


def bird_account(cloud: DemoCloud, **changes: Any) -> Account:
    """An account of the cloud's Bird workspace."""
    account = Account(
        provider=ProviderName.BIRD,
        id="bird",
        label="Bird EU",
        base_url=cloud.bird_url,
        workspace_id=cloud.workspace_id,
    )
    return replace(account, **changes)


def convirza_account(cloud: DemoCloud, **changes: Any) -> Account:
    """An account of the cloud's Convirza organisation."""
    account = Account(
        provider=ProviderName.CONVIRZA,
        id="convirza",
        label="Convirza Acme",
        base_url=cloud.convirza_url,
        oauth_url=cloud.oauth_url,
    )
    return replace(account, **changes)


@dataclass
class Person:
    """Somebody at the window: sees what it shows, presses keys."""

    program: Program
    profile: Profile
    living: asyncio.Task[int]
    seen: list[str] = field(default_factory=list)

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
        return [notice.sentence for notice in self.window.notices.notices]

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
        return self.window.side_bar.health_of(account).text

    def type_filter(self, text: str) -> None:
        """Type into the filter line, and go to the rows."""
        self.window.filter.set_text(text)

    def press(self, key: Qt.Key, widget: QWidget | None = None, *, shift: bool = False) -> None:
        """Press and release a key where the focus is, or in `widget`."""
        target = widget or self.window.table
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        text = (chr(key) if shift else chr(key).lower()) if key < Qt.Key.Key_Escape else ""
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, held, text))

    def play(self, row: int) -> Recording:
        """Go to a row and press Enter; what it stands for."""
        self.window.table.selectRow(row)
        self.press(Qt.Key.Key_Return, self.window.table)
        return self.recording(row)

    def click(self, name: str) -> None:
        """Click the button of this name in the player bar."""
        self._named(QAbstractButton, name).click()

    def check(self, name: str, *, on: bool = True) -> None:
        """Bring a switch of the player bar into a state, as a click does."""
        if self.is_checked(name) != on:
            self.click(name)

    def is_checked(self, name: str) -> bool:
        """Whether a switch of the player bar is on."""
        return self._named(QAbstractButton, name).isChecked()

    def choose(self, name: str, value: object) -> None:
        """Choose a value in a box of the player bar."""
        box = self._named(QComboBox, name)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    def chosen(self, name: str) -> object:
        """What a box of the player bar shows."""
        return self._named(QComboBox, name).currentData()

    def _named(self, kind: type[W], name: str) -> W:
        found = self.window.player.findChildren(kind)
        return next(widget for widget in found if widget.accessibleName() == name)

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

    async def sees_notice(self, part: str) -> None:
        """Wait until a notice says something."""
        await until(lambda: any(part in each for each in self.notices), f"a notice with “{part}”")


@asynccontextmanager
async def opened(
    folder: Path,
    *accounts: tuple[Account, Credential],
    vault: Vault | None = None,
    wait: bool = True,
    player: Callable[[], Player] | None = None,
    drag: Drag = drag_files,
) -> AsyncIterator[Person]:
    """Playhead with these accounts in its settings and vault, closed at the end as a person closes it.

    Without accounts, the settings are as the run before left them. `player` takes the engine's place, `drag`
    that of the system's drag and drop.
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
    program = Program(app, profile, Options(profile=profile.folder), vault, player=player, drag=drag)
    program.window.show()
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
