"""What a query means, in Python: the plain definition that the catalogue's SQL has to agree with."""

from playhead.core.finding.query import (
    All,
    Either,
    Field,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Span,
    Way,
    Word,
)
from playhead.core.marks import NO_MARKS, Marks
from playhead.core.recording import Party, Recording
from playhead.core.text import fold


def matches(node: Node, recording: Recording, marks: Marks = NO_MARKS, transcript: str = "") -> bool:
    """Whether `recording` belongs to the answer of the query whose tree is `node`.

    `marks` is what the person made of it, `transcript` the words that were kept of it.
    """
    match node:
        case All(nodes):
            return all(matches(each, recording, marks, transcript) for each in nodes)
        case Either(nodes):
            return any(matches(each, recording, marks, transcript) for each in nodes)
        case Not(inner):
            return not matches(inner, recording, marks, transcript)
        case Word():
            said = (transcript, *(note.text for note in marks.notes))
            return _word(node, recording) or any(node.text in fold(text) for text in said)
        case Match(field):
            noted = tuple(fold(note.text) for note in marks.notes)
            texts = noted if field is Field.NOTE else _texts(field, recording)
            return any(_compare(node.way, node.pattern, text) for text in texts)
        case Number():
            return any(
                _compare(node.way, node.digits, party.digits)
                for party in _sides(node.field, recording)
                if party.digits
            )
        case Span():
            value = _measure(node.measure, recording, marks)
            return (
                value is not None
                and (node.low is None or value >= node.low)
                and (node.high is None or value < node.high)
            )
        case Is(flag):
            return _flag(flag, recording, marks)


def _word(word: Word, recording: Recording) -> bool:
    return (
        word.text in recording.visible_text
        or recording.account in word.accounts
        or (bool(word.digits) and any(word.digits in party.digits for party in _sides(Field.WITH, recording)))
    )


def _sides(field: Field, recording: Recording) -> tuple[Party, ...]:
    caller = (recording.caller,) if recording.caller and field in {Field.FROM, Field.WITH} else ()
    callee = (recording.callee,) if recording.callee and field in {Field.TO, Field.WITH} else ()
    return caller + callee


def _texts(field: Field, recording: Recording) -> tuple[str, ...]:
    if field in {Field.FROM, Field.TO, Field.WITH}:
        texts: list[str | None] = []
        for party in _sides(field, recording):
            texts += [party.name, party.address, "anonymous" if party.anonymous else None]
    else:
        columns: dict[Field, tuple[str | None, ...]] = {
            Field.PROVIDER: (str(recording.provider),),
            Field.ACCOUNT: (recording.account,),
            Field.KIND: (recording.kind,),
            Field.DIRECTION: (recording.direction,),
            Field.STATUS: (recording.status,),
            Field.FORMAT: (recording.format,),
            Field.NAME: (recording.name, recording.filename),
            Field.ID: (recording.id,),
            Field.CHANNEL: (recording.channel,),
            # A conference is under `call` as well, and a server can be asked for one id only.
            Field.CALL: (recording.call,),
        }
        texts = list(columns[field])
    return tuple(fold(text) for text in texts if text)


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
    """Whether all of `value` is like `pattern`; by hand, as a regular expression could take for ever."""
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


def _measure(measure: Measure, recording: Recording, marks: Marks) -> float | None:
    match measure:
        case Measure.DATE:
            return recording.moment.timestamp() if recording.moment else None
        case Measure.DURATION:
            return recording.duration
        case Measure.SIZE:
            return recording.size
        case Measure.HEARD:
            return marks.heard.share(recording.duration)


def _flag(flag: Flag, recording: Recording, marks: Marks) -> bool:
    match flag:
        case Flag.PLAYABLE:
            return recording.playable
        case Flag.STEREO:
            return recording.stereo is True
        case Flag.MONO:
            return recording.stereo is False
        case Flag.TRANSCRIBED:
            return recording.transcribed is True
        case Flag.ANONYMOUS:
            return any(party.anonymous for party in _sides(Field.WITH, recording))
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
        case _:
            return False
