"""A computer at which commands are run, with a profile of both accounts of a demo cloud."""

import io
import json
import subprocess
from collections.abc import Sequence
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from keyring import get_keyring, set_keyring
from keyring.backend import KeyringBackend

from playhead.__main__ import main
from playhead.catalogue.opening import open_with_vault
from playhead.core.stores import Brief
from support.cloud.faultycloud import FaultyCloud
from support.processes.pocket_keyring import PocketKeyring
from support.processes.process_profiles import connected, keyring_of, pocket
from support.processes.separate_process import PLAYHEAD, environment, finished, started

Ended = tuple[int, dict[str, Any], str]
"""The exit status of an export, its summary, and what it said."""


class CommandDesk:
    """Runs `playhead export` and `playhead list` over the accounts of `cloud`; everything lies in `home`."""

    def __init__(self, cloud: FaultyCloud, home: Path) -> None:
        self.cloud = cloud
        self._home = home
        self.profile = connected(cloud, home, keyring_of(home))
        self.folder = home / "out"
        """Where it exports to; not there yet."""
        self.variables = environment(home)

    def command(self, *words: str) -> tuple[str, ...]:
        """A command of this profile."""
        return (*PLAYHEAD, *words, "--profile", str(self.profile.folder))

    def export_command(self, query: str, *words: str) -> tuple[str, ...]:
        """An export to the folder, which says on standard output what came of it."""
        return self.command("export", "--filter", query, "--to", str(self.folder), "--summary", "-", *words)

    def export(self, query: str, *words: str) -> Ended:
        """An export in a process of its own that has ended."""
        done = finished(self.export_command(query, *words), self.variables)
        return self._ended(done.returncode, done.stdout, done.stderr)

    def export_here(self, query: str, *words: str, keyring: KeyringBackend | None = None) -> Ended:
        """The same export in this process, which costs a fifth of it."""
        done = self.run_here(self.export_command(query, *words), keyring)
        return self._ended(done.returncode, done.stdout, done.stderr)

    def run_here(
        self, command: Sequence[str], keyring: KeyringBackend | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """A command that has ended in this process."""
        before, said = get_keyring(), io.StringIO()
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)
        set_keyring(keyring or PocketKeyring(keyring_of(self._home)))
        try:
            with redirect_stdout(out), redirect_stderr(said):
                status = main(command[len(PLAYHEAD) :])
        finally:
            set_keyring(before)
        out.seek(0)
        return subprocess.CompletedProcess(command, status, out.read(), said.getvalue())

    @staticmethod
    def _ended(status: int, out: str, said: str) -> Ended:
        assert "Traceback" not in said, said
        return status, json.loads(out), said

    def started_export(self, query: str, *words: str) -> "AbstractContextManager[subprocess.Popen[str]]":
        """An export that is at work."""
        return started(self.export_command(query, *words), self.variables)

    async def journal(self) -> Sequence[Brief]:
        """What the journal has for the window to show."""
        opened = await open_with_vault(self.profile.catalogue, pocket(self._home))
        try:
            return await opened.store.exports.briefs()
        finally:
            await opened.store.close()

    @property
    def audio(self) -> dict[str, bytes]:
        """The audio in the folder, by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.suffix in {".mp3", ".wav", ".ogg", ".m4a"}
        }
