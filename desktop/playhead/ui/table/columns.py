"""The table's columns, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import Qt

from playhead.core import figures
from playhead.core.marks import NO_MARKS, Marks
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui.wording import words


@dataclass(frozen=True, slots=True)
class Showing:
    """What a cell's text depends on besides its recording."""

    now: datetime
    labels: dict[str, str]
    """The labels of the accounts, by id."""
    marks: Mapping[tuple[str, str], Marks] = field(default_factory=dict)
    """What the person made of recordings, by their identity."""
    providers: Providers = NO_PROVIDERS

    def provider(self, recording: Recording) -> str:
        """The title of a recording's provider."""
        return self.providers.title(recording.provider)

    def origin(self, recording: Recording) -> str:
        """The provider and the account of a recording: `Bird · EU support`."""
        return f"{self.provider(recording)} · {self.labels.get(recording.account, '')}"

    def with_marks(self, marks: Mapping[tuple[str, str], Marks]) -> "Showing":
        """The same for recordings with these marks."""
        return replace(self, marks=marks)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, sorted and asked by, and what its cells say."""

    key: str
    """What the catalogue sorts by."""
    title: str
    field: str
    """The word of the query language that asks for it; empty if there is none."""
    width: int
    text: Callable[[Recording, Showing], str]
    tip: Callable[[Recording, Showing], str] | None = None
    copied: Callable[[Recording, Showing], str] | None = None
    """What stands for a cell outside of Playhead, if it is not its text."""
    right: bool = False
    mono: bool = False
    shown: bool = True

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers to the right, everything else to the left."""
        side = Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _started(recording: Recording, showing: Showing) -> str:
    return words.moment(recording.moment, showing.now) if recording.moment else "no date"


def _started_tip(recording: Recording, showing: Showing) -> str:
    return (
        words.full_moment(recording.moment, showing.now) if recording.moment else "The provider gave no date."
    )


def _started_copied(recording: Recording, showing: Showing) -> str:
    local = recording.moment.astimezone(showing.now.tzinfo) if recording.moment else None
    return f"{local:%Y-%m-%d %H:%M:%S}" if local else ""


def _gone(recording: Recording, showing: Showing) -> datetime | None:
    return showing.marks.get(recording.key, NO_MARKS).gone


def _state_tip(recording: Recording, showing: Showing) -> str:
    if (gone := _gone(recording, showing)) is None:
        return words.unplayable(recording)
    where = showing.provider(recording)
    noticed = words.within(words.exact_moment(gone, showing.now))
    return f"No longer at {where}; noticed {noticed}. What is known of it stays."


def _status(recording: Recording, showing: Showing) -> str:
    return "gone" if _gone(recording, showing) else recording.status or ""


def _exported(recording: Recording, showing: Showing) -> str:
    exported = showing.marks.get(recording.key, NO_MARKS).exported
    return words.moment(exported, showing.now) if exported else ""


def _exported_tip(recording: Recording, showing: Showing) -> str:
    exported = showing.marks.get(recording.key, NO_MARKS).exported
    return words.full_moment(exported, showing.now) if exported else "Never exported."


def _yes(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a value of three states, not a switch
    return "" if value is None else yes if value else no


def _status_tip(recording: Recording, showing: Showing) -> str:
    return _state_tip(recording, showing) or (recording.status or "")


def _share(recording: Recording, showing: Showing) -> float:
    return showing.marks.get(recording.key, NO_MARKS).heard.share(recording.duration)


def _heard(recording: Recording, showing: Showing) -> str:
    """A percentage; the table paints it as a bar."""
    return f"{100 * _share(recording, showing):.0f} %"


def _heard_tip(recording: Recording, showing: Showing) -> str:
    heard = showing.marks.get(recording.key, NO_MARKS).heard
    if not heard.pairs:
        return "Not heard yet."
    return f"{words.length(heard.seconds)} heard, {_heard(recording, showing)}."


COLUMNS = (
    Column("state", "", "is", 30, lambda _r, _s: "", _state_tip),
    Column("started", "Started", "date", 120, _started, _started_tip, _started_copied),
    Column("name", "Recording", "name", 112, lambda r, _s: words.title(r), lambda r, _s: words.long_title(r)),
    Column(
        "from",
        "From",
        "from",
        138,
        lambda r, _s: words.cell_party(r, r.caller),
        lambda r, _s: _party_tip(r, "caller"),
        lambda r, _s: _party_copied(r, r.caller),
    ),
    Column(
        "to",
        "To",
        "to",
        138,
        lambda r, _s: words.cell_party(r, r.callee),
        lambda r, _s: _party_tip(r, "callee"),
        lambda r, _s: _party_copied(r, r.callee),
    ),
    Column(
        "duration",
        "Duration",
        "duration",
        80,
        lambda r, _s: figures.clock(r.duration) if r.duration is not None else "—",
        lambda r, _s: (
            words.length(r.duration) if r.duration is not None else "The provider gave no duration."
        ),
        right=True,
    ),
    Column("heard", "Heard", "heard", 62, _heard, _heard_tip),
    Column(
        "account",
        "Account",
        "account",
        86,
        lambda r, s: s.labels.get(r.account, ""),
        lambda r, s: s.origin(r),
    ),
    Column("status", "Status", "status", 84, _status, _status_tip, shown=False),
    Column("format", "Format", "format", 64, lambda r, _s: r.format or "", shown=False),
    Column(
        "stereo", "Channels", "is:stereo", 72, lambda r, _s: _yes(r.stereo, "stereo", "mono"), shown=False
    ),
    Column("kind", "Kind", "kind", 96, lambda r, _s: words.KIND_WORDS.get(r.kind, r.kind), shown=False),
    Column("direction", "Direction", "direction", 88, lambda r, _s: r.direction or "", shown=False),
    Column(
        "transcribed",
        "Transcribed",
        "is:transcribed",
        92,
        lambda r, _s: _yes(r.transcribed, "yes", "no"),
        shown=False,
    ),
    Column(
        "size",
        "Size",
        "size",
        72,
        lambda r, _s: words.size(r.size) if r.size is not None else "",
        right=True,
        shown=False,
    ),
    Column("exported", "Exported", "is:exported", 108, _exported, _exported_tip, shown=False),
    Column("provider", "Provider", "provider", 84, lambda r, s: s.provider(r), shown=False),
    Column(
        "id",
        "Id",
        "id",
        120,
        lambda r, _s: shortened(r.id),
        lambda r, _s: r.id,
        lambda r, _s: r.id,
        mono=True,
        shown=False,
    ),
)
"""Every column, in the order of a new profile."""


def _party_copied(recording: Recording, side: Party | None) -> str:
    """A name with its number, `Maria Jansen <+31 20 555 0123>`, or the one that is known."""
    shown = words.cell_party(recording, side)
    number = words.phone(side) if side is not None and side.name else ""
    return f"{shown} <{number}>" if number else shown


def _party_tip(recording: Recording, side: str) -> str:
    party = recording.caller if side == "caller" else recording.callee
    if party is None:
        return ""
    phone = words.phone(party)
    sent = f"sent as {party.address}" if party.address not in {None, phone} else None
    return " · ".join(part for part in (party.name, phone, party.country, party.line, sent) if part)
