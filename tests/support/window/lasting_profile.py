"""Where a person sits down to work: what Playhead keeps there outlasts every visit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import support.window.demo_accounts as accounts
from playhead.core.ports import Vault
from playhead.core.recording import Recording
from playhead.machine.paths import Profile
from playhead.machine.vault import MemoryVault
from playhead.ui.exports.filedrag import Drag, drag_files
from playhead.ui.player.soundports import Player
from support.cloud.faultycloud import FaultyCloud
from support.window.demo_accounts import Connection
from support.window.driven_program import Person, opened
from support.window.hand_player import HandPlayer


@dataclass
class Desk:
    """A computer that reaches the demo cloud, with one profile and one keyring for all visits."""

    cloud: FaultyCloud
    folder: Path
    vault: Vault = field(default_factory=MemoryVault)

    @property
    def profile(self) -> Profile:
        """Where Playhead keeps what it keeps."""
        return Profile(self.folder / "profile")

    @property
    def bird(self) -> Connection:
        """The cloud's Bird workspace."""
        return accounts.bird(self.cloud)

    @property
    def convirza(self) -> Connection:
        """The cloud's Convirza organisation."""
        return accounts.convirza(self.cloud)

    @property
    def both(self) -> tuple[Connection, Connection]:
        """Convirza and Bird."""
        return self.convirza, self.bird

    def audio(self, recording: Recording) -> bytes:
        """What the cloud has of a recording."""
        return self.cloud.audio(recording.id if recording.account == "bird" else int(recording.id))

    @asynccontextmanager
    async def opened(
        self,
        *connected: Connection,
        rows: int = 0,
        only: str = "",
        player: Callable[[], Player] | None = None,
        drag: Drag = drag_files,
        wait: bool = True,
    ) -> AsyncIterator[Person]:
        """A person at the open window, who sees at least `rows` rows of those that the filter `only` leaves.

        Without accounts, everything is as the visit before left it. The rest is as for `person.opened`.
        """
        async with opened(
            self.folder, *connected, vault=self.vault, player=player, drag=drag, wait=wait
        ) as person:
            if rows:
                await person.sees_rows(rows)
            if only:
                await person.filters_by(only)
                await person.sees_rows(rows)
            yield person

    @asynccontextmanager
    async def by_hand(
        self, *connected: Connection, rows: int = 0, only: str = ""
    ) -> AsyncIterator[tuple[Person, HandPlayer]]:
        """The same with a player that the test turns by hand."""
        player = HandPlayer()
        async with self.opened(*connected, rows=rows, only=only, player=lambda: player) as person:
            yield person, player
