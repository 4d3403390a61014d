"""Walk of a person through the main job, with a picture of each step for documentation and reviewers."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from playhead.core.exports.report import State
from playhead.core.playbacksettings import PlayerState
from playhead.core.preferences import Appearance, Density
from playhead.ui.exports.exports import ExportsJourney
from playhead.ui.player.playbackaids import PlaybackAids
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.actions import CHANGE_KEYS, COMMANDS, DETAILS, EXPORT, GUIDE, KEYS
from playhead.ui.waveform.waveformranges import Loop
from playhead.ui.window import Window


class TourError(Exception):
    """A step did not come to what it was to show."""


class Tour:
    """Drives the window as a person does: browse, scroll, filter, play, export."""

    def __init__(
        self,
        window: Window,
        listening: PlayerJourney,
        aids: PlaybackAids,
        exporting: ExportsJourney,
        folder: Path,
    ) -> None:
        self._window = window
        self._model = window.model
        self._listening = listening
        self._aids = aids
        self._exporting = exporting
        self._folder = folder
        self._step = 0

    async def walk(self) -> None:
        """Take every step; raises `TourError` if one of them does not work."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        self._window.resize(1280, 800)
        await self._until("rows", lambda: self._rows() > 20 and self._shown())
        await self._welcome()
        self._window.table.setFocus()
        self._window.table.selectRow(1)
        # A person would dismiss them, too.
        for notice in self._window.notices.notices:
            self._window.notices.withdraw(notice.key)
        await self._picture("browse")
        await self._scroll()
        await self._filter()
        await self._play()
        await self._export()
        await self._look_up()
        await self._darken()
        sys.stdout.write(f"Pictures: {self._folder.resolve()}\n")
        sys.stdout.flush()

    async def _welcome(self) -> None:
        self._window.show_welcome()
        await self._picture("welcome")
        self._window.show_recordings()

    async def _scroll(self) -> None:
        before = self._rows()
        bar = self._window.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        await self._until("more rows", lambda: self._rows() > before)
        bar.setValue(bar.maximum())
        await self._until("shown rows", self._shown)
        await self._picture("scroll")
        bar.setValue(0)

    async def _filter(self) -> None:
        self._window.filter.set_text("is:stereo duration:>20s is:playable direction:in")
        await self._until("matches", lambda: self._rows() > 0 and self._model.recording(0) is not None)
        await self._settled()
        await self._picture("filter")
        self._window.filter.set_text("duration:>soon")
        await self._settled()
        await self._picture("filter with a fault")
        self._window.filter.set_text("is:stereo duration:>30s is:playable")
        await self._settled()

    async def _play(self) -> None:
        self._window.table.setFocus()
        self._window.table.selectRow(0)
        self._press(Qt.Key.Key_Return)
        await self._until("sound", lambda: self._window.player.waveform.position > 1.5 or self._silent())
        await self._until("the waveform", lambda: self._aids.drawn)
        bar = self._window.player
        bar.waveform.seek(8.0)
        await self._until("the place", lambda: bar.waveform.position > 9.0 or self._silent())
        bar.waveform.choose_loop(Loop(start=7.0, end=16.0))
        await self._picture("play")
        await self._note()
        self._press(Qt.Key.Key_Space)

    async def _note(self) -> None:
        """A star and a note at the place that is heard."""
        self._press(Qt.Key.Key_S)
        self._press(Qt.Key.Key_N)
        self._window.inspector.notes.line.setText("Asks for a refund; follow up on Monday.")
        self._press(Qt.Key.Key_Return, self._window.inspector.notes.line)
        await self._until("the note", lambda: bool(self._window.inspector.notes.notes))
        await self._picture("note")
        self._window.table.setFocus()

    def _silent(self) -> bool:
        return self._listening.state is PlayerState.NO_DEVICE and self._aids.drawn

    async def _export(self) -> None:
        table = self._window.table
        table.select_ids(list(self._model.ids[:6]), self._model.ids[0])
        self._window.commands.do(EXPORT)
        await self._dialog("export dialog", "exportDialog")
        recordings = [found for row in table.selected_rows() if (found := self._model.recording(row))]
        target = self._folder / "export"
        coverage = "A tour of the demo: a few of what is loaded."
        report = await self._exporting.run(
            recordings,
            target,
            replace(self._exporting.choices, coverage=coverage, query=self._window.filter.text),
        )
        await self._picture("export")
        await self._reopen(report.plan.folder)
        kept = report.of(State.KEPT)
        if not kept or report.of(State.FAILED):
            raise TourError("the export is not complete")
        sys.stdout.write(f"Exported files: {report.plan.folder.resolve()}\n")

    async def _darken(self) -> None:
        self._window.theme.choose(Appearance.DARK)
        self._window.filter.set_text('account:"Bird Demo"')
        await self._settled()
        await self._until("rows", self._shown)
        await self._picture("dark")
        self._window.resize(1000, 640)
        await self._settled()
        await self._picture("dark and small")
        self._window.theme.choose(Appearance.LIGHT)
        await self._settled()
        await self._picture("light and small")
        await self._narrow()
        await self._strengthen()

    async def _narrow(self) -> None:
        """The smallest screen, with rows of both heights, and with the details that gave way."""
        table, commands = self._window.table, self._window.commands
        self._window.resize(853, 533)
        await self._picture("smallest")
        commands.do(DETAILS)
        await self._picture("smallest with details")
        commands.do(DETAILS)
        table.show_density(Density.COMPACT)
        await self._picture("smallest with low rows")
        table.show_density(Density.COMFORTABLE)

    async def _strengthen(self) -> None:
        self._window.resize(1366, 768)
        for appearance in (Appearance.LIGHT_CONTRAST, Appearance.DARK_CONTRAST):
            self._window.theme.choose(appearance)
            await self._picture(appearance.value)
        self._window.theme.choose(Appearance.LIGHT)

    async def _reopen(self, folder: Path) -> None:
        """An export that was not left alone."""
        later = self._folder / "later"
        await asyncio.to_thread(_spoil, folder, later)
        self._exporting.reopen(later)
        await self._dialog("reopened export", "reopenDialog")
        await asyncio.to_thread(shutil.rmtree, later)

    async def _look_up(self) -> None:
        """Pictures of what helps to find a way."""
        commands = self._window.commands
        commands.do(COMMANDS)
        palette = self._window.findChild(QDialog, "commandPalette")
        if palette is None:
            raise TourError("no palette")
        palette.findChildren(QLineEdit)[0].setText("speed")
        await self._picture("commands", palette)
        palette.close()
        commands.do(KEYS)
        await self._dialog("keys", "keysDialog")
        commands.do(CHANGE_KEYS)
        await self._dialog("changing keys", "preferencesDialog")
        commands.do(GUIDE)
        await self._dialog("guide", "guideWindow")

    async def _dialog(self, name: str, called: str) -> None:
        """A picture of a dialog over the window, which is closed then."""

        def visible() -> list[QDialog]:
            return [each for each in self._window.findChildren(QDialog, called) if each.isVisible()]

        await self._until(name, lambda: bool(visible()))
        await self._settled()
        dialog = visible()[0]
        await self._picture(name, dialog)
        dialog.close()
        await self._until("the window again", lambda: not visible())

    def _shown(self) -> bool:
        rows = self._window.table.visible_rows
        return bool(rows) and all(self._model.recording(row) is not None for row in rows)

    def _rows(self) -> int:
        return len(self._model.ids)

    def _press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        target = widget or QApplication.focusWidget() or self._window.table
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

    async def _settled(self) -> None:
        await asyncio.sleep(0.7)

    async def _until(self, what: str, reached: Callable[[], bool]) -> None:
        for _ in range(400):
            if reached():
                return
            await asyncio.sleep(0.05)
        raise TourError(f"no {what} after 20 seconds")

    async def _picture(self, name: str, over: QWidget | None = None) -> None:
        """Keep what the window shows, with a small window `over` it."""
        self._step += 1
        file = self._folder / f"{self._step:02} {name}.png"
        await asyncio.sleep(0.1)
        picture = self._window.grab()
        if over is not None:
            with QPainter(picture) as painter:
                painter.fillRect(self._window.rect(), QColor(0, 0, 0, 70))
                at = QPoint(self._window.width() - over.width(), self._window.height() - over.height()) / 2
                painter.drawPixmap(at, over.grab())
        # The smallest file: what is kept of them is in the repository.
        if not picture.save(str(file), "PNG", 0):
            raise TourError(f"the picture {file.name} cannot be written")


def _spoil(folder: Path, later: Path) -> None:
    """Make a copy of an export in which one file is missing, one is altered, and one is a stranger."""
    shutil.copytree(folder, later)
    missing, altered, *_ = sorted(later.rglob("*.mp3"))
    missing.unlink()
    altered.write_bytes(altered.read_bytes()[:-1])
    (later / "remarks.txt").write_text("Call them back on Monday.\n", encoding="utf-8")
