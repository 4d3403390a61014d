"""The filter fields: one value each, read by the parser, completion, form, matching and the catalogue's SQL.

A further field is one more entry of `FIELDS`.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from playhead.core.finding import fieldreaders
from playhead.core.finding.amounts import (
    CLIPPED,
    DECODED,
    DURATION,
    HEARD,
    LOUDNESS,
    PEAK,
    SILENCE,
    SIZE,
    talk,
)
from playhead.core.finding.moments import WEEKDAYS
from playhead.core.finding.query import Field, FieldKind, Flag, FormPart, Match, Way
from playhead.core.health.verdicts import VERDICTS
from playhead.core.recording import CALLS, KINDS, Party, Recording
from playhead.core.text import digits_of, fold, looks_like_number

_DAYS: Final = {
    "today": "",
    "yesterday": "",
    "thisweek": "since Monday",
    "lastweek": "",
    "thismonth": "",
    "lastmonth": "",
    "thisyear": "",
    "lastyear": "",
    "last7d": "the last 7 days",
    "last30d": "the last 30 days",
    "last12m": "the last 12 months",
}

_STATES: Final = {Flag.TRANSCRIBED: "a transcript of it is listed"}


def _names(*parties: Party | None) -> Iterable[str | None]:
    for party in parties:
        if party is not None:
            yield from (party.name, party.address, "anonymous" if party.anonymous else None)


def _value(texts: Callable[[Recording], Iterable[str | None]], *columns: str) -> Field:
    """The field of what stands for all that a recording has in another one (`Field.value`)."""
    return Field(
        "", "", FieldKind.WHOLE, fieldreaders.whole, texts=lambda recording, _: texts(recording),
        columns=columns,
    )  # fmt: skip


def _identity(party: Party | None) -> str | None:
    """A side in one text: its number if it has one, in whichever form that came, or else its name."""
    if party is None:
        return None
    return party.digits or party.address or party.name or ("anonymous" if party.anonymous else None)


def _side_key(written: str) -> str:
    """The identity that is meant by a number or a name."""
    bare = written.removeprefix("+")
    if written.startswith("+") and bare.isascii() and bare.isdecimal():
        return bare
    return digits_of(written) if looks_like_number(written) else fold(written)


_FROM_VALUE = "coalesce(from_digits, from_address, from_name, from_anonymous)"
_TO_VALUE = "coalesce(to_digits, to_address, to_name, to_anonymous)"
_FROM_COLUMNS = ("from_name", "from_address", "from_anonymous")
_TO_COLUMNS = ("to_name", "to_address", "to_anonymous")

KIND: Final = Field(
    "kind", "call, voicemail, prompt, …", FieldKind.WHOLE, fieldreaders.kind, aliases=("type",),
    known=dict.fromkeys(KINDS, ""), hinted=True, form=FormPart.SET,
    texts=lambda recording, _: (recording.kind,), columns=("kind",),
    value=_value(lambda recording: (recording.kind,), "kind"),
)  # fmt: skip
_CALLS = tuple(Match(KIND, each, Way.WHOLE) for each in CALLS)
FROM: Final = Field(
    "from", "who rang: a number or a name", FieldKind.SIDE, fieldreaders.side(_CALLS),
    aliases=("caller",), form=FormPart.SET, texts=lambda recording, _: _names(recording.caller),
    parties=lambda recording: (recording.caller,), columns=_FROM_COLUMNS, offered=_FROM_COLUMNS[:2],
    digits=("from_digits",), value=_value(lambda recording: (_identity(recording.caller),), _FROM_VALUE),
    key=_side_key,
)  # fmt: skip
TO: Final = Field(
    "to", "who was rung", FieldKind.SIDE, fieldreaders.side(_CALLS), aliases=("callee",),
    form=FormPart.SET, texts=lambda recording, _: _names(recording.callee),
    parties=lambda recording: (recording.callee,), columns=_TO_COLUMNS, offered=_TO_COLUMNS[:2],
    digits=("to_digits",), value=_value(lambda recording: (_identity(recording.callee),), _TO_VALUE),
    key=_side_key,
)  # fmt: skip
WITH: Final = Field(
    "with", "either side", FieldKind.SIDE, fieldreaders.side(_CALLS, FROM, TO),
    aliases=("number", "phone", "tel"), several=True, form=FormPart.SET,
    texts=lambda recording, _: _names(recording.caller, recording.callee),
    parties=lambda recording: (recording.caller, recording.callee),
    columns=(*_FROM_COLUMNS, *_TO_COLUMNS), offered=(*_FROM_COLUMNS[:2], *_TO_COLUMNS[:2]),
    digits=("from_digits", "to_digits"), key=_side_key,
    value=_value(
        lambda recording: (_identity(recording.caller), _identity(recording.callee)), _FROM_VALUE, _TO_VALUE
    ),
)  # fmt: skip
DIRECTION: Final = Field(
    "direction", "in or out", FieldKind.WHOLE, fieldreaders.direction,
    known={"in": "incoming", "out": "outgoing"}, form=FormPart.SET,
    texts=lambda recording, _: (recording.direction,), columns=("direction",),
    value=_value(lambda recording: (recording.direction,), "direction"),
)  # fmt: skip
STATUS: Final = Field(
    "status", "as the provider says", FieldKind.WHOLE, fieldreaders.whole, aliases=("state",),
    form=FormPart.SET, texts=lambda recording, _: (recording.status,), columns=("status",),
    value=_value(lambda recording: (recording.status,), "status"),
)  # fmt: skip
DATE: Final = Field(
    "date", "a day, a month or a range", FieldKind.DATES, fieldreaders.date, known=_DAYS, hinted=True,
    form=FormPart.PERIOD,
)  # fmt: skip
ON: Final = Field(
    "on", "a day", FieldKind.DATES, fieldreaders.date, aliases=("day",), known=_DAYS,
    form=FormPart.PERIOD,
)  # fmt: skip
AFTER: Final = Field(
    "after", "from a date on", FieldKind.BOUND, fieldreaders.after, aliases=("since",), known=_DAYS,
    form=FormPart.PERIOD,
)  # fmt: skip
BEFORE: Final = Field(
    "before", "until a date", FieldKind.BOUND, fieldreaders.before, aliases=("until",), known=_DAYS,
    form=FormPart.PERIOD,
)  # fmt: skip
HOUR: Final = Field(
    "hour", "of the day, by the clock", FieldKind.WHOLE, fieldreaders.hour, aliases=("time", "clock"),
    known={"9..17": "from 9:00 to 17:59", "18..8": "from 18:00 to 8:59", "12": "from 12:00 to 12:59"},
)  # fmt: skip
WEEKDAY: Final = Field(
    "weekday", "monday, mon..fri, weekend, …", FieldKind.WHOLE, fieldreaders.weekday,
    aliases=("dayofweek", "dow"),
    known={"mon..fri": "Monday to Friday", "weekend": "Saturday and Sunday", **dict.fromkeys(WEEKDAYS, "")},
    form=FormPart.SET,
)  # fmt: skip
LENGTH: Final = Field(
    "duration", "at least, at most, or a range", FieldKind.AMOUNT, DURATION.span, aliases=("length", "dur"),
    known={
        "<30s": "shorter than 30 seconds", ">2m": "longer than 2 minutes",
        ">10m": "longer than 10 minutes", "30s..5m": "from 30 seconds to 5 minutes",
    },
    form=FormPart.LENGTH,
)  # fmt: skip
IS: Final = Field(
    "is", "starred, unheard, stereo, …", FieldKind.FLAG, fieldreaders.flag,
    known={str(each): _STATES.get(each, "") for each in fieldreaders.STATES}, hinted=True,
    several=True, form=FormPart.FLAGS,
)  # fmt: skip
HAS: Final = Field(
    "has", "a transcript, a note", FieldKind.FLAG, fieldreaders.having,
    known={"transcript": "one was read", "note": "you wrote one"}, hinted=True, several=True,
    form=FormPart.FLAGS,
)  # fmt: skip
ACCOUNT: Final = Field(
    "account", "one of your accounts", FieldKind.WHOLE, fieldreaders.account, form=FormPart.SET,
    texts=lambda recording, _: (recording.account,), columns=("folded",),
    within="account in (select key from account where {})",
)  # fmt: skip
PROVIDER: Final = Field(
    # What there is to offer comes from the registry of providers.
    "provider", "one of the providers", FieldKind.WHOLE, fieldreaders.provider, known={},
    texts=lambda recording, _: (recording.provider,), columns=("provider",),
)  # fmt: skip
NAME: Final = Field(
    "name", "a part of the name", FieldKind.PART, fieldreaders.part,
    texts=lambda recording, _: (recording.name, recording.filename), columns=("name", "filename"),
    offered=("name", "filename"), value=_value(lambda recording: (recording.name,), "name"),
)  # fmt: skip
NOTE: Final = Field(
    "note", "in your notes", FieldKind.PART, fieldreaders.part, several=True,
    # Every note by itself, in JSON as it was written: of what nobody sees nothing is left when it is folded.
    texts=lambda _, marks: (note.text for note in marks.notes), columns=("folded",),
    within="id in (select recording from note where value <> '\"\"' and {})",
)  # fmt: skip
SHARE: Final = Field(
    "heard", "how much of it you heard", FieldKind.AMOUNT, HEARD.span,
    known={"<50%": "less than half", ">=90%": "nearly all of it"},
)  # fmt: skip
FORMAT: Final = Field(
    "format", "of the audio", FieldKind.WHOLE, fieldreaders.whole, form=FormPart.SET,
    texts=lambda recording, _: (recording.format,), columns=("format",),
    value=_value(lambda recording: (recording.format,), "format"),
)  # fmt: skip
BYTES: Final = Field(
    "size", "of the audio", FieldKind.AMOUNT, SIZE.span,
    known={">1MB": "more than a megabyte", "<100kB": "less than 100 kilobytes"},
)  # fmt: skip
CALL: Final = Field(
    "call", "the id of the call", FieldKind.PART, fieldreaders.part,
    # A conference is under `call` as well, and a server can be asked for one id only.
    texts=lambda recording, _: (recording.call,), columns=("call",), offered=("call", "conference"),
    value=_value(lambda recording: (recording.call,), "call"),
)  # fmt: skip
CHANNEL: Final = Field(
    "channel", "the id of the channel", FieldKind.PART, fieldreaders.part,
    texts=lambda recording, _: (recording.channel,), columns=("channel",), offered=("channel",),
    value=_value(lambda recording: (recording.channel,), "channel"),
)  # fmt: skip
ID: Final = Field(
    "id", "the id of the recording", FieldKind.PART, fieldreaders.part,
    texts=lambda recording, _: (recording.id,), columns=("ident",), offered=("ident",),
    value=_value(lambda recording: (recording.id,), "ident"),
)  # fmt: skip
HEALTH: Final = Field(
    "health", "no-sound, one-sided, clipped, …", FieldKind.WHOLE, fieldreaders.health,
    aliases=("quality", "verdict"), known=dict.fromkeys(VERDICTS, ""), hinted=True, form=FormPart.SET,
)  # fmt: skip
VOLUME: Final = Field(
    "loudness", "integrated, in LUFS", FieldKind.AMOUNT, LOUDNESS.span, aliases=("lufs", "volume"),
    known={"<-38": "too quiet for a call", ">-14": "too loud", "-30..-18": "as calls usually are"},
)  # fmt: skip
TOP: Final = Field(
    "peak", "true peak, in dBTP", FieldKind.AMOUNT, PEAK.span,
    known={">-1": "no room left", "<-20": "very soft"},
)  # fmt: skip
OVERS: Final = Field(
    "clipped", "part of the samples that are clipped", FieldKind.AMOUNT, CLIPPED.span,
    known={">0%": "at all", ">0.1%": "so that it can be heard"},
)  # fmt: skip
PAUSES: Final = Field(
    "silence", "part of the time in which nobody talks", FieldKind.AMOUNT, SILENCE.span,
    known={">50%": "more than half", "<5%": "hardly any"},
)  # fmt: skip
SPEECH: Final = Field(
    "talk", "part of the time in which a side talks", FieldKind.AMOUNT, talk, several=True,
    known={"left<5%": "hardly the left side", "right<5%": "hardly the right", "<5%": "one of them hardly"},
)  # fmt: skip
SOUND: Final = Field(
    "measured", "length of the audio as it was decoded", FieldKind.AMOUNT, DECODED.span,
    known={"<2s": "shorter than 2 seconds", ">1h": "longer than an hour"},
)  # fmt: skip

SAME: Final = Field(
    "same", "sounds as the recording with this id", FieldKind.WHOLE, fieldreaders.whole,
    aliases=("twin", "alike", "dup"),
    texts=lambda _, marks: marks.same.ids if marks.same else (), columns=("ident",),
    within="kin in (select kin from search where kin is not null and {})",
)  # fmt: skip

SAID: Final = Field(
    "said", "what was said: words of the transcript", FieldKind.SPEECH, fieldreaders.said,
    aliases=("says", "spoken", "speech", "utterance"), several=True, form=FormPart.SPEECH,
    known={"left:": "by the left side", "right:": "by the right side"},
)  # fmt: skip

_USED_MOST_FIRST = (
    FROM, TO, WITH, KIND, DIRECTION, STATUS, DATE, ON, AFTER, BEFORE, LENGTH, IS, HAS, ACCOUNT, PROVIDER,
    SAID, NAME, NOTE, SHARE, FORMAT, BYTES, CALL, CHANNEL, ID, HOUR, WEEKDAY, HEALTH, VOLUME, TOP, OVERS,
    PAUSES, SPEECH, SOUND, SAME,
)  # fmt: skip
FIELDS: Final[Mapping[str, Field]] = {each.word: each for each in _USED_MOST_FIRST}
"""Every field by its word."""


def nearest(word: str, fields: Mapping[str, Field] = FIELDS) -> str:
    """A question that names the one of `fields` that was most likely meant; empty if none is like it."""
    aliased = [each.word for each in fields.values() if word in each.aliases]
    close = get_close_matches(word, fields, n=1, cutoff=0.55)
    near = aliased or close or [each for each in fields if each.startswith(word[:2])]
    return f" Did you mean {near[0]}: ?" if near else ""
