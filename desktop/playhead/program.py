"""Joins everything. The life of the program is one coroutine: what it opens, it closes on the way out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from playhead.catalogueopening import CatalogueOpening
from playhead.core.errors import (
    CatalogueError,
    CatalogueReadOnly,
    CatalogueUnreadable,
    Disconnected,
    PlayheadError,
)
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.policy import NO_POLICY
from playhead.core.preferences import Appearance
from playhead.core.zone import SystemZone
from playhead.lateparts import imported, readings_here
from playhead.machine.allocating import give_back, share_arenas
from playhead.machine.policyfile import read_policy
from playhead.machine.settings import Settings
from playhead.machine.vault import MemoryVault
from playhead.providers.http.web import Web
from playhead.runoptions import USUAL_SURROUNDINGS, Options, Surroundings
from playhead.runparts import resources, started_demo
from playhead.ui.listing.firstrows import FirstRows
from playhead.ui.look.announcing import announce
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.shell.garbage import Garbage
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from playhead.ui.wording.openingwords import DEMO_BEGINS_ANEW, EXPORT_GOES_ON, NO_HOME
from playhead.ui.wording.sentences import sentence

if TYPE_CHECKING:
    from playhead.core.account import Account, Credential
    from playhead.core.ports import Vault
    from playhead.core.provider import Provider
    from playhead.core.recording import Recording
    from playhead.core.stores import Catalogue
    from playhead.keeping import Keeping
    from playhead.machine.paths import Profile
    from playhead.machine.settings import Problem

T = TypeVar("T")

_log = logging.getLogger(__name__)

HANDING_OVER = 3_000
"""Milliseconds that the demo is given to appear before the welcome page goes."""
LEAVE = 1.5
"""Seconds for which it is said at the end that an export goes on at the next start."""
QUIET = 1.0
"""Seconds after the start in which nothing is prepared that the first rows do not need."""
_UNKEPT = "nothing is kept"
"""Key of the notice that the catalogue takes nothing, whoever has found that."""


class Program:
    """One run of Playhead, from the window that is shown to the last file that is closed."""

    def __init__(
        self,
        qt: QApplication,
        profile: "Profile",
        options: Options,
        vault: "Vault",
        window: Window | None = None,
        surroundings: Surroundings = USUAL_SURROUNDINGS,
    ) -> None:
        self._surroundings = surroundings
        self._web = Web()
        known = surroundings.providers(self._web)
        self._policy = NO_POLICY if options.demo else read_policy(surroundings.policy, known)
        self._providers = self._policy.offered(known)
        self._profile = profile
        self._options = options
        self._vault = vault
        self._theme = Theme(qt, resources() / "fonts", appearance=Appearance.SYSTEM)
        self._icons = Icons(resources() / "icons", self._theme)
        self.model = RecordingModel(_now(), self._providers)
        """The rows of the table."""
        icon = QIcon(str(resources() / "icons" / "playhead.svg"))
        self.window = Window() if window is None else window
        """What the person sees."""
        with self._theme.building():
            self.window.furnish(self.model, self._theme, self._icons, icon)
        self._show_opening()
        self.window.demo_asked.connect(self._try_demo)
        self.ready = False
        """Whether everything is joined and can be used."""
        self._closed = asyncio.Event()
        self.window.closing.connect(self._closed.set)
        if self.window.closed:
            self._closed.set()
        qt.aboutToQuit.connect(self._closed.set)
        self.jobs = Jobs(self._failed)
        """All background work."""
        self.opening = CatalogueOpening(
            profile.catalogue, vault, self.window.notices, self.jobs, self._closed
        )
        """The catalogue of this run."""
        self._status = 0
        self.settings = Settings(profile.settings, self._providers, self._policy)
        self._memory: Vault = MemoryVault()
        self._keeping: Keeping | None = None
        """Keeps what a person chose; a demo keeps nothing."""
        self._waiting_folder = options.folder
        """Exported folder that is opened when everything is joined."""
        self.window.folder_dropped.connect(self._open_folder)

    def summon(self, folder: Path | None = None) -> None:
        """Come to the front, and open an exported folder again, if one is given, as soon as possible."""
        window = self.window
        if not isValid(window) or window.closed:
            return
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if folder is not None:
            self._open_folder(folder)

    def keep(self) -> None:
        """Keep at once what is kept now and then: the session may end by force."""
        if self.ready and self._keeping is not None:
            self._keeping.keep()

    def _open_folder(self, folder: Path) -> None:
        if self.ready:
            self.journeys.exporting.reopen(folder)
        else:
            self._waiting_folder = folder

    async def live(self) -> int:
        """Everything from the settings to the end; gives the exit status."""
        try:
            await self._live()
        finally:
            # Not left to the collector: at the end of the process it would take the widgets in any order.
            self.window.hide()
            delete(self.window)
        return self._status

    async def _live(self) -> None:
        share_arenas()
        async with AsyncExitStack() as stack:
            garbage = Garbage(self.window)
            garbage.tidied.connect(give_back)
            stack.callback(garbage.close)
            closing = asyncio.create_task(self._closed.wait(), name="closing")
            stack.push_async_callback(_ended, closing)
            # A keyring that waits for its password must not keep the window from closing.
            beginning = asyncio.create_task(self._begin(stack), name="beginning")
            try:
                await asyncio.wait({closing, beginning}, return_when=asyncio.FIRST_COMPLETED)
                if beginning.done():
                    beginning.result()
                    garbage.settle()
                    await closing
            finally:
                await _ended(beginning)
            await self._take_leave()
            self.window.hide()

    async def _take_leave(self) -> None:
        """Say what becomes of an export that is at work, and let the person read it."""
        if self.ready and self.journeys.exporting.busy:
            place = self.window.rows.emptiness
            place.explain("Closing…", EXPORT_GOES_ON)
            self.window.rows.show_emptiness()
            announce(self.window, EXPORT_GOES_ON)
            await asyncio.sleep(LEAVE)

    async def _begin(self, stack: AsyncExitStack) -> None:
        window = self.window
        problem = await self.settings.load()
        preferences = self.settings.preferences
        self._theme.choose(preferences.theme)
        accounts: Sequence[Account] = preferences.accounts
        demo: tuple[tuple[Account, Credential], ...] = ()
        if self._options.demo:
            demo = await self._start_demo(stack)
            accounts = [account for account, _ in demo]
        self._welcome(accounts)
        window.arrangement.restore(preferences)
        # The rows need it, and it takes as long to import as the window to appear.
        importing = asyncio.create_task(imported("playhead.ui.wording.phones"))
        stack.push_async_callback(_ended, importing)
        catalogue = await self.opening.open(
            stack, round(preferences.media_limit), used=bool(accounts or preferences.leaving)
        )
        await importing
        stack.push_async_callback(self.settings.saved)
        connected = {account.provider for account in (*accounts, *preferences.leaving)}
        await self._prepare(provider for provider in self._providers if provider.name in connected)
        stack.push_async_callback(self._web.close)
        library = Library(catalogue, _now, self._providers, readings_here())
        try:
            await library.restore()
        except CatalogueError as error:
            self._failed("catalogue", error)
        connections = Connections(library, self._vault, self._memory, self)
        stack.push_async_callback(connections.close)
        for account, credential in demo:
            await self._vault.set(account.id, credential.to_secret())
        connections.restore(accounts, preferences.leaving)
        first = FirstRows(catalogue, library, window.rows, window.filter)
        await first.show()
        await self._join(stack, catalogue, library, connections)
        first.close()
        if self._options.demo and self._options.profile is not None:
            self.window.notices.say("demo", DEMO_BEGINS_ANEW)
        self._tell_problems(problem)
        self.ready = True
        if self._waiting_folder is not None:
            self._open_folder(self._waiting_folder)
        self.jobs.start("sound", self._prepare_rest())
        self.jobs.start("finish disconnecting", self._finish_disconnecting())
        if self._options.tour is not None:
            self._begin_tour(self._options.tour)

    async def _join(
        self, stack: AsyncExitStack, catalogue: "Catalogue", library: Library, connections: Connections
    ) -> None:
        """Join what the person can do; the first rows are on the screen."""
        await imported("playhead.joining")
        for _ in self.window.complete():
            await asyncio.sleep(0)
        from playhead.joining import environment_of, joined_session
        from playhead.journeys import Journeys
        from playhead.keeping import Keeping

        self.session = joined_session(
            catalogue, library, connections, self.jobs, _now, missing=self._look_for_missing
        )
        stack.push_async_callback(self.session.downloads.close)
        environment = await environment_of(self._profile, self._vault, self._surroundings)
        self.journeys = Journeys(stack, self.session, self.window, self.settings, environment)
        """What the person can do."""
        if not self._options.demo:
            self._keeping = Keeping(self.journeys.preferring, self.journeys.leaving, self.settings, self.jobs)
            await self._keeping.begin(stack)
        self.journeys.begin()

    def _tell_problems(self, problem: "Problem | None") -> None:
        """Say what made no sense in the settings and in the administrator's file."""
        if problem is not None:
            self._say("settings", problem.sentence)
        if self._options.homeless:
            self._say("home", NO_HOME)
        for place, told in enumerate(self._policy.problems):
            self._say(f"policy {place}", told)
        for unread in self.settings.preferences.unread:
            self._say("settings", f"One account in the settings file was left out: {unread.reason}.")

    def _begin_tour(self, folder: Path) -> None:
        from playhead.tour import Tour

        journeys = self.journeys
        tour = Tour(self.window, journeys.listening, journeys.aids, journeys.exporting, folder)
        self.jobs.start("tour", self._walk(tour.walk()))

    def _show_opening(self) -> None:
        """Show what there is to see until the catalogue is open: whoever is in a hurry can type a filter."""
        self.window.show_recordings()
        self.window.rows.emptiness.explain("Opening…", "The keyring and the catalogue are being opened.")
        self.window.rows.show_emptiness()

    def _welcome(self, accounts: "Sequence[Account]") -> None:
        """Show the first page, if there is no account."""
        if not accounts:
            self.window.filter.clear()
            self.window.show_welcome()

    # What the parts need from one another

    async def _start_demo(self, stack: AsyncExitStack) -> "tuple[tuple[Account, Credential], ...]":
        cloud, accounts = await asyncio.to_thread(started_demo, self._options.demo_size)
        stack.callback(cloud.stop)
        return accounts

    def _try_demo(self) -> None:
        """Open the demo beside this window, as a program of its own: the person's profile stays untouched."""
        from playhead.arrivals import own_command

        command, *words = own_command("--demo")
        begun, _ = QProcess.startDetached(command, words)
        if begun and not (self.ready and self.session.library.accounts):
            # Until the other window is there; this one has nothing to show.
            QTimer.singleShot(HANDING_OVER, self.window, self.window.close)

    async def _prepare(self, providers: "Iterable[Provider]") -> None:
        for provider in providers:
            await asyncio.to_thread(provider.service.prepare)

    async def _prepare_rest(self) -> None:
        """Load what connecting and the first Enter would wait for, once the first rows are there.

        Then begin to measure.
        """
        await asyncio.sleep(QUIET)
        await self._prepare(self._providers)
        from playhead.sound.speakers import get_ready

        await get_ready()
        self.journeys.checking.begin()

    async def _look_for_missing(self, recording: "Recording") -> None:
        """A recording has no audio any more: see whether it is gone, and show it."""
        if await self.session.library.recheck(recording):
            await self.journeys.browsing.rows.renew()

    def accounts_changed(self, accounts: "Sequence[Account]") -> None:
        """Keep the connected accounts in the settings, and what comes of them in a catalogue that lasts."""
        self.settings.change(replace(self.settings.preferences, accounts=tuple(accounts)))
        if accounts:
            self.opening.keep()
        self.jobs.start("settings", self._tell_unsaved())

    def leaving_changed(self, accounts: "Sequence[Account]") -> None:
        """Keep in the settings of which accounts something may be left."""
        self.settings.change(replace(self.settings.preferences, leaving=tuple(accounts)))

    async def _finish_disconnecting(self) -> None:
        problems = await self.session.connections.finish()
        if problems:
            self._say(
                "leaving",
                "Something is left of an account that was disconnected; it is tried again at the next start. "
                f"{sentence(problems[0])}",
            )

    async def _tell_unsaved(self) -> None:
        problem = await self.settings.saved()
        if problem is not None:
            self._say("settings", problem.sentence)

    def account_waits(self, account: str, seconds: float) -> None:
        """Show that an account pauses."""
        self.journeys.browsing.status.account_waits(account, seconds)

    def _say(
        self, key: str, text: str, action: str | None = None, act: Callable[[], None] | None = None
    ) -> None:
        self.window.notices.say(key=key, sentence=text, kind="attention", action=action, act=act)

    def _failed(self, name: str, error: Exception) -> None:
        """A job ended with an error that nobody had expected there."""
        kind = name.partition(" ")[0]
        if isinstance(error, Disconnected):
            return  # nobody waits for it any more
        if isinstance(error, PlayheadError):
            _log.info("%s: %s", kind, type(error).__name__)
        else:
            _log.error("%s failed", kind, exc_info=error)
        if isinstance(error, CatalogueUnreadable):
            self.opening.say_damage()
            return
        if isinstance(error, CatalogueReadOnly) and self.ready:
            self.window.notices.say(
                key=_UNKEPT, sentence=sentence(error), kind="bad", action="Try again", act=self._try_again
            )
            return
        self.window.notices.say(key=f"job {kind}", sentence=sentence(error), kind="bad")

    def _try_again(self) -> None:
        """Ask all accounts again: there may be room for what could not be kept."""
        self.window.notices.withdraw(_UNKEPT)
        self.journeys.browsing.refresh.look_as_wished()

    async def _walk(self, walk: Awaitable[None]) -> None:
        try:
            await walk
        except Exception:
            self._status = 1
            raise
        finally:
            self._closed.set()


async def _ended(task: "asyncio.Task[T]") -> None:
    """Cancel a task, unless it is done, and wait until it has ended."""
    task.cancel()
    await asyncio.wait({task})


def _now() -> datetime:
    return datetime.now(SystemZone())
