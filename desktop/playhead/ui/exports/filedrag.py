"""Recordings as files for other programs, by drag and drop or by the clipboard."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QTableView, QWidget
from typing_extensions import override

from playhead.core.errors import ExportError
from playhead.core.exports.carrier import Carrier, Load
from playhead.core.exports.template import DEFAULT_TEMPLATE, TemplateError
from playhead.core.figures import number
from playhead.core.session import Session
from playhead.ui.exports.exports import ExportsJourney
from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.wording.sentences import sentence
from playhead.ui.wording.words import count

_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class RowGrip(QObject):
    """Tells a drag of selected rows from clicks and from selecting by dragging, which stay as they are.

    A press on a selected row reaches the table only when the button is released where it was: pressing alone
    must not end a selection that is to be dragged. Qt's own detection lists every selected cell, which takes
    a second where all of a hundred thousand rows are selected.
    """

    began = Signal()
    """Selected rows are being dragged."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._pressed: QMouseEvent | None = None
        self._held = False
        table.viewport().installEventFilter(self)

    @property
    def held(self) -> bool:
        """True while the button is still down since rows were taken hold of."""
        return self._held

    def let_go(self) -> None:
        """A drag of the system has come to its end; its release is not seen here."""
        self._held = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(event)
            case QEvent.Type.MouseMove:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease:
                return self._release()
        return False

    def _press(self, event: QMouseEvent) -> bool:
        self._held = False
        index = self._table.indexAt(event.position().toPoint())
        takes = (
            event.button() is Qt.MouseButton.LeftButton
            and event.modifiers() == _PLAIN
            and index.isValid()
            and self._table.selectionModel().isSelected(index)
        )
        self._pressed = _copy(event) if takes else None
        return takes

    def _move(self, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            # The release went elsewhere, to a menu or another program.
            self._pressed, self._held = None, False
        if self._pressed is not None:
            way: QPointF = event.position() - self._pressed.position()
            if way.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self._pressed = None
                self._held = True
                self.began.emit()
            return True
        return self._held

    def _release(self) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            self._table.viewport().removeEventFilter(self)
            QCoreApplication.sendEvent(self._table.viewport(), pressed)
            self._table.viewport().installEventFilter(self)
            return False
        held, self._held = self._held, False
        return held


def _copy(event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position(),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )


LIMIT: Final = 200
"""Recordings that are carried at once; an export is the better way for more."""
_SOON: Final = 0.4
"""Seconds in which files that are here already come; until then nothing is said."""
_KEY: Final = "carrying"

Drag = Callable[[QWidget, Sequence[Path], QPixmap], object]
"""Carries files wherever the person takes them, with a picture under the pointer; returns when they are
dropped, or not."""


class FileDrag(QObject):
    """Drags selected rows out of the table as files, and copies them as files (Ctrl+Shift+C).

    A drag has to have its files when it begins. So they are fetched when rows are taken hold of; the drag
    begins as soon as they are here and the button is still down, which is at once for audio that was heard
    before. After that, the same rows can be dragged without any wait.
    """

    def __init__(
        self,
        session: Session,
        table: RecordingTable,
        notices: NoticeBar,
        icons: Icons,
        exports: ExportsJourney,
        carrier: Carrier,
        drag: Drag,
    ) -> None:
        """Files are named as in `exports`; `drag` carries them out and returns when they are dropped."""
        super().__init__(table)
        self._session = session
        self._table = table
        self._notices = notices
        self._icons = icons
        self._exports = exports
        self._carrier = carrier
        self._drag = drag
        self._ready: dict[tuple[tuple[int, ...], str], Load] = {}
        self._copied: QMimeData | None = None
        """What was put on the clipboard last."""
        self._grip = RowGrip(table)
        self._grip.began.connect(self._take_hold)
        table.menu_asked.connect(self._menu)

    def begin(self) -> None:
        """Remove what a run that was killed has left."""
        self._session.jobs.start("carry tidy", self._carrier.tidy())

    def forget(self, account: str) -> None:
        """Carry nothing of an account any more: what is ready has to be made ready anew."""
        self._ready.clear()
        self.close()
        self._session.jobs.start("carry forget", self._carrier.forget(account))

    def copy(self) -> None:
        """Put the files of the selected recordings on the clipboard, as soon as they are here."""
        self._carry(self._hand_to_clipboard)

    def close(self) -> None:
        """Take the files off the clipboard: they are about to be removed."""
        # Only whether it is the very same is looked at: another program's data would have to be asked for.
        clipboard = QGuiApplication.clipboard()
        if self._copied is not None and clipboard.mimeData() is self._copied:
            clipboard.clear()

    def _take_hold(self) -> None:
        self._carry(self._hand_to_drag)

    def _carry(self, deliver: Callable[[Load], None]) -> None:
        selected = self._table.selected_count()
        if not selected:
            self._say("Select the recordings to copy first.")
            return
        if selected > LIMIT:
            self._say(
                f"{number(selected)} recordings are too many to carry as files; {number(LIMIT)} go at once. "
                "Export them instead."
            )
            return
        ids = tuple(self._table.selected_ids())
        ready = self._ready.get((ids, self._exports.choices.template))
        if ready is not None:
            deliver(ready)
        else:
            self._session.jobs.start("carry", self._fetch(ids, deliver))

    async def _fetch(self, ids: tuple[int, ...], deliver: Callable[[Load], None]) -> None:
        template = self._exports.choices.template
        waiting = asyncio.get_running_loop().call_later(_SOON, self._say_wait, len(ids))
        try:
            load = await self._load(ids, template)
        except ExportError as error:
            self._say(sentence(error), kind="bad")
            return
        finally:
            waiting.cancel()
            self._notices.withdraw(_KEY)
        if load.missing:
            self._say_missing(load, len(ids))
        else:
            self._ready[ids, template] = load
        if load.files:
            deliver(load)
        if load.doubtful and not load.missing:
            self._say(_in_doubt(load.doubtful))

    async def _load(self, ids: Sequence[int], template: str) -> Load:
        found = await self._session.catalogue.recordings.read(ids)
        recordings = [recording for recording in found if recording is not None]
        labels = {each.account: self._session.library.label(each.account) for each in recordings}
        zone = self._session.clock().tzinfo
        assert zone is not None
        try:
            return await self._carrier.carry(recordings, template=template, labels=labels, zone=zone)
        except TemplateError:
            return await self._carrier.carry(recordings, template=DEFAULT_TEMPLATE, labels=labels, zone=zone)

    def _hand_to_clipboard(self, load: Load) -> None:
        self._copied = _mime(load.files)
        QGuiApplication.clipboard().setMimeData(self._copied)
        if not load.missing:
            files = count(len(load.files), "file is", "files are")
            self._say(f"{files} ready to paste, until Playhead quits.", kind="info")

    def _hand_to_drag(self, load: Load) -> None:
        if self._grip.held:
            # Not from here, as this may be a task: a drag is a loop of its own, in which no other task
            # could go on (qasync#59).
            QTimer.singleShot(0, self, lambda: self._drag_now(load))
        elif not load.missing:
            files = count(len(load.files), "file is", "files are")
            self._say(f"{files} ready now: drag the selected rows again.", kind="info")

    def _drag_now(self, load: Load) -> None:
        if self._grip.held:
            self._drag(self._table, load.files, self._picture(len(load.files)))
            self._grip.let_go()

    def _picture(self, files: int) -> QPixmap:
        """Picture under the pointer: the number of files that it carries."""
        text = count(files, "file")
        metrics = self._table.window().fontMetrics()
        ratio = self._table.window().devicePixelRatioF()
        width, height = metrics.horizontalAdvance(text) + 44, metrics.height() + 12
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        palette = self._table.window().palette()
        picture.fill(palette.highlight().color())
        painter = QPainter(picture)
        painter.setFont(self._table.window().font())
        painter.setPen(palette.text().color())
        painter.drawPixmap(10, (height - 16) // 2, self._icons.pixmap("export", "accent", ratio=ratio))
        painter.drawText(34, 6 + metrics.ascent(), text)
        painter.end()
        return picture

    def _menu(self, _index: QModelIndex, place: QPoint) -> None:
        if not self._table.selected_count():
            return
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Recording")
        menu.addActions(self._table.actions())
        menu.popup(place)

    def _say_wait(self, files: int) -> None:
        self._notices.say(
            key=_KEY,
            sentence=f"Getting {count(files, 'recording')} ready as files…",
            action="Stop",
            act=lambda: self._session.jobs.cancel("carry"),
        )

    def _say_missing(self, load: Load, wanted: int) -> None:
        _, why = load.missing[0]
        others = len({reason for _, reason in load.missing}) - 1
        also = f", and {count(others, 'other reason')}" if others else ""
        here = f"{number(len(load.files))} of {count(wanted, 'file')} {'is' if wanted == 1 else 'are'} ready"
        self._say(f"{here}. The rest could not be had: {why}{also}.", kind="attention")

    def _say(self, text: str, kind: Literal["info", "attention", "bad"] = "attention") -> None:
        self._notices.say(key=_KEY, sentence=text, kind=kind)


def _in_doubt(files: int) -> str:
    they, them = ("it is", "it") if files == 1 else ("they are", "them")
    return (
        f"Of {count(files, 'file')} Playhead cannot tell whether {they} audio. "
        f"Open {them} in another program to see."
    )


def drag_files(source: QWidget, files: Sequence[Path], picture: QPixmap) -> None:
    """Carry `files` wherever the person takes them; returns when they are dropped, or not."""
    drag = QDrag(source)
    drag.setMimeData(_mime(files))
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(-12, -12))
    drag.exec(Qt.DropAction.CopyAction)


def _mime(files: Sequence[Path]) -> QMimeData:
    """`files` in the forms that file managers and mail programs take."""
    mime = QMimeData()
    urls = [QUrl.fromLocalFile(str(file)) for file in files]
    mime.setUrls(urls)
    # GNOME's file manager pastes only what also says that it is to be copied.
    lines = ["copy", *(bytes(url.toEncoded().data()).decode("ascii") for url in urls)]
    mime.setData("x-special/gnome-copied-files", "\n".join(lines).encode())
    return mime
