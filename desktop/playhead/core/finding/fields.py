"""The filter fields: one value each, read by the parser, completion, form, matching and the catalogue's SQL.

A further field is one more entry of `FIELDS`.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from playhead.core.finding import fieldreaders
from playhead.core.finding.amounts import DURATION, HEARD, SIZE
from playhead.core.finding.query import Field, FieldKind, Flag, FormPart, Match, Way
from playhead.core.recording import KINDS, Party

CALLS: Final = ("call", "conference")
"""The kinds of recordings that have sides."""
_DAYS: Final = {
    "today": "",
    "yesterday": "",
    "thisweek": "since Monday",
    "lastweek": "",
    "thismonth": "",
    "lastmonth": "",
    "last7d": "the last 7 days",
    "last30d": "the last 30 days",
    "last12m": "the last 12 months",
}


def _names(*parties: Party | None) -> Iterable[str | None]:
    for party in parties:
        if party is not None:
            yield from (party.name, party.address, "anonymous" if party.anonymous else None)


_FROM_COLUMNS = ("from_name", "from_address", "from_anonymous")
_TO_COLUMNS = ("to_name", "to_address", "to_anonymous")

KIND: Final = Field(
    word="kind",
    asks="call, voicemail, prompt, …",
    kind=FieldKind.WHOLE,
    read=fieldreaders.kind,
    aliases=("type",),
    known=dict.fromkeys(KINDS, ""),
    hinted=True,
    form=FormPart.SET,
    texts=lambda recording, _: (recording.kind,),
    columns=("kind",),
)
_CALLS = tuple(Match(KIND, each, Way.WHOLE) for each in CALLS)
FROM: Final = Field(
    word="from",
    asks="who rang: a number or a name",
    kind=FieldKind.SIDE,
    read=fieldreaders.side(_CALLS),
    aliases=("caller",),
    form=FormPart.SET,
    texts=lambda recording, _: _names(recording.caller),
    parties=lambda recording: (recording.caller,),
    columns=_FROM_COLUMNS,
    offered=_FROM_COLUMNS[:2],
    digits=("from_digits",),
)
TO: Final = Field(
    word="to",
    asks="who was rung",
    kind=FieldKind.SIDE,
    read=fieldreaders.side(_CALLS),
    aliases=("callee",),
    form=FormPart.SET,
    texts=lambda recording, _: _names(recording.callee),
    parties=lambda recording: (recording.callee,),
    columns=_TO_COLUMNS,
    offered=_TO_COLUMNS[:2],
    digits=("to_digits",),
)
WITH: Final = Field(
    word="with",
    asks="either side",
    kind=FieldKind.SIDE,
    read=fieldreaders.side(_CALLS, FROM, TO),
    aliases=("number", "phone", "tel"),
    several=True,
    form=FormPart.SET,
    texts=lambda recording, _: _names(recording.caller, recording.callee),
    parties=lambda recording: (recording.caller, recording.callee),
    columns=(*_FROM_COLUMNS, *_TO_COLUMNS),
    offered=(*_FROM_COLUMNS[:2], *_TO_COLUMNS[:2]),
    digits=("from_digits", "to_digits"),
)
DIRECTION: Final = Field(
    word="direction",
    asks="in or out",
    kind=FieldKind.WHOLE,
    read=fieldreaders.direction,
    known={"in": "incoming", "out": "outgoing"},
    form=FormPart.SET,
    texts=lambda recording, _: (recording.direction,),
    columns=("direction",),
)
STATUS: Final = Field(
    word="status",
    asks="as the provider says",
    kind=FieldKind.WHOLE,
    read=fieldreaders.whole,
    aliases=("state",),
    form=FormPart.SET,
    texts=lambda recording, _: (recording.status,),
    columns=("status",),
)
DATE: Final = Field(
    word="date",
    asks="a day, a month or a range",
    kind=FieldKind.DATES,
    read=fieldreaders.date,
    known=_DAYS,
    hinted=True,
    form=FormPart.PERIOD,
)
ON: Final = Field(
    word="on",
    asks="a day",
    kind=FieldKind.DATES,
    read=fieldreaders.date,
    aliases=("day",),
    known=_DAYS,
    form=FormPart.PERIOD,
)
AFTER: Final = Field(
    word="after",
    asks="from a date on",
    kind=FieldKind.BOUND,
    read=fieldreaders.after,
    aliases=("since",),
    known=_DAYS,
    form=FormPart.PERIOD,
)
BEFORE: Final = Field(
    word="before",
    asks="until a date",
    kind=FieldKind.BOUND,
    read=fieldreaders.before,
    aliases=("until",),
    known=_DAYS,
    form=FormPart.PERIOD,
)
LENGTH: Final = Field(
    word="duration",
    asks="at least, at most, or a range",
    kind=FieldKind.AMOUNT,
    read=DURATION.span,
    aliases=("length",),
    known={
        "<30s": "shorter than 30 seconds",
        ">2m": "longer than 2 minutes",
        ">10m": "longer than 10 minutes",
        "30s..5m": "from 30 seconds to 5 minutes",
    },
    form=FormPart.LENGTH,
)
IS: Final = Field(
    word="is",
    asks="starred, unheard, stereo, …",
    kind=FieldKind.FLAG,
    read=fieldreaders.flag,
    aliases=("has",),
    known={str(each): "" for each in Flag},
    hinted=True,
    several=True,
    form=FormPart.FLAGS,
)
ACCOUNT: Final = Field(
    word="account",
    asks="one of your accounts",
    kind=FieldKind.WHOLE,
    read=fieldreaders.account,
    form=FormPart.SET,
    texts=lambda recording, _: (recording.account,),
    columns=("folded",),
    within="account in (select key from account where {})",
)
PROVIDER: Final = Field(
    word="provider",
    asks="one of the providers",
    kind=FieldKind.WHOLE,
    read=fieldreaders.provider,
    # The names and titles of the providers there are come from their registry.
    known={},
    texts=lambda recording, _: (recording.provider,),
    columns=("provider",),
)
NAME: Final = Field(
    word="name",
    asks="a part of the name",
    kind=FieldKind.PART,
    read=fieldreaders.part,
    texts=lambda recording, _: (recording.name, recording.filename),
    columns=("name", "filename"),
    offered=("name", "filename"),
)
NOTE: Final = Field(
    word="note",
    asks="in your notes",
    kind=FieldKind.PART,
    read=fieldreaders.part,
    several=True,
    # Every note by itself.
    texts=lambda _, marks: (note.text for note in marks.notes),
    columns=("folded",),
    within="id in (select recording from note where {})",
)
SHARE: Final = Field(
    word="heard",
    asks="how much of it you heard",
    kind=FieldKind.AMOUNT,
    read=HEARD.span,
    known={"<50%": "less than half", ">=90%": "nearly all of it"},
)
FORMAT: Final = Field(
    word="format",
    asks="of the audio",
    kind=FieldKind.WHOLE,
    read=fieldreaders.whole,
    form=FormPart.SET,
    texts=lambda recording, _: (recording.format,),
    columns=("format",),
)
BYTES: Final = Field(
    word="size",
    asks="of the audio",
    kind=FieldKind.AMOUNT,
    read=SIZE.span,
    known={">1MB": "more than a megabyte", "<100kB": "less than 100 kilobytes"},
)
CALL: Final = Field(
    word="call",
    asks="the id of the call",
    kind=FieldKind.PART,
    read=fieldreaders.part,
    # A conference is under `call` as well, and a server can be asked for one id only.
    texts=lambda recording, _: (recording.call,),
    columns=("call",),
    offered=("call", "conference"),
)
CHANNEL: Final = Field(
    word="channel",
    asks="the id of the channel",
    kind=FieldKind.PART,
    read=fieldreaders.part,
    texts=lambda recording, _: (recording.channel,),
    columns=("channel",),
    offered=("channel",),
)
ID: Final = Field(
    word="id",
    asks="the id of the recording",
    kind=FieldKind.PART,
    read=fieldreaders.part,
    texts=lambda recording, _: (recording.id,),
    columns=("ident",),
    offered=("ident",),
)

_USED_MOST_FIRST = (
    FROM, TO, WITH, KIND, DIRECTION, STATUS, DATE, ON, AFTER, BEFORE, LENGTH, IS, ACCOUNT, PROVIDER, NAME,
    NOTE, SHARE, FORMAT, BYTES, CALL, CHANNEL, ID,
)  # fmt: skip
FIELDS: Final[Mapping[str, Field]] = {each.word: each for each in _USED_MOST_FIRST}
"""Every field by its word."""


def nearest(word: str, fields: Mapping[str, Field] = FIELDS) -> str:
    """A question that names the one of `fields` that was most likely meant; empty if none is like it."""
    aliased = [each.word for each in fields.values() if word in each.aliases]
    close = get_close_matches(word, fields, n=1, cutoff=0.55)
    near = aliased or close or [each for each in fields if each.startswith(word[:2])]
    return f" Did you mean {near[0]}: ?" if near else ""
