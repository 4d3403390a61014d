"""A recording, as Playhead knows it whatever provider it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from playhead.core.text import digits_of, fold

KINDS = ("call", "conference", "prompt", "whisper", "voicemail", "survey")
"""The kinds that a query can name; a provider may send others, which are shown as they come."""
CALLS = ("call", "conference")
"""The kinds of recordings that have sides."""

SILENT_STATUSES = frozenset(
    {"accepted", "ongoing", "paused", "absent", "failed", "initialised", "recording", "queued"}
)
"""Statuses of a recording that has no audio (yet). A status not listed here is worth a try:
Bird's set of statuses is open (https://docs.bird.com/api/voice-api/recordings-api/list-recordings)."""


PASSING_STATUSES = frozenset(
    {
        "accepted",
        "initialised",
        "ongoing",
        "paused",
        "pending",
        "processing",
        "queued",
        "recording",
        "ringing",
        "starting",
    }
)
"""Statuses that will give way to another: a recording that has one is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a call: whoever rang, or whoever was rung."""

    number: str | None = None
    """The number as the provider wrote it, with or without `+`."""
    identity: str | None = None
    """The same number in the provider's normal form, where it has one."""
    name: str | None = None
    """The caller's name, or the contact's, as the provider wrote it."""
    country: str | None = None
    """ISO 3166 two letters."""
    line: str | None = None
    """How it was connected: pstn, sip, webrtc."""
    contact: str | None = None
    """The provider's id of the contact."""
    anonymous: bool = False

    @property
    def address(self) -> str | None:
        """The number to show: the normal form if there is one."""
        return self.identity or self.number

    @property
    def digits(self) -> str:
        """The digits of the number in international form, for comparing however it was written."""
        return digits_of(self.address or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording of one account. Identity is `(account, id)`; everything else may be absent.

    Times are aware and in UTC, durations are seconds, sizes are bytes. A link to the audio is never part of
    it: links die, and are fetched when they are needed.
    """

    account: str
    """The id of the Playhead account that it came through."""
    id: str
    """The provider's own id."""
    provider: str
    """The name of its provider (`core.provider`)."""
    kind: str = "call"
    direction: str | None = None
    """`incoming` or `outgoing`."""
    status: str | None = None
    name: str | None = None
    filename: str | None = None
    caller: Party | None = None
    callee: Party | None = None
    started: datetime | None = None
    ended: datetime | None = None
    created: datetime | None = None
    updated: datetime | None = None
    duration: float | None = None
    """As the provider tells it; see `length`."""
    measured: float | None = None
    """Seconds of its audio as they were counted when it was decoded here."""
    format: str | None = None
    stereo: bool | None = None
    transcribed: bool | None = None
    size: int | None = None
    channel: str | None = None
    call: str | None = None
    """The id of the call or conference that was recorded."""
    conference: str | None = None
    origin: str | None = None
    creator: str | None = None
    position: int = 0
    """The place in the provider's own order, which decides between recordings without a date."""
    fault: str | None = None
    """Why this row cannot be played although it is listed: what was wrong with it, as a sentence."""
    raw: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Everything the provider sent, less any link."""

    @property
    def key(self) -> tuple[str, str]:
        """The identity."""
        return (self.account, self.id)

    @property
    def moment(self) -> datetime | None:
        """Moment of the recording: its start, else its creation. The newest-first order goes by it."""
        return self.started or self.created

    @property
    def length(self) -> float | None:
        """Seconds of its audio: as the provider tells, or else as they were counted."""
        return self.measured if self.duration is None else self.duration

    @property
    def playable(self) -> bool:
        """True if asking for its audio makes sense."""
        return self.fault is None and (self.status or "").lower() not in SILENT_STATUSES

    @property
    def visible_text(self) -> str:
        """All the words that plain words of a query look in, folded, one field a line."""
        words = [
            self.name,
            self.filename,
            self.kind,
            self.direction,
            self.status,
            self.format,
            self.provider,
            self.id,
            self.call,
            self.channel,
        ]
        for party in (self.caller, self.callee):
            if party is not None:
                words += [party.name, party.address, party.digits, "anonymous" if party.anonymous else None]
        return fold("\n".join(word for word in words if word))
