"""What is said of exports: how one ended, and how far one is that was cut short."""

from collections import Counter
from collections.abc import Mapping, Sequence

from playhead.core.errors import PlayheadError
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.ports import Entry
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence


def trouble(report: Report) -> PlayheadError | None:
    """What went wrong with an export as a whole, if something did."""
    return report.stopped or report.sheets_failure or report.journal_failure or report.marks_failure


def ended(report: Report) -> str:
    """`300 files exported, 144 MB · 2 failed`."""
    parts = [_counts(report.plan, dict(enumerate(report.outcomes)))]
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
        parts.append("cancelled; what is finished stays")
    return " · ".join(parts)


def so_far(plan: Plan, outcomes: Mapping[int, Outcome]) -> str:
    """How an export of an earlier run of the program had ended."""
    return _counts(plan, outcomes)


def interrupted(entries: Sequence[Entry]) -> str:
    """The sentence of the notice that offers to continue."""
    if len(entries) == 1:
        (entry,) = entries
        kept = _number(entry.outcomes, State.KEPT)
        there = f"{words.number(kept)} {'is' if kept == 1 else 'are'} there" if kept else "none is there yet"
        what = f"An export of {words.count(len(entry.plan.files), 'recording')} to {entry.plan.folder.name}"
        return f"{what} was interrupted: {there}."
    return f"{words.number(len(entries))} exports were interrupted. What is finished is there."


def _counts(plan: Plan, outcomes: Mapping[int, Outcome]) -> str:
    states = Counter(each.state for each in outcomes.values())
    size = sum(each.size for each in outcomes.values())
    left = states[State.LEFT] + len(plan.files) - len(outcomes)
    parts = [f"{words.count(states[State.KEPT], 'file')} exported, {words.size(size)}"]
    present = sum(each.present for each in outcomes.values())
    if present:
        parts.append(f"{words.number(present)} of them were there already")
    if states[State.SKIPPED]:
        parts.append(f"{words.number(states[State.SKIPPED])} without audio")
    if states[State.FAILED]:
        parts.append(f"{words.number(states[State.FAILED])} failed")
    if left:
        parts.append(f"{words.number(left)} not begun")
    return " · ".join(parts)


def _number(outcomes: Mapping[int, Outcome], state: State) -> int:
    return sum(each.state is state for each in outcomes.values())
