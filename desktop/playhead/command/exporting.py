"""The command that exports what matches a filter."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from playhead.command.exitstatus import ExitStatus, Halt
from playhead.command.summary import Summary
from playhead.command.terminal import Terminal
from playhead.command.watchedexport import WatchedExport
from playhead.command.wholesearch import Matches, WholeSearch
from playhead.command.wording import told
from playhead.core.errors import CatalogueError, ExportError, ExportUnreadable
from playhead.core.exports.audit import PastExport, read_export
from playhead.core.exports.choices import Choices
from playhead.core.exports.exportplanner import ExportPlanner
from playhead.core.exports.needs import Earlier
from playhead.core.exports.report import Report
from playhead.core.exports.target import holds_export, look_at
from playhead.core.exports.template import Template, TemplateError
from playhead.core.figures import number
from playhead.core.finding.query import Query, QueryError
from playhead.core.loading.batches import in_batches
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Entry
from playhead.ui.wording import words
from playhead.ui.wording.exportwords import ended, trouble
from playhead.ui.wording.whereabouts import zone_name

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is to be exported, and whereto."""

    query: str
    folder: Path
    """An absolute path."""
    own: bool
    """The export gets a new folder in it."""
    only_new: bool
    choices: Choices

    @property
    def text(self) -> str:
        """Filter that finds what is to be exported."""
        if not self.only_new:
            return self.query
        return f"({self.query}) -is:exported" if self.query.strip() else "-is:exported"


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
        self._wrong = False
        """Whether anything is not as it should be."""

    async def run(self, order: ExportOrder) -> ExitStatus:
        """Carry out `order`. Raises `Halt`."""
        query = self._understood(order)
        try:
            return await self._carried_out(order, query)
        except (ExportError, ExportUnreadable) as error:
            raise Halt(told(error), _status_of(error)) from error
        except CatalogueError as error:
            full = error.reason == "full"
            raise Halt(told(error), ExitStatus.PAUSED if full else ExitStatus.DONE_WITH_FAILURES) from error

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
        interrupted = await self._interrupted(order)
        if interrupted is None:
            await self._require_room(order)
        else:
            order = replace(order, folder=interrupted.choices.handed_on(interrupted.plan.folder), own=False)
            await self._go_on(interrupted)
        matches = await WholeSearch(self._session, self._terminal).find(query)
        self._note(matches)
        recordings = [
            each
            async for some in in_batches(self._session.catalogue.recordings, matches.ids)
            for each in some
        ]
        begun = await self._exported(order, recordings, matches.coverage, interrupted)
        if self._wrong:
            return ExitStatus.DONE_WITH_FAILURES
        return ExitStatus.DONE if begun or interrupted is not None else ExitStatus.NOTHING_NEW

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

    # What was cut short

    async def _interrupted(self, order: ExportOrder) -> Entry | None:
        """The latest export of the journal that was cut short on its way to where this one goes."""
        exports = self._session.catalogue.exports
        for brief in reversed(await exports.briefs()):
            folder = brief.choices.handed_on(brief.folder)
            same = folder.parent == order.folder and brief.choices.query == order.text
            if not brief.ended and (same if order.own else folder == order.folder):
                return await exports.entry(brief.number)
        return None

    async def _go_on(self, entry: Entry) -> None:
        folder = entry.plan.folder
        self._terminal.say(
            f"Going on with the export to {entry.choices.handed_on(folder)} that was cut short."
        )
        past = await asyncio.to_thread(_past_in, folder)
        earlier = Earlier(
            done=entry.outcomes, replaces=past.replaces if past is not None else (), began=entry.first_run
        )
        report = await self._watched.go_on(entry, earlier)
        self._tell(report, {file.recording.key for file in entry.plan.files})

    # What is lacking

    async def _exported(
        self, order: ExportOrder, recordings: Sequence[Recording], coverage: str, entry: Entry | None
    ) -> bool:
        """Export those of `recordings` that are not where they are to be; False if there are none.

        `entry` is of the export there that was cut short, and is at its end now.
        """
        choices = replace(order.choices, query=order.text, coverage=coverage)
        past = None if order.own else await asyncio.to_thread(_past_in, order.folder)
        lacking = await asyncio.to_thread(_lacking, recordings, past)
        if entry is not None and past is None:
            self._leave_out(lacking, entry)
            return False
        if not any(each.playable for each in lacking):
            self._terminal.say("There is nothing new to export.")
            self._summary.note("folder", None if past is None else str(order.folder))
            return False
        self._terminal.say(f"Exporting {words.count(len(lacking), 'recording')}.")
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

    def _leave_out(self, recordings: Sequence[Recording], entry: Entry) -> None:
        """Say of `recordings` that are not in the export of `entry` that its folder cannot be added to."""
        there = {file.recording.key for file in entry.plan.files}
        more = [each for each in recordings if each.playable and each.key not in there]
        if more:
            sentence = f"{words.count(len(more), 'recording')} came since: run the command again for them."
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
                f"{number(len(wrong))} are not as they should be; the report in {folder} says why."
            )
        if problem is not None:
            self._terminal.warn(told(problem))
            self._summary.problem(told(problem))
        if report.stopped is not None and report.stopped.reason == "full":
            raise Halt(told(report.stopped), ExitStatus.PAUSED)
        self._wrong = self._wrong or bool(wrong) or problem is not None


def _status_of(error: Exception) -> ExitStatus:
    return (
        ExitStatus.PAUSED if isinstance(error, ExportError) and error.reason == "full" else ExitStatus.REFUSED
    )


def _past_in(folder: Path) -> PastExport | None:
    """The export that `folder` holds, if it holds one. Raises `ExportUnreadable`. Waits for the disk."""
    return read_export(folder) if holds_export(folder) else None


def _lacking(recordings: Sequence[Recording], past: PastExport | None) -> Sequence[Recording]:
    """Those of `recordings` of which `past` has no file in its folder. Waits for the disk."""
    if past is None:
        return recordings
    there = {key for key, kept in past.audio.items() if _size(past.folder / kept.path) == kept.size}
    return [each for each in recordings if each.key not in there]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
