"""Exports that an earlier run was ended in the middle of, and that a command goes on with."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from playhead.command.exportorder import ExportOrder
from playhead.command.terminal import Terminal
from playhead.command.watchedexport import WatchedExport
from playhead.core.exports.audit import PastExport, read_export
from playhead.core.exports.engine.needs import Earlier
from playhead.core.exports.report import Report
from playhead.core.exports.target import holds_export
from playhead.core.stores import Brief, Entry, Exports


class CutShort:
    """Finds them in the journal, whoever began them, and carries out what is left."""

    def __init__(self, exports: Exports, watched: WatchedExport, terminal: Terminal) -> None:
        self._exports = exports
        self._watched = watched
        self._terminal = terminal

    async def on_the_way(self, order: ExportOrder) -> Sequence[Entry]:
        """Those that go where `order` does, the oldest first. Raises `CatalogueError`.

        One whose folder somebody has removed is given up: its parent is there, so no disk is away.
        """
        found = []
        for brief in await self._exports.briefs():
            if brief.ended or not _is_of(order, brief):
                continue
            if await asyncio.to_thread(_was_removed, brief):
                self._terminal.warn(
                    f"The export to {_folder(brief)} that was cut short is given up: its folder was removed."
                )
                await self._exports.end(brief.number)
                continue
            entry = await self._exports.entry(brief.number)
            if entry is not None:
                found.append(entry)
        return found

    async def go_on(self, entry: Entry) -> Report:
        """Carry out what is left of one. Raises `Halt`, `ExportUnreadable`."""
        folder = entry.choices.handed_on(entry.plan.folder)
        self._terminal.say(f"Going on with the export to {folder} that was cut short.")
        past = await asyncio.to_thread(past_in, entry.plan.folder)
        there = {file.recording.key for file in entry.plan.files}
        # Papers that know of more, as of an account that was disconnected since, stay beside the new ones.
        replaces = past.replaces if past is not None and past.keys <= there else ()
        earlier = Earlier(done=entry.outcomes, replaces=replaces, began=entry.first_run)
        return await self._watched.go_on(entry, earlier)


def past_in(folder: Path) -> PastExport | None:
    """The export that `folder` holds, if it holds one. Raises `ExportUnreadable`. Waits for the disk."""
    return read_export(folder) if holds_export(folder) else None


def _folder(brief: Brief) -> Path:
    return brief.choices.handed_on(brief.folder)


def _is_of(order: ExportOrder, brief: Brief) -> bool:
    folder = _folder(brief)
    if order.own:
        return folder.parent == order.folder and brief.choices.query == order.text
    return folder == order.folder


def _was_removed(brief: Brief) -> bool:
    return bool(brief.here) and not brief.folder.exists() and _folder(brief).parent.exists()
