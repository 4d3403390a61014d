"""Hand-made stand-ins for everything around the core, and recordings to put into them."""

from array import array
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from playhead.core.account import Account
from playhead.core.errors import Missing, NoAudio, PlayheadError, ProviderError
from playhead.core.finding.matching import matches
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits
from playhead.core.marks import NO_MARKS, Marks, Note, Spans
from playhead.core.page import Arrival, Asked, FeedState, Page
from playhead.core.peaks import Peaks
from playhead.core.ports import Delivery, NextPageListener
from playhead.core.recording import Party, Recording
from playhead.core.stores import Count, Listing, Saved, Totals, Twin
from playhead.core.transcript import ListProgress, Side, Transcript, Transcription, TranscriptionPage

Key = tuple[str, str]
T = TypeVar("T")

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
BIRD = Account(
    id="bird-1",
    provider="bird",
    label="EU support",
    base_url="https://api.bird.com",
    details={"workspace_id": "880d8171-0000-4000-8000-000000000001"},
)
CONVIRZA = Account(
    id="convirza-1",
    provider="convirza",
    label="Marketing",
    base_url="https://platform-api.convirza.com/v3",
)


def recording(n: int, **changes: Any) -> Recording:
    """The `n`th call of an account: a higher `n` is a newer one, a minute apart, the 0th at `NOON`."""
    started = NOON + timedelta(minutes=n)
    plain = Recording(
        account=BIRD.id,
        id=f"id-{n}",
        provider="bird",
        direction="incoming",
        status="available",
        caller=Party(number="3197004499436", identity="+3197004499436"),
        callee=Party(number="351919150029"),
        started=started,
        ended=started + timedelta(seconds=30),
        created=started,
        duration=30.0,
        format="mp3",
        stereo=True,
        transcribed=False,
    )
    return replace(plain, **changes)


def ids(recordings: Sequence[Recording]) -> list[str]:
    """The provider's ids, in order."""
    return [each.id for each in recordings]


class FixedClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        """Let so much time pass."""
        self.now += timedelta(seconds=seconds)


class FakeSource:
    """An account whose pages are lists of recordings; the cursor of a page is its index, as text.

    `failures` are raised one by one before anything is answered; `tokens` says which cursor a page comes with
    where it is not the next index; `troubles` is what is wrong with the page of a cursor; `before` is awaited
    before each answer; `reading` after it was told where it goes on.
    """

    def __init__(
        self,
        pages: Sequence[Sequence[Recording]] = (),
        *,
        account: Account = BIRD,
        clock: Callable[[], datetime] = lambda: NOON,
        asks: Callable[[Query], Asked | None] = lambda _query: Asked(),
        sounds: Mapping[str, bytes] | None = None,
        transcripts: Mapping[str, Transcript] | None = None,
    ) -> None:
        self.pages = pages
        self.tokens: dict[str | None, str | None] = {}
        self.troubles: dict[str | None, ProviderError] = {}
        self.failures: list[PlayheadError] = []
        self.asked: list[tuple[Asked, str | None]] = []
        self.again_asked: list[str] = []
        self.complete = False
        self.before: Callable[[], Any] | None = None
        self.reading: Callable[[], Any] | None = None
        self.onward: NextPageListener | None = None
        self.closed = False
        self._account = account
        self._clock = clock
        self._asks = asks
        self._sounds = dict(sounds or {})
        self._transcripts = dict(transcripts or {})

    @property
    def account(self) -> Account:
        return self._account

    @property
    def cursors(self) -> list[str | None]:
        """What pages were asked for, in order."""
        return [cursor for _, cursor in self.asked]

    def asks(self, query: Query) -> Asked | None:
        return self._asks(query)

    async def check(self) -> str:
        self._fail()
        return "works"

    async def page(self, asked: Asked, cursor: str | None, onward: NextPageListener | None = None) -> Page:
        self.asked.append((asked, cursor))
        self.onward = onward
        if self.before is not None:
            await self.before()
        self._fail()
        index = int(cursor or 0)
        following = str(index + 1) if index + 1 < len(self.pages) else None
        following = self.tokens.get(cursor, following)
        if self.reading is not None:
            if onward is not None and following is not None:
                onward.next_cursor(following)
            await self.reading()
            self._fail()
        return Page(
            recordings=tuple(self.pages[index]) if self.pages else (),
            cursor=following,
            as_of=self._clock(),
            complete=self.complete,
            trouble=self.troubles.get(cursor),
        )

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        if not recording.playable:
            raise NoAudio("status")
        self._fail()
        sound = self._sounds.get(recording.id)
        if sound is None:
            raise Missing(status=404)

        async def chunks() -> AsyncIterator[bytes]:
            for start in range(offset, len(sound), 4096):
                yield sound[start : start + 4096]

        yield Delivery(chunks=chunks(), offset=offset, total=len(sound), validator='"1"')

    def prepare(self, recording: Recording) -> None:
        pass

    async def again(self, recording: Recording) -> Recording | None:
        self.again_asked.append(recording.id)
        self._fail()
        return next((each for page in self.pages for each in page if each.id == recording.id), None)

    async def transcriptions(self, cursor: str | None) -> TranscriptionPage:
        self._fail()
        return TranscriptionPage(
            transcriptions=tuple(
                Transcription(id=each.id, recording=name, ready=True, made=None)
                for name, each in self._transcripts.items()
            )
        )

    async def transcript(
        self, recording: Recording, transcription: Transcription | None
    ) -> Transcript | None:
        self._fail()
        return None if transcription is None else self._transcripts.get(recording.id)

    async def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


class FakeCatalogue:
    """Recordings in a list; catalogue ids are places in it. `failures` are raised one by one."""

    def __init__(self, states: Sequence[FeedState] = ()) -> None:
        self.failures: list[PlayheadError] = []
        self.kept: list[Recording] = []
        self.recordings = FakeRecordings(self, states)
        self.listings = FakeListings(self)
        self.marks = FakeMarks()
        self.media = FakeMedia()
        self.analyses = FakeAnalyses()
        self.same_sounds = FakeSameSounds()
        self.transcripts = FakeTranscripts()
        self.transcriptions = FakeTranscriptions()
        self.searches = FakeSearches()

    async def forget(self, account: str) -> None:
        self.kept = [each for each in self.kept if each.account != account]
        self.recordings.known = {
            key: state for key, state in self.recordings.known.items() if key[0] != account
        }
        self.marks.kept = _without(account, self.marks.kept)
        self.media.kept = _without(account, self.media.kept)
        self.analyses.drawn = _without(account, self.analyses.drawn)
        self.analyses.figures = _without(account, self.analyses.figures)
        self.transcripts.kept = _without(account, self.transcripts.kept)

    async def close(self) -> None:
        pass


def _without(account: str, kept: Mapping[Key, T]) -> dict[Key, T]:
    return {key: each for key, each in kept.items() if key[0] != account}


class FakeRecordings:
    """The recordings of a fake catalogue."""

    def __init__(self, whole: FakeCatalogue, states: Sequence[FeedState]) -> None:
        self._all = whole
        self.known = {(state.account, state.asked): state for state in states}

    async def add(
        self,
        recordings: Sequence[Recording],
        state: FeedState,
        *,
        whole: tuple[datetime, datetime] | None = None,
    ) -> Arrival:
        if self._all.failures:
            raise self._all.failures.pop(0)
        if whole is not None:
            await self._miss({each.key for each in recordings}, state.account, whole)
        places = {each.key: place for place, each in enumerate(self._all.kept)}
        new = changed = 0
        for each in recordings:
            if each.key in self._all.marks.kept:
                self._all.marks.change(each, gone=None)
            place = places.get(each.key)
            if place is None:
                places[each.key] = len(self._all.kept)
                self._all.kept.append(each)
                new += 1
            elif self._all.kept[place] != each:
                self._all.kept[place] = each
                changed += 1
        self.known[(state.account, state.asked)] = state
        came = range(len(self._all.kept) - new, len(self._all.kept))
        return Arrival(new=new, changed=changed, known=len(recordings) - new - changed, ids=came)

    async def states(self) -> Sequence[FeedState]:
        return list(self.known.values())

    async def read(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        return [self._all.kept[place] if place < len(self._all.kept) else None for place in ids]

    async def counts(self) -> Sequence[Count]:
        number = Counter((each.account, each.kind) for each in self._all.kept)
        return [Count(account, kind, many) for (account, kind), many in number.items()]

    async def values(self, field: str) -> Sequence[str]:
        return sorted({str(value) for each in self._all.kept if (value := getattr(each, field)) is not None})

    async def mark_gone(self, recordings: Sequence[Recording]) -> None:
        for each in recordings:
            self._all.marks.change(each, gone=NOON)

    async def _miss(self, met: set[tuple[str, str]], account: str, whole: tuple[datetime, datetime]) -> None:
        for each in self._all.kept:
            times = [moment for moment in (each.started, each.created) if moment is not None]
            inside = times and all(whole[0] < moment < whole[1] for moment in times)
            if each.account == account and each.key not in met and inside:
                await self.mark_gone([each])


class FakeListings:
    """The listings of a fake catalogue."""

    def __init__(self, whole: FakeCatalogue) -> None:
        self._all = whole

    async def listing(
        self, query: Query, order: Order = NEWEST_FIRST, *, not_before: datetime | None = None
    ) -> Listing:
        matching = [place for place, each in enumerate(self._all.kept) if self._matches(query, each)]
        listed = [place for place in matching if self._certain(place, not_before)]
        listed.sort(key=self._age)
        undated = sum(self._all.kept[place].moment is None for place in matching)
        return Listing(
            ids=array("q", listed), matched=len(matching), loaded=len(self._all.kept), undated=undated
        )

    async def first_rows(
        self, query: Query, order: Order, *, not_before: datetime | None = None, number: int = 100
    ) -> "array[int]":
        return (await self.listing(query, order, not_before=not_before)).ids[:number]

    async def count(self, query: Query) -> int:
        return (await self.listing(query)).matched

    async def matching(self, query: Query) -> "array[int]":
        return (await self.listing(query)).ids

    async def totals(self, ids: "array[int]") -> Totals:
        there = [self._all.kept[place] for place in ids if place < len(self._all.kept)]
        lengths = [each.duration for each in there if each.duration is not None]
        sizes = [each.size for each in there if each.size is not None]
        return Totals(len(there), sum(lengths), sum(sizes), len(lengths), len(sizes))

    async def seek(
        self, query: Query, order: Order, moment: datetime, *, not_before: datetime | None = None
    ) -> int:
        listing = await self.listing(query, order, not_before=not_before)
        dated = [self._all.kept[place].moment for place in listing.ids]
        return sum(each is not None and each > moment for each in dated)

    def _matches(self, query: Query, recording: Recording) -> bool:
        said = self._all.transcripts.kept.get(recording.key)
        marks = self._all.marks.kept.get(recording.key, NO_MARKS)
        return matches(query.node, recording, marks, said)

    def _certain(self, place: int, not_before: datetime | None) -> bool:
        moment = self._all.kept[place].moment
        latest = datetime.max.replace(tzinfo=UTC)
        return not_before is None or (moment >= not_before if moment else not_before < latest)

    def _age(self, place: int) -> tuple[float, int]:
        moment = self._all.kept[place].moment
        return (-moment.timestamp() if moment else float("inf"), place)


class FakeMarks:
    """The marks of a fake catalogue."""

    def __init__(self) -> None:
        self.kept: dict[Key, Marks] = {}
        self._notes = 0

    async def read(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        return [self.kept.get(each.key, NO_MARKS) for each in recordings]

    async def add_note(self, recording: Recording, text: str, at: float | None) -> Note:
        self._notes += 1
        note = Note(id=self._notes, text=text, at=at, made=NOON)
        notes = (*self.kept.get(recording.key, NO_MARKS).notes, note)
        self.change(recording, notes=tuple(sorted(notes, key=_second)))
        return note

    async def change_note(self, note: int, text: str) -> None:
        for key, marks in self.kept.items():
            notes = tuple(replace(each, text=text) if each.id == note else each for each in marks.notes)
            self.kept[key] = replace(marks, notes=notes)

    async def remove_note(self, note: int) -> None:
        for key, marks in self.kept.items():
            self.kept[key] = replace(marks, notes=tuple(each for each in marks.notes if each.id != note))

    async def keep_heard(self, recording: Recording, spans: Spans) -> None:
        before = self.kept.get(recording.key, NO_MARKS).heard
        self.change(recording, heard=Spans.of((*before.pairs, *spans.pairs)))

    def change(self, recording: Recording, **changes: Any) -> None:
        """Give a recording other marks."""
        self.kept[recording.key] = replace(self.kept.get(recording.key, NO_MARKS), **changes)


class FakeMedia:
    """The audio of a fake catalogue."""

    def __init__(self) -> None:
        self.kept: dict[Key, bytes] = {}
        self._limit = 1 << 30

    async def read(self, recording: Recording) -> bytes | None:
        return self.kept.get(recording.key)

    async def keep(self, recording: Recording, content: bytes) -> None:
        self.kept.pop(recording.key, None)
        self.kept[recording.key] = content
        self._make_room()

    async def usage(self) -> tuple[int, int]:
        return sum(map(len, self.kept.values())), self._limit

    async def limit(self, limit: int) -> None:
        self._limit = limit
        self._make_room()

    async def empty(self) -> None:
        self.kept.clear()

    def _make_room(self) -> None:
        while sum(map(len, self.kept.values())) > self._limit:
            del self.kept[next(iter(self.kept))]


class FakeAnalyses:
    """The waveforms and figures of a fake catalogue."""

    def __init__(self) -> None:
        self.drawn: dict[Key, bytes] = {}
        self.figures: dict[Key, Measured] = {}
        self.lengths: dict[Key, float] = {}
        self.judged_by = USUAL_LIMITS

    async def peaks(self, recording: Recording) -> bytes | None:
        return self.drawn.get(recording.key)

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        self.drawn[recording.key] = peaks

    async def measured(self, recording: Recording) -> Measured | None:
        return self.figures.get(recording.key)

    async def keep_measured(self, recording: Recording, measured: Measured) -> None:
        self.figures[recording.key] = measured

    async def judge_by(self, limits: HealthLimits) -> int:
        self.judged_by = limits
        return 0

    async def limits(self) -> HealthLimits:
        return self.judged_by

    async def keep_length(self, recording: Recording, seconds: float) -> None:
        self.lengths[recording.key] = seconds


class FakeSameSounds:
    """The groups of a fake catalogue: as many as a test puts there."""

    def __init__(self) -> None:
        self.twins: dict[Key, Sequence[Twin]] = {}

    async def others(self, recording: Recording) -> Sequence[Twin]:
        return self.twins.get(recording.key, ())


class FakeTranscripts:
    """The transcripts of a fake catalogue."""

    def __init__(self) -> None:
        self.kept: dict[Key, Transcript] = {}
        self.none: set[Key] = set()

    async def read(self, recording: Recording) -> Transcript | None:
        return self.kept.get(recording.key)

    async def several(self, recordings: Sequence[Recording]) -> Sequence[Transcript | None]:
        return [self.kept.get(each.key) for each in recordings]

    async def keep(self, recording: Recording, transcript: Transcript) -> None:
        self.kept[recording.key] = transcript
        self.none.discard(recording.key)

    async def keep_none(self, recording: Recording) -> None:
        if recording.key not in self.kept:
            self.none.add(recording.key)

    async def given_none(self, recording: Recording) -> bool:
        return recording.key in self.none

    async def words(self, begin: str, side: Side | None) -> Sequence[tuple[str, int]]:
        return ()

    async def unindexed(self) -> int:
        return 0

    async def index_some(self) -> bool:
        return False

    async def let_go(self) -> int:
        return 0


class FakeTranscriptions:
    """The lists of transcripts of a fake catalogue."""

    def __init__(self) -> None:
        self.listed: dict[Key, dict[str, Transcription]] = {}
        self.far: dict[str, ListProgress] = {}

    async def of(self, recording: Recording) -> Sequence[Transcription]:
        ready = (each for each in self.listed.get(recording.key, {}).values() if each.ready)
        undated = datetime.min.replace(tzinfo=UTC)
        return sorted(ready, key=lambda each: each.made or undated, reverse=True)

    async def unready(self, account: str) -> bool:
        there = [each for key, each in self.listed.items() if key[0] == account]
        return any(not entry.ready for each in there for entry in each.values())

    async def progress(self, account: str) -> ListProgress:
        return self.far.get(account, ListProgress())

    async def add(
        self, account: str, listed: Sequence[Transcription], news: ListProgress, none: ListProgress
    ) -> bool:
        fresh = False
        for each in listed:
            known = self.listed.setdefault((account, each.recording), {})
            fresh |= known.get(each.id) != each
            known[each.id] = each
        self.far[account] = news if fresh else none
        return fresh

    async def drop(self, recording: Recording, transcription: Transcription) -> None:
        self.listed.get(recording.key, {}).pop(transcription.id, None)


def _second(note: Note) -> tuple[float, int]:
    return (float("-inf") if note.at is None else note.at, note.id)


class FakeSearches:
    """Saved queries and history in memory."""

    def __init__(self, saved: Sequence[Saved] = (), history: Sequence[str] = ()) -> None:
        self.kept = tuple(saved)
        self.before = list(history)
        self.left = ""

    async def saved(self) -> Sequence[Saved]:
        return self.kept

    async def save(self, saved: Sequence[Saved]) -> None:
        self.kept = tuple(saved)

    async def history(self) -> Sequence[str]:
        return tuple(self.before)

    async def used(self, text: str) -> None:
        self.before = [text, *(each for each in self.before if each != text)]

    async def forget_history(self) -> None:
        self.before.clear()

    async def left_off(self) -> str:
        return self.left

    async def leave_off(self, text: str) -> None:
        self.left = text


class FakeVault:
    """A keyring in memory; with a `failure`, one that cannot be used."""

    name = "the test's keyring"

    def __init__(self, failure: PlayheadError | None = None) -> None:
        self.secrets: dict[str, str] = {}
        self.failure = failure

    async def get(self, key: str) -> str | None:
        self._fail()
        return self.secrets.get(key)

    async def set(self, key: str, secret: str) -> None:
        self._fail()
        self.secrets[key] = secret

    async def delete(self, key: str) -> None:
        self._fail()
        self.secrets.pop(key, None)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


def outline(*channels: bytes, per_second: int = 10) -> Peaks:
    """A complete waveform."""
    longest = max((len(channel) for channel in channels), default=0)
    return Peaks(per_second, channels, longest / per_second, complete=True)
