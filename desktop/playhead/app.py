"""Runs the program: profile, log, lock and event loop around its one coroutine."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from playhead.arrivals import Arrivals, first_one_comes
from playhead.core.errors import ProfileInUse
from playhead.core.loopkeeping import heed_signals, kept, threads_aside
from playhead.machine.instance import held
from playhead.machine.log import logging_to
from playhead.machine.paths import Profile
from playhead.machine.vault import KeyringVault, MemoryVault
from playhead.program import Program
from playhead.runoptions import Options
from playhead.ui.window import Window
from playhead.ui.wording.sentences import sentence

_log = logging.getLogger(__name__)


def run(options: Options, window: Window) -> int:
    """Fill the window that has appeared, and live until it is closed; gives the exit status."""
    with ExitStack() as stack:
        if options.profile is not None:
            profile = Profile(options.profile)
        else:
            own = None if options.demo else Profile.default()
            profile = own or stack.enter_context(Profile.temporary())
            options = replace(options, homeless=own is None and not options.demo)
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        try:
            profile.create()
        except OSError as error:
            window.hide()
            return _refuse(qt, f"Playhead cannot make its folder {profile.folder}: {error.strerror}")
        stack.enter_context(logging_to(profile.log, options.log_level, crash=profile.crash))
        try:
            stack.enter_context(held(profile.lock))
        except ProfileInUse as error:
            window.hide()
            if first_one_comes(profile.bell, options.folder):
                return 0
            return _refuse(qt, sentence(error))
        lasting = not options.demo or options.profile is None
        used = profile if lasting else stack.enter_context(profile.for_demo())
        try:
            arrivals = Arrivals(qt)
            stack.enter_context(arrivals.answering(profile.bell))
            return _live(qt, used, options, window, arrivals)
        except Exception:  # noqa: BLE001 - the border at which the program ends
            # Not left to the interpreter's last words: the log leaves out what is private.
            _log.exception("ended by an error")
            if isValid(window):
                window.hide()
            return _refuse(qt, f"Something in Playhead itself went wrong, and it ends. See {profile.log}.")


def _refuse(qt: QApplication, why: str) -> int:
    """Say why Playhead does not open, and end when the person has read it."""
    from PySide6.QtWidgets import QMessageBox

    sys.stderr.write(f"{why}\n")
    if qt.platformName() == "offscreen":
        return 1
    box = QMessageBox(QMessageBox.Icon.Information, "Playhead", why)
    box.finished.connect(qt.quit)
    box.open()
    qt.exec()
    return 1


def _live(qt: QApplication, profile: Profile, options: Options, window: Window, arrivals: Arrivals) -> int:
    vault = MemoryVault() if options.demo else KeyringVault()
    program = Program(qt, profile, options, vault, window)
    program.window.show()
    with event_loop(qt) as loop:
        heed_signals(loop, lambda _: qt.closeAllWindows())
        status = _lived(loop, program, arrivals)
        while program.opening.again:
            program = Program(qt, profile, options, vault)
            program.window.show()
            status = _lived(loop, program, arrivals)
        return status


def _lived(loop: asyncio.AbstractEventLoop, program: Program, arrivals: Arrivals) -> int:
    """Let a program live, and hear meanwhile of what comes from outside."""
    heard = (
        arrivals.summoned.connect(program.summon),
        arrivals.leaving.connect(program.keep),
    )
    try:
        return loop.run_until_complete(program.live())
    finally:
        for each in heard:
            QObject.disconnect(each)


@contextmanager
def event_loop(qt: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Give asyncio's loop on that of Qt; at the end, cancel the tasks that are left on it and await them."""
    # Only now: what the window does not need in order to appear.
    from playhead.windowloop import WindowLoop

    with WindowLoop(qt) as loop, kept(loop):
        loop.set_default_executor(threads_aside())
        yield loop
