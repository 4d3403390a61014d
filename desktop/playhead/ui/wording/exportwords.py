"""Words for exports: how one ended, and how far one is that was cut short."""

from collections import Counter
from collections.abc import Collection, Sequence

from playhead.core import figures
from playhead.core.errors import PlayheadError
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.stores import Brief
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence

_CANCELLED = "cancelled; what is finished stays"


def trouble(report: Report) -> PlayheadError | None:
    """Trouble of an export as a whole, if it had any."""
    return report.stopped or report.sheets_failure or report.journal_failure or report.marks_failure


def ended(report: Report) -> str:
    """`300 files exported, 144 MB · 2 failed`."""
    parts = [_outcomes(len(report.outcomes), report.outcomes)]
    copies = sum(bool(each.copy_failure) for each in report.outcomes)
    if copies:
        parts.append(f"{words.count(copies, 'copy', 'copies')} could not be made")
    transcripts = sum(bool(each.transcript_failure) for each in report.outcomes)
    if transcripts:
        parts.append(f"{words.count(transcripts, 'transcript')} could not be had")
    if report.stopped is not None or report.sheets_failure is not None:
        wrong = report.stopped or report.sheets_failure
        assert wrong is not None
        parts.append(sentence(wrong))
    elif report.journal_failure is not None:
        parts.append("it could not be written down, so it cannot be continued after a crash")
    elif report.marks_failure is not None:
        parts.append("stars and notes could not be read")
    if report.cancelled:
        parts.append(_CANCELLED)
    return " · ".join(parts)


def so_far(brief: Brief) -> str:
    """Sentence on how an export of an earlier run of the program had ended."""
    return _counts(Counter(brief.states), brief.files, brief.size, brief.present)


def cancelled(files: int, outcomes: Collection[Outcome]) -> str:
    """Sentence on an export of so many files that was cancelled before it went on; the outcomes stand."""
    return f"{_outcomes(files, outcomes)} · {_CANCELLED}"


def cancelled_unread(brief: Brief) -> str:
    """The same of one of an earlier run of the program."""
    return f"{so_far(brief)} · {_CANCELLED}"


def interrupted(briefs: Sequence[Brief]) -> str:
    """The sentence of the notice that offers to continue."""
    if len(briefs) == 1:
        (brief,) = briefs
        kept = brief.here
        folder = brief.choices.handed_on(brief.folder)
        there = (
            f"{figures.number(kept)} {'is' if kept == 1 else 'are'} there" if kept else "none is there yet"
        )
        what = f"An export of {words.count(brief.files, 'recording')} to {folder.name or folder}"
        return f"{what} was interrupted: {there}."
    return f"{figures.number(len(briefs))} exports were interrupted. What is finished is there."


def doubtful(files: int) -> str:
    """`3 more are kept, but Playhead cannot tell whether they are audio`."""
    they = "it is" if files == 1 else "they are"
    more = f"{figures.number(files)} more {'is' if files == 1 else 'are'} kept"
    return f"{more}, but Playhead cannot tell whether {they} audio"


def _outcomes(files: int, outcomes: Collection[Outcome]) -> str:
    states = Counter(each.state for each in outcomes)
    size, present = sum(each.size for each in outcomes), sum(each.present for each in outcomes)
    return _counts(states, files, size, present)


def _counts(states: Counter[State], files: int, size: int, present: int) -> str:
    left = states[State.LEFT] + files - states.total()
    parts = [f"{words.count(states[State.KEPT], 'file')} exported, {words.size(size)}"]
    if present:
        parts.append(f"{figures.number(present)} of them were there already")
    if states[State.DOUBTFUL]:
        parts.append(doubtful(states[State.DOUBTFUL]))
    if states[State.SKIPPED]:
        parts.append(f"{figures.number(states[State.SKIPPED])} without audio")
    if states[State.FAILED]:
        parts.append(f"{figures.number(states[State.FAILED])} failed")
    if left:
        parts.append(f"{figures.number(left)} not fetched")
    return " · ".join(parts)
