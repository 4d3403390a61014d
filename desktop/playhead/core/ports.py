"""Ports: protocols and values that the core needs from the packages around it."""

from array import array
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from playhead.core.account import Account, Credential
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, State
from playhead.core.finding.query import Order, Query
from playhead.core.marks import Marks, Note, Spans
from playhead.core.page import Arrival, Asked, FeedState, Page
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Audio on its way from a media host.

    `chunks` may raise any `ProviderError`; a body that ends early raises `Unreachable("cut")`, a body longer
    than announced `Garbled("length")`.
    """

    chunks: AsyncIterator[bytes]
    offset: int
    """The first byte that `chunks` gives: as asked, or 0 if the host would not or could not resume."""
    total: int | None
    """Bytes of the whole media, if the host said so."""
    validator: str | None
    """What tells that a resumed body is the same one: a strong ETag, else Last-Modified."""
    media_type: str = ""
    """What the host calls it; often wrong."""


class Source(Protocol):
    """The door of one account at its provider. Read only. Everything may raise `ProviderError`.

    Each account obeys its own rate limit, repeats what is safe to repeat, times out, and can be cancelled at
    any await.
    """

    @property
    def account(self) -> Account:
        """The account that this is the door of."""

    def asks(self, query: Query) -> Asked | None:
        """Part of `query` that the server can filter by; None if nothing of this account can match it."""

    async def check(self) -> str:
        """Make sure that the credential works; a short text of what was found, for the person."""

    async def page(self, asked: Asked, cursor: str | None) -> Page:
        """One page; the first if `cursor` is None."""

    def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Delivery]:
        """Fetch audio through a fresh link, from `offset` if the host still has what `validator` names.

        Raises `NoAudio`, without asking where it is known that there is none.
        """

    async def again(self, recording: Recording) -> Recording | None:
        """The recording as it is now; None if it is certain that the provider no longer has it."""

    async def transcript(self, recording: Recording) -> Transcript | None:
        """Transcript of it, if the provider has one; it is never asked to make one."""

    async def close(self) -> None:
        """Let go of connections and secrets; nothing is asked afterwards (`ClosingSource` sees to that)."""


class Keys(Protocol):
    """The credential of one account, wherever it is kept."""

    async def load(self) -> Credential:
        """The credential; raises `VaultError`, or `Refused` if none is kept."""

    async def save(self, credential: Credential) -> None:
        """Keep a newer one; returns when it is safe."""


class Vault(Protocol):
    """The keyring of the operating system, or what stands in for it until Playhead quits."""

    @property
    def name(self) -> str:
        """Name by which the person knows it."""

    async def get(self, key: str) -> str | None:
        """The secret kept under `key`; None if there is none. Raises `VaultError`."""

    async def set(self, key: str, secret: str) -> None:
        """Keep `secret` under `key`. Raises `VaultError`."""

    async def delete(self, key: str) -> None:
        """Forget what is kept under `key`; fine if nothing is. Raises `VaultError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The ordered answer of the catalogue to a query."""

    ids: "array[int]"
    """The catalogue's own numbers of the recordings, in order (typecode `q`)."""
    matched: int
    """How many loaded recordings match, whether or not they are certain enough to be listed."""
    loaded: int
    """How many loaded recordings the query was compared with: those of the accounts it names, else all."""


@dataclass(frozen=True, slots=True)
class Count:
    """Number of recordings of one kind that one account has in the catalogue."""

    account: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of several recordings: their number, and what is known of their length and size."""

    number: int
    seconds: float
    bytes: int
    timed: int
    """Of how many the length is known."""
    sized: int
    """Of how many the size is known."""


class Catalogue(Protocol):
    """All recordings met so far; encrypted on disk, or in memory. Works in threads of its own.

    Everything may raise `CatalogueError`.
    """

    async def add(
        self,
        recordings: Sequence[Recording],
        state: FeedState,
        *,
        whole: tuple[datetime, datetime] | None = None,
    ) -> Arrival:
        """Store a page and how far its feed has come, both or neither. What is in it is not gone.

        With `whole`, these are all recordings that the account has between the two moments: any other that
        lies there, both by its start and by its creation, is gone.
        """

    async def mark_gone(self, recording: Recording) -> None:
        """Remember that the provider no longer has a recording."""

    async def states(self) -> Sequence[FeedState]:
        """States of all feeds."""

    async def listing(self, query: Query, order: Order, *, not_before: datetime | None = None) -> Listing:
        """The ordered ids that match. With `not_before`, only undated ones and those not older."""

    async def first_rows(
        self, query: Query, order: Order, *, not_before: datetime | None = None, number: int = 100
    ) -> "array[int]":
        """The first ids of what `listing` would give, much sooner. A newer call ends this, and a listing."""

    async def count(self, query: Query) -> int:
        """Number of loaded recordings that match; at leisure, neither ending a listing nor ended by one."""

    async def matching(self, query: Query) -> "array[int]":
        """The ids of all loaded recordings that match, the newest first; at leisure, as `count`."""

    async def totals(self, ids: "array[int]") -> "Totals":
        """Totals of these recordings; a newer call ends this one."""

    async def seek(
        self, query: Query, order: Order, moment: datetime, *, not_before: datetime | None = None
    ) -> int:
        """The row of a listing by date at which `moment` is passed: how many rows come before it.

        Newest first, the row is the first that is not newer; oldest first, the first that is not older.
        """

    async def recordings(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        """The recordings of catalogue ids, in that order; None for one that is no longer there."""

    async def counts(self) -> Sequence[Count]:
        """Numbers of recordings, for the side bar."""

    async def values(self, field: str) -> Sequence[str]:
        """The distinct values of a text column, for completion."""

    async def forget(self, account: str) -> None:
        """Remove every trace of an account: recordings, feeds, marks, transcripts, media."""

    async def media(self, recording: Recording) -> bytes | None:
        """The cached audio, if the cache has it."""

    async def keep_media(self, recording: Recording, content: bytes) -> None:
        """Put audio into the cache; the oldest goes when there is no room."""

    async def media_usage(self) -> tuple[int, int]:
        """Bytes of audio that the cache holds, and how many it may."""

    async def limit_media(self, limit: int) -> None:
        """Let the cache hold `limit` bytes from now on; what is too much goes at once, the oldest first."""

    async def empty_media(self) -> None:
        """Throw all cached audio away; it can be fetched again."""

    async def peaks(self, recording: Recording) -> bytes | None:
        """Peaks that `keep_peaks` kept."""

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        """Keep a waveform."""

    async def loudness(self, recording: Recording) -> float | None:
        """Loudness that `keep_loudness` kept, in LUFS."""

    async def keep_loudness(self, recording: Recording, lufs: float) -> None:
        """Keep how loud a recording is, so that it is measured once."""

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """Marks of each, in that order; notes by their second, those without one first."""

    async def star(self, recording: Recording, *, on: bool) -> None:
        """Give a recording its star, or take it away."""

    async def add_note(self, recording: Recording, text: str, at: float | None) -> Note:
        """Keep a note, of the second `at` if of any; fails if the recording is no longer there."""

    async def change_note(self, note: int, text: str) -> None:
        """Give the note with this id another text; nothing happens if it is no longer there."""

    async def remove_note(self, note: int) -> None:
        """Remove the note with this id, if it is there."""

    async def keep_heard(self, recording: Recording, spans: Spans) -> None:
        """Add seconds that were heard to those that were heard before."""

    async def transcript(self, recording: Recording) -> Transcript | None:
        """Transcript that `keep_transcript` kept."""

    async def keep_transcript(self, recording: Recording, transcript: Transcript) -> None:
        """Keep what was said, in place of what was kept before; plain words of a query find it."""

    async def close(self) -> None:
        """Finish what is being written and let go of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An export in the journal: all that is needed to go on with it."""

    number: int
    plan: Plan
    """Without recordings of accounts that were disconnected since."""
    choices: Choices
    began: datetime
    outcomes: Mapping[int, Outcome]
    """What became of files so far, by their place in the plan. Of one that is said to be kept, the audio may
    have got its name or may still lie beside it: the journal is written first."""
    ended: bool
    """Whether it came to its end, by itself or because the person cancelled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An export in the journal without its files, of which there may be very many."""

    number: int
    folder: Path
    """Where its audio goes."""
    choices: Choices
    began: datetime
    files: int
    """How many there are in the plan, without those of accounts that were disconnected since."""
    states: Mapping[State, int]
    """What became of how many of them so far."""
    present: int
    """How many of those that are kept were there already."""
    size: int
    """Bytes of those that are kept."""
    ended: bool

    @property
    def retryable(self) -> int:
        """Number of those that failed, were left or not begun."""
        return self.files - self.here - self.states.get(State.SKIPPED, 0)

    @property
    def here(self) -> int:
        """Number of those that have a file."""
        return sum(number for state, number in self.states.items() if state.has_file)


class Exports(Protocol):
    """The journal of exports, kept in the catalogue. Everything may raise `CatalogueError`.

    What is written survives the death of the process at any moment after.
    """

    async def begin(self, plan: Plan, choices: Choices) -> int:
        """Write down what an export is going to do; gives its number."""

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        """Write down what became of the file at `place` of the plan; a later call replaces an earlier one.

        Of a file that is kept: before it gets its name. Its recording counts as exported from then on.
        """

    async def end(self, number: int) -> None:
        """Write down that the export has ended."""

    async def dismiss(self, number: int) -> None:
        """Let go of an export that the person no longer wants to see; what was exported stays known."""

    async def briefs(self) -> Sequence[Brief]:
        """The exports that were not dismissed, the oldest first."""

    async def entry(self, number: int) -> Entry | None:
        """All of one of them; None if there is none of that number."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A query that the person saved under a name."""

    name: str
    text: str


class Searches(Protocol):
    """Saved queries and what was typed before. Everything may raise `CatalogueError`."""

    async def saved(self) -> Sequence[Saved]:
        """The saved queries, in the order that the person gave them."""

    async def save(self, saved: Sequence[Saved]) -> None:
        """Keep these instead of those that were there."""

    async def history(self) -> Sequence[str]:
        """The filters that were used, the latest first; at most 50, each once."""

    async def used(self, text: str) -> None:
        """A filter was used."""

    async def forget_history(self) -> None:
        """Forget the filters that were used."""


class Store(Catalogue, Protocol):
    """Everything that is kept from one run of the program to the next, settings and secrets excepted."""

    @property
    def exports(self) -> Exports:
        """The journal of exports."""

    @property
    def searches(self) -> Searches:
        """Saved queries and what was typed before."""


Clock = Callable[[], datetime]
"""Gives the present moment, aware."""

Waiting = Callable[[float], None]
"""Told how many seconds an account pauses because its provider asked for it; 0 when it goes on."""
