"""Audio as files for other programs: in a folder that lasts until Playhead quits."""

import asyncio
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, tzinfo
from itertools import count
from pathlib import Path, PurePosixPath

from playhead.core.errors import ExportError, PlayheadError
from playhead.core.exports.diskaccess import NoRegularFile, is_folder, translated
from playhead.core.exports.engine.needs import Fetcher
from playhead.core.exports.files import PartFile
from playhead.core.exports.plan import Names, plan
from playhead.core.exports.report import reason, silence
from playhead.core.exports.template import DEFAULT_TEMPLATE, NO_EXTENSIONS
from playhead.core.recording import Recording

AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Load:
    """Files that other programs may have, and what is missing among them."""

    files: tuple[Path, ...]
    """Whole, in the order of the recordings."""
    missing: tuple[tuple[Recording, str], ...] = ()
    """Recordings without a file, each with the reason as the end of a sentence."""
    doubtful: int = 0
    """How many of the files nobody can tell to be audio."""


class Carrier:
    """Brings recordings into a folder that is for this person alone; `close` removes it.

    Nobody else may use `folder`: what a run that was killed left there is removed before anything else.
    """

    def __init__(self, folder: Path, fetcher: Fetcher, extensions: Mapping[str, str] = NO_EXTENSIONS) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._extensions = extensions
        self._numbers = count(1)
        self._files: dict[tuple[str, str], Path] = {}
        self._doubtful: set[tuple[str, str]] = set()
        self._brought: list[tuple[str, Path]] = []
        """Every file, with the account that it is of."""
        self._tidying = asyncio.Lock()
        self._tidy = False

    @property
    def folder(self) -> Path:
        """Folder in which the files lie."""
        return self._folder

    async def tidy(self) -> None:
        """Remove what an earlier run left; done once."""
        async with self._tidying:
            if not self._tidy:
                await asyncio.to_thread(_empty, self._folder)
                self._tidy = True

    async def carry(
        self,
        recordings: Sequence[Recording],
        *,
        template: str = DEFAULT_TEMPLATE,
        labels: Mapping[str, str],
        zone: tzinfo = UTC,
    ) -> Load:
        """Bring all of `recordings` here, each under the last part of its name.

        Raises `TemplateError`, and `ExportError` if files cannot be written here.
        """
        await self.tidy()
        folder = self._folder / str(next(self._numbers))
        made = plan(
            recordings,
            folder,
            template=template,
            labels=labels,
            zone=zone,
            extensions=self._extensions,
        )
        names = list(_flat(file.path for file in made.files))
        await asyncio.to_thread(_make, folder)
        room = asyncio.Semaphore(AT_ONCE)
        reasons: dict[int, str] = {}
        full: list[ExportError] = []

        async def one(place: int) -> None:
            async with room:
                try:
                    if not full:
                        await self._bring(recordings[place], folder, names[place])
                except ExportError as error:
                    full.append(error)
                except PlayheadError as error:
                    reasons[place] = reason(error)

        able = [place for place, each in enumerate(recordings) if each.playable]
        async with asyncio.TaskGroup() as group:
            for place in able:
                group.create_task(one(place), name="carry")
        if full:
            raise full[0]
        reasons |= {place: silence(each) for place, each in enumerate(recordings) if not each.playable}
        return Load(
            tuple(folder / names[place] for place in able if place not in reasons),
            tuple((recordings[place], why) for place, why in sorted(reasons.items())),
            sum(recordings[place].key in self._doubtful for place in able if place not in reasons),
        )

    async def forget(self, account: str) -> None:
        """Remove the files of an account."""
        self._files = {key: file for key, file in self._files.items() if key[0] != account}
        theirs = [file for owner, file in self._brought if owner == account]
        self._brought = [each for each in self._brought if each[0] != account]
        await asyncio.to_thread(_remove, theirs)

    async def close(self) -> None:
        """Remove all files."""
        self._files.clear()
        await asyncio.to_thread(_empty, self._folder)

    async def _bring(self, recording: Recording, folder: Path, name: str) -> None:
        earlier = self._files.get(recording.key)
        if earlier is not None and await asyncio.to_thread(_twin, earlier, folder / name):
            self._brought.append((recording.account, folder / name))
            return
        part = PartFile(folder, name)
        try:
            async with self._fetcher.fetch(recording) as incoming:
                async for offset, chunk in incoming:
                    await asyncio.to_thread(part.write, offset, chunk)
                if incoming.doubtful:
                    self._doubtful.add(recording.key)
            kept = await asyncio.to_thread(part.keep)
        finally:
            await asyncio.to_thread(part.discard)
        self._files[recording.key] = folder / kept.path
        self._brought.append((recording.account, folder / kept.path))


def _empty(folder: Path) -> None:
    """Remove `folder` and all in it; of a link to another one, the link alone."""
    with suppress(OSError):
        if not is_folder(folder):
            folder.unlink()
            return
    # It follows no link, neither `folder` itself nor what is in it.
    shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path) -> None:
    """Make `folder`; nobody else may look into the one that it is in, which must be no link."""
    with translated():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_folder(folder.parent):
            raise NoRegularFile
        folder.mkdir(mode=0o700)


def _remove(files: Sequence[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _twin(earlier: Path, target: Path) -> bool:
    """Let a file that is here already be had under `target`, too, without room of its own."""
    with suppress(OSError):
        os.link(earlier, target)
        return True
    with suppress(OSError):
        shutil.copyfile(earlier, target)
        return True
    return False


def _flat(paths: Iterator[str]) -> Iterator[str]:
    """The names of files that are to lie side by side, none of them twice."""
    names = Names()
    for path in paths:
        name = path.rpartition("/")[2]
        yield names.claim(name, PurePosixPath(name).suffix)
