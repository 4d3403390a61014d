"""The command that exports what matches a filter."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from playhead.command.cutshort import CutShort, past_in
from playhead.command.exitstatus import ExitStatus, Halt, status_of
from playhead.command.exportorder import ExportOrder
from playhead.command.summary import Summary
from playhead.command.terminal import Terminal
from playhead.command.watchedexport import WatchedExport
from playhead.command.wholesearch import Matches, WholeSearch
from playhead.command.wording import told
from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.audit import PastExport
from playhead.core.exports.engine.needs import Earlier
from playhead.core.exports.exportplanner import ExportPlanner
from playhead.core.exports.report import Report
from playhead.core.exports.target import look_at
from playhead.core.exports.template import Template, TemplateError
from playhead.core.figures import number
from playhead.core.finding.query import Query, QueryError
from playhead.core.loading.batches import in_batches
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.wording import words
from playhead.ui.wording.exportwords import ended, trouble
from playhead.ui.wording.whereabouts import zone_name

Key = tuple[str, str]


class ExportCommand:
    """Finds what matches, goes on with what was cut short, and exports what is lacking."""

    def __init__(
        self, session: Session, watched: WatchedExport, terminal: Terminal, summary: Summary
    ) -> None:
        self._session = session
        self._watched = watched
        self._terminal = terminal
        self._summary = summary
        self._planner = ExportPlanner(session, zone_name)
        self._cut_short = CutShort(session.catalogue.exports, watched, terminal)
        self._wrong = False
        """Whether anything is not as it should be."""

    async def run(self, order: ExportOrder) -> ExitStatus:
        """Carry out `order`. Raises `Halt`."""
        query = self._understood(order)
        try:
            return await self._carried_out(order, query)
        except (ExportError, ExportUnreadable) as error:
            raise Halt(told(error), status_of(error, ExitStatus.REFUSED)) from error
        except CatalogueError as error:
            raise Halt(told(error), status_of(error, ExitStatus.DONE_WITH_FAILURES)) from error

    def _understood(self, order: ExportOrder) -> Query:
        try:
            Template.parse(order.choices.template)
            self._session.library.understand(order.query)
            return self._session.library.understand(order.text)
        except QueryError as error:
            raise Halt(f"The filter cannot be used: {error.sentence}") from error
        except TemplateError as error:
            raise Halt(told(error)) from error

    async def _carried_out(self, order: ExportOrder, query: Query) -> ExitStatus:
        entries = await self._cut_short.on_the_way(order)
        if not entries:
            await self._require_room(order)
        for entry in entries:
            self._tell(await self._cut_short.go_on(entry), {each.recording.key for each in entry.plan.files})
        matches = await WholeSearch(self._session, self._terminal).find(query)
        self._note(matches)
        there = {each.recording.key for entry in entries for each in entry.plan.files}
        begun = await self._exported(order, await self._read(matches), matches.coverage, there)
        if self._wrong:
            return ExitStatus.DONE_WITH_FAILURES
        return ExitStatus.DONE if begun or entries else ExitStatus.NOTHING_NEW

    async def _read(self, matches: Matches) -> Sequence[Recording]:
        batches = in_batches(self._session.catalogue.recordings, matches.ids)
        return [each async for some in batches for each in some]

    def _note(self, matches: Matches) -> None:
        self._summary.note("matching", len(matches.ids))
        self._summary.note("coverage", matches.coverage)
        self._terminal.say(f"{words.count(len(matches.ids), 'recording')} found.")
        for sentence in matches.problems.values():
            self._terminal.warn(sentence)
            self._summary.problem(sentence)
        self._wrong = self._wrong or bool(matches.problems)

    # Where

    async def _require_room(self, order: ExportOrder) -> None:
        target = await asyncio.to_thread(look_at, order.folder)
        if target.problem is not None:
            raise ExportError(target.problem)
        if target.occupied and not target.export and not order.own:
            raise Halt(
                f"{order.folder} holds something that is no export of Playhead, or one without its "
                "recordings.json. Choose another folder, or add --new-folder to export into a new one in it."
            )

    # What is lacking

    async def _exported(
        self, order: ExportOrder, recordings: Sequence[Recording], coverage: str, there: Collection[Key]
    ) -> bool:
        """Export those of `recordings` that are not where they are to be; False if there are none.

        `there` are the keys of those that this run has just gone on with.
        """
        choices = replace(order.choices, query=order.text, coverage=coverage)
        past = None if order.own else await asyncio.to_thread(past_in, order.folder)
        lacking = await asyncio.to_thread(_lacking, recordings, past, there)
        sounding = sum(each.playable for each in lacking)
        if not sounding:
            self._terminal.say("There is nothing new to export.")
            return False
        if past is None and there and not order.own:
            self._leave_out(sounding)
            return False
        self._terminal.say(f"Exporting {words.count(sounding, 'recording')}.")
        if past is not None:
            more = await self._planner.joined(lacking, order.folder, choices)
            plan, choices = more.plan, more.choices
            earlier = Earlier(done=more.done, replaces=more.replaces)
        else:
            plan = await self._planner.fresh(lacking, order.folder, choices, own=order.own)
            earlier = Earlier()
        report = await self._watched.begin(plan, choices, earlier)
        self._tell(report, {each.key for each in recordings})
        return True

    def _leave_out(self, number: int) -> None:
        """Say of so many recordings that the folder, which has no recordings.json, cannot be added to."""
        sentence = (
            f"{words.count(number, 'recording')} came since, and the folder cannot be added to: it has no "
            "recordings.json. Export them into another folder."
        )
        self._terminal.warn(sentence)
        self._summary.problem(sentence)
        self._wrong = True

    def _tell(self, report: Report, wanted: Collection[Key]) -> None:
        folder = report.choices.handed_on(report.plan.folder)
        self._summary.note("folder", str(folder))
        wrong, problem = self._summary.report(report, wanted), trouble(report)
        self._terminal.say(f"{ended(report)} · {folder}")
        if wrong:
            self._terminal.warn(
                f"{number(len(wrong))} failed or are in doubt: the report or the tables in {folder} say why."
            )
        if problem is not None:
            self._terminal.warn(told(problem))
            self._summary.problem(told(problem))
        if report.stopped is not None and report.stopped.reason == "full":
            raise Halt(told(report.stopped), ExitStatus.PAUSED)
        self._wrong = self._wrong or bool(wrong) or problem is not None


def _lacking(
    recordings: Sequence[Recording], past: PastExport | None, there: Collection[Key]
) -> Sequence[Recording]:
    """Those of `recordings` that are not `there`, and that `past` has no file of in its folder.

    Waits for the disk.
    """
    held = set(there)
    if past is not None:
        held |= {key for key, kept in past.audio.items() if _size(past.folder / kept.path) == kept.size}
    return [each for each in recordings if each.key not in held]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
