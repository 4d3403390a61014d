"""What was said in plain text: who spoke, and when, as far as its lines begin with that.

No standard tells how; `Agent: Hello`, `[00:12] Agent: Hello` and `Agent (0:12): Hello` are common.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from playhead.core.transcript import Line
from playhead.providers.http.limits import TRANSCRIPT_BYTES
from playhead.providers.reading.rawfields import LONGEST_NAME, period, shown
from playhead.providers.reading.sides import sides_of

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
_SAID = re.compile(
    rf"(?:[\[(]?(?P<before>{_CLOCK})[\])]?(?=\s)\s*[-\u2013\u2014]?\s*)?"
    rf"(?:(?P<who>[^\W_][^:\uff1a.?!,;\[\]()]{{0,39}}?)\s*(?:[\[(](?P<behind>{_CLOCK})[\])]\s*)?(?::(?=\s|$)|\uff1a))?"
    r"\s*(?P<words>.*)",
    re.DOTALL,
)
_FEWEST_VOICES = 2


@dataclass(frozen=True, slots=True)
class _Remark:
    when: float | None
    who: str
    words: str


def plain_speech(text: str, duration: float | None) -> tuple[Line, ...]:
    """The lines of `text`, by speaker where it names them; without times (0) where it tells none.

    `duration` of the recording, in seconds, ends the last one if its time is known.
    """
    remarks = [_remark(row) for row in text.splitlines() if shown(row, TRANSCRIPT_BYTES)]
    if not remarks:
        return ()
    if _few([each.who for each in remarks]):
        return _lines(_joined(remarks, [bool(each.who) for each in remarks]), duration)
    if 2 * sum(each.when is not None for each in remarks) >= len(remarks):
        return _lines(_joined(remarks, [each.when is not None for each in remarks]), duration)
    return (Line(start=0.0, end=0.0, text=shown(text, TRANSCRIPT_BYTES)),)


def _remark(row: str) -> _Remark:
    row = shown(row, TRANSCRIPT_BYTES)
    found = _SAID.fullmatch(row)
    if found is None:
        return _Remark(None, "", row)
    return _Remark(period(found["before"] or found["behind"] or ""), found["who"] or "", found["words"])


def _few(names: Sequence[str]) -> bool:
    """True if these are names of speakers: most lines have one, and no more than can talk in a call."""
    named = [name for name in names if name]
    return 2 * len(named) >= len(names) and len(set(named)) <= max(_FEWEST_VOICES, len(named) // 2)


def _joined(remarks: Sequence[_Remark], begins: Sequence[bool]) -> Sequence[_Remark]:
    """The remarks, each with the rows behind it that begin no other."""
    found: list[tuple[_Remark, list[str]]] = []
    for each, first in zip(remarks, begins, strict=True):
        if first or not found:
            found.append((each, [each.words]))
        else:
            # What looks like a name there is one of the words.
            found[-1][1].append(f"{each.who}: {each.words}" if each.who else each.words)
    whole = (_Remark(each.when, each.who, " ".join(filter(None, words))) for each, words in found)
    return [each for each in whole if each.words]


def _lines(remarks: Sequence[_Remark], duration: float | None) -> tuple[Line, ...]:
    sides = sides_of({each.who for each in remarks if each.who})
    starts = _starts(remarks)
    timed = any(starts)
    ends = [max(pair) for pair in pairwise([*starts, max([duration or 0.0, *starts[-1:]])])]
    return tuple(
        Line(
            start=start,
            end=end if timed else 0.0,
            text=each.words,
            speaker=shown(each.who, LONGEST_NAME) or None,
            side=sides.get(each.who),
        )
        for each, start, end in zip(remarks, starts, ends, strict=True)
    )


def _starts(remarks: Sequence[_Remark]) -> Sequence[float]:
    """When each begins; one that does not tell it begins with the one before. All 0 if most do not."""
    if 2 * sum(each.when is not None for each in remarks) < len(remarks):
        return [0.0] * len(remarks)
    starts: list[float] = []
    for each in remarks:
        before = starts[-1] if starts else 0.0
        starts.append(before if each.when is None else each.when)
    return starts
