"""Stores of the catalogue as protocols, one a topic, and the values that they give."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, State
from playhead.core.finding.grouping import Counted, Grouping
from playhead.core.finding.query import Order, Query
from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import HealthLimits
from playhead.core.health.soundprint import Resemblance
from playhead.core.marks import Marks, Note, Spans
from playhead.core.page import Arrival, FeedState
from playhead.core.recording import Recording
from playhead.core.timeline.timeline import Split, Timeline
from playhead.core.transcript import ListProgress, Side, Transcript, Transcription
from playhead.core.worklists.workstates import Added, WorkFigures, WorkWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The ordered answer of the catalogue to a query."""

    ids: "array[int]"
    """The catalogue's own numbers of the recordings, in order (typecode `q`)."""
    matched: int
    """Loaded recordings that match, whether or not they are certain enough to be listed."""
    loaded: int
    """Loaded recordings that the query was compared with: those of the accounts it names, else all."""
    undated: int = 0
    """Of those that match, how many have no date: by time they are the last ones, whichever way."""


@dataclass(frozen=True, slots=True)
class Count:
    """The number of recordings of one kind that one account has in the catalogue."""

    account: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Count, and the known length and size, of several recordings together."""

    number: int
    seconds: float
    bytes: int
    timed: int
    """Of how many the length is known."""
    sized: int
    """Of how many the size is known."""


class Recordings(Protocol):
    """All recordings met so far. Everything may raise `CatalogueError`."""

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

    async def mark_gone(self, recordings: Sequence[Recording]) -> None:
        """Remember that the provider no longer has these recordings: all of them, or none."""

    async def states(self) -> Sequence[FeedState]:
        """The progress of every feed."""

    async def read(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        """The recordings of catalogue ids, in that order; None for one that is no longer there."""

    async def counts(self) -> Sequence[Count]:
        """The number of recordings of each kind in each account, for the side bar."""

    async def values(self, field: str) -> Sequence[str]:
        """The distinct values of a text column, for completion."""


class Listings(Protocol):
    """Answers to queries. Everything may raise `CatalogueError`."""

    async def listing(self, query: Query, order: Order, *, not_before: datetime | None = None) -> Listing:
        """The ordered ids that match. With `not_before`, only undated ones and those not older.

        Of the latest moment that there is, none at all: nothing is certain yet.

        A newer call, or one of `first_rows`, ends this one, which then raises `Superseded`.
        """

    async def first_rows(
        self, query: Query, order: Order, *, not_before: datetime | None = None, number: int = 100
    ) -> "array[int]":
        """The first ids of what `listing` would give, much sooner.

        A newer call, or one of `listing`, ends this one, which then raises `Superseded`.
        """

    async def count(self, query: Query) -> int:
        """The number of loaded recordings that match; neither ends a listing nor is ended by one."""

    async def matching(self, query: Query) -> "array[int]":
        """The ids of all loaded recordings that match, the newest first; at leisure, as `count`."""

    async def totals(self, ids: "array[int]") -> Totals:
        """Count, length and size of these recordings; a newer call ends this one: it raises `Superseded`."""

    async def seek(
        self, query: Query, order: Order, moment: datetime, *, not_before: datetime | None = None
    ) -> int:
        """The row of a listing by date at which `moment` is passed: how many rows come before it.

        Newest first, the row is the first that is not newer; oldest first, the first that is not older.
        """


class Timelines(Protocol):
    """Moments of what matches a query. Everything may raise `CatalogueError`."""

    async def timeline(
        self, query: Query, split: Split, told: Callable[[Timeline], object] = bool
    ) -> Timeline:
        """The moments of all loaded recordings that match, and the part that `split` puts each into.

        `told` gets what has been read so far, in the thread of the catalogue, while that is not all. A newer
        call ends this one, which then raises `Superseded`.
        """


class ValueCounts(Protocol):
    """Values of columns, counted. Everything may raise `CatalogueError`."""

    async def values(
        self, query: Query, grouping: Grouping, told: Callable[[Counted], object] = bool
    ) -> Counted:
        """The values of all loaded recordings that match, and how many have each.

        `told` gets what was counted so far, in the thread of the catalogue, while that is not all; it is
        counted on in the same object. A newer call ends this one, which then raises `Superseded`.
        """


class KnownMarks(Protocol):
    """The person's marks of recordings, to be read. Everything may raise `CatalogueError`."""

    async def read(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """The marks of each, in that order; notes by their second, those without one first."""


class Annotations(KnownMarks, Protocol):
    """The person's marks of recordings. Everything may raise `CatalogueError`."""

    async def all_starred(self, ids: "array[int]") -> bool:
        """Say whether every one of these recordings that is still there has a star."""

    async def star(self, ids: "array[int]", *, on: bool, told: Callable[[int], object] = bool) -> None:
        """Give recordings their stars, or take them away: all of them, or none if this is cancelled.

        `told` gets how many are done, in the thread of the catalogue; notes never wait for it.
        """

    async def add_note(self, recording: Recording, text: str, at: float | None) -> Note:
        """Keep a note, of the second `at` if of any; fails if the recording is no longer there."""

    async def change_note(self, note: int, text: str) -> None:
        """Give the note with this id another text; nothing happens if it is no longer there."""

    async def remove_note(self, note: int) -> None:
        """Remove the note with this id, if it is there."""

    async def keep_heard(self, recording: Recording, spans: Spans) -> None:
        """Add seconds that were heard to those that were heard before."""


class AudioCache(Protocol):
    """Whole encoded audio that can be fetched again. Everything may raise `CatalogueError`."""

    async def read(self, recording: Recording) -> bytes | None:
        """The cached audio, if the cache has it."""

    async def keep(self, recording: Recording, content: bytes) -> None:
        """Put audio into the cache; the oldest goes when there is no room."""


class LimitedCache(AudioCache, Protocol):
    """An audio cache that the person can limit and empty."""

    async def usage(self) -> tuple[int, int]:
        """Bytes of audio that the cache holds, and how many it may."""

    async def limit(self, limit: int) -> None:
        """Let the cache hold `limit` bytes from now on; what is too much goes at once, the oldest first."""

    async def empty(self) -> None:
        """Throw all cached audio away; it can be fetched again."""


class Analyses(Protocol):
    """Results of analysing audio, kept so that nothing is analysed twice. All may raise `CatalogueError`."""

    async def peaks(self, recording: Recording) -> bytes | None:
        """The waveform that `keep_peaks` kept."""

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        """Keep a waveform."""

    async def measured(self, recording: Recording) -> Measured | None:
        """The figures that `keep_measured` kept."""

    async def keep_measured(self, recording: Recording, measured: Measured) -> None:
        """Keep the figures of the health of a recording, and judge them."""

    async def judge_by(self, limits: HealthLimits) -> int:
        """Judge all that is measured by `limits` from now on; the number of verdicts that are others.

        It is done in small steps, between which other things are kept. What is cut short goes on when it is
        asked for again; it costs nothing where nothing is to be done.
        """

    async def limits(self) -> HealthLimits:
        """The limits that what is measured is judged by."""

    async def keep_length(self, recording: Recording, seconds: float) -> None:
        """Keep the length of the audio of a recording; it counts where the provider tells none."""


class WorkList(Protocol):
    """Recordings on which work is to be done, and what became of them. All may raise `CatalogueError`.

    What is written survives the death of the process at any moment after.
    """

    async def add(self, ids: "array[int]") -> Added:
        """Put recordings on the list, in this order, but for those that are done or have nothing to be done.

        What failed before is to be tried again. If this is cancelled, some of them are on it.
        """

    async def add_new(self, ids: "array[int]") -> Added:
        """The same of recordings that are new; those with which nothing can be done yet are added later.

        That is looked at here, whichever recordings are given.
        """

    async def figures(self) -> WorkFigures:
        """The number of recordings on the list, and what became of them."""

    async def accounts(self) -> Sequence[str]:
        """The ids of accounts of which something is left to do."""

    async def open_ones(
        self, account: str, number: int, *, after: int = 0
    ) -> Sequence[tuple[int, Recording]]:
        """The first recordings of an account that are left to do, with their places, `after` a place."""

    async def settle(self, recording: Recording, outcome: str) -> None:
        """Write down what became of a recording."""

    async def retry(self) -> None:
        """Let what failed be tried again."""

    async def hold(self, *, on: bool) -> None:
        """Write down that the person pauses it, or no longer does."""

    async def wish(self, wish: WorkWish) -> None:
        """Keep that somebody waits for the rest of a filter."""

    async def wishes(self) -> Sequence[WorkWish]:
        """The wishes that were kept and neither granted nor cleared, the first one first."""

    async def grant(self, wish: WorkWish) -> None:
        """Forget a wish: all of it is on the list."""

    async def clear(self) -> None:
        """Let nothing be on the list any more, nor be wished; what is done stays done.

        It is done in parts, and begun again by whoever looks at the list next if the program ends meanwhile.
        """


@dataclass(frozen=True, slots=True)
class Twin:
    """Another recording that is the same sound."""

    identifier: int
    """Its catalogue id."""
    recording: Recording
    exact: bool
    """True if its bytes are the same."""
    resemblance: Resemblance | None
    """How alike the two are; None where only a third one is like both."""


class SameSounds(Protocol):
    """Recordings that are the same sound. Everything may raise `CatalogueError`."""

    async def others(self, recording: Recording) -> Sequence[Twin]:
        """The others in the group of a recording: those of equal bytes, then the most alike first.

        Of very many, not all. None of them is gone, and a recording that is gone has no others.
        """


class Transcripts(Protocol):
    """Transcripts by recording, within a limit. Everything may raise `CatalogueError`."""

    async def read(self, recording: Recording) -> Transcript | None:
        """The transcript that `keep` kept; it gives way last when there is no more room."""

    async def several(self, recordings: Sequence[Recording]) -> Sequence[Transcript | None]:
        """Those of several recordings, in that order, as somebody looks at rows."""

    async def keep(self, recording: Recording, transcript: Transcript) -> None:
        """Keep a transcript, in place of what was kept before; queries find its words.

        Those that were not read for longest are let go of where there is no room.
        """

    async def keep_none(self, recording: Recording) -> None:
        """Remember that the provider gave none of a recording, unless one is kept."""

    async def given_none(self, recording: Recording) -> bool:
        """True if the provider was asked and gave none, and none is kept."""

    async def usage(self) -> tuple[int, int]:
        """Bytes of transcripts that are kept, and how many there may be."""

    async def limit(self, limit: int) -> None:
        """Keep `limit` bytes of them from now on; what is too much is let go of at once."""

    async def empty(self) -> None:
        """Let go of all of them; they can be fetched again."""

    async def let_go(self) -> int:
        """The number of recordings whose transcripts were let go of, and were not read again since."""

    async def words(self, begin: str, side: Side | None) -> Sequence[tuple[str, int]]:
        """The words (folded) that begin so and are in most transcripts, with the number of these."""

    async def unindexed(self) -> int:
        """The number of those that no query finds by what was said: an older Playhead has kept them."""

    async def index_some(self) -> bool:
        """Let queries find some of these; false if there are none."""


class Transcriptions(Protocol):
    """Lists that providers give of transcripts, kept or not. Everything may raise `CatalogueError`."""

    async def of(self, recording: Recording) -> Sequence[Transcription]:
        """The entries of a recording that are ready, the newest first."""

    async def unready(self, account: str) -> bool:
        """True if an entry of an account is not ready yet."""

    async def progress(self, account: str) -> ListProgress:
        """Progress in reading the list of an account."""

    async def add(
        self, account: str, listed: Sequence[Transcription], news: ListProgress, none: ListProgress
    ) -> bool:
        """Store a page of a list, and how far that goes: as `news` if it brings any, else as `none`.

        True if it brings any. Nothing is stored of an account of which no recording was met.
        """

    async def drop(self, recording: Recording, transcription: Transcription) -> None:
        """Forget an entry that turned out to be gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An export in the journal: all that is needed to go on with it."""

    number: int
    plan: Plan
    """Without recordings of accounts that were disconnected since."""
    choices: Choices
    began: datetime
    outcomes: Mapping[int, Outcome]
    """Outcomes of files so far, by their place in the plan. Of one that is said to be kept, the audio may
    have got its name or may still lie beside it: the journal is written first."""
    ended: bool
    """True if it came to its end, by itself or because the person cancelled it."""

    @property
    def first_run(self) -> datetime:
        """The moment at which its first run began, as its papers have it.

        The journal was begun when it was asked for; files that were carried over are of sittings before.
        """
        sittings = (each.sitting.began for each in self.outcomes.values() if each.sitting is not None)
        return min((began for began in sittings if began >= self.began), default=self.began)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An export in the journal without its files, of which there may be very many."""

    number: int
    folder: Path
    """Folder of its audio."""
    choices: Choices
    began: datetime
    files: int
    """Files in the plan, without those of accounts that were disconnected since."""
    states: Mapping[State, int]
    """Number of files by what became of them so far."""
    present: int
    """Files of those that are kept that were there already."""
    size: int
    """Bytes of those that are kept."""
    ended: bool

    @property
    def retryable(self) -> int:
        """Files that failed, were left or not begun."""
        return self.files - self.here - self.states.get(State.SKIPPED, 0)

    @property
    def here(self) -> int:
        """Recordings that have a file."""
        return sum(number for state, number in self.states.items() if state.has_file)


class Entries(Protocol):
    """Entries of an export at work in the journal. Everything may raise `CatalogueError`.

    What is written survives the death of the process at any moment after.
    """

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        """Write down what became of the file at `place` of the plan; a later call replaces an earlier one.

        Of a file that is kept: before it gets its name. Its recording counts as exported from then on.
        """

    async def end(self, number: int) -> None:
        """Write down that the export has ended."""


class Exports(Entries, Protocol):
    """The journal of exports, kept in the catalogue. Everything may raise `CatalogueError`."""

    async def begin(
        self, plan: Plan, choices: Choices, done: Mapping[int, Outcome] = MappingProxyType({})
    ) -> int:
        """Write down what an export is going to do; gives its number.

        `done` is what stands before it begins, by place in the plan: all of this, or nothing, is written.
        """

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

    async def left_off(self) -> str:
        """The text that `leave_off` was given last; empty without."""

    async def leave_off(self, text: str) -> None:
        """Keep what the window was like when it was left, as JSON (see `core.leftoff`)."""


class RecordingCatalogue(Protocol):
    """Recordings by account, and answers to queries over them."""

    @property
    def recordings(self) -> Recordings:
        """All recordings met so far."""

    @property
    def listings(self) -> Listings:
        """Answers to queries."""

    async def forget(self, account: str) -> None:
        """Remove every trace of an account: recordings, feeds, marks, transcripts, media."""


class Catalogue(RecordingCatalogue, Protocol):
    """The stores that last from one run to the next, one a topic; settings and secrets excepted.

    Encrypted on disk, or in memory. They work in threads of their own.
    """

    @property
    def timelines(self) -> Timelines:
        """Moments of what matches a query."""

    @property
    def values(self) -> ValueCounts:
        """Values of columns."""

    @property
    def marks(self) -> Annotations:
        """Stars, notes, what was heard."""

    @property
    def media(self) -> LimitedCache:
        """Cached audio."""

    @property
    def analyses(self) -> Analyses:
        """Waveforms and figures of health."""

    @property
    def checkups(self) -> WorkList:
        """Recordings whose health is to be measured."""

    @property
    def readings(self) -> WorkList:
        """Recordings whose transcripts are to be read."""

    @property
    def same_sounds(self) -> SameSounds:
        """Recordings that are the same sound."""

    @property
    def transcripts(self) -> Transcripts:
        """Transcripts."""

    @property
    def transcriptions(self) -> Transcriptions:
        """Providers' lists of transcripts."""

    @property
    def exports(self) -> Exports:
        """The journal of exports."""

    @property
    def searches(self) -> Searches:
        """Saved queries and what was typed before."""

    async def close(self) -> None:
        """Finish what is being written and let go of the files."""
