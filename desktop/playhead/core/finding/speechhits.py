"""Hits of a query in a transcript: where it was said, in seconds and in letters, and the words around."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from playhead.core.finding.query import All, Either, Node, Query, Spoken
from playhead.core.finding.speech import pattern_of
from playhead.core.latepattern import late_pattern
from playhead.core.text import folded_places
from playhead.core.transcript import Side, Speaker, Transcript

LEAD = 2.0
"""Seconds before a hit from which it is played: time to listen up."""
_LONGEST = 160
"""Characters of the words around a hit."""
_ENDED = late_pattern(r"[.?!…。？！؟।][\"'”’»)]*$")
_SENTENCE_ENDS = late_pattern(r"[.?!…]+[\"'”’»)]*\s+|[。？！؟।]\s*")


@dataclass(frozen=True, slots=True)
class HitPart:
    """The letters of one line that belong to a hit."""

    line: int
    """Place of the line in the transcript."""
    start: int
    end: int
    """In code points; the one behind the last letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where it was said."""

    parts: tuple[HitPart, ...]
    """At least one; a phrase may go on in the next line of the same voice."""
    start: float
    end: float
    """Seconds of the recording; within a line they are told from the place of the letters in it."""
    side: Side | None

    @property
    def line(self) -> int:
        """Place of the line in which it begins."""
        return self.parts[0].line

    @property
    def heard_from(self) -> float:
        """Second from which it is played."""
        return max(0.0, self.start - LEAD)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words around a hit, to be read in one row, and the parts of them that are hits."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Begin and end of each, in code points."""
    at: float | None
    """Second at which the hit begins; None where the transcript tells no times."""
    side: Side | None

    @property
    def heard_from(self) -> float:
        """Second from which it is played."""
        return max(0.0, (self.at or 0.0) - LEAD)


def sought(query: Query) -> Sequence[Spoken]:
    """Words that a query wants to have been said; what it must not is nowhere to be seen."""
    return tuple(dict.fromkeys(_sought(query.node)))


def hits(query: Query, transcript: Transcript) -> Sequence[Hit]:
    """All hits, by the second at which they begin. Of an hour of speech it takes some milliseconds."""
    asked = sought(query)
    found = [
        hit
        for voice in (transcript.voices if asked else ())
        for hit in _of_voice(transcript, voice, [each for each in asked if each.side in {None, voice.side}])
    ]
    return sorted(found, key=lambda hit: (hit.start, hit.line))


def passage(transcript: Transcript, hit: Hit, among: Sequence[Hit] = ()) -> Passage:
    """The sentence in which a hit begins, cut at words where it is long; with the hits of `among` in it."""
    text, (first, *_) = transcript.lines[hit.line].text, hit.parts
    start, end = _sentence(text, first)
    head, tail = "…" if start and not _begins(text, start) else "", "…" if _goes_on(text, end) else ""
    shift = len(head) - start
    marks = sorted(
        {
            (max(part.start, start) + shift, min(part.end, end) + shift)
            for each in (hit, *among)
            for part in each.parts
            if part.line == hit.line and part.start < end and part.end > start
        }
    )
    at = hit.start if transcript.timed else None
    return Passage(f"{head}{text[start:end]}{tail}", tuple(marks), at, hit.side)


def passages(query: Query, transcript: Transcript | None) -> tuple[Passage, ...]:
    """The sentences in which it was said, each once; none without a transcript."""
    if transcript is None:
        return ()
    found = hits(query, transcript)
    shown = [passage(transcript, each, found) for each in found]
    return tuple({(each.side, each.text, each.marks): each for each in reversed(shown)}.values())[::-1]


def _sought(node: Node) -> Iterator[Spoken]:
    match node:
        case Spoken():
            yield node
        case All(nodes) | Either(nodes):
            for each in nodes:
                yield from _sought(each)
        case _:
            return


def _of_voice(transcript: Transcript, voice: Speaker, asked: Sequence[Spoken]) -> Iterator[Hit]:
    if not asked:
        return
    folded, places, begins = [], list[int](), list[int]()
    at = 0
    for number in voice.lines:
        text, its = folded_places(transcript.lines[number].text)
        folded.append(text)
        begins.append(at)
        # The break between two lines belongs to the first.
        places += its
        at += len(text) + 1
    whole = "\n".join(folded)
    spans = sorted(
        {match.span() for each in asked for match in pattern_of(replace(each, side=None)).finditer(whole)}
    )
    for start, end in _apart(spans):
        yield _hit(transcript, voice, begins, places, (start, end))


def _apart(spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The spans, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _hit(
    transcript: Transcript,
    voice: Speaker,
    begins: Sequence[int],
    places: Sequence[int],
    span: tuple[int, int],
) -> Hit:
    start, end = span
    first, last = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
    parts = []
    for each in range(first, last + 1):
        number = voice.lines[each]
        length = len(transcript.lines[number].text)
        begin = places[start] if each == first else 0
        stop = max(places[end], places[end - 1] + 1) if each == last else length
        parts.append(HitPart(number, begin, max(begin, stop)))
    return Hit(
        parts=tuple(parts),
        start=_second(transcript, parts[0].line, parts[0].start),
        end=_second(transcript, parts[-1].line, parts[-1].end),
        side=voice.side,
    )


def _second(transcript: Transcript, number: int, letter: int) -> float:
    line = transcript.lines[number]
    share = letter / len(line.text) if line.text else 0.0
    return line.start + max(0.0, line.end - line.start) * share


def _sentence(text: str, part: HitPart) -> tuple[int, int]:
    start, end = 0, len(text)
    for stop in _SENTENCE_ENDS.finditer(text):
        if stop.end() <= part.start:
            start = stop.end()
        elif stop.end() >= part.end:
            end = min(end, stop.end())
            break
    if end - start > _LONGEST:
        around = max(0, _LONGEST - (part.end - part.start)) // 2
        start = _word_begins(text, max(start, part.start - around), part.start)
        end = _word_ends(text, min(end, max(part.end, start + _LONGEST)), part.end)
    return start, max(start, start + len(text[start:end].rstrip()))


def _begins(text: str, place: int) -> bool:
    return any(stop.end() == place for stop in _SENTENCE_ENDS.finditer(text))


def _goes_on(text: str, place: int) -> bool:
    """True if a sentence is cut there, and not at its end."""
    return place < len(text.rstrip()) and not _ENDED.search(text[max(0, place - 4) : place])


def _word_begins(text: str, place: int, latest: int) -> int:
    blank = text.find(" ", max(0, place - 1), latest)
    return blank + 1 if blank >= 0 else place


def _word_ends(text: str, place: int, earliest: int) -> int:
    blank = text.rfind(" ", earliest, place + 1)
    return blank if blank >= 0 and place < len(text) else place
