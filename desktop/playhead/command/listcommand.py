"""The command that lists what matches a filter on standard output."""

import io
import os
import sys

from playhead.command.exitstatus import ExitStatus, Halt, status_of
from playhead.command.summary import Summary
from playhead.command.terminal import Terminal
from playhead.command.wholesearch import WholeSearch
from playhead.command.wording import told
from playhead.core.errors import CatalogueError
from playhead.core.finding.query import Query, QueryError
from playhead.core.finding.speechhits import sought
from playhead.core.loading.batches import in_batches
from playhead.core.session import Session
from playhead.core.zone import SystemZone
from playhead.papers.recordinglist import RecordingList


class ListCommand:
    """Finds what matches, and writes it down."""

    def __init__(self, session: Session, terminal: Terminal, summary: Summary) -> None:
        self._session = session
        self._terminal = terminal
        self._summary = summary

    async def run(self, text: str, form: str) -> ExitStatus:
        """List what the filter `text` finds as `form`. Raises `Halt`."""
        library = self._session.library
        try:
            query = library.understand(text)
        except QueryError as error:
            raise Halt(f"The filter cannot be used: {error.sentence}") from error
        try:
            matches = await WholeSearch(self._session, self._terminal).find(query)
            self._summary.note("matching", len(matches.ids))
            self._summary.note("coverage", matches.coverage)
            await self._write(query, matches.ids, form)
        except CatalogueError as error:
            raise Halt(told(error), status_of(error, ExitStatus.DONE_WITH_FAILURES)) from error
        except BrokenPipeError:
            # Whoever reads it has enough, as `head` has. Python would complain of the rest at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        for sentence in matches.problems.values():
            self._terminal.warn(sentence)
            self._summary.problem(sentence)
        self._terminal.say(matches.coverage)
        return ExitStatus.DONE_WITH_FAILURES if matches.problems else ExitStatus.DONE

    async def _write(self, query: Query, ids: list[int], form: str) -> None:
        labels = {account.id: account.label for account in self._session.library.accounts}
        listed = RecordingList(form, labels, SystemZone(), spoken=bool(sought(query)))
        # Rows of a table end as RFC 4180 says, and nobody may translate that.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        sys.stdout.write(listed.head())
        async for recordings in in_batches(self._session.catalogue.recordings, ids):
            words = await self._session.transcripts.passages(recordings, query)
            sys.stdout.writelines(listed.rows(recordings, words))
        sys.stdout.write(listed.tail())
        sys.stdout.flush()
