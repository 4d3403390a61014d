"""Sidecar files of a kept file: a copy in another form, and the transcript."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from playhead.core.errors import PlayheadError
from playhead.core.exports.choices import Choices, CopyForm
from playhead.core.exports.diskaccess import require_way, translated
from playhead.core.exports.engine.journal import Journal
from playhead.core.exports.engine.needs import Needs, Said
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.exports.files import PartFile
from playhead.core.exports.naming import candidates, safe_part, same_file
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report, State, flaw, reason
from playhead.core.jobs import to_its_end
from playhead.core.likeness.judging import names
from playhead.core.marks import Spans

_MARKED = 500
"""For how many recordings stars and notes are asked at once."""


class Sidecars:
    """Adds to outcomes what was chosen. Nothing that fails here costs the audio."""

    def __init__(
        self, plan: Plan, choices: Choices, needs: Needs, target: TargetFolder, journal: Journal
    ) -> None:
        self._folder = plan.folder
        self._target = target
        self._planned = _planned(plan)
        self._form = choices.copy
        self._copier = needs.copier
        self._said = needs.said if choices.transcripts else None
        self._journal = journal

    def wants(self, outcome: Outcome) -> bool:
        """Tell whether anything is missing beside this file."""
        return outcome.state.has_file and (self._wants_copy(outcome) or self._wants_transcript(outcome))

    async def complete(self, place: int, outcome: Outcome) -> Outcome:
        """`outcome` with what could be put beside it, and why something could not."""
        if self._wants_copy(outcome):
            outcome = await self._copied(place, outcome)
        if self._wants_transcript(outcome):
            outcome = await self._transcribed(outcome)
        return outcome

    def _wants_copy(self, outcome: Outcome) -> bool:
        sound = outcome.state is State.KEPT
        return sound and self._form is not None and self._copier is not None and outcome.copy is None

    def _wants_transcript(self, outcome: Outcome) -> bool:
        # Whatever the provider says of the recording itself: its list tells, and that is asked first.
        return self._said is not None and outcome.transcript is None

    async def _copied(self, place: int, outcome: Outcome) -> Outcome:
        assert self._form is not None
        part = PartFile(self._folder, _copy_path(outcome.path, self._form, self._planned))
        try:
            holes = await self._target.disk.run(self._make_copy, outcome, part)
            return await to_its_end(self._named(place, replace(outcome, copy_flaw=flaw(holes)), part))
        except PlayheadError as error:
            return replace(outcome, copy_failure=reason(error))
        finally:
            await to_its_end(self._target.disk.run(part.discard))

    def _make_copy(self, outcome: Outcome, part: PartFile) -> Spans:
        copier, form = self._copier, self._form
        assert copier is not None
        assert form is not None
        self._target.require()
        with translated():
            require_way(self._folder, outcome.path)
        holes = Spans()

        def make(target: Path) -> None:
            nonlocal holes
            source = self._folder / outcome.path
            told = names(outcome.recording, outcome.media_type)
            holes = copier.copy(source, form, target, told)

        part.fill(make)
        return holes

    async def _named(self, place: int, outcome: Outcome, part: PartFile) -> Outcome:
        while True:
            kept = await self._target.disk.run(part.complete)
            copied = replace(outcome, copy=kept, copy_failure="")
            await self._journal.settle(place, copied)
            await self._target.disk.run(self._target.require)
            if await self._target.disk.run(part.name, kept.path):
                await self._target.disk.run(self._target.watch, [copied])
                return copied

    async def _transcribed(self, outcome: Outcome) -> Outcome:
        assert self._said is not None
        try:
            transcript = await self._said.transcript(outcome.recording)
        except PlayheadError as error:
            return replace(outcome, transcript_failure=reason(error))
        return replace(outcome, transcript=transcript, transcript_failure="")


def copies_of(plan: Plan, form: CopyForm | None, outcomes: Iterable[Outcome]) -> frozenset[str]:
    """The paths that the copies of those which are kept are to get: by these their parts are called."""
    if form is None:
        return frozenset()
    planned = _planned(plan)
    return frozenset(_copy_path(each.path, form, planned) for each in outcomes if each.state is State.KEPT)


def _planned(plan: Plan) -> frozenset[str]:
    """Spellings of the paths that no copy may have."""
    return frozenset(same_file(file.path) for file in plan.files)


def _copy_path(path: str, form: CopyForm, planned: frozenset[str]) -> str:
    """A path for the copy of the file at `path` that no file of the plan has."""
    folder, slash, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    wanted = f"{folder}{slash}{safe_part(stem, suffix=f'.{form}')}"
    return next(copy for copy in candidates(wanted) if same_file(copy) not in planned)


async def marked(report: Report, said: Said) -> Report:
    """`report` with the health of its recordings, what was said in them and, if chosen, stars and notes.

    If these are missing, it has the reason.
    """
    chosen = report.choices.marks
    outcomes: list[Outcome] = []
    try:
        for start in range(0, len(report.outcomes), _MARKED):
            some = report.outcomes[start : start + _MARKED]
            recordings = [outcome.recording for outcome in some]
            found = await said.marks(recordings)
            words = await said.passages(recordings, report.choices.query)
            outcomes += [
                replace(
                    each, marks=marks if chosen else None, health=marks.health, said=heard, same=marks.same
                )
                for each, marks, heard in zip(some, found, words, strict=True)
            ]
    except PlayheadError as error:
        return replace(report, marks_failure=error) if chosen else report
    return replace(report, outcomes=tuple(outcomes))
