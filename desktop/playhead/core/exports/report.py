"""Report of an export: the outcome of every recording, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from playhead.core.errors import (
    Disconnected,
    ExportError,
    Forbidden,
    Garbled,
    Gone,
    Limited,
    Missing,
    NoAudio,
    NotAudio,
    PlayheadError,
    Reason,
    Refused,
    Rejected,
    Unavailable,
    UnplayedKind,
    Unreachable,
    VaultError,
)
from playhead.core.exports.choices import AS_USUAL, Choices
from playhead.core.exports.custody import Sitting, sittings
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan
from playhead.core.finding.speechhits import Passage
from playhead.core.health.verdicts import SoundHealth
from playhead.core.marks import Marks, SameSound, Spans
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript


class State(StrEnum):
    """State of one recording's export."""

    KEPT = "kept"
    """Its file is whole and on the disk."""
    DOUBTFUL = "doubtful"
    """Its file is as well, byte for byte as it came, but nobody can tell whether it is audio."""
    SKIPPED = "skipped"
    """It has no audio."""
    FAILED = "failed"
    LEFT = "left"
    """The export ended before its turn, or the person cancelled this one."""

    @property
    def has_file(self) -> bool:
        """True if there is a file of it, whole and on the disk."""
        return self in {State.KEPT, State.DOUBTFUL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Outcome of one recording, with its file if there is one."""

    recording: Recording
    state: State
    path: str = ""
    """Relative to the folder of the export, with slashes; empty without a file."""
    size: int = 0
    sha256: str = ""
    media_type: str = ""
    """Kind, rate and channels that the host called it as it came, if it did: some forms of sound are told by
    that alone. Nothing else of what the host wrote there, which may name somebody."""
    why: str = ""
    """Why there is no file, or why it is doubtful, as the end of a sentence."""
    error: PlayheadError | None = None
    present: bool = False
    """Whether it is kept because an earlier export had put it there, and it is intact: not fetched again."""
    fetched: datetime | None = None
    """When all of it had arrived; None where that was not written down."""
    sitting: Sitting | None = None
    """The run of the export in which it was fetched, likewise."""
    copy: Kept | None = None
    """The copy in another form beside it, if one was chosen."""
    copy_failure: str = ""
    """Why there is no copy although one was chosen, as the end of a sentence."""
    copy_flaw: str = ""
    """What could not be decoded and is silent in the copy, if anything, as the end of a sentence."""
    transcript: Transcript | None = None
    """What was said in it, if that was chosen and the provider has it; the journal does not keep it."""
    transcript_failure: str = ""
    """Why what was said could not be had, as the end of a sentence."""
    marks: Marks | None = None
    """What the person made of it, if that was chosen; the journal does not keep it."""
    health: SoundHealth | None = None
    """What was measured of its sound, if it was; the journal does not keep it."""
    said: tuple[Passage, ...] = ()
    """The words around what the filter of the export asks to have been said; not kept in the journal."""
    same: SameSound | None = None
    """The group of recordings with its sound, if there is another; the journal does not keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Outcomes of all recordings, in the order of the plan."""

    plan: Plan
    outcomes: tuple[Outcome, ...]
    began: datetime
    ended: datetime
    choices: Choices = AS_USUAL
    cancelled: bool = False
    stopped: ExportError | None = None
    """Why the target took no more, if so."""
    replaces: tuple[Kept, ...] = ()
    """The sheets of the run that this one goes on with: those that are still as written are replaced."""
    sheets: tuple[Kept, ...] = ()
    """What was written beside the audio, the list of sums last."""
    sheets_failure: ExportError | None = None
    journal_failure: PlayheadError | None = None
    """Why the journal does not know of everything that is kept, if so: this export cannot be continued."""
    marks_failure: PlayheadError | None = None
    """Why stars and notes are missing although they were chosen, if so."""
    unsynced: bool = False
    """Whether the disk of the folder made no promise that what was written outlasts a loss of power."""
    unreached: Mapping[int, Outcome] = field(default_factory=dict)
    """What had been kept in a folder that cannot be reached now, by place: it may be there all the same."""
    sitting: Sitting | None = None
    """The run that this is the report of."""

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """All runs that fetched something of it, and this one, in their order."""
        last = replace(self.sitting, ended=self.ended) if self.sitting is not None else None
        fetched = (
            (last if each.sitting == self.sitting and last is not None else each.sitting, each.fetched)
            for each in self.outcomes
            if each.sitting is not None
        )
        return sittings(fetched, last)

    def of(self, state: State) -> tuple[Outcome, ...]:
        """Those that ended in `state`."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is state)

    @property
    def size(self) -> int:
        """Bytes of audio kept."""
        return sum(outcome.size for outcome in self.outcomes)

    @property
    def retryable(self) -> tuple[int, ...]:
        """The places in the plan of what failed or was left, and may be tried again.

        What is doubtful is here as the provider has it: to ask again would give the same.
        """
        again = {State.FAILED, State.LEFT}
        return tuple(place for place, outcome in enumerate(self.outcomes) if outcome.state in again)

    @property
    def complete(self) -> bool:
        """True if everything that has audio was kept, and is audio without doubt."""
        return all(outcome.state in {State.KEPT, State.SKIPPED} for outcome in self.outcomes)


DOUBT = "Playhead cannot tell whether it is audio"
"""Why a file is doubtful."""

_TARGETS: Mapping[str, str] = {
    "missing": "the folder is no longer there",
    "moved": "another folder has taken the place of the export's folder",
    "readonly": "the folder cannot be written",
    "full": "the disk is full",
    "large": "the disk does not take files of this size",
    "inway": "something is in the way of the file",
    "name": "the disk does not take a file of this name",
    "removed": "the file was removed while the export ran",
    "altered": "the file was altered by another program while the export ran",
}
_INSTEAD: Mapping[str, str] = {
    "page": "it sent a web page instead of audio",
    "text": "it sent a text instead of audio",
    "picture": "it sent a picture instead of audio",
    "document": "it sent a document instead of audio",
    "archive": "it sent an archive instead of audio",
    "program": "it sent a program instead of audio",
    "file": "it sent a file that is not audio",
    "scrap": "it sent only a few bytes, which are not audio",
    "nothing": "it sent nothing instead of audio",
    "soundless": "it sent an audio file without any sound",
}
_REASONS: tuple[tuple[type[PlayheadError], Reason | None, str], ...] = (
    (Refused, "no key", "the account's credential is not in the keyring"),
    (Refused, "password", "the account's password was refused"),
    (Refused, None, "the account's credential was refused"),
    (Disconnected, None, "the account was disconnected meanwhile"),
    (Forbidden, "link", "the link to it was refused"),
    (Forbidden, None, "the account may not have it"),
    (Missing, "workspace", "the workspace is not there"),
    (Missing, "address", "the account's address has nothing of the provider"),
    (Missing, None, "the provider does not have it"),
    (Gone, None, "the provider no longer has it"),
    (Limited, None, "the provider got too many requests"),
    (Rejected, "address", "the account's address is not safe"),
    (Rejected, "link", "the link to it does not work"),
    (Rejected, None, "the provider did not accept the request"),
    (Unavailable, None, "the provider had a fault of its own"),
    (Unreachable, "cut", "the connection failed: it broke off"),
    (Unreachable, "name", "the connection failed: the provider's name is not known on the network"),
    (Unreachable, "tls", "the connection failed: its certificate is not trusted"),
    (Unreachable, "timeout", "the connection failed: no answer came in time"),
    (Unreachable, "slow", "it came too slowly"),
    (Unreachable, "proxy", "the proxy of this computer cannot be used"),
    (Unreachable, None, "the connection failed"),
    (Garbled, "html", "the provider answered with a web page instead of data"),
    (Garbled, "json", "the provider's answer broke off or made no sense"),
    (Garbled, "loop", "the provider's list does not end"),
    (Garbled, "barren", "the provider's list goes on without anything new"),
    (Garbled, "token", "the provider does not say in a known form where its list goes on"),
    (Garbled, "part", "the provider sent errors along with its list"),
    (Garbled, "length", "more or less came than was announced"),
    (Garbled, "audio", "it is not audio of a kind that Playhead knows"),
    (Garbled, "empty", "there is no sound in it"),
    (Garbled, "broken", "it is broken and cannot be decoded"),
    (Garbled, "large", "the provider's answer was too large"),
    (Garbled, "endless", "more came than its audio can have"),
    (Garbled, "encoding", "what came could not be unpacked"),
    (Garbled, "changed", "it changed while it was loading"),
    (Garbled, "redirects", "the link to it leads on without end"),
    (Garbled, "redirect", "the link to it leads to an address that is not safe"),
    (Garbled, None, "the provider answered in a form that Playhead does not know"),
    (NoAudio, "row", "the provider lists it in a form that Playhead does not know"),
    (NoAudio, "link", "the link to it is not safe"),
    (NoAudio, None, "it has no audio"),
    (VaultError, None, "the keyring did not give the account's credential"),
)
"""Error, its reason (None: any), the end of a sentence; the first that fits counts."""


def reason(error: PlayheadError) -> str:
    """Reason of a failure, as the end of a sentence in a report."""
    if isinstance(error, ExportError) and error.reason == "disk":
        return f"the disk reported a fault ({error.detail})"
    if isinstance(error, ExportError):
        return _TARGETS.get(error.reason, "the file could not be written")
    words = next(
        (words for kind, why, words in _REASONS if isinstance(error, kind) and why in {error.reason, None}),
        "it could not be had",
    )
    if isinstance(error, NotAudio):
        words = _INSTEAD[error.instead]
    if isinstance(error, UnplayedKind):
        words = f"it is a {error.kind}, which Playhead cannot decode"
    status = getattr(error, "status", None)
    request = getattr(error, "request_id", None)
    facts = [f"HTTP {status}"] if status else []
    facts += [f"request {request}"] if request else []
    return f"{words} ({', '.join(facts)})" if facts else words


def lost(outcome: Outcome, fault: ExportError) -> Outcome:
    """`outcome` without its file, and why."""
    return Outcome(
        recording=outcome.recording,
        state=State.FAILED,
        why=reason(fault),
        error=fault,
        copy=outcome.copy,
        transcript=outcome.transcript,
    )


def flaw(holes: Spans) -> str:
    """End of a sentence on what a copy lacks that is silent in `holes`; empty if it lacks nothing."""
    count, seconds = len(holes.pairs), max(0.1, round(holes.seconds, 1))
    if not count:
        return ""
    what = "1 stretch" if count == 1 else f"{count} stretches"
    return f"{what} of the original, {seconds} s in all, could not be decoded and is silent in the copy"


def silence(recording: Recording) -> str:
    """Reason why a recording has no audio, as the end of a sentence."""
    return recording.fault or f"it has no audio: its status is {recording.status}"
