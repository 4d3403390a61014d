"""Speech in plain text: words, with speakers and times as far as its lines begin with them.

No standard tells how; `Agent: Hello`, `[00:12] Agent: Hello`, `Agent (0:12): Hello` and `0:12 - 0:15 Hello`
are common.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playhead.core.transcript import Line
from playhead.providers.http.limits import TRANSCRIPT_BYTES
from playhead.providers.reading.rawfields import LONGEST_NAME, period, shown
from playhead.providers.reading.sides import sides_of

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?"
_TO = r"\s*(?:[-\u2010-\u2015\u2212]{1,3}>?|[\u2192\u27f6])\s*"


def _said(ranges: str) -> re.Pattern[str]:
    """Rows of a text; `ranges` is how often a time may be followed by that at which its words end."""
    return re.compile(
        rf"(?:[\[(]?(?P<before>{_CLOCK})(?:{_TO}(?P<till>{_CLOCK})){ranges}[\])]?(?=\s)\s*[-\u2013\u2014]?\s*)?"
        r"(?:(?P<who>[^\W_][^:\uff1a.?!,;\[\]()]{0,39}?)\s*"
        rf"(?:[\[(](?P<behind>{_CLOCK})(?:{_TO}(?P<until>{_CLOCK})){ranges}[\])]\s*)?(?::(?=\s|$)|\uff1a))?"
        r"\s*(?P<words>.*)",
        re.DOTALL,
    )


_SAID, _RANGED = _said("{0}"), _said("?")
_FEWEST_VOICES = 2


@dataclass(frozen=True, slots=True)
class _Remark:
    when: float | None
    till: float | None
    who: str
    words: str


def plain_speech(text: str, duration: float | None) -> tuple[Line, ...]:
    """The lines of `text`, by speaker where it names them; without times (0) where it tells none.

    `duration` of the recording, in seconds, ends the last one if its time is known.
    """
    rows = [row for line in text.splitlines() if (row := shown(line, TRANSCRIPT_BYTES))]
    if not rows:
        return ()
    remarks = [_remark(row, _RANGED) for row in rows]
    if 2 * sum(each.till is not None for each in remarks) < sum(each.when is not None for each in remarks):
        # Behind the time of a few, another is one of the words: `0:05 - 10:30 would be fine`.
        remarks = [_remark(row, _SAID) for row in rows]
    if _few([each.who for each in remarks]):
        return _lines(_joined(remarks, [bool(each.who) for each in remarks]), duration)
    if 2 * sum(each.when is not None for each in remarks) >= len(remarks):
        return _lines(_joined(remarks, [each.when is not None for each in remarks]), duration)
    return (Line(start=0.0, end=0.0, text=shown(text, TRANSCRIPT_BYTES)),)


def _remark(row: str, said: re.Pattern[str]) -> _Remark:
    found = said.fullmatch(row)
    if found is None:
        return _Remark(None, None, "", row)
    when, till = found["before"] or found["behind"], found["till"] or found["until"]
    return _Remark(
        when=period(when) if when else None,
        till=period(till) if till else None,
        who=found["who"] or "",
        words=found["words"],
    )


def _few(names: Sequence[str]) -> bool:
    """True if these are names of speakers: most lines have one, and no more than can talk in a call."""
    named = [name for name in names if name]
    return 2 * len(named) >= len(names) and len(set(named)) <= max(_FEWEST_VOICES, len(named) // 2)


def _joined(remarks: Sequence[_Remark], begins: Sequence[bool]) -> Sequence[_Remark]:
    """The remarks, each with the rows behind it that begin no other."""
    found: list[list[_Remark]] = []
    for each, first in zip(remarks, begins, strict=True):
        if first or not found:
            found.append([each])
        else:
            # What looks like a name there is one of the words.
            found[-1].append(replace(each, words=f"{each.who}: {each.words}") if each.who else each)
    whole = (
        replace(
            rows[0],
            till=next((row.till for row in reversed(rows) if row.till is not None), None),
            words=" ".join(row.words for row in rows if row.words),
        )
        for rows in found
    )
    return [each for each in whole if each.words]


def _lines(remarks: Sequence[_Remark], duration: float | None) -> tuple[Line, ...]:
    sides = sides_of({each.who for each in remarks if each.who})
    starts = _starts(remarks)
    timed = any(starts) or 2 * sum(each.till is not None for each in remarks) >= len(remarks)
    nexts = [*starts[1:], duration or 0.0]
    ends = [end if each.till is None else each.till for each, end in zip(remarks, nexts, strict=False)]
    return tuple(
        Line(
            start=start,
            end=max(start, end) if timed else 0.0,
            text=each.words,
            speaker=shown(each.who, LONGEST_NAME) or None,
            side=sides.get(each.who),
        )
        for each, start, end in zip(remarks, starts, ends, strict=True)
    )


def _starts(remarks: Sequence[_Remark]) -> Sequence[float]:
    """Second of each; one that does not tell it begins with the one before. All 0 if most do not."""
    if 2 * sum(each.when is not None for each in remarks) < len(remarks):
        return [0.0] * len(remarks)
    starts: list[float] = []
    for each in remarks:
        before = starts[-1] if starts else 0.0
        starts.append(before if each.when is None else each.when)
    return starts
