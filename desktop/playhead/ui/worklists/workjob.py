"""Long work at the window: a list of the catalogue is worked off, and a line says how that goes."""

import asyncio
from array import array
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from playhead.core.errors import CatalogueError, PlayheadError
from playhead.core.session import Session
from playhead.core.stores import WorkList
from playhead.core.worklists.workrun import Work, WorkRun
from playhead.core.worklists.workstates import NO_PROGRESS, Added, Hold, WorkProgress
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording.sentences import sentence
from playhead.ui.wording.words import count
from playhead.ui.wording.workwords import WorkWords
from playhead.ui.worklists.workline import WorkAct, WorkLine

SHOWN_EVERY = 3_000
"""Milliseconds between two looks of the table at what was learnt meanwhile."""


T = TypeVar("T")
F = TypeVar("F")


class WorkSource(Protocol):
    """Recordings on which work is to be done, and that have to be found first."""

    async def ids(self, tell: Callable[[str], None]) -> "array[int] | None":
        """Find them, and `tell` how that goes; None if nobody can. Raises `PlayheadError`."""

    async def end(self) -> None:
        """Note that they are on the list."""


@dataclass(frozen=True, slots=True)
class WorkKind(Generic[T, F]):
    """A kind of long work: its list, what is done with each recording, and its words."""

    work_list: WorkList
    work: Work[T, F]
    words: WorkWords


class WorkJob(QObject):
    """Puts recordings on a list, works it off, and does what its line asks.

    What is left when the program ends is taken up at the next start, unless the person had paused it.
    """

    learnt = Signal()
    """Something was done: what is shown of recordings may be different."""
    show_asked = Signal()
    """What came of it is to be shown."""

    def __init__(
        self,
        session: Session,
        kind: WorkKind[T, F],
        panel: TransfersPanel,
        notices: NoticeBar,
        icons: Icons,
    ) -> None:
        super().__init__(panel)
        self._session = session
        self._list = kind.work_list
        self._words = kind.words
        self._panel = panel
        self._notices = notices
        self._icons = icons
        self._line: WorkLine | None = None
        self.running = False
        """True while it is at work, or waits for something."""
        self._progress = NO_PROGRESS
        self._seen = 0
        """How many were done when the table looked last."""
        self._errands = 0
        self._adding: set[str] = set()
        """Jobs that put recordings on the list, or are about to."""
        self._turn = asyncio.Lock()
        """Held by whoever changes the list: one after the other."""
        self._run_of_it = WorkRun(kind.work_list, kind.work, self._show_progress)
        self._look = QTimer(self, singleShot=True, interval=SHOWN_EVERY)
        self._look.timeout.connect(self.learnt)
        self._acts: dict[WorkAct, Callable[[], object]] = {
            WorkAct.PAUSE: partial(self._pause, on=True),
            WorkAct.GO_ON: partial(self._pause, on=False),
            WorkAct.STOP: self._stop,
            WorkAct.RETRY: partial(self._run_errand, self._retry),
            WorkAct.SHOW: self.show_asked.emit,
            WorkAct.DISMISS: self._dismiss,
        }

    def limit(self, rate: float) -> None:
        """Fetch no more than so many bytes a second; 0: as fast as it comes."""
        self._run_of_it.limit(rate)

    def hold(self, reason: Hold, *, on: bool) -> None:
        """Wait for something that goes before, or no longer."""
        self._run_of_it.hold(reason, on=on)

    def begin(self) -> None:
        """Take up what an earlier run of the program has left."""
        self._run_errand(self._take_up)

    def end(self) -> None:
        """Be at work no longer; what is left stays on the list."""
        self._cancel()
        self._put_away()

    def add(self, ids: "array[int]") -> None:
        """Do these recordings, in this order, but for those that are done."""
        self._run_errand(partial(self._add, ids))

    def add_when(self, source: WorkSource) -> None:
        """Do what a source finds, which may take long."""
        self._run_errand(partial(self._add_gathered, source))

    def add_new(self, ids: "array[int]") -> None:
        """Do these new recordings as soon as it can be done; nothing is said if there are none."""
        self._run_errand(partial(self._add_new, ids))

    def go_on(self, _account: str = "") -> None:
        """Look at the list again: an account has another credential, or recordings are gone from the list."""
        self._run_errand(self._look_again)

    def say(self, text: str) -> None:
        """Say why nothing is done; withdrawn once something is."""
        self._notices.say(self._words.name, text)

    def account_leaving(self, account: str) -> None:
        """An account is out of use: let go of its work."""
        self._run_of_it.withdraw(account)

    # What is done

    def _run_errand(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do something under a name of its own: nothing else of the kind ends it."""
        self._errands += 1
        name = f"{self._words.name} errand {self._errands}"
        self._adding.add(name)
        self._session.jobs.start(name, self._errand(name, work))

    async def _errand(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        finally:
            self._adding.discard(name)

    async def _add_gathered(self, source: WorkSource) -> None:
        try:
            ids = await source.ids(lambda text: self._shown().show_adding(text))
        except PlayheadError as error:
            if not self.running:
                self._put_away()
            self.say(sentence(error))
            return
        if ids is not None:
            await self._add(ids)
        await source.end()

    async def _add(self, ids: "array[int]") -> None:
        async with self._turn:
            if not self.running:
                self._shown().show_adding(self._words.looking(len(ids)))
            added = await self._list.add(ids)
            if added.number:
                self._notices.withdraw(self._words.name)
                await self._work(self._begun(added.number))
            else:
                self._say_nothing(added)

    async def _add_new(self, ids: "array[int]") -> None:
        async with self._turn:
            added = await self._list.add_new(ids)
            if added.number:
                await self._work(self._begun(added.number))

    def _say_nothing(self, added: Added) -> None:
        if not self.running:
            self._put_away()
        self.say(self._words.nothing(added))

    async def _take_up(self) -> None:
        async with self._turn:
            state = await self._list.figures()
            if state.left:
                self._run_of_it.hold(Hold.PERSON, on=state.held)
                goes_on = f"{self._words.begins} goes on: {count(state.left, 'recording')}"
                await self._work("" if state.held else goes_on)
            elif not self.running:
                await self._list.clear()
                if not state.total:
                    # What was on the list was of an account that is gone.
                    self._put_away()

    async def _look_again(self) -> None:
        if self.running:
            await self._run_of_it.go_on()
        else:
            await self._take_up()

    async def _retry(self) -> None:
        await self._list.retry()
        await self._take_up()

    async def _work(self, said: str) -> None:
        """Work the list off, or let what is at work already see it anew; `said` is heard as it begins."""
        if self.running:
            await self._run_of_it.go_on()
            return
        self.running = True
        self._shown().show_begun(said)
        self._session.jobs.start(self._words.name, self._run())

    async def _run(self) -> None:
        try:
            await self._run_of_it.run()
        except CatalogueError as error:
            self._show_end(sentence(error), trouble=True)
            raise
        finally:
            self.running = False
        refused = [self._session.library.label(each) for each in self._progress.refused]
        self._show_end(self._words.ended(self._progress, refused), trouble=bool(refused))

    def _begun(self, number: int) -> str:
        return f"{self._words.begins} begun: {count(number, 'recording')}"

    def _pause(self, *, on: bool) -> None:
        self._run_of_it.hold(Hold.PERSON, on=on)
        if not on:
            self.go_on()
        self._session.jobs.start(f"hold {self._words.name}", self._list.hold(on=on))

    def _stop(self) -> None:
        self._cancel()
        self._run_of_it.hold(Hold.PERSON, on=False)
        self._show_end(self._words.ended(self._progress, stopped=True), trouble=False)
        self._clear()

    def _dismiss(self) -> None:
        self._put_away()
        self._clear()

    def _clear(self) -> None:
        self._progress, self._seen = NO_PROGRESS, 0
        self._session.jobs.start(f"clear {self._words.name}", self._clear_all())

    async def _clear_all(self) -> None:
        async with self._turn:
            await self._list.clear()

    def _cancel(self) -> None:
        for name in (self._words.name, *self._adding):
            self._session.jobs.cancel(name)
        self.running = False

    # What is shown

    def _shown(self) -> WorkLine:
        """The line, made if there is none."""
        if self._line is None:
            self._line = WorkLine(self._words, self._icons)
            self._line.acted.connect(lambda act: self._acts[act]())
            self._panel.put(self._line, self._line.stops)
        return self._line

    def _put_away(self) -> None:
        if self._line is not None:
            line, self._line = self._line, None
            self._panel.take(line)

    def _show_progress(self, progress: WorkProgress) -> None:
        self._progress = progress
        if self._line is not None and self.running:
            self._line.show_progress(progress)
        if progress.done != self._seen and not self._look.isActive():
            self._seen = progress.done
            self._look.start()

    def _show_end(self, text: str, *, trouble: bool) -> None:
        self._look.stop()
        self.learnt.emit()
        if not self._progress.total:
            # Nothing was on the list yet, or nothing is any more.
            self._put_away()
        elif self._line is not None:
            self._line.show_end(text, self._progress, trouble=trouble)
