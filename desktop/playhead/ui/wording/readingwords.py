"""Words for transcripts: how far reading them is, what came of it, and for how many an answer is known."""

from collections.abc import Sequence

from playhead.core import figures
from playhead.core.finding.speechcoverage import SpeechCoverage
from playhead.core.loading.transcriptwork import ReadOutcome
from playhead.core.worklists.workstates import Added, WorkProgress
from playhead.ui.wording import words
from playhead.ui.wording.workwords import HOLDS

KEPT = (
    "Only what the provider has written down is read; nothing is ordered, and no audio is fetched. "
    "Transcripts are kept, encrypted, up to the limit in the preferences."
)


class ReadingWords:
    """Words of reading transcripts."""

    name = "reading"
    title = "Transcripts"
    icon = "transcript"
    noun = "reading"
    begins = "Reading of transcripts"
    show = "What was read"
    show_tip = "Show the recordings whose transcripts were read"

    def how_far(self, progress: WorkProgress) -> str:
        """`128 of 1 204 read · 40 a second · 12 min left · 3 not given`, or why it waits."""
        parts = [_done(progress)]
        if progress.held is not None:
            parts = [HOLDS[progress.held], *parts]
        elif progress.rate >= 1:
            parts.append(f"{figures.number(round(progress.rate))} a second")
        if progress.left and progress.held is None:
            parts.append(f"{words.length(progress.left)} left")
        return " · ".join([*parts, *_troubles(progress)])

    def looking(self, number: int) -> str:
        """Sentence while it is looked which are read."""
        return f"Looking which transcripts of {words.count(number, 'recording')} are read…"

    def nothing(self, added: Added) -> str:
        """Sentence on recordings of which no transcript is to be read."""
        parts = []
        if added.done:
            were = "transcript is" if added.done == 1 else "transcripts are"
            parts.append(f"{figures.number(added.done)} {were} read already")
        if added.unripe:
            have = "has" if added.unripe == 1 else "have"
            parts.append(f"{words.count(added.unripe, 'recording')} {have} none")
        return (
            f"Nothing is left to read: {' and '.join(parts)}." if parts else "Nothing is selected to be read."
        )

    def ended(self, progress: WorkProgress, refused: Sequence[str] = (), *, stopped: bool = False) -> str:
        """Sentence on its end; `refused` are the labels of accounts that want another key."""
        parts = [_done(progress), *_troubles(progress)]
        if stopped:
            parts.append("stopped; what is read stays")
        if refused:
            who = ", ".join(refused)
            parts.append(f"{who} does not accept the key that Playhead has: reconnect, and it goes on")
        return " · ".join(parts)


def said_coverage(coverage: SpeechCoverage) -> str:
    """`12 match in 340 transcripts read, 860 exist, 2 400 recordings have none`."""
    matching = f"{figures.number(coverage.matching)} {'matches' if coverage.matching == 1 else 'match'}"
    read = f"{words.count(coverage.read, 'transcript')} read"
    exist = f"{figures.number(coverage.existing)} {'exists' if coverage.existing == 1 else 'exist'}"
    none = f"{words.count(coverage.none, 'recording')} {'has' if coverage.none == 1 else 'have'} none"
    parts = [f"{matching} in {read}", exist]
    parts.append(none if coverage.listed else f"{none} as far as the provider’s list was read")
    if coverage.let_go:
        parts.append(f"{figures.number(coverage.let_go)} were let go of for want of room")
    if coverage.unindexed:
        parts.append(
            f"{words.count(coverage.unindexed, 'transcript')} {_is(coverage.unindexed)} still being indexed"
        )
    return ", ".join(parts)


def read_of(coverage: SpeechCoverage) -> str:
    """`340 of 860 transcripts read`: the same where there is little room."""
    return f"{figures.number(coverage.read)} of {words.count(coverage.existing, 'transcript')} read"


def to_read(coverage: SpeechCoverage) -> str:
    """`1 204 recordings: 340 are read, 852 are to be read, 12 have no transcript`."""
    number = words.count(coverage.recordings, "recording")
    read = figures.number(coverage.read)
    unread = figures.number(coverage.unread)
    none = figures.number(coverage.none)
    return (
        f"{number}: {read} {_is(coverage.read)} read, {unread} {_is(coverage.unread)} to be read, "
        f"{none} {'has' if coverage.none == 1 else 'have'} no transcript."
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _done(progress: WorkProgress) -> str:
    read = progress.outcomes.get(ReadOutcome.READ, 0)
    return f"{figures.number(read)} of {figures.number(progress.total)} read"


def _troubles(progress: WorkProgress) -> list[str]:
    kinds = ((ReadOutcome.NONE, "not given"), (ReadOutcome.FAILED, "could not be read"))
    return [
        f"{figures.number(progress.outcomes[each])} {text}"
        for each, text in kinds
        if progress.outcomes.get(each)
    ]
