"""Words for exports: how one ended, and how far one is that was cut short."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from playhead.core import figures
from playhead.core.errors import PlayheadError
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.stores import Brief
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence

_PAUSES: Mapping[str, str] = {
    "person": "Paused · {done}",
    "full": "The disk is full{room}. It goes on by itself when there is room.",
    "missing": "The folder cannot be reached; look after its disk. It goes on by itself when it is back.",
    "network": "No account can be reached. It goes on by itself when the network is back.",
    "moved": "Another folder is in its place; put the first one back. It goes on by itself then.",
    "disk": "The disk reports faults; look after it. It goes on by itself when it works again.",
    "readonly": "The folder cannot be written now. It goes on by itself when it can.",
}
_OTHER_PAUSE = "The folder does not take the files now. It goes on by itself when it does."
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


def how_far(progress: Progress) -> str:
    """`12 of 300 · 48 MB of about 1.2 GB · 8 MB/s · 2 min 05 s left · 1 failed`.

    When all are here, copies and sheets may still be in the making: `300 of 300 · 1.1 GB · finishing…`.
    """
    parts = [f"{figures.number(progress.done)} of {figures.number(progress.files)}"]
    fetched = progress.done == progress.files
    if fetched and progress.arrived:
        parts.append(words.size(progress.arrived))
    elif progress.expected:
        parts.append(f"{words.size(progress.arrived)} of about {words.size(progress.expected)}")
    if fetched:
        parts.append("finishing…")
    elif progress.rate >= 1:
        parts.append(f"{words.size(progress.rate)}/s")
    if progress.left is not None and not fetched:
        parts.append(f"{words.length(progress.left)} left")
    if progress.failed:
        parts.append(f"{figures.number(progress.failed)} failed")
    if progress.doubtful:
        parts.append(f"{figures.number(progress.doubtful)} in doubt")
    return " · ".join(parts)


def paused(progress: Progress) -> str:
    """Sentence on why an export pauses, and when it goes on."""
    text = _PAUSES.get(progress.paused or "", _OTHER_PAUSE)
    left = progress.expected - progress.arrived
    room = [f"{words.size(progress.free)} free"] if progress.free is not None else []
    if left > 0:
        room.append(f"about {words.size(left)} more needed")
    done = f"{figures.number(progress.done)} of {figures.number(progress.files)}"
    return text.format(room=f": {', '.join(room)}" if room else "", done=done)
