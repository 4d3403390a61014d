"""The meaning of a query in Python: the plain definition that the catalogue's SQL has to agree with."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from playhead.core.finding import fields
from playhead.core.finding.query import (
    All,
    Clocked,
    Either,
    Flag,
    Is,
    Leaf,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Query,
    Span,
    Spoken,
    Way,
    Word,
)
from playhead.core.finding.speech import folded_voices, is_said, voices_in
from playhead.core.health.contradictions import contradictions
from playhead.core.health.verdicts import SoundHealth
from playhead.core.marks import NO_MARKS, Marks
from playhead.core.recording import Party, Recording
from playhead.core.text import fold
from playhead.core.transcript import Transcript

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)


def _decoded(health: SoundHealth, value: float) -> float | None:
    """A figure of what was decoded; nothing of what could not be."""
    return value if health.figures.channels else None


HEALTH_MEASURES: Final[Mapping[Measure, Callable[[SoundHealth], float | None]]] = {
    Measure.HEALTH: lambda health: health.verdict.rank,
    Measure.LOUDNESS: lambda health: health.figures.lufs,
    Measure.PEAK: lambda health: _decoded(health, health.figures.peak),
    Measure.CLIPPED: lambda health: _decoded(health, health.figures.clipped),
    Measure.SILENCE: lambda health: _decoded(health, health.figures.silence),
    Measure.TALK_LEFT: lambda health: health.figures.left,
    Measure.TALK_RIGHT: lambda health: health.figures.right,
    Measure.DECODED: lambda health: health.figures.seconds,
}
"""The measures that only a recording has whose audio was measured."""


def matches(
    node: Node, recording: Recording, marks: Marks = NO_MARKS, transcript: Transcript | None = None
) -> bool:
    """True if `recording` belongs to the answer of the query whose tree is `node`.

    `marks` is what the person made of it, `transcript` what is kept of what was said in it.
    """
    match node:
        case All(nodes):
            return all(matches(each, recording, marks, transcript) for each in nodes)
        case Either(nodes):
            return any(matches(each, recording, marks, transcript) for each in nodes)
        case Not(inner):
            return not matches(inner, recording, marks, transcript)
        case _:
            return _holds(node, recording, marks, transcript)


def _holds(node: Leaf, recording: Recording, marks: Marks, transcript: Transcript | None) -> bool:
    """True of what holds no other node."""
    match node:
        case Word():
            return _word(node, recording) or _elsewhere(node, marks, transcript)
        case Spoken():
            return transcript is not None and is_said(node, transcript)
        case Match(field):
            texts = (fold(text) for text in field.texts(recording, marks) if text)
            return any(_compare(node.way, node.pattern, text) for text in texts)
        case Number(field):
            numbers = (party.digits for party in field.parties(recording) if party is not None)
            return any(_compare(node.way, node.digits, digits) for digits in numbers if digits)
        case Span():
            return _within(node, _measure(node.measure, recording, marks))
        case Clocked():
            moment = recording.moment
            return moment is not None and node.low <= node.shown((moment - _EPOCH) // _SECOND) <= node.high
        case Is(flag):
            return transcript is not None if flag is Flag.TRANSCRIPT else _flag(flag, recording, marks)


def among(query: Query) -> Query:
    """The part of `query` that only chooses accounts; everything if there is no such part.

    It is the denominator of `37 match in 1 204 loaded`.
    """
    return Query(node=All(tuple(node for node in query.conditions if _chooses_accounts(node))))


def _chooses_accounts(node: Node) -> bool:
    match node:
        case Match(field):
            return field in {fields.ACCOUNT, fields.PROVIDER}
        case Not(inner):
            return _chooses_accounts(inner)
        case Either(nodes) | All(nodes):
            return all(_chooses_accounts(each) for each in nodes)
        case _:
            return False


def _word(word: Word, recording: Recording) -> bool:
    return (
        word.text in recording.visible_text
        or recording.account in word.accounts
        or (bool(word.digits) and any(word.digits in party.digits for party in _parties(recording)))
    )


def _elsewhere(word: Word, marks: Marks, transcript: Transcript | None) -> bool:
    """True if a word stands in a note, or in what one voice said."""
    noted = (fold(note.text) for note in marks.notes)
    said = () if transcript is None else voices_in(folded_voices(transcript))
    return any(word.text in text for text in (*noted, *said))


def _parties(recording: Recording) -> tuple[Party, ...]:
    return tuple(party for party in (recording.caller, recording.callee) if party is not None)


def _compare(way: Way, pattern: str, value: str) -> bool:
    match way:
        case Way.WHOLE:
            return value == pattern
        case Way.PART:
            return pattern in value
        case Way.START:
            return value.startswith(pattern)
        case Way.WILD:
            return _wild(pattern, value)


def _wild(pattern: str, value: str) -> bool:
    """True if all of `value` is like `pattern`; by hand, as a regular expression could take for ever."""
    if "*" not in pattern:
        return value == pattern
    head, *middle, tail = pattern.split("*")
    place = len(head)
    for part in middle:
        found = value.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return value.startswith(head) and value.endswith(tail) and place + len(tail) <= len(value)


def _within(span: Span, value: float | None) -> bool:
    return (
        value is not None
        and (span.low is None or value >= span.low)
        and (span.high is None or value < span.high)
    )


def _measure(measure: Measure, recording: Recording, marks: Marks) -> float | None:
    match measure:
        case Measure.DATE:
            return recording.moment.timestamp() if recording.moment else None
        case Measure.DURATION:
            return recording.length
        case Measure.SIZE:
            return recording.size
        case Measure.HEARD:
            return marks.heard.share(recording.length)
        case _:
            return None if marks.health is None else HEALTH_MEASURES[measure](marks.health)


def _flag(flag: Flag, recording: Recording, marks: Marks) -> bool:
    match flag:
        case Flag.PLAYABLE:
            return recording.playable
        case Flag.STEREO:
            return recording.stereo is True
        case Flag.MONO:
            return recording.stereo is False
        case Flag.ANONYMOUS:
            return any(party.anonymous for party in _parties(recording))
        case Flag.SAID_OTHERWISE:
            return marks.health is not None and bool(contradictions(marks.health.figures, recording))
        case _:
            return _marked(flag, marks)


def _marked(flag: Flag, marks: Marks) -> bool:
    match flag:
        case Flag.STARRED:
            return marks.starred
        case Flag.UNHEARD:
            return not marks.heard.pairs
        case Flag.NOTED:
            return bool(marks.notes)
        case Flag.EXPORTED:
            return marks.exported is not None
        case Flag.GONE:
            return marks.gone is not None
        case Flag.MEASURED:
            return marks.health is not None
        case Flag.DUPLICATE:
            return marks.same is not None
        case Flag.TRANSCRIBED:
            return marks.transcribed
        case _:
            return False
