"""The table's columns: a further one is one more entry of `COLUMNS`, and a line in `catalogue.orders`."""

from collections.abc import Callable

from playhead.core import figures
from playhead.core.finding.choosing import ValueCondition
from playhead.core.finding.fieldreaders import EXACTLY
from playhead.core.finding.fields import DIRECTION, FIELDS, FORMAT, ID, KIND, NAME, STATUS
from playhead.core.health.audiofigures import AudioFigures
from playhead.core.health.verdicts import VERDICT_WORDS
from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui.table import columnchoices, columnsteps
from playhead.ui.table.column import Column, Drawing
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import AmountValues, KinValues, MomentValues, TextValues
from playhead.ui.wording import healthwords, samewords, words


def _started(recording: Recording, showing: Showing) -> str:
    return words.moment(recording.moment, showing.now) if recording.moment else "no date"


def _started_tip(recording: Recording, showing: Showing) -> str:
    return (
        words.full_moment(recording.moment, showing.now) if recording.moment else "The provider gave no date."
    )


def _started_copied(recording: Recording, showing: Showing) -> str:
    local = recording.moment.astimezone(showing.now.tzinfo) if recording.moment else None
    return f"{local:%Y-%m-%d %H:%M:%S}" if local else ""


def _state_tip(recording: Recording, showing: Showing) -> str:
    gone = showing.marks_of(recording).gone
    if gone is None:
        return words.unplayable(recording)
    where = showing.provider(recording)
    noticed = words.within(words.exact_moment(gone, showing.now))
    return f"No longer at {where}; noticed {noticed}. What is known of it stays."


def _status(recording: Recording, showing: Showing) -> str:
    return "gone" if showing.marks_of(recording).gone else recording.status or ""


def _status_tip(recording: Recording, showing: Showing) -> str:
    return _state_tip(recording, showing) or (recording.status or "")


def _exported(recording: Recording, showing: Showing) -> str:
    exported = showing.marks_of(recording).exported
    return words.moment(exported, showing.now) if exported else ""


def _exported_tip(recording: Recording, showing: Showing) -> str:
    exported = showing.marks_of(recording).exported
    return words.full_moment(exported, showing.now) if exported else "Never exported."


def _transcribed_tip(recording: Recording, showing: Showing) -> str:
    if recording.transcribed is None:
        return ""
    return f"{showing.provider(recording)} says so; has:transcript finds those that were read."


def _yes(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a value of three states, not a switch
    return "" if value is None else yes if value else no


def _account(recording: Recording, showing: Showing) -> str:
    return showing.labels.get(recording.account, "")


def _heard(recording: Recording, showing: Showing) -> str:
    """A percentage; the table paints it as a bar."""
    return f"{100 * showing.marks_of(recording).heard.share(recording.length):.0f} %"


def _heard_tip(recording: Recording, showing: Showing) -> str:
    heard = showing.marks_of(recording).heard
    if not heard.pairs:
        return "Not heard yet."
    return f"{words.length(heard.seconds)} heard, {_heard(recording, showing)}."


def _duration_tip(recording: Recording, _showing: Showing) -> str:
    length = recording.length
    if length is None:
        return "The provider gave no duration. It is known once the recording was played."
    return words.length(length) if recording.duration is not None else f"{words.length(length)}, as measured"


def _measured(
    text: Callable[[AudioFigures], str],
) -> Callable[[Recording, Showing], str]:
    """A figure of recordings that were measured; nothing for others, and for what cannot be decoded."""

    def shown(recording: Recording, showing: Showing) -> str:
        health = showing.marks_of(recording).health
        return text(health.figures) if health is not None and health.figures.channels else ""

    return shown


def _encoding(recording: Recording, showing: Showing) -> str:
    health = showing.marks_of(recording).health
    return "" if health is None else healthwords.encoding(health.figures, recording)


def _health(recording: Recording, showing: Showing) -> str:
    health = showing.marks_of(recording).health
    return "" if health is None else VERDICT_WORDS[health.verdict]


def _health_tip(recording: Recording, showing: Showing) -> str:
    health = showing.marks_of(recording).health
    return healthwords.UNMEASURED if health is None else healthwords.reason(health, recording)


def _verdict(recording: Recording, showing: Showing) -> str | None:
    health = showing.marks_of(recording).health
    return None if health is None else health.verdict


def _same(recording: Recording, showing: Showing) -> str:
    """The number of recordings with its sound, itself among them."""
    same = showing.marks_of(recording).same
    return figures.number(len(same.ids)) if same is not None else ""


def _same_tip(recording: Recording, showing: Showing) -> str:
    same = showing.marks_of(recording).same
    return "" if same is None else samewords.group(len(same.ids))


def _loudness(figures: AudioFigures) -> str:
    return healthwords.loudness(figures.loudness)


def _left(figures: AudioFigures) -> str:
    return healthwords.share(figures.left)


def _right(figures: AudioFigures) -> str:
    return healthwords.share(figures.right)


def _figure(
    key: str, title: str, text: Callable[[AudioFigures], str], values: AmountValues, *, falls: bool = True
) -> Column:
    """A column of one measured figure."""
    return Column(
        key, title, values.word, 84, _measured(text), tip=_health_tip, falls=falls, measured=True, quiet=True,
        right=True, shown=False, group="Sound, as measured", counted=values,
    )  # fmt: skip


def _having(
    field: str, value: Callable[[Recording, Showing], str | None]
) -> Callable[[Recording, Showing], ValueCondition | None]:
    """Asks for recordings whose `field` has the same value; nothing where there is none."""

    def asks(recording: Recording, showing: Showing) -> ValueCondition | None:
        found = value(recording, showing)
        return ValueCondition(field, (_literal(found),)) if found else None

    return asks


def _literal(value: str) -> str:
    """`value` as it stands behind a colon: one that begins with the sign for *exactly* has it twice."""
    return f"{EXACTLY}{value}" if value.startswith(EXACTLY) else value


def _being(
    flag: str, value: Callable[[Recording, Showing], bool | None]
) -> Callable[[Recording, Showing], ValueCondition | None]:
    """Asks for recordings that have the same `flag` set or not set; nothing where that is unknown."""

    def asks(recording: Recording, showing: Showing) -> ValueCondition | None:
        has = value(recording, showing)
        return None if has is None else ValueCondition("is", (flag,), wanted=has)

    return asks


def _named(recording: Recording, _showing: Showing) -> ValueCondition | None:
    if recording.name:
        return ValueCondition("name", (_literal(recording.name),))
    return ValueCondition("kind", (recording.kind,)) if recording.kind else None


def _side(key: str, title: str, side: Callable[[Recording], Party | None]) -> Column:
    """The column of one side of the call."""

    def text(recording: Recording, _showing: Showing) -> str:
        return words.cell_party(recording, side(recording))

    def copied(recording: Recording, showing: Showing) -> str:
        """A name with its number, `Maria Jansen <+31 20 555 0123>`, or the one that is known."""
        party = side(recording)
        number = words.phone(party) if party is not None and party.name else ""
        shown = text(recording, showing)
        return f"{shown} <{number}>" if number else shown

    def value(recording: Recording, showing: Showing) -> str:
        party = side(recording)
        # Where there is no value, the cell has a word that stands for that.
        known = (party.address or party.name) if party is not None else None
        return known or text(recording, showing)

    def second(recording: Recording, _showing: Showing) -> str:
        party = side(recording)
        return words.phone(party) if party is not None and party.name else ""

    return Column(
        key,
        title,
        key,
        146,
        text,
        second=second,
        second_in=f"{key}_number",
        least=136,
        beside=(84, 38),
        tip=lambda recording, _: _party_tip(side(recording)),
        copied=copied,
        asks=_having(key, value),
        widens=True,
        spreads=True,
        side=side,
        counted=_sided(key, side),
    )


def _number(key: str, title: str, side: Callable[[Recording], Party | None]) -> Column:
    """The column of the number of one side alone."""

    def text(recording: Recording, _showing: Showing) -> str:
        party = side(recording)
        return words.phone(party) if party is not None else ""

    def value(recording: Recording, _showing: Showing) -> str | None:
        party = side(recording)
        return party.address if party is not None else None

    return Column(
        f"{key}_number",
        title,
        key,
        136,
        text,
        tip=lambda recording, _: _party_tip(side(recording)),
        asks=_having(key, value),
        side=side,
        shown=False,
        counted=_sided(key, side),
    )


def _sided(key: str, side: Callable[[Recording], Party | None]) -> TextValues:
    """Whoever is on one side of calls: those with one number are one, however it was written."""

    def title(recording: Recording, _showing: Showing) -> str:
        return words.party(side(recording))

    def second(recording: Recording, _showing: Showing) -> str:
        party = side(recording)
        return words.phone(party) if party is not None and party.name else ""

    return TextValues(FIELDS[key], title, second=second, nothing="Nobody known", named=f"{key}_name")


def _party_tip(party: Party | None) -> str:
    if party is None:
        return ""
    phone = words.phone(party)
    sent = f"sent as {party.address}" if party.address not in {None, phone} else None
    return " · ".join(part for part in (party.name, phone, party.country, party.line, sent) if part)


_FORMATS = TextValues(FORMAT, lambda r, _s: r.format or "")

COLUMNS = (
    Column(
        "state", "", "is", 30, lambda _r, _s: "", tip=_state_tip, sort="status", drawing=Drawing.STATE,
        least=24, counted=columnchoices.STATES,
    ),
    Column(
        "started", "Started", "date", 122, _started, tip=_started_tip, copied=_started_copied,
        asks=_having("date", lambda r, s: _started_copied(r, s).partition(" ")[0]), falls=True, measured=True,
        least=120, counted=MomentValues(words.period, "No date"),
    ),
    Column(
        "name", "Recording", "name", 118, lambda r, _s: words.title(r), tip=lambda r, _s: words.long_title(r),
        asks=_named, widens=True, spreads=True, least=50, short="Name",
        counted=TextValues(
            NAME, lambda r, _s: r.name or "", nothing="Without a name"
        ),
    ),
    _side("from", "From", lambda r: r.caller),
    _side("to", "To", lambda r: r.callee),
    Column(
        "duration", "Duration", "duration", 84,
        lambda r, _s: figures.clock(r.length) if r.length is not None else "—",
        tip=_duration_tip, falls=True, measured=True, right=True, least=66, counted=columnsteps.DURATION,
    ),
    Column(
        "heard", "Heard", "heard", 60, _heard, tip=_heard_tip, falls=True, measured=True, least=51,
        drawing=Drawing.SHARE, counted=columnchoices.HEARD,
    ),
    Column(
        "account", "Account", "account", 86, _account, tip=lambda r, s: s.origin(r),
        asks=_having("account", _account), quiet=True, widens=True, least=50,
        counted=columnchoices.ACCOUNTS,
    ),
    _number("from", "From number", lambda r: r.caller),
    _number("to", "To number", lambda r: r.callee),
    Column(
        "status", "Status", "status", 84, _status, tip=_status_tip,
        asks=_having("status", lambda r, _s: r.status), shown=False,
        # What is gone keeps the status that it had, which is what the filter compares.
        counted=TextValues(STATUS, lambda r, _s: r.status or ""),
    ),
    Column(
        "format", "Format", "format", 64, lambda r, _s: r.format or "",
        asks=_having("format", lambda r, _s: r.format), quiet=True, shown=False, counted=_FORMATS,
    ),
    Column(
        "stereo", "Channels", "is:stereo", 72, lambda r, _s: _yes(r.stereo, "stereo", "mono"),
        asks=_being("stereo", lambda r, _s: r.stereo), quiet=True, shown=False,
        counted=columnchoices.CHANNELS,
    ),
    Column(
        "kind", "Kind", "kind", 96, lambda r, _s: words.KIND_WORDS.get(r.kind, r.kind),
        asks=_having("kind", lambda r, _s: r.kind), quiet=True, shown=False,
        counted=TextValues(
            KIND, lambda r, _s: r.kind, worded=lambda key: words.KIND_WORDS.get(key, key)
        ),
    ),
    Column(
        "direction", "Direction", "direction", 88, lambda r, _s: r.direction or "",
        asks=_having("direction", lambda r, _s: r.direction), quiet=True, shown=False,
        counted=TextValues(DIRECTION, lambda r, _s: r.direction or "", worded=str),
    ),
    Column(
        "transcribed", "Transcribed", "is:transcribed", 92, lambda r, _s: _yes(r.transcribed, "yes", "no"),
        asks=_being("transcribed", lambda r, _s: r.transcribed), tip=_transcribed_tip, quiet=True,
        shown=False, counted=columnchoices.TRANSCRIBED,
    ),
    Column(
        "size", "Size", "size", 72, lambda r, _s: words.size(r.size) if r.size is not None else "",
        falls=True, measured=True, right=True, shown=False, counted=columnsteps.SIZE,
    ),
    Column(
        "exported", "Exported", "is:exported", 108, _exported, tip=_exported_tip,
        asks=_being("exported", lambda r, s: s.marks_of(r).exported is not None),
        falls=True, measured=True, quiet=True, shown=False, counted=columnchoices.EXPORTED,
    ),
    Column(
        "provider", "Provider", "provider", 84, lambda r, s: s.provider(r),
        asks=_having("provider", lambda r, _s: r.provider), quiet=True, shown=False,
        counted=columnchoices.PROVIDERS,
    ),
    Column(
        "health", "Health", "health", 128, _health, tip=_health_tip, asks=_having("health", _verdict),
        shown=False, counted=columnchoices.HEALTH,
    ),
    _figure("loudness", "Loudness", _loudness, columnsteps.LOUDNESS, falls=False),
    _figure("peak", "Peak", lambda f: healthwords.peak(f.peak), columnsteps.PEAK),
    _figure("clipped", "Clipped", lambda f: healthwords.share(f.clipped), columnsteps.CLIPPED),
    _figure("silence", "Silence", lambda f: healthwords.share(f.silence), columnsteps.SILENCE),
    _figure("talk_left", "Talk left", _left, columnsteps.TALK_LEFT, falls=False),
    _figure("talk_right", "Talk right", _right, columnsteps.TALK_RIGHT, falls=False),
    _figure("decoded", "Measured length", lambda f: figures.clock(f.seconds), columnsteps.DECODED),
    Column(
        "encoding", "Encoding", "format", 168, _encoding, tip=_health_tip, sort="format", quiet=True,
        shown=False, group="Sound, as measured", counted=_FORMATS,
    ),
    Column(
        "same", "Same sound", "same", 84, _same, tip=_same_tip,
        asks=_having("same", lambda r, s: r.id if s.marks_of(r).same else None),
        quiet=True, right=True, shown=False, measured=True, group="Sound, as measured",
        counted=KinValues(lambda r, _s: words.long_title(r), "The only one with its sound"),
    ),
    Column(
        "id", "Id", "id", 120, lambda r, _s: shortened(r.id), tip=lambda r, _s: r.id,
        copied=lambda r, _s: r.id, asks=_having("id", lambda r, _s: r.id), quiet=True, mono=True, shown=False,
        counted=TextValues(ID, lambda r, _s: r.id),
    ),
)  # fmt: skip
"""Every column, in the order of a new profile."""
