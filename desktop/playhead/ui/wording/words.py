"""Words for every number, moment, state and error."""

import re
from calendar import weekday
from collections.abc import Sequence
from datetime import datetime, timedelta

from playhead.core import errors
from playhead.core.figures import number
from playhead.core.finding.speechhits import Passage
from playhead.core.loading.coverage import Coverage
from playhead.core.recording import PASSING_STATUSES, Party, Recording
from playhead.core.text import international_digits

BY_ADMINISTRATOR = "Set by your administrator."
KIND_WORDS = {
    "call": "Call",
    "conference": "Conference",
    "prompt": "Prompt",
    "whisper": "Whisper",
    "voicemail": "Voicemail",
    "survey": "Survey",
}
PLURALS = {
    "call": "Calls",
    "conference": "Conferences",
    "prompt": "Prompts",
    "whisper": "Whispers",
    "voicemail": "Voicemails",
    "survey": "Surveys",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LABEL = 24
"""Letters of an account's label that a sentence has room for."""
_PLUS = re.compile(r"\s*[+＋]")
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def count(value: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 recording`, `1 204 recordings`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def spoken_time(seconds: float) -> str:
    """A position for a screen reader: `1 minute 5 seconds`."""
    hours, rest = divmod(max(0, int(seconds)), 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (left, "second")]
    said = [f"{value} {name if value == 1 else name + 's'}" for value, name in parts if value]
    return " ".join(said) or "0 seconds"


def said(passage: Passage | None) -> str:
    """Place and sentence in which it was said, for a screen reader; empty without one."""
    if passage is None:
        return ""
    when = "" if passage.at is None else f" at {spoken_time(passage.at)}"
    return f"said{when}: {passage.text}"


def length(seconds: float) -> str:
    """A duration in words: `45 s`, `12 min 40 s`, `1 h 03 min`."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{number(hours)} h {minutes:02} min"
    return f"{minutes} min {left:02} s" if minutes else f"{left} s"


def size(value: float) -> str:
    """A size in decimal units, as disks and providers count: `480 kB`, `1.2 GB`."""
    step = 0
    while value >= 999.5 and step < len(_UNITS) - 1:
        value /= 1000
        step += 1
    return f"{value:.0f} {_UNITS[step]}" if step < 2 or value >= 99.5 else f"{value:.1f} {_UNITS[step]}"


def moment(when: datetime, now: datetime) -> str:
    """A moment, short: `Today 14:02`, `Yesterday 09:12`, `14 Mar 09:12`, `14 Mar 2025`."""
    local = when.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days == 0:
        return f"Today {_time(local)}"
    if days == 1:
        return f"Yesterday {_time(local)}"
    if local.year == now.year:
        return f"{local.day} {_month(local)} {_time(local)}"
    return f"{local.day} {_month(local)} {local.year}"


def within(moment: str) -> str:
    """A moment as it is written inside of a sentence: `today 14:02`."""
    return moment[:1].lower() + moment[1:]


def _time(local: datetime) -> str:
    """Not by strftime, which imports a module anew each time: cells are painted by the hundred."""
    return f"{local.hour:02}:{local.minute:02}"


def _month(local: datetime) -> str:
    """Not by strftime, whose language is the system's while the window speaks English."""
    return MONTHS[local.month - 1][:3]


def exact_moment(when: datetime, now: datetime) -> str:
    """A moment to the second: `Today 13:47:21 CET`, `14 Mar 2026, 13:47:21 CET`."""
    local = when.astimezone(now.tzinfo)
    day = "Today" if local.date() == now.date() else f"{local.day} {_month(local)} {local.year},"
    return f"{day} {local:%H:%M:%S %Z}".rstrip()


def full_moment(when: datetime, now: datetime) -> str:
    """A moment with everything: `Saturday 14 March 2026, 13:47:21 CET`."""
    local = when.astimezone(now.tzinfo)
    day = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M:%S %Z}".rstrip()


def period(written: str) -> str:
    """A period that is written `2026`, `2026-03`, `2026-03-14` or `2026-03-14 09`: `14 Mar 2026, 09:00`."""
    date, _, hour = written.partition(" ")
    year, *rest = date.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    day = DAYS[weekday(int(year), int(rest[0]), int(rest[1]))]
    if not hour:
        return f"{day[:3]} {int(rest[1])} {month} {year}"
    return f"{day[:3]} {int(rest[1])} {month[:3]} {year}, {hour}:00"


def party(side: Party | None) -> str:
    """Party on one side of a call: a name, else a number, else `anonymous`; empty if unknown."""
    if side is None:
        return ""
    if side.anonymous and not side.name and not side.address:
        return "anonymous"
    return side.name or phone(side) or ("anonymous" if side.anonymous else "")


def cell_party(recording: Recording, side: Party | None) -> str:
    """Party on one side, for the table: a call that does not say it is `unknown` there."""
    return party(side) or ("unknown" if recording.kind in {"call", "conference"} else "")


def phone(side: Party) -> str:
    """The number of one side in international form, or what the provider wrote if that is no such number."""
    # Not above: its library would hold up the first paint, and is loaded in a thread until a row needs it.
    from playhead.ui.wording.phones import as_written_there, international, is_subscriber

    written = side.address or ""
    digits = international_digits(written)
    if side.line == "sip" and not (_PLUS.match(written) or is_subscriber(digits, side.country)):
        # Whoever is called 4201 there need not have a number at all.
        digits = ""
    return international(digits) if digits and as_written_there(written, digits) else written


def title(recording: Recording) -> str:
    """Title of a recording in the table: its name, else kind and direction."""
    if recording.name:
        return recording.name
    kind = KIND_WORDS.get(recording.kind, recording.kind.capitalize() or "Recording")
    return f"{kind} · {recording.direction}" if recording.direction else kind


def long_title(recording: Recording) -> str:
    """Title of a recording where there is room: with the other side of the call."""
    if recording.name:
        return recording.name
    kind = KIND_WORDS.get(recording.kind, recording.kind.capitalize() or "Recording")
    other = party(recording.callee if recording.direction == "outgoing" else recording.caller)
    if not other:
        return title(recording)
    way = "to" if recording.direction == "outgoing" else "from"
    direction = f"{recording.direction.capitalize()} {kind.lower()}" if recording.direction else kind
    return f"{direction} {way} {other}"


def unplayable(recording: Recording) -> str:
    """Reason why a recording cannot be heard now; empty if it can."""
    if recording.fault:
        return recording.fault
    if recording.playable:
        return ""
    status = (recording.status or "").lower()
    if status in PASSING_STATUSES:
        return "The recording is still in progress; there is nothing to hear yet."
    if status == "absent":
        return "The provider says that there is no audio for this recording."
    return f"The provider says “{recording.status}”; there is no audio for this recording."


def place_in(row: int, total: int, *, more: bool) -> str:
    """The place of a row (from 0) for a screen reader: `2 of 45`, and that more exist if they do."""
    return f"{row + 1} of {total} shown, more exist" if more else f"{row + 1} of {total}"


def spoken(recording: Recording, provider: str, now: datetime, place: str, *states: str) -> str:
    """One sentence for a screen reader: place, what, whose (a title), when, how long, who, states."""
    parts = [place, title(recording), provider]
    if recording.moment:
        local = recording.moment.astimezone(now.tzinfo)
        parts.append(f"{local.day} {MONTHS[local.month - 1]} {local.year} {local:%H:%M}")
    else:
        parts.append("no date")
    if recording.length:
        parts.append(length(recording.length))
    sides = (("from", recording.caller), ("to", recording.callee))
    parts += [f"{way} {_spoken_party(side)}" for way, side in sides if party(side)]
    parts += [*states, recording.status or "", unplayable(recording)]
    return ", ".join(part for part in parts if part)


def _spoken_party(side: Party | None) -> str:
    named = side is not None and side.name and side.address
    return f"{party(side)} {phone(side)}" if side is not None and named else party(side)


def health(coverage: Coverage, now: datetime, waiting: float = 0) -> tuple[str, str]:
    """An account's chip: `good`, `busy`, `attention` or `bad`, and a few words."""
    if coverage.failure is not None:
        return _sick(coverage.failure)
    if waiting > 0:
        return "attention", f"asked to wait · goes on in {max(1, round(waiting))} s"
    if not coverage.begun:
        return ("busy", "asking…") if coverage.loading else ("busy", "not loaded yet")
    if coverage.exhausted:
        when = coverage.as_of.astimezone(now.tzinfo) if coverage.as_of else None
        return "good", f"complete · {when:%H:%M}" if when and when.date() == now.date() else "complete"
    if not coverage.ordered:
        return "attention", "not newest first · more exist"
    down = f"loaded to {_day(coverage.horizon, now)} · " if coverage.horizon else ""
    return "good", f"{down}more exist"


_SICK: tuple[tuple[type[errors.PlayheadError], str, str], ...] = (
    (errors.Refused, "bad", "key refused"),
    (errors.Forbidden, "bad", "not allowed"),
    (errors.Missing, "bad", "not found"),
    (errors.Limited, "attention", "too many requests"),
    (errors.Unreachable, "attention", "not reachable"),
    (errors.Unavailable, "attention", "server fault"),
    (errors.VaultError, "bad", "keyring closed"),
    (errors.CatalogueError, "bad", "cannot be stored"),
)


def _sick(failure: errors.PlayheadError) -> tuple[str, str]:
    found = ((colour, text) for kind, colour, text in _SICK if isinstance(failure, kind))
    return next(found, ("bad", "odd answer"))


def _day(when: datetime, now: datetime) -> str:
    local = when.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"today {local:%H:%M}"
    return (
        f"{local.day} {_month(local)}"
        if now - when < timedelta(days=300)
        else f"{local.day} {_month(local)} {local.year}"
    )


def coverage_sentence(matched: int, loaded: int, coverage: Sequence[Coverage], *, filtered: bool) -> str:
    """Sentence on what the table shows: `37 match in 1 204 loaded · more exist at Bird`."""
    if filtered:
        verb = "matches" if matched == 1 else "match"
        begin = f"{number(matched)} {verb} in {number(loaded)} loaded"
    else:
        begin = f"{number(loaded)} loaded"
    open_ones = [each for each in coverage if not each.exhausted]
    parts = [begin]
    if not coverage:
        return f"{begin} · nothing else can match" if filtered else begin
    if not open_ones:
        parts.append("everything is loaded" if not filtered else "nothing else can match")
        return " · ".join(parts)
    more = [each.account.label for each in open_ones if each.begun and each.failure is None]
    unasked = [each for each in open_ones if not each.begun and each.failure is None]
    asking = [each.account.label for each in unasked if each.loading]
    unknown = [each.account.label for each in unasked if not each.loading]
    failed = [each.account.label for each in open_ones if each.failure is not None]
    if more:
        parts.append(f"more exist at {_list(more)}")
    if unknown:
        parts.append(f"more may exist at {_list(unknown)}")
    if asking:
        parts.append(f"asking {_list(asking)}")
    if failed:
        parts.append(f"{_list(failed)} could not be asked")
    return " · ".join(parts)


def _list(whole: Sequence[str]) -> str:
    if len(whole) > 3:
        return f"{len(whole)} accounts"
    labels = [label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…" for label in whole]
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]
