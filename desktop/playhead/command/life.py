"""Life of a command: profile, lock, log, event loop and signals around its one coroutine."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack, closing
from typing import Any

from playhead.command.exitstatus import STOPPED, ExitStatus, Halt
from playhead.command.exporting import ExportCommand
from playhead.command.exportorder import ordered
from playhead.command.listcommand import ListCommand
from playhead.command.sessionopening import SessionOpening, now
from playhead.command.summary import STDOUT, Summary, write
from playhead.command.terminal import Terminal
from playhead.command.watchedexport import WatchedExport
from playhead.command.wording import LIST_GOES_ON, LIST_STOPPED, told
from playhead.core.errors import ProfileInUse
from playhead.core.loopkeeping import PlainLoop, heed_signals, kept
from playhead.core.session import Session
from playhead.machine.instance import held
from playhead.machine.log import logging_to
from playhead.machine.paths import Profile
from playhead.machine.workplace import program
from playhead.runparts import export_needs, this_workplace

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """A signal stopped the command; `number` is its."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(given: argparse.Namespace) -> int:
    """Run the command that the command line gives; gives its exit status."""
    terminal = Terminal(sys.stderr, quiet=given.quiet)
    summary = Summary(program(), given.command, given.filter, now())
    try:
        done = _lived(given, terminal, summary)
        status, word = int(done), done.word
    except Halt as halt:
        terminal.warn(halt.sentence)
        summary.problem(halt.sentence)
        status, word = int(halt.status), halt.status.word
    except Stopped as stopped:
        status, word = STOPPED + stopped.number, "stopped"
    if given.summary is not None and not (given.command == "list" and given.summary == STDOUT):
        try:
            write(summary.text(word, status, now()), given.summary)
        except OSError as error:
            terminal.warn(f"The summary could not be written to {given.summary}: {error.strerror}.")
            status = status or ExitStatus.DONE_WITH_FAILURES
    return status


def _lived(given: argparse.Namespace, terminal: Terminal, summary: Summary) -> ExitStatus:
    """Do what is asked, with the profile held. Raises `Halt` and `Stopped`."""
    if given.command == "list" and given.summary == STDOUT:
        raise Halt("A list goes to standard output itself. Give --summary the name of a file.")
    with ExitStack() as stack:
        profile = _profile(given, stack)
        try:
            profile.create()
        except OSError as error:
            raise Halt(f"Playhead cannot make its folder {profile.folder}: {error.strerror}.") from error
        stack.enter_context(logging_to(profile.log, given.log_level, crash=profile.crash))
        try:
            stack.enter_context(held(profile.lock))
        except ProfileInUse as error:
            raise Halt(told(error), ExitStatus.IN_USE) from error
        if given.demo and given.profile is not None:
            profile = stack.enter_context(profile.for_demo())
        try:
            return _run(_Work(given, profile, terminal, summary).done)
        except (Halt, Stopped):
            raise
        except Exception as error:
            # Not left to the interpreter's last words: the log leaves out what is private.
            _log.exception("ended by an error")
            sentence = f"Something in Playhead itself went wrong, and it ends. See {profile.log}."
            raise Halt(sentence, ExitStatus.BROKEN) from error


def _profile(given: argparse.Namespace, stack: ExitStack) -> Profile:
    """The profile that is used; a demo gets one that is removed at the end. Raises `Halt`."""
    if given.demo and given.profile is None:
        return stack.enter_context(Profile.temporary())
    profile = Profile(given.profile) if given.profile is not None else Profile.default()
    if profile is None:
        raise Halt("There is no home in which a profile could be. Give one with --profile.")
    if not given.demo and not profile.settings.exists():
        # Of a name with a slip in it, no folder is to be left.
        raise Halt(f"No account is connected in {profile.folder}. Open Playhead and connect one.")
    return profile


class _Work:
    """The coroutine of a command."""

    def __init__(
        self, given: argparse.Namespace, profile: Profile, terminal: Terminal, summary: Summary
    ) -> None:
        self._given = given
        self._opening = SessionOpening(profile, terminal)
        self._terminal = terminal
        self._summary = summary

    async def done(self) -> ExitStatus:
        """Open the session, and do what is asked with it. Raises `Halt`."""
        given = self._given
        async with AsyncExitStack() as stack:
            if given.demo:
                session = await self._opening.demo(stack, given.demo_size)
            else:
                session = await self._opening.own(stack)
            if given.command == "list":
                return await self._list(session)
            return await self._export(session)

    async def _list(self, session: Session) -> ExitStatus:
        try:
            listing = ListCommand(session, self._terminal, self._summary)
            return await listing.run(self._given.filter, self._given.format)
        except asyncio.CancelledError:
            sentence = LIST_STOPPED if self._given.demo else f"{LIST_STOPPED} {LIST_GOES_ON}"
            self._terminal.warn(sentence)
            self._summary.problem(sentence)
            raise

    async def _export(self, session: Session) -> ExitStatus:
        needs = export_needs(session, *await asyncio.to_thread(this_workplace))
        watched = WatchedExport(session.catalogue.exports, needs, self._terminal)
        command = ExportCommand(session, watched, self._terminal, self._summary)
        try:
            return await command.run(ordered(self._given, self._opening.preferences))
        except asyncio.CancelledError:
            self._terminal.warn(watched.stopped)
            self._summary.problem(watched.stopped)
            raise


def _run(work: Callable[[], Any]) -> ExitStatus:
    """Run a coroutine to its end. Raises `Stopped` if a signal ended it."""
    numbers: list[int] = []
    with closing(PlainLoop()) as loop, kept(loop):
        task = loop.create_task(work(), name="command")

        def stop(number: int) -> None:
            numbers.append(number)
            task.cancel()

        heed_signals(loop, stop)
        try:
            done: ExitStatus = loop.run_until_complete(task)
        except asyncio.CancelledError:
            if not numbers:
                raise RuntimeError("cancelled by nobody") from None
            raise Stopped(numbers[0]) from None
        return done
