"""A computer at which commands are run, with a profile of both accounts of a demo cloud."""

import json
import subprocess
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playhead.catalogue.opening import open_with_vault
from playhead.core.stores import Brief
from support.cloud.faultycloud import FaultyCloud
from support.processes.process_profiles import connected, keyring_of, pocket
from support.processes.separate_process import PLAYHEAD, environment, finished, started


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

    def run(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """A command that has ended, of which no trace of an error was seen."""
        done = finished(self.command(*words), self.variables | variables)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def export(self, query: str, *words: str, **variables: str) -> tuple[int, dict[str, Any], str]:
        """An export that has ended: its exit status, its summary, and what it said."""
        done = finished(self.export_command(query, *words), self.variables | variables)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout), done.stderr

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
