"""Joins everything. The life of the program is one coroutine: what it opens, it closes on the way out."""

import asyncio
import importlib
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from playhead.core.account import Account, Credential
from playhead.core.connections import Connections, Doors
from playhead.core.downloads import Downloads
from playhead.core.errors import CatalogueError, CatalogueUnreadable, PlayheadError, Refused
from playhead.core.jobs import Jobs
from playhead.core.library import Library
from playhead.core.ports import Catalogue, Source, Vault
from playhead.core.zone import SystemZone
from playhead.machine.paths import Profile
from playhead.machine.settings import Settings
from playhead.machine.vault import MemoryVault
from playhead.sound.drawing import Drawing
from playhead.sound.loudness import Loudness, matching_gain
from playhead.sound.readiness import get_ready
from playhead.ui.auditioning import Auditioning, Habit
from playhead.ui.browsing import Browsing
from playhead.ui.connecting import Connecting
from playhead.ui.exporting import Exporting
from playhead.ui.garbage import Garbage
from playhead.ui.icons import Icons
from playhead.ui.keys import KeysDialog
from playhead.ui.listening import Listening
from playhead.ui.marking import Marking
from playhead.ui.notices import Notice
from playhead.ui.player import Player
from playhead.ui.preferring import Preferring
from playhead.ui.sentences import sentence
from playhead.ui.shaping import Shape, Shaping
from playhead.ui.table import RecordingModel
from playhead.ui.theme import Appearance, Theme
from playhead.ui.window import KEYS, Window

if TYPE_CHECKING:
    from playhead.demo.cloud import DemoCloud

_log = logging.getLogger(__name__)

QUIET = 1.0
"""Seconds after the start in which nothing is prepared that the first rows do not need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person asked for on the command line."""

    profile: Path | None = None
    demo: bool = False
    demo_size: int = 5000
    tour: Path | None = None
    log_level: str = "warning"


def resources() -> Path:
    """The folder of icons, fonts and the demo's audio: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return next(
        folder for folder in (package / "resources", package.parents[1] / "resources") if folder.is_dir()
    )


class Program:
    """One run of Playhead, from the window that is shown to the last file that is closed."""

    def __init__(
        self,
        qt: QApplication,
        profile: Profile,
        options: Options,
        vault: Vault,
        window: Window | None = None,
        *,
        player: Callable[[], Player] | None = None,
    ) -> None:
        """`player` makes what plays, if it is not to be an engine on the devices of this computer."""
        self._new_player = _engine if player is None else player
        self._profile = profile
        self._options = options
        self._vault = vault
        self._theme = Theme(qt, resources() / "fonts", appearance=Appearance.SYSTEM)
        self._icons = Icons(resources() / "icons", self._theme)
        self.model = RecordingModel(_now())
        """The rows of the table."""
        icon = QIcon(str(resources() / "icons" / "playhead.svg"))
        self.window = Window() if window is None else window
        """What the person sees."""
        self.window.furnish(self.model, self._theme, self._icons, icon)
        self.ready = False
        """Whether everything is joined and can be used."""
        self.again = False
        """Whether the person asked to open everything anew, as the keyring can be reached now."""
        self._spoilt = False
        self._closed = asyncio.Event()
        self.window.closing.connect(self._closed.set)
        if self.window.closed:
            self._closed.set()
        qt.aboutToQuit.connect(self._closed.set)
        self._status = 0
        self.jobs = Jobs(self._failed)
        """All background work."""
        self.settings = Settings(profile.settings)
        self._session: Vault = MemoryVault()

    async def live(self) -> int:
        """Everything from the settings to the end; gives the exit status."""
        async with AsyncExitStack() as stack:
            garbage = Garbage(self.window)
            stack.callback(garbage.close)
            closing = asyncio.create_task(self._closed.wait(), name="closing")
            # A keyring that waits for its password must not keep the window from closing.
            beginning = asyncio.create_task(self._begin(stack), name="beginning")
            await asyncio.wait({closing, beginning}, return_when=asyncio.FIRST_COMPLETED)
            if beginning.done():
                beginning.result()
                garbage.settle()
                await closing
            beginning.cancel()
            await asyncio.wait({beginning})
            self.window.hide()
        # Not left to the collector: at the end of the process it would take the widgets in any order.
        delete(self.window)
        return self._status

    async def _begin(self, stack: AsyncExitStack) -> None:
        window, clock = self.window, _now
        problem = await self.settings.load()
        preferences = self.settings.preferences
        self._theme.choose(Appearance(preferences.theme))
        accounts: Sequence[Account] = preferences.accounts
        demo: tuple[tuple[Account, Credential], ...] = ()
        if self._options.demo:
            demo = await self._start_demo(stack)
            accounts = [account for account, _ in demo]
        elif not accounts:
            window.show_welcome()
        if accounts:
            window.show_recordings()
            window.emptiness.explain("Opening…", "The keyring and the catalogue are being opened.")
            window.show_emptiness()
        catalogue = self.catalogue = await self._open_catalogue(stack)
        stack.push_async_callback(self.settings.saved)
        sources = await asyncio.to_thread(importlib.import_module, "playhead.providers.sources")
        tokens = await asyncio.to_thread(importlib.import_module, "playhead.providers.convirza_tokens")
        web = sources.Web()
        stack.push_async_callback(web.close)
        library = Library(catalogue, clock)
        try:
            await library.restore()
        except CatalogueError as error:
            self._failed("catalogue", error)
        self.connections = Connections(
            library,
            Doors(
                open=lambda account, keys: sources.open_source(
                    account, keys, web, partial(self._waits, account.id)
                ),
                sign_in=partial(tokens.sign_in, web),
                revoke=partial(tokens.revoke, web),
            ),
            self._vault,
            self._session,
            self._remember,
        )
        stack.push_async_callback(self.connections.close)
        for account, credential in demo:
            await self._vault.set(account.id, credential.to_secret())
        self.connections.restore(accounts)
        self._join(stack, catalogue, library)
        if problem is not None:
            self._say("settings", problem.sentence)
        for unread in preferences.unread:
            self._say("settings", f"One account in the settings file was left out: {unread.reason}.")
        self.ready = True
        self.jobs.start("sound", self._prepare_sound())
        if self._options.tour is not None:
            from playhead.ui.tour import Tour

            tour = Tour(window, self.model, self._theme, self.listening, self.exporting, self._options.tour)
            self.jobs.start("tour", self._walk(tour.walk()))

    def _join(self, stack: AsyncExitStack, catalogue: Catalogue, library: Library) -> None:
        window, preferences = self.window, self.settings.preferences
        downloads = self.downloads = Downloads(partial(_source_of, library), catalogue)
        stack.push_async_callback(downloads.close)
        stack.push_async_callback(self.jobs.close)

        def label_of(account: str) -> str:
            source = library.source(account)
            return source.account.label if source is not None else ""

        def account_gone(account: str) -> None:
            playing = self.listening.recording
            if playing is not None and playing.account == account:
                self.listening.stop()
            downloads.forget(account)
            self.browsing.account_gone()

        self.browsing = Browsing(
            window,
            self.model,
            catalogue,
            library,
            self.jobs,
            _now,
            reconnect=self._reconnect,
        )
        self.listening = Listening(
            window,
            self.model,
            partial(self._make_player, stack),
            downloads,
            catalogue,
            Drawing(),
            self.jobs,
            label_of,
        )
        self.shaping = Shaping(window, self.listening, catalogue, Loudness(), matching_gain, self.jobs)
        self.auditioning = Auditioning(window, self.model, self.listening, downloads, catalogue, self.jobs)
        self.marking = Marking(
            window, self.model, catalogue, self.jobs, partial(_source_of, library), label_of
        )
        stack.push_async_callback(self.marking.close)
        self.listening.began.connect(lambda recording, _media: self.marking.plays(recording))
        self.listening.stopped.connect(lambda: self.marking.plays(None))
        self.listening.moved.connect(self.marking.is_at)
        self.listening.heard.connect(self.marking.heard)
        self.connecting = Connecting(
            window,
            self._icons,
            self.connections,
            library,
            self.jobs,
            vault_name=self._vault_name,
            connected=self.browsing.account_connected,
            gone=account_gone,
        )
        self.exporting = Exporting(
            window,
            catalogue,
            downloads,
            self.jobs,
            _now,
            label_of=label_of,
            coverage=self.browsing.reporting.coverage_sentence,
            show_folder=lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
        )
        window.keys_asked.connect(lambda: KeysDialog(KEYS, window).show())
        self.preferring = Preferring(
            window,
            self._theme,
            catalogue,
            self.jobs,
            remember_appearance=self._remember_appearance,
            remember_limit=self._remember_limit,
            shaping=self.shaping,
        )
        window.welcome.demo_asked.connect(self._try_demo)
        self.listening.prefer(preferences.speed, preferences.volume)
        self.shaping.prefer(
            Shape(
                skip_silence=preferences.skip_silence,
                level=preferences.level,
                rewind=preferences.rewind,
                quiet=preferences.quiet,
                least=preferences.least,
                device=preferences.device,
            )
        )
        self.auditioning.prefer(Habit(audition=preferences.audition, autoplay=preferences.autoplay))
        self.exporting.prefer(preferences.export_folder, preferences.name_template)
        window.restore_layout(preferences.layout)
        window.table.header.restore(preferences.columns)
        stack.callback(self._keep_preferences)
        self.browsing.begin()

    # What the parts need from one another

    async def _open_catalogue(self, stack: AsyncExitStack) -> Catalogue:
        opening = await asyncio.to_thread(importlib.import_module, "playhead.catalogue.opening")
        limit = round(self.settings.preferences.media_limit)
        opened = await opening.open_with_vault(self._profile.catalogue, self._vault, media_limit=limit)
        if opened.problem is None or opened.aside is not None:
            stack.push_async_callback(self._set_aside_if_spoilt, opening.set_aside)
        stack.push_async_callback(opened.store.close)
        problem: PlayheadError | None = opened.problem
        if opened.aside is not None:
            why = problem.detail if problem is not None else ""
            self._say(
                "catalogue",
                f"The catalogue could not be read ({why}). "
                f"It is kept as {opened.aside.name}; a new one was begun.",
            )
        elif problem is not None:
            self._say(
                "catalogue",
                f"{sentence(problem)} Until then, what is loaded is forgotten when Playhead quits.",
                action="Try again",
                act=self._open_again,
            )
        catalogue: Catalogue = opened.store
        return catalogue

    async def _set_aside_if_spoilt(self, set_aside: Callable[[Path], Path]) -> None:
        if self._spoilt:
            with suppress(CatalogueError):
                await asyncio.to_thread(set_aside, self._profile.catalogue)

    async def _start_demo(self, stack: AsyncExitStack) -> tuple[tuple[Account, Credential], ...]:
        cloud, accounts = await asyncio.to_thread(_demo_cloud, self._options.demo_size)
        stack.callback(cloud.stop)
        return accounts

    def _try_demo(self) -> None:
        """Open the demo beside this window, as a program of its own: the person's profile stays untouched."""
        frozen = bool(getattr(sys, "frozen", False))
        QProcess.startDetached(sys.executable, ["--demo"] if frozen else ["-m", "playhead", "--demo"])

    async def _prepare_sound(self) -> None:
        """Load what the first Enter would wait for, once the first rows are there."""
        await asyncio.sleep(QUIET)
        await get_ready()

    def _make_player(self, stack: AsyncExitStack) -> Player:
        player = self._new_player()
        stack.callback(player.close)
        return player

    def _reconnect(self, account: str) -> None:
        self.connecting.reconnect(account)

    def _vault_name(self) -> str | None:
        return self._vault.name

    def _remember(self, accounts: Sequence[Account]) -> None:
        self.settings.change(replace(self.settings.preferences, accounts=tuple(accounts)))
        self.jobs.start("settings", self._tell_unsaved())

    async def _tell_unsaved(self) -> None:
        problem = await self.settings.saved()
        if problem is not None:
            self._say("settings", problem.sentence)

    def _keep_preferences(self) -> None:
        if self._options.demo:
            return
        self.settings.change(
            replace(
                self.settings.preferences,
                layout=self.window.save_layout(),
                columns=self.window.table.header.save(),
                volume=self.listening.volume,
                speed=self.listening.speed,
                skip_silence=self.shaping.shape.skip_silence,
                level=self.shaping.shape.level,
                rewind=self.shaping.shape.rewind,
                quiet=self.shaping.shape.quiet,
                least=self.shaping.shape.least,
                device=self.shaping.shape.device,
                audition=self.auditioning.habit.audition,
                autoplay=self.auditioning.habit.autoplay,
                export_folder=self.exporting.folder,
                name_template=self.exporting.template,
            )
        )

    def _remember_appearance(self, appearance: str) -> None:
        self.settings.change(replace(self.settings.preferences, theme=appearance))

    def _remember_limit(self, limit: int) -> None:
        self.settings.change(replace(self.settings.preferences, media_limit=float(limit)))

    def _waits(self, account: str, seconds: float) -> None:
        self.browsing.reporting.account_waits(account, seconds)

    def _open_again(self) -> None:
        self.again = True
        self._closed.set()

    def _say(
        self, key: str, text: str, action: str | None = None, act: Callable[[], None] | None = None
    ) -> None:
        self.window.notices.show_notice(
            Notice(key=key, sentence=text, kind="attention", action=action, act=act)
        )

    def _begin_anew(self) -> None:
        self._spoilt = True
        self._open_again()

    def _failed(self, name: str, error: Exception) -> None:
        """A job ended with an error that nobody had expected there."""
        kind = name.partition(" ")[0]
        if isinstance(error, PlayheadError):
            _log.info("%s: %s", kind, type(error).__name__)
        else:
            _log.error("%s failed", kind, exc_info=error)
        if isinstance(error, CatalogueUnreadable):
            self._say(
                "catalogue",
                "The catalogue is damaged: not everything in it can be shown. "
                "A new one loads it all again; the damaged one is kept beside it.",
                action="Begin a new one",
                act=self._begin_anew,
            )
            return
        self.window.notices.show_notice(Notice(key=f"job {kind}", sentence=sentence(error), kind="bad"))

    async def _walk(self, walk: Awaitable[None]) -> None:
        try:
            await walk
        except Exception:
            self._status = 1
            raise
        finally:
            self._closed.set()


def _now() -> datetime:
    return datetime.now(SystemZone())


def _engine() -> Player:
    """What plays here; imported when something is played for the first time."""
    from playhead.sound.engine import Engine

    return Engine()


def _demo_cloud(size: int) -> "tuple[DemoCloud, tuple[tuple[Account, Credential], ...]]":
    from playhead.demo.accounts import demo_accounts
    from playhead.demo.cloud import DemoCloud

    cloud = DemoCloud(resources=resources() / "demo", bird=size)
    cloud.start()
    return cloud, demo_accounts(cloud)


def _source_of(library: Library, account: str) -> Source:
    source = library.source(account)
    if source is None:
        raise Refused("no key")
    return source
