"""SpokenText of a transcript: its rows in the order in which they are heard, and the marked parts of each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from playhead.core.figures import clock
from playhead.core.finding.speechhits import Hit
from playhead.core.transcript import Line, Side, Transcript
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import moved, readable

LONGEST: Final = 500
"""Letters of a row; a line that is longer goes on in the next."""

Parts = Sequence[tuple[int, int]]
"""Begin and end of each part of a row, in code points of its text as it is shown."""


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """One row: a line, or a part of a long one."""

    at: float
    """Second at which it begins."""
    line: int
    """Place of its line in the transcript."""
    start: int
    end: int
    """In letters of the line."""


class SpokenText:
    """Rows of a transcript, the first heard first, though its lines may come in another order."""

    def __init__(self, transcript: Transcript) -> None:
        """Takes some milliseconds for hours of speech."""
        self.transcript = transcript
        rows = (row for place, line in enumerate(transcript.lines) for row in _rows(place, line))
        self.rows: Sequence[SpokenRow] = sorted(rows, key=lambda row: row.at)
        self.lengths: Sequence[int] = [row.end - row.start for row in self.rows]
        """Letters of each row."""
        self._starts = [row.at for row in self.rows]
        self._speakers = tuple(dict.fromkeys(line.speaker for line in transcript.lines if line.speaker))
        self._of_line: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            self._of_line[row.line].append(number)

    def at(self, seconds: float) -> int:
        """The row that is heard at a second; -1 before the first, and where nobody tells it."""
        if not self.transcript.timed:
            return -1
        return bisect_right(self._starts, seconds) - 1

    def clock(self, row: int) -> str:
        """The time of a row as it is shown; empty where nobody tells it."""
        return clock(self.rows[row].at) if self.transcript.timed else ""

    def text(self, row: int) -> str:
        """The words of a row as they are shown."""
        return readable(self._plain(row))

    def side(self, row: int) -> Side | None:
        """The side that says it, where that is told."""
        return self._line(row).side

    def speaker(self, row: int) -> int:
        """The place of who says it among all who speak; -1 if that is not told."""
        speaker = self._line(row).speaker
        return self._speakers.index(speaker) if speaker else -1

    def who(self, row: int) -> str:
        """Speaker of a row, in words; empty if that is not told."""
        line = self._line(row)
        return f"{line.side} side" if line.side is not None else plain(line.speaker or "")

    def spoken(self, row: int) -> str:
        """A row as it is read to who does not see it: when, who and what."""
        parts = (self.clock(row), self.who(row), self._plain(row))
        return ", ".join(part for part in parts if part)

    def row_of(self, hit: Hit) -> int:
        """The row in which a hit begins."""
        letter, rows = hit.parts[0].start, self._of_line[hit.line]
        return next((each for each in reversed(rows) if self.rows[each].start <= letter), rows[0])

    def marks(self, hits: Sequence[Hit]) -> Mapping[int, Sequence[tuple[int, Parts]]]:
        """The parts of each row that belong to hits, each with the number of its hit."""
        found: dict[int, list[tuple[int, Parts]]] = defaultdict(list)
        for number, hit in enumerate(hits):
            for part in hit.parts:
                for row in self._of_line[part.line]:
                    its = self.rows[row]
                    start, end = max(part.start, its.start), min(part.end, its.end)
                    if start < end:
                        found[row].append((number, [self._shown(row, start, end)]))
        return found

    def _shown(self, row: int, start: int, end: int) -> tuple[int, int]:
        text, first = self._plain(row), self.rows[row].start
        return moved(text, start - first), moved(text, end - first - 1) + 1

    def _plain(self, row: int) -> str:
        its = self.rows[row]
        return plain(self._line(row).text[its.start : its.end])

    def _line(self, row: int) -> Line:
        return self.transcript.lines[self.rows[row].line]


def _rows(place: int, line: Line) -> Iterator[SpokenRow]:
    """The rows of a line: one, or several that end at words; none of a line without words."""
    text, start = line.text, 0
    while (start := _begins(text, start)) < len(text):
        end = min(len(text), start + LONGEST)
        if end < len(text):
            end = text.rfind(" ", start + LONGEST // 2, end) + 1 or end
        share = start / len(text)
        yield SpokenRow(line.start + max(0.0, line.end - line.start) * share, place, start, _ends(text, end))
        start = end


def _begins(text: str, start: int) -> int:
    """The first letter from there on that is seen."""
    while start < len(text) and (text[start].isspace() or not text[start].isprintable()):
        start += 1
    return start


def _ends(text: str, end: int) -> int:
    while text[end - 1].isspace() or not text[end - 1].isprintable():
        end -= 1
    return end
